"""The help page: every key and gesture, made from the registry."""

from __future__ import annotations

import html
from collections.abc import Iterable

from viewer.commands.help import gestures
from viewer.commands.registry import MENUS, Registry
from viewer.qt.actions import command_title, keys_text
from viewer.qt.theme import theme
from viewer.qt.words import translate
from viewer.session.hands import HandChoice


def help_html(registry: Registry, hands: HandChoice) -> str:
    """Return the page of keys and gestures, as the reader has chosen them."""
    rows = _table((translate("Commands", does), translate("Commands", meaning)) for does, meaning in gestures(hands))
    mouse = translate("Help", "Mouse")
    parts = [f"<h3>{html.escape(mouse)}</h3>", rows]
    for menu in MENUS:
        commands = [c for section in registry.menu(menu) for c in section if c.keys]
        if commands:
            parts.append(f"<h3>{html.escape(translate('Commands', menu).replace('&', ''))}</h3>")
            parts.append(_table((keys_text(command), command_title(command)) for command in commands))
    return "".join(parts)


def _table(rows: Iterable[tuple[str, str]]) -> str:
    quiet = theme().colours["quiet"]
    cells = "".join(
        f'<tr><td width="190" style="color: {quiet}; padding: 3px 12px 3px 0;">{html.escape(left)}</td>'
        f'<td style="padding: 3px 0;">{html.escape(right)}</td></tr>'
        for left, right in rows
    )
    return f'<table width="100%" cellspacing="0">{cells}</table>'
