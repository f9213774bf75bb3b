"""An ad that says little pays for it, and none gains by saying a thing twice."""

from __future__ import annotations

import numpy as np
import pytest

from engine.catalogue.thin_ads import thinness_log_odds, told_words, without_thinness
from engine.jobs import Job
from engine.relevance import Calibration


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


def test_a_title_that_is_a_persons_very_words_is_no_surer_than_ads_that_say_what_they_want() -> None:
    calibration = Calibration(0.36, 0.55)
    nearness = np.array([0.3, 0.5, 0.6, 0.8, 0.8, 0.8], np.float32)
    costs = thinness_log_odds(np.array([0, 0, 0, 0, 20, 40], np.uint8))
    before, after = (
        calibration.log_odds(one).tolist() for one in (nearness, without_thinness(nearness, costs, calibration))
    )
    assert [round(one - other, 2) for one, other in zip(before[:2], after[:2], strict=True)] == [2, 2]
    assert after[0] < after[1] < after[2] < after[3] < 3.7
    assert after[3] < after[4] < after[5] == pytest.approx(before[5], abs=1e-3)
