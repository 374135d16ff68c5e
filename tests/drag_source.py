"""A window to drag from: ``python tests/drag_source.py PATH`` offers PATH to whatever it is dropped on, through X."""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class Source(QLabel):
    """A label whose press begins a drag."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Offer the path for as long as the button is held."""
        del event
        drag = QDrag(self)
        offered = QMimeData()
        offered.setUrls([QUrl.fromLocalFile(sys.argv[1])])
        drag.setMimeData(offered)
        drag.exec(Qt.DropAction.CopyAction)


def main() -> None:
    """Show the window in the top left corner, above everything."""
    application = QApplication(sys.argv[:1])
    label = Source("drag")
    label.setWindowFlags(Qt.WindowType.X11BypassWindowManagerHint | Qt.WindowType.WindowStaysOnTopHint)
    label.setGeometry(0, 0, 120, 60)
    label.show()
    application.exec()


if __name__ == "__main__":
    main()
