"""About the program: version, what it is not for, whose work it stands on."""

from __future__ import annotations

import html
import platform

from PySide6.QtCore import qVersion

from viewer.qt.words import translate
from viewer.versions import own_version, parts


def about_html() -> str:
    """Return the page about the program."""
    purpose = translate("About", "A light box for chest films that also shows what a network sees.")
    disclaimer = translate("About", "Research and education only. Not for diagnosis.")
    private = translate("About", "Films and answers stay on this computer; the program opens no network connection.")
    licence = translate("About", "Free software under the Apache License 2.0, standing on:")
    version = translate("About", "Version {version}").format(version=own_version())
    runs = f"Python {platform.python_version()} · Qt {qVersion()} · {platform.system()} {platform.machine()}"
    rows = "".join(
        f'<tr><td style="padding: 2px 24px 2px 0;">{html.escape(part.name)} {html.escape(part.version)}</td>'
        f'<td style="padding: 2px 0;">{html.escape(part.licence)}</td></tr>'
        for part in parts()
    )
    return (
        f"<p>{html.escape(purpose)}</p><p><b>{html.escape(disclaimer)}</b></p><p>{html.escape(private)}</p>"
        f"<p>{html.escape(version)}<br>{html.escape(runs)}</p>"
        f"<p>{html.escape(licence)}</p><table>{rows}</table>"
    )
