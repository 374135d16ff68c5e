"""How long a search through the tags of a film takes: at most 100 ms a letter."""

from __future__ import annotations

import pytest
from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from PySide6.QtWidgets import QApplication, QWidget

import resources
from viewer.qt.dialogs.tags import TagsDialog


@pytest.mark.parametrize("items", [1, 400])
def test_search(benchmark, qtbot, tmp_path, items):
    film = dcmread(resources.path("films", "demonstration.dcm"))
    film.ReferencedImageSequence = Sequence([_item(number) for number in range(items)])
    film.save_as(tmp_path / "film.dcm")
    room = QWidget()
    qtbot.addWidget(room)
    dialog = TagsDialog(room)
    dialog.follow(tmp_path / "film.dcm", False)
    dialog.show()
    typed = iter([text for _ in range(10000) for text in ("c", "ch", "che", "chest")])

    def type_one() -> None:
        dialog.search.setText(next(typed))
        QApplication.processEvents()

    benchmark(type_one)
    assert benchmark.stats["max"] < 0.1


def _item(number: int) -> Dataset:
    code, item = Dataset(), Dataset()
    code.CodeMeaning, code.CodeValue = f"Chest {number}", str(number)
    item.ReferencedSOPInstanceUID = f"1.2.3.{number}"
    item.PurposeOfReferenceCodeSequence = Sequence([code])
    return item
