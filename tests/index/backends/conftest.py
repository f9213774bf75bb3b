"""The vectors that searches are tried on."""

from __future__ import annotations

import numpy as np
import pytest

from engine.arrays import Vectors
from tests.index.backends.oracle import DIMENSION, JOBS, unit


@pytest.fixture(scope="package")
def vectors() -> Vectors:
    """Forty clouds of jobs `[JOBS, DIMENSION]`."""
    random = np.random.default_rng(1)
    centres = random.normal(size=(40, DIMENSION))
    return unit(centres[random.integers(0, 40, JOBS)] + 0.5 * random.normal(size=(JOBS, DIMENSION)))
