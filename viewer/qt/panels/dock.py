"""A dock for one panel: a quiet title, one button that folds it away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QToolButton, QWidget

from viewer.qt.icons import icon
from viewer.qt.language import say
from viewer.qt.panels.parts import label
from viewer.qt.theme import theme


class Dock(QDockWidget):
    """Holds a panel at a side of the window; ``name`` is what is remembered of it."""

    def __init__(
        self, name: str, title: Callable[[], str], panel: QWidget, key: Callable[[], str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        say(self, title=title)
        self.setObjectName(f"dock_{name}")
        self.setWidget(panel)
        self.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetClosable | QDockWidget.DockWidgetFeature.DockWidgetMovable
        )
        self.setTitleBarWidget(self._title_bar(title, key))

    def _title_bar(self, title: Callable[[], str], key: Callable[[], str]) -> QWidget:
        bar = QWidget()
        bar.setObjectName("panelTitle")
        row = QHBoxLayout(bar)
        space = theme().space
        row.setContentsMargins(space["two"] - 4, space["half"], space["half"], space["half"])
        eyebrow = label("eyebrow", wrap=False)
        say(eyebrow, title)
        row.addWidget(eyebrow, 1)
        close = QToolButton()
        close.setIcon(icon("close", theme().colours["quiet"], theme().colours["faint"]))
        close.setIconSize(QSize(14, 14))
        say(
            close,
            tip=lambda: self.tr("Hide this panel ({key} brings it back)").format(key=key()),
            name=lambda: self.tr("Hide this panel"),
        )
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(self.close)
        row.addWidget(close)
        return bar
