"""Commands around what the network says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from viewer.commands.command import QT_TRANSLATE_NOOP, Command, Desk, with_film, with_maps
from viewer.session.overlays import OverlayChoice

FINDINGS = QT_TRANSLATE_NOOP("Commands", "F&indings")


def _refused(desk: Desk) -> bool:
    return desk.prediction is not None and desk.prediction.refused


def _curable(desk: Desk) -> bool:
    refusal = None if desk.prediction is None else desk.prediction.refusal
    return _refused(desk) and refusal is not None and refusal.remedy is not None


def _switch(switched: Callable[[OverlayChoice], OverlayChoice]) -> Callable[[Desk], None]:
    return lambda desk: desk.set_overlays(switched(desk.overlays))


def _with_boxes(desk: Desk) -> bool:
    return desk.prediction is not None and bool(desk.prediction.boxes)


def _any_box_chosen(desk: Desk) -> bool:
    chosen = desk.drawings.chosen
    return desk.drawings.box_chosen or (chosen is not None and chosen.kind == "box")


_BY_HAND = (
    Command(
        "findings.draw_box",
        QT_TRANSLATE_NOOP("Commands", "Draw a box"),
        lambda desk: desk.drawings.take("box"),
        FINDINGS,
        section="by hand",
        keys=("B",),
        icon="draw-box",
        tip=QT_TRANSLATE_NOOP(
            "Commands", "Draw a box of your own around a finding; it is kept apart from the network's"
        ),
        enabled=with_film,
        checked=lambda desk: desk.drawings.tool == "box",
    ),
    Command(
        "findings.accept_box",
        QT_TRANSLATE_NOOP("Commands", "Accept the box"),
        lambda desk: desk.drawings.judge_box("accepted"),
        FINDINGS,
        section="by hand",
        keys=("Shift+Return", "Shift+Enter"),
        tip=QT_TRANSLATE_NOOP(
            "Commands",
            "Agree with the chosen box of the network, as “Reviewed, and next” does; again takes it back",
        ),
        enabled=lambda desk: desk.drawings.box_chosen,
        checked=lambda desk: desk.drawings.box_judgement == "accepted",
    ),
    Command(
        "findings.reject_box",
        QT_TRANSLATE_NOOP("Commands", "Reject the box"),
        lambda desk: desk.drawings.judge_box("rejected"),
        FINDINGS,
        section="by hand",
        keys=("X",),
        tip=QT_TRANSLATE_NOOP("Commands", "Disagree with the chosen box of the network; once more takes it back"),
        enabled=lambda desk: desk.drawings.box_chosen,
        checked=lambda desk: desk.drawings.box_judgement == "rejected",
    ),
    Command(
        "findings.relabel_box",
        QT_TRANSLATE_NOOP("Commands", "Next finding for the box"),
        lambda desk: desk.drawings.relabel_box(),
        FINDINGS,
        section="by hand",
        keys=("Shift+B",),
        tip=QT_TRANSLATE_NOOP("Commands", "Say that the chosen box shows another finding"),
        enabled=_any_box_chosen,
    ),
    Command(
        "findings.export_boxes",
        QT_TRANSLATE_NOOP("Commands", "Save boxes for training…"),
        lambda desk: desk.drawings.export_boxes(),
        FINDINGS,
        section="training",
        tip=QT_TRANSLATE_NOOP("Commands", "Save your boxes on the films seen in this sitting as COCO JSON"),
        enabled=with_film,
    ),
    Command(
        "findings.import_boxes",
        QT_TRANSLATE_NOOP("Commands", "Read boxes…"),
        lambda desk: desk.drawings.import_boxes(),
        FINDINGS,
        section="training",
        tip=QT_TRANSLATE_NOOP("Commands", "Read boxes from COCO JSON onto the films seen in this sitting"),
        enabled=with_film,
    ),
)

COMMANDS = (
    Command(
        "findings.analyse",
        QT_TRANSLATE_NOOP("Commands", "Analyse again"),
        lambda desk: desk.analyse(force=False),
        FINDINGS,
        section="run",
        keys=("F5",),
        icon="analyse",
        tip=QT_TRANSLATE_NOOP("Commands", "Ask the network about this film"),
        enabled=lambda desk: desk.film is not None and not desk.analysing,
    ),
    Command(
        "findings.analyse_anyway",
        QT_TRANSLATE_NOOP("Commands", "Analyse anyway"),
        lambda desk: desk.analyse(force=True),
        FINDINGS,
        section="run",
        tip=QT_TRANSLATE_NOOP("Commands", "Judge a film that is not assessable; every output will say so"),
        enabled=lambda desk: _refused(desk) and not desk.analysing,
    ),
    Command(
        "findings.put_right",
        QT_TRANSLATE_NOOP("Commands", "Put right and analyse"),
        lambda desk: desk.put_right(),
        FINDINGS,
        section="run",
        keys=("U",),
        tip=QT_TRANSLATE_NOOP(
            "Commands",
            "Invert or turn a film that is inverted or turned, and judge it that way; every output will say so",
        ),
        enabled=lambda desk: _curable(desk) and not desk.analysing,
    ),
    Command(
        "findings.cancel",
        QT_TRANSLATE_NOOP("Commands", "Cancel the analysis"),
        lambda desk: desk.cancel_analysis(),
        FINDINGS,
        section="run",
        keys=("Ctrl+.",),
        icon="cancel",
        tip=QT_TRANSLATE_NOOP("Commands", "Stop the network"),
        enabled=lambda desk: desk.analysing,
    ),
    Command(
        "findings.heatmap",
        QT_TRANSLATE_NOOP("Commands", "Heatmap"),
        _switch(lambda choice: replace(choice, heatmap=not choice.heatmap)),
        FINDINGS,
        section="overlays",
        keys=("M",),
        icon="heatmap",
        tip=QT_TRANSLATE_NOOP("Commands", "Show where the network responds"),
        enabled=with_maps,
        checked=lambda desk: desk.overlays.heatmap,
    ),
    Command(
        "findings.boxes",
        QT_TRANSLATE_NOOP("Commands", "Boxes"),
        _switch(lambda choice: replace(choice, boxes=not choice.boxes)),
        FINDINGS,
        section="overlays",
        keys=("O",),
        icon="boxes",
        tip=QT_TRANSLATE_NOOP("Commands", "Show the boxes with their scores"),
        enabled=with_maps,
        checked=lambda desk: desk.overlays.boxes,
    ),
    Command(
        "findings.lungs",
        QT_TRANSLATE_NOOP("Commands", "Lung outline"),
        _switch(lambda choice: replace(choice, lungs=not choice.lungs)),
        FINDINGS,
        section="overlays",
        keys=("L",),
        icon="lungs",
        tip=QT_TRANSLATE_NOOP("Commands", "Show the outline of the lungs"),
        enabled=with_maps,
        checked=lambda desk: desk.overlays.lungs,
    ),
    Command(
        "findings.peek",
        QT_TRANSLATE_NOOP("Commands", "Hide overlays while held"),
        lambda desk: desk.hide_overlays(True),
        FINDINGS,
        section="overlays",
        keys=("Tab",),
        tip=QT_TRANSLATE_NOOP("Commands", "Hold to see the film with nothing on it"),
        enabled=with_film,
        press="hold",
        release=lambda desk: desk.hide_overlays(False),
    ),
    Command(
        "findings.next_box",
        QT_TRANSLATE_NOOP("Commands", "Next box"),
        lambda desk: desk.step_box(1),
        FINDINGS,
        section="boxes",
        keys=("N",),
        tip=QT_TRANSLATE_NOOP("Commands", "Zoom to the next box"),
        enabled=_with_boxes,
    ),
    Command(
        "findings.previous_box",
        QT_TRANSLATE_NOOP("Commands", "Previous box"),
        lambda desk: desk.step_box(-1),
        FINDINGS,
        section="boxes",
        keys=("P",),
        tip=QT_TRANSLATE_NOOP("Commands", "Zoom to the previous box"),
        enabled=_with_boxes,
    ),
    *_BY_HAND,
)
