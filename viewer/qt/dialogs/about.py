"""About the program: version and where newer ones are, what it is not for, whose work it stands on."""

from __future__ import annotations

import html
import platform
from pathlib import Path

from PySide6.QtCore import QUrl, qVersion

from viewer.qt.words import translate
from viewer.versions import licence_texts, own_version, parts

RELEASES = "https://github.com/negatoscope/negatoscope/releases"


def about_html() -> str:
    """Return the page about the program."""
    purpose = translate("About", "A light box for chest films that also shows what a network sees.")
    disclaimer = translate("About", "Research and education only. Not for diagnosis.")
    private = translate("About", "Films and answers stay on this computer; the program opens no network connection.")
    licence = translate("About", "Free software under the Apache License 2.0, standing on:")
    version = translate("About", "Version {version}").format(version=own_version())
    newer = translate("About", "The program never looks for newer versions by itself; they are listed here:")
    texts = licence_texts()
    runs = f"Python {platform.python_version()} · Qt {qVersion()} · {platform.system()} {platform.machine()}"
    rows = "".join(
        f'<tr><td style="padding: 2px 24px 2px 0;">{html.escape(part.name)} {html.escape(part.version)}</td>'
        f'<td style="padding: 2px 0;">{html.escape(part.licence)}</td></tr>'
        for part in parts()
    )
    return (
        f"<p>{html.escape(purpose)}</p><p><b>{html.escape(disclaimer)}</b></p><p>{html.escape(private)}</p>"
        f"<p>{html.escape(version)}<br>{html.escape(runs)}</p>"
        f'<p>{html.escape(newer)} <a href="{RELEASES}">{RELEASES}</a></p>'
        f"<p>{html.escape(licence)}</p><table>{rows}</table>{_link(texts) if texts else ''}"
    )


def _link(texts: Path) -> str:
    """Return a link to the folder of licence texts."""
    words = translate("About", "The texts of all these licences")
    return f'<p><a href="{QUrl.fromLocalFile(str(texts)).toString()}">{html.escape(words)}</a></p>'
