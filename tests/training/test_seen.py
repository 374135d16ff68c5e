"""Seen films: a film, its copies and its patient's other films are left out, whatever their endings."""

from __future__ import annotations

from pathlib import Path

from training_rows import make_row

from training import seen


def test_a_seen_film_takes_its_whole_group_with_it(tmp_path: Path) -> None:
    trained = [make_row("nih/images/1.jpg", source="nih")]
    path = seen.write(trained, tmp_path / "network.safetensors")
    assert path.name == "network.seen.txt"
    full_size = [
        make_row("nih/images_001/images/1.png", source="nih", group="g"),
        make_row("copies/other.jpg", source="copies", group="g"),
        make_row("copies/1.jpg", source="copies", group="h"),
    ]
    marks = seen.read(tmp_path / "network.safetensors")
    assert seen.unseen(full_size[1:], full_size, marks) == full_size[2:]


def test_weights_without_a_list_have_seen_nothing_that_is_known(tmp_path: Path) -> None:
    rows = [make_row("a.png", group="g")]
    assert seen.unseen(rows, rows, seen.read(tmp_path / "network.safetensors")) == rows
