"""The film view: one film as it is seen, with the marks over it, and how both are painted; no hands yet."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from model.film.film import Film, Spacing
from model.findings.prediction import Prediction
from viewer.display.look import Look
from viewer.display.render import film_aspect
from viewer.display.view import Place, View
from viewer.measure.shapes import Measurement
from viewer.qt import inks
from viewer.qt.corner_text import Under
from viewer.qt.magnifier import Lens, Magnifier
from viewer.qt.measure_hand import MeasureHand
from viewer.qt.measure_items import Results
from viewer.qt.overlay_items import Screen
from viewer.qt.picture import PictureMaker
from viewer.qt.placard import Placard, draw_placard
from viewer.qt.scene import Marks, Scene, draw_scene
from viewer.qt.viewport import Viewport
from viewer.session.corner import TextMode
from viewer.session.overlays import OverlayChoice
from viewer.session.verdicts import Judgement


class FilmView(Viewport):
    """Shows one film as it is told to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._film: Film | None = None
        self._sketch = False
        self._look: Look | None = None
        self._maker: PictureMaker | None = None
        self._marks: Marks | None = None
        self._choice = OverlayChoice()
        self._hidden = self._held = False
        self._chosen_box: int | None = None
        self._judged: tuple[Judgement | None, ...] = ()
        self._measure = MeasureHand()
        self._anonymous = False
        self._text_mode: TextMode = "all"
        self._under: Under | None = None
        self._open_key = ""
        self._placard = Placard()
        self._lit = self._ringed = False
        self._magnifier: Magnifier | None = None
        self._lens: Lens | None = None
        self._cursor: QPointF | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._name_for_readers()

    # What is shown

    def set_open_key(self, key: str) -> None:
        """Name this key where films are invited; empty while none opens them."""
        self._open_key = key
        if self._film is None and self._placard.kind == "empty":
            self._placard = Placard(detail=key)
            self.update()

    def show_film(self, film: Film | None, look: Look | None) -> None:
        """Hang a film, fitted to the canvas; None clears the light box.

        Raises
        ------
        ValueError
            When a film comes without a look.
        """
        if film is not None and look is None:
            raise ValueError("A film needs a look to be shown.")
        place = self._place_on(film)
        self._film, self._look, self._sketch = film, look, False
        self._placard = Placard(detail=self._open_key)
        self._maker = None if film is None else PictureMaker(film)
        self._magnifier = None if film is None or self._maker is None else Magnifier(film, self._maker.beside())
        self._marks = None if film is None else Marks(Results(film))
        self._measure.forget()
        self._measure.shapes, self._measure.chosen = (), None
        self._chosen_box = self._under = self._view = None
        self._name_for_readers()
        self.fit()
        if place is not None:
            self.look_at(place)
        self.update()

    def show_sketch(self, film: Film, look: Look) -> None:
        """Hang the sketch of a film until the film itself is hung, which then lies where the sketch was left."""
        self.show_film(film, look)
        self._sketch = True

    def _place_on(self, film: Film | None) -> Place | None:
        """Return where the reader looks already if the sketch of this film hangs, unless it is fitted."""
        return self.place if self._is_sketch_of(film) and not self._fitted else None

    def _is_sketch_of(self, film: Film | None) -> bool:
        return self._sketch and film is not None and self._film is not None and self._film.key == film.key

    def show_loading(self, name: str) -> None:
        """Say that a film is being read."""
        self._hang(Placard("loading", name))

    def show_failure(self, message: str) -> None:
        """Say in place why a film cannot be shown and what to do."""
        self._hang(Placard("failure", message))

    def show_vacancy(self) -> None:
        """Say that a film may be dragged here."""
        self._hang(Placard("vacant"))

    def _hang(self, placard: Placard) -> None:
        self.show_film(None, None)
        self._placard = placard
        self._name_for_readers()

    def set_look(self, look: Look) -> None:
        """Show the film with another look; a new pose keeps the middle, or the fit."""
        turned = self._look is None or look.pose != self._look.pose
        self._look = look
        if turned and self._view is not None:
            self._set_view(self._view.laid(look.pose))
            if self._fitted:
                self.fit()
        self.update()

    def set_prediction(self, prediction: Prediction | None) -> None:
        """Show what the network says; a prediction of another film is ignored."""
        if prediction is not None and (self._film is None or prediction.film_key != self._film.key):
            return
        self._chosen_box = None
        self._prepare(prediction)

    def set_overlays(self, choice: OverlayChoice) -> None:
        """Choose which marks of the network are shown."""
        self._choice = choice
        self._prepare(self.prediction)

    @property
    def overlays(self) -> OverlayChoice:
        """Which marks of the network are shown."""
        return self._choice

    @property
    def prediction(self) -> Prediction | None:
        """What the network says about the film that is shown."""
        return None if self._marks is None else self._marks.prediction

    def _prepare(self, prediction: Prediction | None) -> None:
        if self._film is not None and self._marks is not None:
            self._marks.prepare(prediction, self._choice, self._film)
        self.update()

    def speak(self) -> None:
        """Say the words on and about the film again, in the language that holds now."""
        self._name_for_readers()
        self.update()

    def set_anonymous(self, anonymous: bool) -> None:
        """Hide or show the words about patient and study."""
        self._anonymous = anonymous
        self._name_for_readers()
        self.update()

    def set_text_mode(self, mode: TextMode) -> None:
        """Show all corner text, the minimum, or none."""
        self._text_mode = mode
        self.update()

    def hide_overlays(self, hidden: bool) -> None:
        """Hide every overlay, or bring back those that were chosen."""
        self._hidden = hidden
        self.update()

    def hold_overlays(self, held: bool) -> None:
        """Hide every overlay while a key is held."""
        self._held = held
        self.update()

    @property
    def _overlays(self) -> bool:
        return not (self._hidden or self._held)

    def select_box(self, index: int | None) -> None:
        """Highlight one box of the prediction, or none."""
        self._chosen_box = index
        self.update()

    def set_judgements(self, judged: tuple[Judgement | None, ...]) -> None:
        """Show the reader's word on each box of the network."""
        self._judged = judged
        self.update()

    def set_measurements(self, shapes: tuple[Measurement, ...]) -> None:
        """Show these measurements on the film."""
        self._measure.shapes = shapes
        self.update()

    def select_measurement(self, identifier: str | None) -> None:
        """Highlight one measurement, or none."""
        self._measure.chosen = identifier
        self.update()

    def measured(self, shape: Measurement) -> tuple[str, ...]:
        """Return the result of a measurement on the film that is shown, in words; nothing while none is."""
        return () if self._marks is None else self._marks.results.of(shape)

    def set_spacing(self, spacing: Spacing | None) -> None:
        """Measure with this distance between pixels; its two sides keep the ratio in which the film is drawn."""
        if self._film is not None and self._marks is not None and spacing != self._film.spacing:
            self._film = replace(self._film, spacing=spacing)
            self._marks.results, self._marks.still = Results(self._film), None
            self.update()

    def set_lens(self, lens: Lens | None) -> None:
        """Hold a magnifier over the film, under the cursor, or put it away."""
        self._lens = lens
        self.update()

    # Where it is shown

    def whole(self, width: int, height: int) -> View | None:
        """Return the view that shows the whole film; None while no film hangs."""
        film, look = self._film, self._look
        if film is None or look is None:
            return None
        return View.fitted(film.rows, film.columns, width, height, pose=look.pose, aspect=film_aspect(film))

    def center_on_box(self, index: int) -> None:
        """Bring a box to the middle, at half the canvas at most, and highlight it."""
        prediction = self.prediction
        if self._view is not None and prediction is not None and 0 <= index < len(prediction.boxes):
            box = prediction.boxes[index]
            self._zoomed(self._view.centred(box.row, box.column, box.height, box.width))
            self.select_box(index)

    def grab_picture(self) -> QImage:
        """Return what the canvas shows, overlays and words included, in device pixels and at its best quality."""
        self._on_rest()
        ringed, self._ringed = self._ringed, False
        picture = self.grab().toImage()
        self._ringed = ringed
        return picture

    def sizeHint(self) -> QSize:
        """Return a size that suits a chest film."""
        return QSize(900, 900)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which words stay apart."""
        return QSize(320, 280)

    # What Qt calls

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the moment."""
        painter = QPainter(self)
        scene = self._scene()
        if scene is None or self._maker is None or self._marks is None:
            painter.fillRect(event.rect(), inks.BOX)
            draw_placard(painter, self.rect().toRectF(), self._placard, self.font(), self._lit)
        else:
            draw_scene(painter, scene, self._maker, self._marks, self.font())
            self._draw_lens(painter, scene)
        if self._ringed or self._lit:
            painter.setPen(QPen(inks.FOCUS, 2.0))
            painter.drawRect(self.rect().toRectF().adjusted(1, 1, -1, -1))
        painter.end()

    def _draw_lens(self, painter: QPainter, scene: Scene) -> None:
        if self._lens is not None and self._magnifier is not None and self._cursor is not None and self._under:
            self._magnifier.draw(
                painter, self._lens, self._cursor, scene.view, scene.look, ratio=scene.ratio, font=self.font()
            )

    @property
    def _screen(self) -> Screen | None:
        return None if self._view is None else Screen(self._view, self.devicePixelRatioF())

    def _scene(self) -> Scene | None:
        if self._film is None or self._look is None or self._view is None:
            return None
        return Scene(
            film=self._film,
            look=self._look,
            view=self._view,
            ratio=self.devicePixelRatioF(),
            choice=self._choice,
            overlays=self._overlays,
            chosen_box=self._chosen_box,
            judged=self._judged,
            text_mode=self._text_mode,
            anonymous=self._anonymous,
            under=self._under,
            shapes=self._measure.shapes,
            chosen_shape=self._measure.chosen,
            draft=self._measure.draft,
            sharp=self._sharp,
            moving=self._moving,
            sketch=self._sketch,
        )

    def _name_for_readers(self) -> None:
        """Name the canvas for screen readers; the name never tells the patient's."""
        self.setAccessibleName(self.tr("Light box"))
        if self._film is None:
            words = {
                "empty": self.tr("No film is shown. Drop films here or open some."),
                "vacant": self.tr("An empty pane. Drag a film here."),
                "loading": self.tr("A film is being read."),
            }
            self.setAccessibleDescription(words.get(self._placard.kind, self._placard.detail))
        else:
            view = self._film.description.view or self.tr("view unknown")
            size = self.tr("{columns} by {rows} pixels").format(columns=self._film.columns, rows=self._film.rows)
            self.setAccessibleDescription(self.tr("Film, {view}, {size}").format(view=view, size=size))
