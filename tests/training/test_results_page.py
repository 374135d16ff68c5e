"""Results: a part goes where it was, and never touches its neighbours."""

from __future__ import annotations

from pathlib import Path

from training import results_page
from training.drawing.style import canvas


def test_parts_keep_their_order_and_their_neighbours(tmp_path: Path) -> None:
    page = tmp_path / "deep" / "RESULTS.md"
    for name, text in (("first", "## One\n\n| a |"), ("second", "## Two"), ("first", "## One again")):
        results_page.write(page, name, text, {})
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Results")
    assert "One again" in text and "| a |" not in text
    assert text.index("One again") < text.index("## Two")
    results_page.write(page, "second", "## Two", {})
    assert page.read_text(encoding="utf-8") == text


def test_plots_lie_beside_the_page(tmp_path: Path) -> None:
    page = tmp_path / "RESULTS.md"
    results_page.write(page, "plot", "## Plot", {"some-plot": canvas(1, 1)[0]})
    assert "![some plot](results/some-plot.png)" in page.read_text(encoding="utf-8")
    assert (tmp_path / "results" / "some-plot.png").is_file()
