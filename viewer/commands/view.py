"""Commands that change how a film is seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from viewer.commands.command import QT_TRANSLATE_NOOP, Command, Desk, with_film
from viewer.display.look import Look, Pose
from viewer.display.pose import flipped_horizontally, flipped_vertically, turned
from viewer.session.corner import TEXT_MODES

VIEW = QT_TRANSLATE_NOOP("Commands", "&View")
WINDOW = QT_TRANSLATE_NOOP("Commands", "&Grey levels")

ZOOM_STEP = 1.25


def _see(desk: Desk, change: Callable[[Look], Look]) -> None:
    if desk.look is not None:
        desk.set_look(change(desk.look))


def _laid(change: Callable[[Pose], Pose]) -> Callable[[Desk], None]:
    return lambda desk: _see(desk, lambda look: replace(look, pose=change(look.pose)))


def _invert(desk: Desk) -> None:
    _see(desk, lambda look: replace(look, inverted=not look.inverted))


def _next_text_mode(desk: Desk) -> None:
    place = TEXT_MODES.index(desk.text_mode)
    desk.set_text_mode(TEXT_MODES[(place + 1) % len(TEXT_MODES)])


def _escape(desk: Desk) -> None:
    if desk.drawings.cancel():
        return
    if desk.window.full_screen:
        desk.window.set_full_screen(False)
    elif desk.film is not None:
        desk.reset()


def _preset(number: int, title: str, tip: str) -> Command:
    return Command(
        f"view.preset_{number}",
        title,
        lambda desk: desk.apply_preset(number),
        WINDOW,
        section="presets",
        keys=(str(number),),
        tip=tip,
        enabled=lambda desk: desk.preset_available(number),
        checked=lambda desk: desk.preset_applied(number),
    )


def _panel(name: str, title: str, key: str) -> Command:
    return Command(
        f"view.panel_{name}",
        title,
        lambda desk: desk.window.toggle_panel(name),
        VIEW,
        section="panels",
        keys=(key,),
        tip=QT_TRANSLATE_NOOP("Commands", "Show or hide this panel"),
        checked=lambda desk: desk.window.panel_shown(name),
    )


_SIZE = (
    Command(
        "view.fit",
        QT_TRANSLATE_NOOP("Commands", "Whole film"),
        lambda desk: desk.fit(),
        VIEW,
        section="zoom",
        keys=("F",),
        icon="fit",
        tip=QT_TRANSLATE_NOOP("Commands", "Fit the whole film into the window"),
        enabled=with_film,
    ),
    Command(
        "view.actual",
        QT_TRANSLATE_NOOP("Commands", "Actual pixels"),
        lambda desk: desk.actual_pixels(),
        VIEW,
        section="zoom",
        keys=("A",),
        icon="actual",
        tip=QT_TRANSLATE_NOOP("Commands", "One film pixel is one screen pixel"),
        enabled=with_film,
    ),
    Command(
        "view.zoom_in",
        QT_TRANSLATE_NOOP("Commands", "Zoom in"),
        lambda desk: desk.zoom_by(ZOOM_STEP),
        VIEW,
        section="zoom",
        keys=("+", "=", "Ctrl++"),
        tip=QT_TRANSLATE_NOOP("Commands", "Zoom in on the middle"),
        enabled=with_film,
    ),
    Command(
        "view.zoom_out",
        QT_TRANSLATE_NOOP("Commands", "Zoom out"),
        lambda desk: desk.zoom_by(1 / ZOOM_STEP),
        VIEW,
        section="zoom",
        keys=("-", "Ctrl+-"),
        tip=QT_TRANSLATE_NOOP("Commands", "Zoom out from the middle"),
        enabled=with_film,
    ),
)

_POSE = (
    Command(
        "view.rotate_right",
        QT_TRANSLATE_NOOP("Commands", "Turn right"),
        _laid(lambda pose: turned(pose, 1)),
        VIEW,
        section="pose",
        keys=("R",),
        icon="rotate-right",
        tip=QT_TRANSLATE_NOOP("Commands", "Turn a quarter clockwise"),
        enabled=with_film,
    ),
    Command(
        "view.rotate_left",
        QT_TRANSLATE_NOOP("Commands", "Turn left"),
        _laid(lambda pose: turned(pose, -1)),
        VIEW,
        section="pose",
        keys=("Shift+R",),
        icon="rotate-left",
        tip=QT_TRANSLATE_NOOP("Commands", "Turn a quarter anticlockwise"),
        enabled=with_film,
    ),
    Command(
        "view.flip_horizontal",
        QT_TRANSLATE_NOOP("Commands", "Flip left and right"),
        _laid(flipped_horizontally),
        VIEW,
        section="pose",
        keys=("H",),
        icon="flip-horizontal",
        tip=QT_TRANSLATE_NOOP("Commands", "Mirror left and right; the edge letters follow"),
        enabled=with_film,
    ),
    Command(
        "view.flip_vertical",
        QT_TRANSLATE_NOOP("Commands", "Flip top and bottom"),
        _laid(flipped_vertically),
        VIEW,
        section="pose",
        keys=("V",),
        icon="flip-vertical",
        tip=QT_TRANSLATE_NOOP("Commands", "Mirror top and bottom; the edge letters follow"),
        enabled=with_film,
    ),
    Command(
        "view.reset",
        QT_TRANSLATE_NOOP("Commands", "Reset the film"),
        _escape,
        VIEW,
        section="pose",
        keys=("Esc",),
        icon="reset",
        tip=QT_TRANSLATE_NOOP(
            "Commands", "Lay down what is being drawn, leave full screen, then see the film as it was first shown"
        ),
        enabled=lambda desk: desk.film is not None or desk.window.full_screen,
    ),
)

_GREY = (
    Command(
        "view.invert",
        QT_TRANSLATE_NOOP("Commands", "Invert"),
        _invert,
        WINDOW,
        section="invert",
        keys=("I",),
        icon="invert",
        tip=QT_TRANSLATE_NOOP("Commands", "Exchange black and white"),
        enabled=with_film,
        checked=lambda desk: desk.look is not None and desk.look.inverted,
    ),
    _preset(
        0,
        QT_TRANSLATE_NOOP("Commands", "Automatic"),
        QT_TRANSLATE_NOOP("Commands", "Window computed from the film, borders left out"),
    ),
    _preset(
        1,
        QT_TRANSLATE_NOOP("Commands", "The film's first window"),
        QT_TRANSLATE_NOOP("Commands", "The first window or table stored in the file"),
    ),
    _preset(
        2,
        QT_TRANSLATE_NOOP("Commands", "The film's second window"),
        QT_TRANSLATE_NOOP("Commands", "The second window or table stored in the file"),
    ),
    _preset(
        3,
        QT_TRANSLATE_NOOP("Commands", "Lung"),
        QT_TRANSLATE_NOOP("Commands", "Window for the lungs, computed from the film"),
    ),
    _preset(
        4,
        QT_TRANSLATE_NOOP("Commands", "Mediastinum and bone"),
        QT_TRANSLATE_NOOP("Commands", "Window for dense parts, computed from the film"),
    ),
    _preset(
        5,
        QT_TRANSLATE_NOOP("Commands", "Full range"),
        QT_TRANSLATE_NOOP("Commands", "From the darkest to the brightest pixel"),
    ),
    _preset(
        6,
        QT_TRANSLATE_NOOP("Commands", "Soft curve"),
        QT_TRANSLATE_NOOP("Commands", "Sigmoid curve that clips neither end"),
    ),
)

_FILMS = (
    Command(
        "view.previous_film",
        QT_TRANSLATE_NOOP("Commands", "Previous film"),
        lambda desk: desk.step_film(-1),
        VIEW,
        section="films",
        keys=("PgUp",),
        icon="previous",
        tip=QT_TRANSLATE_NOOP("Commands", "Hang the film above in the list"),
        enabled=lambda desk: desk.film_count > 1,
    ),
    Command(
        "view.next_film",
        QT_TRANSLATE_NOOP("Commands", "Next film"),
        lambda desk: desk.step_film(1),
        VIEW,
        section="films",
        keys=("PgDown",),
        icon="next",
        tip=QT_TRANSLATE_NOOP("Commands", "Hang the film below in the list"),
        enabled=lambda desk: desk.film_count > 1,
    ),
    Command(
        "view.previous_frame",
        QT_TRANSLATE_NOOP("Commands", "Previous frame"),
        lambda desk: desk.step_frame(-1),
        VIEW,
        section="films",
        keys=("Shift+PgUp",),
        tip=QT_TRANSLATE_NOOP("Commands", "The frame before, in a film with several"),
        enabled=lambda desk: desk.film is not None and desk.film.frame > 0,
    ),
    Command(
        "view.next_frame",
        QT_TRANSLATE_NOOP("Commands", "Next frame"),
        lambda desk: desk.step_frame(1),
        VIEW,
        section="films",
        keys=("Shift+PgDown",),
        tip=QT_TRANSLATE_NOOP("Commands", "The frame after, in a film with several"),
        enabled=lambda desk: desk.film is not None and desk.film.frame + 1 < desk.film.frames,
    ),
)

_ROOM = (
    Command(
        "view.text",
        QT_TRANSLATE_NOOP("Commands", "Corner text: all, less, none"),
        _next_text_mode,
        VIEW,
        section="text",
        keys=("Space",),
        icon="text",
        tip=QT_TRANSLATE_NOOP("Commands", "Change how much text lies on the film"),
        press="tap",
    ),
    Command(
        "view.anonymous",
        QT_TRANSLATE_NOOP("Commands", "Hide names and dates"),
        lambda desk: desk.set_anonymous(not desk.anonymous),
        VIEW,
        section="text",
        keys=("Ctrl+H",),
        icon="anonymous",
        tip=QT_TRANSLATE_NOOP("Commands", "Hide patient data on the film, in the title and in the list"),
        checked=lambda desk: desk.anonymous,
    ),
    _panel("films", QT_TRANSLATE_NOOP("Commands", "Films panel"), "F2"),
    _panel("findings", QT_TRANSLATE_NOOP("Commands", "Findings panel"), "F3"),
    _panel("overlays", QT_TRANSLATE_NOOP("Commands", "Overlays panel"), "F4"),
    _panel("drawings", QT_TRANSLATE_NOOP("Commands", "Drawings panel"), "F7"),
    _panel("feature_map", QT_TRANSLATE_NOOP("Commands", "Feature map panel"), "F8"),
    Command(
        "view.full_screen",
        QT_TRANSLATE_NOOP("Commands", "Full screen"),
        lambda desk: desk.window.set_full_screen(not desk.window.full_screen),
        VIEW,
        section="screen",
        keys=("F11",),
        icon="full-screen",
        tip=QT_TRANSLATE_NOOP("Commands", "Only the film, on the whole screen"),
        checked=lambda desk: desk.window.full_screen,
    ),
)

COMMANDS = (*_FILMS, *_SIZE, *_POSE, *_GREY, *_ROOM)
