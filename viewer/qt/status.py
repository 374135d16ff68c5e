"""The line at the foot of the window: how many films there are, and what this program is not for."""

from __future__ import annotations

from PySide6.QtWidgets import QStatusBar

from viewer.qt.language import say
from viewer.qt.panels.parts import label
from viewer.session.state import Table


class StatusLine(QStatusBar):
    """Tells of the table at the left, of diagnosis at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._words = label("quiet", wrap=False)
        disclaimer = label("disclaimer", wrap=False)
        say(disclaimer, lambda: self.tr("Research and education only. Not for diagnosis."))
        for word in (self._words, disclaimer):
            word.setContentsMargins(12, 0, 12, 0)
        self.setSizeGripEnabled(False)
        self.addWidget(self._words, 1)
        self.addPermanentWidget(disclaimer)

    @property
    def text(self) -> str:
        """What is told of the table."""
        return self._words.text()

    def show_table(self, table: Table) -> None:
        """Tell how many films lie on the table, wait and failed."""
        waiting = sum(1 for _ in table.waiting())
        failed = sum(1 for sheet in table if sheet.reading == "failed")
        parts = [self.tr("Films: {count}").format(count=len(table))] if len(table) else []
        if waiting:
            parts.append(self.tr("still to read: {count}").format(count=waiting))
        if failed:
            parts.append(self.tr("failed: {count}").format(count=failed))
        self._words.setText(" · ".join(parts))

    def clear(self) -> None:
        """Tell nothing of the table: a list beside it does."""
        self._words.clear()
