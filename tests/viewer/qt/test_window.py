import numpy as np
import pytest
from PIL import Image
from predictions import prediction_for, refused
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit
from room import WAIT_MS, write_films

from model.net import gate
from viewer.commands.registry import COMMANDS
from viewer.display.remedy import put_right
from viewer.display.render import render
from viewer.messages import Message
from viewer.qt.dialogs.page import PageDialog


@pytest.fixture
def films(tmp_path):
    return write_films(tmp_path, 3)


@pytest.fixture
def opened(qtbot, window, films):
    """The window with three films read and the first one answered."""
    window.open(films)
    qtbot.waitUntil(lambda: window.desk.prediction is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not any(window._sitting.table.waiting()), timeout=WAIT_MS)
    return window


def press(qtbot, widget, keys):
    combination = QKeySequence(keys)[0]
    qtbot.keyClick(widget, combination.key(), combination.keyboardModifiers())


def drop(widget, mime):
    at = QPointF(widget.rect().center())
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QDragEnterEvent(at.toPoint(), copy, mime, left, none))
    QApplication.sendEvent(widget, QDropEvent(at, copy, mime, left, none))


def urls(paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def titles(window):
    model = window.films.films
    return [model.data(model.index(row)) for row in range(model.rowCount())]


def test_an_empty_box_offers_to_open_films(window):
    assert window.windowTitle() == "Negatoscope"
    assert not window.actions_["view.fit"].isEnabled()
    assert window.actions_["file.open"].isEnabled()
    assert window.canvas.hasFocus()


def test_films_are_listed_and_the_first_is_shown(opened, films):
    assert titles(opened) == [path.name for path in films]
    assert opened.windowTitle().startswith("film 1.png")
    assert opened.canvas.view is not None
    assert opened.films.currentIndex().row() == 0


@pytest.mark.parametrize(
    ("keys", "changed"),
    [
        ("I", lambda look: look.inverted),
        ("R", lambda look: look.pose.quarter_turns == 1),
        ("Shift+R", lambda look: look.pose.quarter_turns == 3),
        ("H", lambda look: look.pose.mirrored),
        ("V", lambda look: look.pose.mirrored and look.pose.quarter_turns == 2),
        ("5", lambda look: look.grey.name == "full"),
        ("6", lambda look: look.grey.function == "SIGMOID"),
        ("K", lambda look: look.aids.local_contrast == 0.5),
        ("S", lambda look: look.aids.sharpening == 0.5),
    ],
)
def test_keys_change_the_look_and_can_be_undone(qtbot, opened, keys, changed):
    first = opened.desk.look
    press(qtbot, opened.canvas, keys)
    assert changed(opened.desk.look)
    press(qtbot, opened.canvas, "Ctrl+Z")
    assert opened.desk.look == first
    press(qtbot, opened.canvas, "Ctrl+Shift+Z")
    assert changed(opened.desk.look)
    press(qtbot, opened.canvas, "Esc")
    assert opened.desk.look == first


def test_keys_work_while_a_panel_has_the_keyboard(qtbot, opened):
    opened.films.setFocus()
    press(qtbot, opened.films, "I")
    assert opened.desk.look.inverted
    press(qtbot, opened.films, "PgDown")
    assert opened.windowTitle().startswith("film 2.png")


def test_letters_in_a_text_field_are_letters(qtbot, opened):
    press(qtbot, opened.canvas, "Ctrl+K")
    field = opened.doors.palette.findChild(QLineEdit)
    qtbot.keyClicks(field, "irhv 0")
    assert field.text() == "irhv 0"
    assert opened.desk.look == opened._sitting.choices.first_look(opened.desk.film.key)
    press(qtbot, field, "Esc")
    assert not opened.doors.palette.isVisible()
    assert opened.canvas.hasFocus()


def test_a_drag_on_the_film_is_one_undo_step(qtbot, opened):
    first = opened.desk.look
    middle = opened.canvas.rect().center()
    qtbot.mousePress(opened.canvas, Qt.MouseButton.LeftButton, pos=middle)
    for step in range(1, 30):
        qtbot.mouseMove(opened.canvas, middle + QPoint(3 * step, -step))
    qtbot.mouseRelease(opened.canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(90, -30))
    assert opened.desk.look.grey.width > first.grey.width
    press(qtbot, opened.canvas, "Ctrl+Z")
    assert opened.desk.look == first
    assert not opened.desk.can_undo


def test_the_picture_on_the_canvas_follows_undo(qtbot, opened):
    before = opened.canvas.grab().toImage()
    press(qtbot, opened.canvas, "I")
    assert opened.canvas.grab().toImage() != before
    press(qtbot, opened.canvas, "Ctrl+Z")
    assert opened.canvas.grab().toImage() == before


def test_ctrl_and_wheel_leaf_through_films(qtbot, opened):
    at = QPointF(opened.canvas.rect().center())
    event = QWheelEvent(
        at,
        opened.canvas.mapToGlobal(at),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(opened.canvas, event)
    assert opened.windowTitle().startswith("film 2.png")


def test_clicking_a_row_hangs_that_film_and_leaves_the_keyboard_with_the_canvas(qtbot, opened):
    row = opened.films.visualRect(opened.films.films.index(2)).center()
    qtbot.mouseClick(opened.films.viewport(), Qt.MouseButton.LeftButton, pos=row)
    qtbot.waitUntil(lambda: opened.windowTitle().startswith("film 3.png"), timeout=WAIT_MS)
    assert opened.canvas.hasFocus()


def test_delete_takes_the_film_off_the_list_and_leaves_the_file(qtbot, opened, films):
    press(qtbot, opened.canvas, "Ctrl+W")
    assert titles(opened) == ["film 2.png", "film 3.png"]
    assert films[0].exists()
    press(qtbot, opened.canvas, "Ctrl+Shift+W")
    assert titles(opened) == []
    assert opened.windowTitle() == "Negatoscope"


def test_tab_hides_the_overlays_only_while_it_is_held(qtbot, opened):
    with_overlays = opened.canvas.grab().toImage()
    qtbot.keyPress(opened.canvas, Qt.Key.Key_Tab)
    assert opened.canvas.grab().toImage() != with_overlays
    qtbot.keyRelease(opened.canvas, Qt.Key.Key_Tab)
    assert opened.canvas.grab().toImage() == with_overlays


def test_space_goes_round_the_three_states_of_the_corner_text(qtbot, opened):
    seen = [opened.desk.text_mode]
    for _ in range(3):
        qtbot.keyClick(opened.canvas, Qt.Key.Key_Space)
        seen.append(opened.desk.text_mode)
    assert seen == ["all", "minimal", "none", "all"]


def test_n_and_p_go_through_the_boxes(qtbot, opened):
    fitted = opened.canvas.zoom
    press(qtbot, opened.canvas, "N")
    assert opened.canvas.zoom > fitted
    assert opened.findings.boxes.buttons[0].isChecked()
    press(qtbot, opened.canvas, "F")
    assert opened.canvas.zoom == fitted
    assert not opened.findings.boxes.buttons[0].isChecked()
    opened.findings.boxes.buttons[0].click()
    assert opened.canvas.zoom > fitted


def test_full_screen_shows_the_film_alone_and_comes_back(qtbot, opened):
    press(qtbot, opened.canvas, "F11")
    assert opened.isFullScreen()
    assert not opened.films.isVisible()
    assert not opened.menuBar().isVisible()
    press(qtbot, opened.canvas, "I")
    assert opened.desk.look.inverted
    press(qtbot, opened.canvas, "Esc")
    assert not opened.isFullScreen()
    assert opened.films.isVisible()
    assert opened.desk.look.inverted


def test_double_click_is_full_screen_too(qtbot, opened):
    qtbot.mouseDClick(opened.canvas, Qt.MouseButton.LeftButton, pos=opened.canvas.rect().center())
    assert opened.isFullScreen()
    qtbot.mouseDClick(opened.canvas, Qt.MouseButton.LeftButton, pos=opened.canvas.rect().center())
    assert not opened.isFullScreen()


def test_hiding_names_covers_title_list_tooltip_and_tab(qtbot, make_room, tmp_path):
    from reference_films import film_named, to_bytes

    dataset = film_named("frames-native").dataset()
    dataset.PatientName, dataset.StudyDate = "Doe^Jane", "20240131"
    path = tmp_path / "Doe, J.dcm"
    path.write_bytes(to_bytes(dataset))
    window = make_room()
    window.open([path])
    qtbot.waitUntil(lambda: window.desk.film is not None, timeout=WAIT_MS)
    model = window.films.films

    def words():
        index = model.index(0)
        roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        return " ".join([window.windowTitle(), *(str(model.data(index, role)) for role in roles)])

    assert "Doe Jane" in words()
    window.tell(Message("warning", "1 failed", details=("Doe Jane.txt: no film",)))
    press(qtbot, window.canvas, "Ctrl+H")
    window.tell(Message("warning", "2 failed", details=("Doe Jane.txt: no film",)))
    assert [notice.message.details for notice in window.notices.notices] == [()]
    assert "Doe" not in words()
    assert "2024" not in words()
    assert window.options.anonymous


def test_a_dropped_folder_is_opened(qtbot, window, films):
    drop(window.canvas, urls([films[0].parent]))
    qtbot.waitUntil(lambda: len(titles(window)) == 3, timeout=WAIT_MS)


def test_a_drop_beside_the_film_is_opened_too(qtbot, window, films):
    drop(window, urls(films[:1]))
    qtbot.waitUntil(lambda: titles(window) == ["film 1.png"], timeout=WAIT_MS)


def test_pasting_opens_files_and_paths(qtbot, window, films):
    QGuiApplication.clipboard().setMimeData(urls(films[:1]))
    press(qtbot, window.canvas, "Ctrl+V")
    qtbot.waitUntil(lambda: len(titles(window)) == 1, timeout=WAIT_MS)
    QGuiApplication.clipboard().setText(f'"{films[1]}"\n{films[2].as_uri()}')
    press(qtbot, window.canvas, "Ctrl+V")
    qtbot.waitUntil(lambda: len(titles(window)) == 3, timeout=WAIT_MS)


def test_pasting_something_else_says_so(qtbot, window):
    QGuiApplication.clipboard().setText("good morning")
    press(qtbot, window.canvas, "Ctrl+V")
    assert [notice.message.level for notice in window.notices.notices] == ["warning"]


def test_opening_through_the_dialog_remembers_the_folder(qtbot, window, films, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *args: ([str(films[0])], ""))
    press(qtbot, window.canvas, "Ctrl+O")
    qtbot.waitUntil(lambda: len(titles(window)) == 1, timeout=WAIT_MS)
    assert window.options.last_folder == str(films[0].parent)


def test_turning_back_in_a_dialog_opens_nothing(qtbot, window, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *args: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: "")
    window.actions_["file.open"].trigger()
    window.actions_["file.open_folder"].trigger()
    qtbot.wait(30)
    assert titles(window) == []


def test_the_saved_picture_is_the_whole_film_as_it_is_seen(qtbot, opened, tmp_path, monkeypatch):
    target = tmp_path / "picture"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(target), ""))
    press(qtbot, opened.canvas, "I")
    press(qtbot, opened.canvas, "O")
    press(qtbot, opened.canvas, "Ctrl+E")
    with Image.open(target.with_suffix(".png")) as saved:
        assert np.array_equal(np.asarray(saved), render(opened.desk.film, opened.desk.look).pixels)


def test_the_saved_picture_has_the_overlays_that_are_seen(qtbot, opened, tmp_path, monkeypatch):
    target = tmp_path / "picture.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(target), ""))
    press(qtbot, opened.canvas, "M")
    press(qtbot, opened.canvas, "Ctrl+E")
    with Image.open(target) as saved:
        assert saved.mode == "RGB"
        assert "Lung opacity" in saved.info["Caption"]
        assert saved.height > opened.desk.film.rows


def test_a_picture_that_cannot_be_written_is_told(qtbot, opened, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / "no" / "x.png"), ""))
    press(qtbot, opened.canvas, "Ctrl+E")
    assert opened.notices.notices[-1].message.level == "error"


def test_the_copied_picture_is_on_the_clipboard(qtbot, opened):
    press(qtbot, opened.canvas, "Ctrl+C")
    assert QGuiApplication.clipboard().image().size() == opened.canvas.grab_picture().size()


def test_the_context_menu_offers_presets_and_overlays(qtbot, opened):
    at = opened.canvas.rect().center()
    qtbot.mouseClick(opened.canvas, Qt.MouseButton.RightButton, pos=at)
    menu = opened._menu
    texts = [action.text() for action in menu.actions()]
    assert "Lung" in texts
    assert "Heatmap" in texts
    menu.close()


def test_every_action_runs_and_the_menus_hold_all_but_held_keys(opened):
    in_menus = {action.objectName() for menu in opened._menus for action in menu.actions()} - {""}
    assert in_menus == {command.id for command in COMMANDS if command.press != "hold"}


def test_the_help_page_lists_every_key(qtbot, window):
    press(qtbot, window.canvas, "F1")
    page = window.findChild(PageDialog)
    text = page.page.toPlainText()
    for command in COMMANDS:
        if command.keys:
            assert command.title in text
    assert "Left drag" in text
    page.close()


@pytest.mark.parametrize("command_id", ["help.about", "help.model_card"])
def test_pages_open_and_close(window, command_id):
    window.actions_[command_id].trigger()
    page = window.findChild(PageDialog)
    assert page.page.toPlainText()
    page.close()


def test_a_film_that_is_not_assessable_says_why_and_can_be_judged_anyway(qtbot, make_room, analyst, films):
    analyst.answer = lambda film, force: prediction_for(film, forced=True) if force else refused(film)
    window = make_room()
    window.open(films[:1])
    qtbot.waitUntil(lambda: window.desk.prediction is not None, timeout=WAIT_MS)
    assert window.findings._status.text() == "Not assessable"
    assert "frontal" in window.findings._reason.text()
    assert not window.findings.first.isVisible()
    window.findings._anyway.click()
    qtbot.waitUntil(lambda: window.desk.prediction.forced, timeout=WAIT_MS)
    assert window.findings.first.isVisible()


@pytest.mark.parametrize("remedy", ["invert", "turn_left"])
def test_a_film_is_put_right_on_one_key(qtbot, make_room, analyst, films, remedy):
    analyst.answer = lambda film, force: prediction_for(film, refusal=gate.curable(remedy))
    analyst.put_right = lambda film: prediction_for(film, refusal=gate.cured(remedy), corrected=remedy)
    window = make_room()
    window.open(films[:1])
    qtbot.waitUntil(lambda: window.desk.prediction is not None, timeout=WAIT_MS)
    before = window.desk.look
    assert window.findings._remedy.isVisible()
    assert window.findings._remedy.text() == ("Invert" if remedy == "invert" else "Turn") + " and analyse"
    qtbot.keyClick(window.canvas, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: window.desk.prediction.corrected == remedy, timeout=WAIT_MS)
    assert window.desk.look == put_right(before, remedy) != before
    assert window.findings._status.text() == "Analysed after it was put right"
    assert window.findings.first.isVisible()
    assert not window.findings._remedy.isVisible()
    window.actions_["edit.undo"].trigger()
    assert window.desk.look == before


def test_the_analysis_can_be_cancelled_and_asked_again(qtbot, make_room, analyst, films):
    analyst.free.clear()
    window = make_room()
    window.open(films[:1])
    qtbot.waitUntil(window.findings._cancel.isVisible, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.findings._progress.value() == 500, timeout=WAIT_MS)
    window.findings._cancel.click()
    qtbot.waitUntil(window.findings._again.isVisible, timeout=WAIT_MS)
    analyst.free.set()
    window.findings._again.click()
    qtbot.waitUntil(lambda: window.desk.prediction is not None, timeout=WAIT_MS)


def test_panels_hide_and_come_back_by_key(qtbot, opened):
    for key, panel in (("F2", opened.films), ("F3", opened.findings), ("F4", opened.overlays)):
        press(qtbot, opened.canvas, key)
        assert not panel.isVisible()
        press(qtbot, opened.canvas, key)
        assert panel.isVisible()


def test_the_keyboard_reaches_every_panel(qtbot, opened):
    reached = []
    for _ in range(4):
        press(qtbot, opened.focusWidget(), "F6")
        reached.append(opened.focusWidget())
    assert reached[0] is opened.films
    assert opened.findings.isAncestorOf(reached[1])
    assert opened.overlays.isAncestorOf(reached[2])
    assert reached[3] is opened.canvas


def test_the_window_comes_back_where_it_was(qtbot, make_room):
    first = make_room()
    first.resize(1111, 777)
    first.actions_["view.panel_overlays"].trigger()
    kept = first.options
    second = make_room(geometry=kept.geometry, panels=kept.panels)
    assert not second.overlays.isVisible()


def test_a_window_remembered_on_a_screen_that_has_gone_is_brought_back(qtbot, make_room):
    first = make_room()
    first.move(QPoint(90_000, 90_000))
    window = make_room(geometry=first.saveGeometry().toHex().toStdString())
    screens = QGuiApplication.screens()
    assert any(screen.availableGeometry().intersects(window.frameGeometry()) for screen in screens)


def test_damaged_geometry_is_ignored(make_room):
    window = make_room(geometry="zz", panels="zz")
    assert window.isVisible()


def test_failed_films_are_told_in_place_and_in_the_list(qtbot, window, tmp_path):
    bad = tmp_path / "notes.txt"
    bad.write_text("no film")
    window.open([bad])
    qtbot.waitUntil(lambda: window._sitting.table.current is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window._sitting.table.current.reading == "failed", timeout=WAIT_MS)
    model = window.films.films
    assert "Cannot be opened" in model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert "text file" in window.canvas.accessibleDescription()


def test_the_disclaimer_is_always_there(opened):
    assert "Not for diagnosis" in " ".join(
        label.text() for label in opened.statusBar().findChildren(QLabel) if label.isVisible()
    )


def test_controls_have_names_for_screen_readers(opened):
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QSlider

    for kind in (QAbstractButton, QComboBox, QSlider):
        for control in opened.findChildren(kind):
            if control.objectName().startswith("qt_") or not control.isVisible():
                continue
            named = control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")
            assert named, control


def test_closing_while_everything_is_busy_ends_all_work(qtbot, make_room, analyst, tmp_path):
    analyst.free.clear()
    window = make_room()
    window.open(write_films(tmp_path, 12))
    qtbot.waitUntil(lambda: window.desk.analysing, timeout=WAIT_MS)
    with qtbot.waitSignal(window.closed) as caught:
        window.close()
    assert caught.args[0].overlays == window.desk.overlays


def test_every_tool_is_in_reach_on_a_small_screen(qtbot, opened):
    opened.resize(1024, 700)
    qtbot.wait(20)
    hidden = [action.text() for action in opened._bar.actions() if not opened._bar.widgetForAction(action).isVisible()]
    assert hidden == []
    assert (opened.width(), opened.height()) == (1024, 700)
    assert opened.canvas.width() > 400
