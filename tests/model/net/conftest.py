"""The tiny network, loaded once."""

from __future__ import annotations

import pytest
from tiny_model import write_tiny

from model.net.predictor import Predictor


@pytest.fixture(scope="session")
def predictor(tmp_path_factory: pytest.TempPathFactory) -> Predictor:
    """Return the tiny network on the CPU."""
    return Predictor.load(write_tiny(tmp_path_factory.mktemp("tiny")), "cpu")
