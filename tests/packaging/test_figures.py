"""Which figures of a package miss their limits; the measuring itself needs an installed package."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

WITHIN = {
    **{"compression": "xz", "deb_mb": 180.0, "installed_mb": 640.0},
    **{"window_s": 0.5, "source_window_s": 0.5, "first_answer_s": 2.5},
}


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({}, []),
        ({"deb_mb": 230.0}, ["deb_mb"]),
        ({"deb_mb": 230.0, "compression": "zst"}, []),
        ({"installed_mb": 651.0, "first_answer_s": 3.2}, ["installed_mb", "first_answer_s"]),
        ({"source_window_s": 0.3}, ["window_s"]),
    ],
)
def test_what_misses_its_limit_is_named(load, changed: dict[str, object], named: list[str]) -> None:
    assert [sentence.split()[0] for sentence in load("figures").missed(WITHIN | changed)] == named


@pytest.mark.skipif(shutil.which("ar") is None, reason="needs ar")
def test_the_compression_is_read_from_the_package(load, tmp_path: Path) -> None:
    for name in ("debian-binary", "control.tar.xz", "data.tar.zst"):
        (tmp_path / name).touch()
    subprocess.run(["ar", "q", "some.deb", "debian-binary", "control.tar.xz", "data.tar.zst"], cwd=tmp_path, check=True)
    assert load("figures").compression(tmp_path / "some.deb") == "zst"
