"""The sample world: remote jobs, seekers and placements that nobody lived, the same for the same seed.

Jobs and seekers are written from word lists; what they are like is drawn first and only hinted at in the text.
Placements come from the choice model in `choice_model`, so that there is something to learn beyond the words.

    chamba sample --seed 7
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np

from engine.errors import InvalidInputError
from engine.jobs import Job
from engine.placements import Placement
from engine.seekers import Seeker
from sample.choice_model import Market, draw_placements
from sample.dice import Dice
from sample.jobs import OLDEST_DAYS, draw_jobs
from sample.seekers import draw_seekers

SAMPLE_NOW = datetime(2026, 7, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class World:
    """All of a sample: jobs and seekers in order of id, placements in order of time."""

    jobs: list[Job]
    seekers: list[Seeker]
    placements: list[Placement]


def generate_world(seed: int, job_count: int = 3000, seeker_count: int = 4000, now: datetime | None = None) -> World:
    """The world of a seed.

    Args:
        seed: any whole number from 0 up.
        job_count: how many jobs; from 72 up each specialty of each occupation is among them.
        seeker_count: how many people.
        now: the moment the sample is taken, aware of its zone; None for a fixed day, so that output never changes.

    Raises:
        InvalidInputError: for a negative seed or count, or a `now` without a zone.
    """
    for name, number in (("seed", seed), ("job_count", job_count), ("seeker_count", seeker_count)):
        if number < 0:
            raise InvalidInputError(
                f"{name} cannot be negative", expected="a whole number from 0 up", got=str(number), field=name
            )
    now = now or SAMPLE_NOW
    if now.tzinfo is None:
        raise InvalidInputError(
            "now has no time zone", expected="an aware datetime", got=now.isoformat(), fix="add tzinfo=UTC", field="now"
        )
    job_dice, seeker_dice, placement_dice = (Dice(part) for part in np.random.SeedSequence(seed).spawn(3))
    jobs = list(draw_jobs(job_dice, job_count, now))
    seekers = list(draw_seekers(seeker_dice, seeker_count))
    placements = draw_placements(placement_dice, Market.build(jobs), seekers, now) if jobs else []
    return World([drawn.job for drawn in jobs], [drawn.seeker for drawn in seekers], placements)


def within_days(world: World, days: int, now: datetime) -> World:
    """A world that was drawn at `now` with all that is past in it drawn near, in the same order: what lay over two
    years lies over so many days, so that its ads are such as people would still apply for."""

    def nearer(moment: datetime) -> datetime:
        return (now - (now - moment) * days / OLDEST_DAYS).replace(microsecond=0)

    jobs = [job if job.posted_at is None else replace(job, posted_at=nearer(job.posted_at)) for job in world.jobs]
    placements = [replace(placement, placed_at=nearer(placement.placed_at)) for placement in world.placements]
    return World(jobs, world.seekers, placements)
