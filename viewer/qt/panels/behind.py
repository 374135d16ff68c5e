"""What stands behind an answer: the picture that the network was given, the network itself and where it ran."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from model.findings.prediction import Prediction
from viewer.qt.language import say
from viewer.qt.panels.parts import Fold, label
from viewer.qt.theme import theme
from viewer.session.numbers import seconds_text


class Seen(QLabel):
    """The prepared image exactly as the network was given it, as wide as the panel."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QPixmap()
        self.setMinimumWidth(1)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        say(self, name=lambda: self.tr("What the network saw"))

    def show_prediction(self, prediction: Prediction) -> None:
        """Show what this prediction was made from."""
        rows, columns = prediction.seen.shape
        image = QImage(prediction.seen.tobytes(), columns, rows, columns, QImage.Format.Format_Grayscale8)
        self._picture = QPixmap.fromImage(image)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture as wide as the panel."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._picture.isNull():
            return
        ratio = self.devicePixelRatioF()
        side = round(min(self.width(), 280) * ratio)
        fitted = self._picture.scaled(
            QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        fitted.setDevicePixelRatio(ratio)
        self.setPixmap(fitted)
        self.setFixedHeight(round(fitted.height() / ratio))


class Behind(QWidget):
    """The folded picture and the lines about the network."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = Seen()
        self.fold = Fold(lambda: self.tr("What the network saw"), self.seen)
        self._model = label("quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space["one"] + 4)
        column.addWidget(self.fold)
        column.addWidget(self._model)

    def show_prediction(self, prediction: Prediction | None) -> None:
        """Show what this prediction was made from, and by what."""
        self.setVisible(prediction is not None)
        if prediction is None:
            return
        self.seen.show_prediction(prediction)
        model = prediction.model
        lines = (
            self.tr("Network: {name} {version}").format(name=model.name, version=model.version),
            self.tr("Ran on {device}, {seconds}").format(
                device=prediction.device, seconds=seconds_text(prediction.seconds)
            ),
        )
        self._model.setText("\n".join(lines))
