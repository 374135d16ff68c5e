"""Grey-scale mathematics against the worked rules of PS3.3 C.11.2."""

import numpy as np
import pytest
from greys import film_of

from model.film.film import VoiTable, Window
from model.film.grey import apply_table, apply_window, auto_window, film_grey


def test_linear_meets_the_standard_at_its_ends() -> None:
    values = np.array([0, 1, 128, 255, 256], dtype=np.uint16)
    grey = apply_window(values, Window(128, 256))
    np.testing.assert_allclose(grey, np.clip((values - 127.5) / 255 + 0.5, 0, 1), atol=1e-6)
    assert grey[0] == 0
    assert grey[3] == grey[4] == 1


def test_linear_of_width_one_is_a_step() -> None:
    np.testing.assert_array_equal(apply_window(np.array([9, 10, 11]), Window(10.5, 1)), [0, 0, 1])


def test_linear_exact_spans_its_width() -> None:
    grey = apply_window(np.array([-10.0, 0.0, 10.0, 20.0]), Window(5, 20, "LINEAR_EXACT"))
    np.testing.assert_allclose(grey, [0, 0.25, 0.75, 1], atol=1e-6)


def test_sigmoid_is_half_at_its_center_and_never_overflows() -> None:
    grey = apply_window(np.array([-30000, 100, 110, 30000], dtype=np.int16), Window(100, 40, "SIGMOID"))
    np.testing.assert_allclose(grey, [0, 0.5, 1 / (1 + np.exp(-1)), 1], atol=1e-6)


@pytest.mark.parametrize("window", [Window(1, 0.5), Window(1, 0, "LINEAR_EXACT"), Window(1, -4, "SIGMOID")])
def test_impossible_widths_are_refused(window: Window) -> None:
    with pytest.raises(ValueError, match="width"):
        apply_window(np.zeros(3), window)


def test_table_clamps_at_both_ends() -> None:
    table = VoiTable(-2, 10, np.array([0, 100, 512, 1023], dtype=np.uint16))
    grey = apply_table(np.array([-9, -2, -1, 0, 1, 9], dtype=np.int16), table)
    np.testing.assert_allclose(grey * 1023, [0, 0, 100, 512, 1023, 1023], atol=1e-3)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16, np.int32, np.float32])
def test_film_grey_is_the_same_for_every_dtype_and_turns_monochrome1(dtype: type) -> None:
    pixels = np.arange(100, dtype=dtype).reshape(10, 10)
    window = Window(50, 80)
    expected = apply_window(pixels.astype(np.float64), window)
    np.testing.assert_allclose(film_grey(film_of(pixels), window), expected, atol=1e-6)
    np.testing.assert_allclose(film_grey(film_of(pixels, low_is_white=True), window), 1 - expected, atol=1e-6)


def test_padding_is_black_in_both_polarities() -> None:
    pixels = np.full((4, 4), 10, dtype=np.int16)
    padding = np.zeros((4, 4), dtype=bool)
    padding[0] = True
    for low_is_white in (False, True):
        assert film_grey(film_of(pixels, padding=padding, low_is_white=low_is_white), Window(5, 4))[0].max() == 0


def test_auto_window_ignores_padding_letterbox_and_saturation() -> None:
    ramp = np.tile(np.linspace(1000, 3000, 400), (400, 1)).astype(np.uint16)
    plain = auto_window(film_of(ramp))
    boxed = np.zeros((500, 600), dtype=np.uint16)
    boxed[50:450, 100:500] = ramp
    boxed[60:100, 110:400] = 4095
    found = auto_window(film_of(boxed))
    assert found.width == pytest.approx(plain.width, rel=0.05)
    assert found.center == pytest.approx(plain.center, rel=0.05)
    padding = boxed == 0
    padded = np.where(padding, 30000, boxed).astype(np.uint16)
    assert auto_window(film_of(padded, padding=padding)).width == pytest.approx(plain.width, rel=0.05)


@pytest.mark.parametrize("value", [0, 7, 65535])
def test_auto_window_of_a_blank_film_is_usable(value: int) -> None:
    film = film_of(np.full((64, 64), value, dtype=np.uint16))
    assert np.isfinite(film_grey(film)).all()
