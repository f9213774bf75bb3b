"""Whether a challenger may take the champion's place: better on the time split beyond chance, worse for nobody.

The bootstrap is paired: both models are judged on the same people, so that hard and easy people cancel out.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import InvalidInputError
from training.bootstrap import bootstrap_means, interval_95
from training.release.evaluation import Evaluation

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class GateConfig:
    """`measure`: what must rise. `language_tolerance`: how far a language's recall@10 may fall, absolute, and only
    within chance. `least_queries`: smaller languages are reported, not judged. `congestion_tolerance`: how far
    congestion@10 may rise, as a share of the champion's."""

    measure: str = "recall_at_10"
    resamples: int = 2000
    seed: int = 0
    language_tolerance: float = 0.01
    least_queries: int = 30
    congestion_tolerance: float = 0.05


@dataclass(frozen=True, slots=True)
class Check:
    """One condition: `low` and `high` bound the difference (95%, two-sided); `passed` is None when not judged."""

    name: str
    queries: int
    champion: float
    challenger: float
    low: float | None
    high: float | None
    passed: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class GateReport:
    """The verdict on a challenger and every condition it rests on."""

    challenger: str
    champion: str | None
    data_version: str
    config: GateConfig
    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        """Whether every judged condition holds."""
        return all(check.passed is not False for check in self.checks)

    @property
    def reason(self) -> str:
        """Why it was refused; empty when it passed."""
        return "; ".join(check.reason for check in self.checks if check.passed is False)

    def document(self) -> dict[str, Any]:
        """The report as JSON."""
        return asdict(self) | {"passed": self.passed, "reason": self.reason}

    def table(self) -> str:
        """The report as lines to print."""
        lines = [f"{'condition':<22} {'people':>6} {'champion':>9} {'challenger':>10} {'difference, 95%':>22}  verdict"]
        for check in self.checks:
            interval = "" if check.low is None else f"{check.low:+.4f} … {check.high:+.4f}"
            verdict = {True: "ok", False: "REFUSED", None: "not judged"}[check.passed]
            lines.append(
                f"{check.name:<22} {check.queries:>6} {check.champion:>9.4f} {check.challenger:>10.4f} "
                f"{interval:>22}  {verdict}"
            )
        return "\n".join(lines)


def run_gate(champion: Evaluation | None, challenger: Evaluation, config: GateConfig | None = None) -> GateReport:
    """Compare two evaluations of the same queries; without a champion there is nothing to beat.

    Raises:
        InvalidInputError: the two were not judged on the same data.
    """
    config = config or GateConfig()
    if champion is None:
        return GateReport(challenger.model_id, None, challenger.data_version, config, ())
    if champion.data_version != challenger.data_version or not np.array_equal(champion.seekers, challenger.seekers):
        raise InvalidInputError(
            "champion and challenger were judged on different data",
            expected=f"data version {challenger.data_version}",
            got=champion.data_version,
            fix="evaluate both on one snapshot",
        )
    checks = (
        _must_rise(champion, challenger, config),
        *_no_language_may_fall(champion, challenger, config),
        _congestion_must_not_rise(champion, challenger, config),
    )
    return GateReport(challenger.model_id, champion.model_id, challenger.data_version, config, checks)


def _must_rise(champion: Evaluation, challenger: Evaluation, config: GateConfig) -> Check:
    old, new = getattr(champion, config.measure), getattr(challenger, config.measure)
    low, high = interval_95(bootstrap_means(new - old, config.resamples, config.seed))
    reason = f"{config.measure} does not rise beyond chance: expected a lower bound above 0, got {low:+.4f}"
    return _check(config.measure, old, new, (low, high), bool(low > 0), reason)


def _no_language_may_fall(champion: Evaluation, challenger: Evaluation, config: GateConfig) -> list[Check]:
    languages = np.array(challenger.languages)
    checks = []
    for language in sorted(set(challenger.languages)):
        is_language = languages == language
        old, new = champion.recall_at_10[is_language], challenger.recall_at_10[is_language]
        means = bootstrap_means(new - old, config.resamples, config.seed)
        fell = float(np.mean(old - new))
        significantly_worse = bool(np.percentile(means, 95) < 0)  # one-sided, 5%
        passed = not significantly_worse and fell <= config.language_tolerance
        reason = (
            f"recall@10 in {language} falls by {fell:.4f}: expected at most {config.language_tolerance} and no fall "
            "beyond chance"
        )
        has_enough_queries = int(is_language.sum()) >= config.least_queries
        checks.append(
            _check(
                f"recall_at_10 in {language}",
                old,
                new,
                interval_95(means),
                passed if has_enough_queries else None,
                reason,
            )
        )
    return checks


def _congestion_must_not_rise(champion: Evaluation, challenger: Evaluation, config: GateConfig) -> Check:
    old, new = champion.congestion_at_10, challenger.congestion_at_10
    ceiling = old * (1 + config.congestion_tolerance)
    reason = f"congestion@10 rises: expected at most {ceiling:.2f} people an opening, got {new:.2f}"
    passed = bool(new <= ceiling)
    return Check("congestion_at_10", len(challenger.seekers), old, new, None, None, passed, "" if passed else reason)


def _check(
    name: str, old: Numbers, new: Numbers, interval: tuple[float, float], passed: bool | None, reason: str
) -> Check:
    low, high = interval
    failure = reason if passed is False else ""
    return Check(name, len(old), float(old.mean()), float(new.mean()), low, high, passed, failure)
