"""What the people of a sample world are shown and click, drawn from the taste that its placements come from.

A position-based click model (Craswell et al., WSDM 2008): a job is clicked when it is looked at, which falls with its
position, and when it appeals, which depends on the person alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from sample.choice_model import Market, feasible, utility
from sample.dice import Dice
from sample.jobs import draw_jobs
from sample.seekers import DrawnSeeker, draw_seekers
from sample.world import SAMPLE_NOW
from store.matching.events import Event, EventKind

SEARCH_DAYS = 547  # as in the world


@dataclass(frozen=True, slots=True)
class Showing:
    """How people meet jobs: lists of `shown` jobs by what suits them, blurred by `blur` standard deviations.

    Position k is looked at with a chance of k to the power of −`decay`; half of what suits a person by `appeal`
    standard deviations above the mean is clicked when it is looked at.
    """

    sessions: int = 2
    shown: int = 20
    blur: float = 1.0
    decay: float = 1.0
    appeal: float = 1.5
    steepness: float = 2.0


def simulated_events(seed: int, job_count: int, seeker_count: int, showing: Showing | None = None) -> list[Event]:
    """Impressions and clicks of every person of `generate_world(seed, job_count, seeker_count)`."""
    job_dice, seeker_dice, _ = (Dice(part) for part in np.random.SeedSequence(seed).spawn(3))
    market = Market.build(list(draw_jobs(job_dice, job_count, SAMPLE_NOW)))
    random = np.random.default_rng((seed, 1))
    return [
        event
        for seeker in draw_seekers(seeker_dice, seeker_count)
        for event in _of_person(random, market, seeker, showing or Showing())
    ]


def _of_person(random: np.random.Generator, market: Market, seeker: DrawnSeeker, showing: Showing) -> list[Event]:
    can_do, utilities = feasible(market, seeker.seeker, SAMPLE_NOW), utility(market, seeker)
    spread = float(utilities[can_do].std()) if can_do.any() else 0.0
    if spread == 0.0:
        return []
    fit = (utilities - utilities[can_do].mean()) / spread
    events = []
    for days in np.sort(random.uniform(1, SEARCH_DAYS, showing.sessions))[::-1]:
        at = (SAMPLE_NOW - timedelta(days=float(days))).replace(microsecond=0)
        posted = np.flatnonzero(can_do & (market.posted_at <= int(at.timestamp())))
        order = np.argsort(-(fit[posted] + showing.blur * random.normal(size=len(posted))), kind="stable")
        listed = posted[order[: showing.shown]]
        events += _session(random, market, seeker, listed, fit[listed], at, showing)
    return events


def _session(
    random: np.random.Generator,
    market: Market,
    seeker: DrawnSeeker,
    listed: NDArray[np.int64],
    fit: NDArray[np.float64],
    at: datetime,
    showing: Showing,
) -> list[Event]:
    looked_at = np.arange(1, len(listed) + 1) ** -showing.decay
    appeals = 1 / (1 + np.exp(-showing.steepness * (fit - showing.appeal)))
    is_clicked = random.random(len(listed)) < looked_at * appeals
    who, events = seeker.seeker.seeker_id, []
    for place, row in enumerate(listed.tolist()):
        kinds = [EventKind.IMPRESSION, *([EventKind.CLICK] if is_clicked[place] else [])]
        job_id = market.drawn[row].job.job_id
        events += [Event(f"{who} {at} {job_id} {kind}", kind, who, job_id, None, place + 1, at) for kind in kinds]
    return events
