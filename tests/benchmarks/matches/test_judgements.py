"""The released towers are calibrated by the development half of the judged answers, and the other half bears it out."""

from __future__ import annotations

import re

import numpy as np
import orjson
import pytest

from benchmarks.matches.run import (
    JUDGEMENTS,
    calibration_error,
    chosen_floor,
    fitted,
    read_judgements,
    run_matches,
)
from engine.errors import InvalidInputError
from engine.relevance import MatchCalibration
from training.encoders.sources import RUN, released_folder


@pytest.fixture(scope="module")
def released() -> MatchCalibration:
    return MatchCalibration(**orjson.loads((released_folder() / RUN).read_bytes())["match_calibration"])


def test_the_released_calibration_is_that_of_the_development_half(released: MatchCalibration) -> None:
    judged = read_judgements()
    slope, intercept = fitted(*judged.part(judged.is_development))
    assert released.slope == pytest.approx(slope, abs=1e-3)
    assert released.intercept == pytest.approx(intercept, abs=1e-3)
    told = released.right_share(judged.log_odds[judged.is_development])
    assert released.least == chosen_floor(told, judged.is_right[judged.is_development])


def test_of_the_answers_told_so_likely_about_so_many_are_right(released: MatchCalibration) -> None:
    judged = read_judgements()
    log_odds, is_right = judged.part(~judged.is_development)
    told = released.right_share(log_odds)
    assert calibration_error(told, is_right) < 0.06
    sure = told >= 0.7
    assert abs(float(told[sure].mean()) - float(is_right[sure].mean())) < 0.08
    assert float(is_right[told < released.least].mean()) < 0.1


def test_people_of_the_two_halves_are_not_the_same_and_ads_are_not_named() -> None:
    lines = JUDGEMENTS.read_text().splitlines()[1:]
    halves = [{line.split(",")[1] for line in lines if line.startswith(half)} for half in ("development", "test")]
    assert len(halves[0]) == len(halves[1]) == 16
    assert not halves[0] & halves[1]
    assert all(re.fullmatch(r"(development|test),[a-z_0-9]+,[0-9a-f]{16},-?\d+\.\d{3},[01]", line) for line in lines)


def test_the_error_of_a_true_calibration_is_none_and_of_a_boastful_one_its_boast() -> None:
    told = np.repeat([0.25, 0.75], 400)
    right = np.concatenate([np.arange(400) < 100, np.arange(400) < 300])
    assert calibration_error(told, right) == pytest.approx(0)
    assert calibration_error(np.full(800, 0.9), right) == pytest.approx(0.4)


def test_the_bench_prints_the_curve_and_the_floors(released: MatchCalibration) -> None:
    said: list[object] = []
    run_matches(released, said.append)
    printed = "\n".join(map(str, said))
    assert printed.count("expected calibration error") == 2
    assert "| 0.35 |" in printed


def test_a_calibration_that_falls_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="must rise"):
        MatchCalibration(-1.0, 0.0, 0.5)
