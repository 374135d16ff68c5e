import pytest
from PySide6.QtCore import QMimeData, QUrl

from viewer.qt.drop import film_in, film_mime, paths_in


@pytest.fixture
def film(tmp_path):
    path = tmp_path / "снимок 1.dcm"
    path.write_bytes(b"")
    return path


def test_files_are_taken_each_once_in_order(tmp_path, film):
    mime = QMimeData()
    folder = QUrl.fromLocalFile(str(tmp_path))
    mime.setUrls([QUrl.fromLocalFile(str(film)), folder, QUrl.fromLocalFile(str(film)), QUrl("https://example.org/x")])
    assert paths_in(mime) == (film, tmp_path)


@pytest.mark.parametrize("written", ["{path}", '"{path}"', "'{path}'", "  {path}  ", "{uri}", "hello\n{path}\n\nworld"])
def test_text_may_hold_paths(film, written):
    mime = QMimeData()
    mime.setText(written.format(path=film, uri=film.as_uri()))
    assert paths_in(mime) == (film,)


@pytest.mark.parametrize(
    "text", ["", "good morning", "/no/such/film.dcm", "~nobody-of-that-name/x", "a\0b", "x" * 5000]
)
def test_other_text_holds_none(text):
    mime = QMimeData()
    mime.setText(text)
    assert paths_in(mime) == ()


def test_a_film_that_is_dragged_is_known_to_panes_alone(film):
    assert film_in(film_mime(film)) == film
    assert paths_in(film_mime(film)) == ()
    assert not film_mime(film).hasText()
    assert film_in(QMimeData()) is None
