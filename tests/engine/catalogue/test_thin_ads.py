"""An ad that says little pays for it, and none gains by saying a thing twice."""

from __future__ import annotations

import numpy as np
import pytest

from engine.catalogue.thin_ads import thinness_log_odds, told_words
from engine.jobs import Job


def words(count: int) -> str:
    return " ".join(f"palabra{number}" for number in range(count))


@pytest.mark.parametrize(
    ("job", "told"),
    [
        (Job("a", "Programador"), 0),
        (Job("a", "Programador", "Programador programador PROGRAMADOR."), 0),
        (Job("a", "Programador", "Python y SQL"), 3),
        (Job("a", "Programador", skills=("Python", "SQL")), 2),
        (Job("a", "Programador", "python " * 200), 1),
        (Job("a", "Programador", words(39)), 39),
        (Job("a", "Programador", words(500)), 40),
    ],
)
def test_words_are_counted_once_and_beside_the_title(job: Job, told: int) -> None:
    assert told_words(job) == told


def test_a_title_alone_costs_most_and_enough_words_nothing() -> None:
    costs = thinness_log_odds(np.array([0, 10, 20, 40], np.uint8)).tolist()
    assert costs == pytest.approx([2, 1.5, 1, 0])
