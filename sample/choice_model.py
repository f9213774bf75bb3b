"""Draws placements from a choice model whose taste is hidden: neither ads nor profiles state it, both hint at it.

Seeker i values a job j that is feasible, posted and noticed by U(i, j) =
    LEANING · leaning(i, specialty j) + TASTE · ⟨taste i, traits j⟩ / √8 + SKILLS · shared skills / skills of j
    + SECTOR · kinship(sector i, sector j) + PAY · log(pay j / median) + APPEAL · appeal j + NOISE · Gumbel
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from engine.catalogue.builder import build_catalogue
from engine.catalogue.catalogue import Catalogue
from engine.filtering.filters import JobFilter, eligible_jobs, shared_hours
from engine.placements import Placement
from engine.seekers import Seeker
from sample.dice import Dice, FloatArray
from sample.jobs import DrawnJob
from sample.occupations import specialties
from sample.seekers import DrawnSeeker
from sample.vocabulary import vocabulary

LEANING, TASTE, SKILLS, SECTOR, PAY, APPEAL, NOISE = 4.2, 3.2, 1.2, 1.2, 0.5, 0.3, 0.6
_SAME_FAMILY = 0.5  # kinship of two trades of one family; 1 for the same trade
_DECIMALS = 6  # hides the last bits of sums and logarithms, which differ between machines

_SEARCH_DAYS = 547  # people searched at some time of the last 18 months
_NOTICED = 0.75  # the share of posted, feasible jobs a person comes across
_OUTCOMES = {1: 15.0, 2: 25.0, 3: 25.0, 4: 18.0, 5: 11.0, 6: 6.0}
_LONG_SHOT = 0.3  # the share of applications made to any feasible job rather than to the best
# An ordered logit: what comes of an application, by how well the job suits among all that are feasible.
_STEEPNESS = 1.4
_LEVEL = 1.6  # the fit, in standard deviations above the mean, that gets half-way
_CUTS = (-2.6, -1.3, -0.4, 0.5, 1.2)  # between −1 declined, 0 applied, 1 forwarded, 2 interview, 3 offer, 4 hired
_DAYS_TO_GRADE = {-1: 6, 0: 2, 1: 9, 2: 15, 3: 24, 4: 28}
_HIRED, _OFFER, _INTERVIEW = 4, 3, 2
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Market:
    """All jobs as arrays, one row a job: what utility and feasibility are computed from."""

    drawn: Sequence[DrawnJob]
    catalogue: Catalogue
    traits: FloatArray  # [jobs, 8]
    specialty: NDArray[np.int64]  # [jobs], a row of `specialties`
    sector: NDArray[np.int64]  # [jobs], a row of the sectors
    skills: FloatArray  # [jobs, skills], one over the number of the job's skills where it needs the skill
    fixed_part: FloatArray  # [jobs], pay and appeal: the same for everybody
    posted_at: NDArray[np.int64]  # [jobs], seconds since 1970

    @classmethod
    def build(cls, drawn: Sequence[DrawnJob]) -> Market:
        """The market of `drawn`, in their order."""
        specialty_row = {key: row for row, key in enumerate(specialties())}
        sector_row = {name: row for row, name in enumerate(vocabulary().sectors.sectors)}
        pay = np.array([job.soles_per_hour or np.nan for job in drawn])
        median = np.nanmedian(pay) if np.isfinite(pay).any() else 1.0
        pay_part = np.nan_to_num(np.log(np.clip(pay / median, 0.25, 4.0)))
        catalogue = build_catalogue([job.job for job in drawn])
        return cls(
            drawn=drawn,
            catalogue=catalogue,
            traits=np.array([job.traits for job in drawn]),
            specialty=np.array([specialty_row[job.key] for job in drawn]),
            sector=np.array([sector_row[job.sector] for job in drawn]),
            skills=np.array([_skill_row(job.skills) / len(job.skills) for job in drawn]),
            fixed_part=PAY * pay_part + APPEAL * np.array([job.appeal for job in drawn]),
            posted_at=catalogue.columns.posted_at,
        )


def utility(market: Market, seeker: DrawnSeeker) -> FloatArray:
    """U without its noise for every job, feasible or not, `[jobs]`."""
    utilities = (
        LEANING * seeker.leanings[market.specialty]
        + TASTE * (market.traits @ seeker.taste) / np.sqrt(len(seeker.taste))
        + SKILLS * (market.skills @ _skill_row(seeker.skills))
        + SECTOR * _kinship(seeker.sector)[market.sector]
        + market.fixed_part
    )
    rounded: FloatArray = np.round(utilities, _DECIMALS)
    return rounded


def feasible(market: Market, seeker: Seeker, now: datetime) -> BoolArray:
    """Jobs that break none of the person's hard constraints and whose hours they have in full, `[jobs]`."""
    shared = shared_hours(market.catalogue, seeker.availability, now)
    return eligible_jobs(market.catalogue, seeker, JobFilter(min_hours_coverage=1.0), shared, now)


def draw_placements(dice: Dice, market: Market, seekers: Sequence[DrawnSeeker], now: datetime) -> list[Placement]:
    """What became of each seeker's applications, by time. People search in order of time; places fill up."""
    places_left = [job.places for job in market.drawn]
    days_ago = 1.0 + (_SEARCH_DAYS - 1.0) * dice.uniforms(len(seekers))
    placements: list[Placement] = []
    for row in np.argsort(-days_ago, kind="stable"):
        searched_at = (now - timedelta(days=float(days_ago[row]))).replace(microsecond=0)
        placements += _search(dice, market, seekers[row], searched_at, now, places_left)
    return sorted(placements, key=lambda outcome: (outcome.placed_at, outcome.seeker_id, outcome.job_id))


def _search(
    dice: Dice, market: Market, seeker: DrawnSeeker, searched_at: datetime, now: datetime, places_left: list[int]
) -> list[Placement]:
    """One person's search: the jobs applied to, and how each went. Nobody is hired twice."""
    can_do = feasible(market, seeker.seeker, now)
    posted = market.posted_at <= int(searched_at.timestamp())
    noticed = can_do & posted & (dice.uniforms(len(can_do)) < _NOTICED)
    utilities = utility(market, seeker)
    spread = float(utilities[can_do].std()) if noticed.any() else 0.0
    if spread == 0.0:
        return []
    fit = (utilities - utilities[can_do].mean()) / spread
    outcomes = []
    is_hired = False
    for job in _applications(dice, utilities, noticed):
        grade = _draw_grade(dice, float(fit[job]))
        if grade == _HIRED and (is_hired or not places_left[job]):
            grade = _OFFER if is_hired else _INTERVIEW
        if grade == _HIRED:
            is_hired = True
            places_left[job] -= 1
        days_left = (now - searched_at) / timedelta(days=1)
        days = min(_DAYS_TO_GRADE[grade] * dice.between(0.3, 1.7), days_left * dice.uniform())
        placed_at = (searched_at + timedelta(days=days)).replace(microsecond=0)
        outcomes.append(Placement(seeker.seeker.seeker_id, market.drawn[job].job.job_id, placed_at, grade))
    return outcomes


def _applications(dice: Dice, utilities: FloatArray, noticed: BoolArray) -> list[int]:
    """Rows of the jobs applied to: the best by U with its noise, and some long shots."""
    count = min(dice.weighted(_OUTCOMES), int(noticed.sum()))
    long_shots = sum(dice.happens(_LONG_SHOT) for _ in range(count))
    gumbel = -np.log(-np.log(np.clip(dice.uniforms(len(utilities)), 1e-12, 1 - 1e-12)))
    noisy = np.where(noticed, np.round(utilities + NOISE * gumbel, _DECIMALS), -np.inf)
    ranked = np.argsort(-noisy, kind="stable")
    best: list[int] = ranked[: count - long_shots].tolist()
    others: list[int] = ranked[count - long_shots : int(noticed.sum())].tolist()
    return best + dice.some(others, long_shots)


def _draw_grade(dice: Dice, fit: float) -> int:
    """A grade from −1 to 4 by the ordered logit."""
    draw = min(max(dice.uniform(), 1e-12), 1 - 1e-12)
    latent = round(_STEEPNESS * (fit - _LEVEL) + float(np.log(draw / (1 - draw))), _DECIMALS)
    return sum(latent > cut for cut in _CUTS) - 1


def _skill_row(skills: frozenset[str]) -> FloatArray:
    return np.array([float(name in skills) for name in vocabulary().skills.names])


def _kinship(sector: str) -> FloatArray:
    """1 for the same trade, a half for one of its family, else 0, `[sectors]`."""
    sectors = vocabulary().sectors.sectors
    family = sectors[sector].family
    return np.array(
        [1.0 if name == sector else _SAME_FAMILY * (other.family == family) for name, other in sectors.items()]
    )
