"""Edge letters against a reference table written down by hand from the patient's side."""

import pytest

from viewer.display.edges import Edges, edge_letters
from viewer.display.look import Pose

TABLE = {  # (mirrored, quarter turns clockwise): left, top, right, bottom of an upright film ("L", "F")
    (False, 0): "RHLF",
    (False, 1): "FRHL",
    (False, 2): "LFRH",
    (False, 3): "HLFR",
    (True, 0): "LHRF",
    (True, 1): "FLHR",
    (True, 2): "RFLH",
    (True, 3): "HRFL",
}


@pytest.mark.parametrize(("pose", "letters"), TABLE.items())
def test_upright_film_in_all_poses(pose: tuple[bool, int], letters: str) -> None:
    assert edge_letters(("L", "F"), Pose(*pose)) == Edges(*letters)


@pytest.mark.parametrize(("pose", "letters"), TABLE.items())
def test_film_stored_with_right_and_left_exchanged(pose: tuple[bool, int], letters: str) -> None:
    exchanged = letters.translate(str.maketrans("LR", "RL"))
    assert edge_letters(("R", "F"), Pose(*pose)) == Edges(*exchanged)


def test_lateral_and_oblique_directions() -> None:
    assert edge_letters(("P", "F"), Pose()) == Edges("A", "H", "P", "F")
    assert edge_letters(("LA", "FP"), Pose()) == Edges("RP", "HA", "LA", "FP")


@pytest.mark.parametrize(
    "orientation",
    [None, ("", "F"), ("L", ""), ("L", "R"), ("X", "F"), ("LL", "F"), ("LR", "F"), ("l", "f"), ("L", "L")],
)
def test_missing_or_impossible_orientation_is_unknown(orientation: tuple[str, str] | None) -> None:
    assert all(edge_letters(orientation, Pose(m, q)) is None for m in (False, True) for q in range(4))
