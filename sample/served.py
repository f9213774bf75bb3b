"""What `chamba sample` serves of a drawn world: ads as real ones are, with gaps, owners, addresses and ends.

The drawn world itself stays as it is, since models are trained and judged on it. All here comes from a random stream
of its own; the shares stand in `sample/words/served.toml`, each with where it comes from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from engine.jobs import HoursBound, Job
from engine.schedules import Schedule, ScheduleKind
from sample.dice import Dice
from sample.served_words import ServedWords
from sample.vocabulary import vocabulary
from sample.world import World

STREAM = 3  # after those of jobs, people and placements
_MONEY = re.compile(r"(?:S/|US\$|€|\b(?:PEN|USD|EUR|MXN|COP|CLP|ARS|CAD)\b) ?[0-9]|[0-9] ?(?:soles|dólares|euros|€)")
# The hours that sample ads tell: clocks, spans of them, and how many there are.
_CLOCK = re.compile(
    r"\b[0-9]{1,2}[:.][0-9]{2}\b|\b[0-9]{1,3} ?(?:horas?|hours?|hrs?|h)\b|\b[0-9]{1,2} (?:a|to|y) [0-9]{1,2}\b"
    r"|\b[0-9]{1,2} ?[ap]\.? ?m\b|\bhorario\b|\bschedule\b|\bturnos?\b|\bshifts?\b|\bjornada\b"
    r"|\b[0-9]{1,3} (?:a la semana|por semana|semanales|a week|per week|weekly)\b"
    r"|\btiempo (?:completo|parcial)\b|\b(?:full|part)[- ]time\b",
    re.IGNORECASE,
)
# A capital follows: "7 p. m. a 10 p. m." is one.
_SENTENCES = re.compile(r"(?<=[.!?]) +(?=[A-ZÁÉÍÓÚÑ¿¡])")
_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class SampleOrganisation:
    """An employer of the sample that has an account and takes applications."""

    name: str
    is_verified: bool
    job_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody of the sample who has an account."""

    seeker_id: str
    name: str
    is_findable: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A job that was put before a person; `is_clicked`: they opened it."""

    seeker_id: str
    job_id: str
    position: int
    at: datetime
    is_clicked: bool


@dataclass(frozen=True, slots=True)
class ServedWorld:
    """The ads as people meet them, in the order of the world's; who has an account; what was seen."""

    jobs: list[Job]
    organisations: list[SampleOrganisation]
    people: list[SamplePerson]
    seen: list[Seen]


def served_world(world: World, seed: int, now: datetime) -> ServedWorld:
    """What is served of the world of a seed at `now`."""
    dice = Dice(np.random.SeedSequence(seed, spawn_key=(STREAM,)))
    words = vocabulary().served
    organisations = _organisations(dice, world.jobs, words)
    owned = {job_id for one in organisations for job_id in one.job_ids}
    jobs = [_as_real_ads(dice, job, words, now, is_owned=job.job_id in owned) for job in world.jobs]
    people = _people(dice, world, words)
    return ServedWorld(jobs, organisations, people, _seen(dice, world, words, now))


def _organisations(dice: Dice, jobs: list[Job], words: ServedWords) -> list[SampleOrganisation]:
    """The employers with most ads: some verified, some that nobody has looked at yet."""
    counts = Counter(job.employer for job in jobs if job.employer is not None)
    most = sorted(counts, key=lambda name: (-counts[name], name))[: words.organisations]
    unverified = set(dice.some(most, round(len(most) * words.unverified_share)))
    return [
        SampleOrganisation(name, name not in unverified, tuple(job.job_id for job in jobs if job.employer == name))
        for name in most
    ]


def _as_real_ads(dice: Dice, job: Job, words: ServedWords, now: datetime, *, is_owned: bool) -> Job:
    shares = words.stated
    has_pay, has_hours, has_modality, has_languages, has_url, has_ended = (
        dice.happens(share)
        for share in (shares.pay, shares.hours, shares.modality, shares.languages, words.url_share, words.ended_share)
    )
    if not has_pay and job.pay is not None:
        job = replace(job, pay=None, description=_without(job.description, _states_pay))
    job = _with_other_hours(dice, job, words) if has_hours else _without_hours(dice, job, words)
    job = job if has_modality else replace(job, modality=None)
    job = job if has_languages else replace(job, languages=())
    if is_owned:
        return job
    if has_url:
        job = replace(job, url=words.address.format(id=job.job_id.rpartition(":")[2]))
    return replace(job, closes_at=now - timedelta(days=dice.whole(1, 10))) if has_ended else job


def _with_other_hours(dice: Dice, job: Job, words: ServedWords) -> Job:
    """The ad's own hours, or hours of another kind in their place: shifts, rotating, within a part of the day, free."""
    kind, schedule = dice.weighted(words.kinds), job.schedule
    if kind == "own" or schedule is None or schedule.kind is not ScheduleKind.FIXED:
        return job
    hours, zone, first = job.hours_per_week, schedule.time_zone, schedule.windows
    later = tuple(
        replace(one, start_minute=(one.start_minute + 240) % 1440, end_minute=(one.end_minute + 240) % 1440 or 1440)
        for one in first
    )
    others = {
        "one_of": Schedule(ScheduleKind.ONE_OF, zone, shifts=(first, later)),
        "rotating": Schedule(ScheduleKind.ROTATING, zone, hours_per_week=hours, shifts=(first, later)),
        "within": Schedule(ScheduleKind.WITHIN, zone, first),
        "flexible": Schedule(ScheduleKind.FLEXIBLE, hours_per_week=hours),
    }
    told = dice.one(words.hours[kind])
    description = f"{_without(job.description, _states_hours)}\n{told}"
    keeps = hours if kind in ("rotating", "flexible") else None
    return replace(job, schedule=others[kind], hours_per_week=keeps, hours_bound=None, description=description)


def _without_hours(dice: Dice, job: Job, words: ServedWords) -> Job:
    """The ad without hours: mostly it says how it calls them, sometimes on which days they are, else nothing."""
    description = _without(job.description, _states_hours)
    if dice.happens(words.days_share):
        description = f"{description}\n{dice.one(words.hours['days'])}"
    hours_type = job.hours_type if dice.happens(words.stated.hours_type) else None
    bound: HoursBound | None = None
    return replace(
        job, schedule=None, hours_per_week=None, hours_bound=bound, hours_type=hours_type, description=description
    )


def _without(description: str, is_out: Callable[[str], bool]) -> str:
    """The text without the sentences that say something; a line that had others keeps them."""
    lines = []
    for line in description.split("\n"):
        kept = " ".join(sentence for sentence in _SENTENCES.split(line) if not is_out(sentence))
        if kept or not line:
            lines.append(kept)
    return _BLANK_LINES.sub("\n\n", "\n".join(lines))


def _states_pay(sentence: str) -> bool:
    return _MONEY.search(sentence) is not None


def _states_hours(sentence: str) -> bool:
    return _CLOCK.search(sentence) is not None


def _people(dice: Dice, world: World, words: ServedWords) -> list[SamplePerson]:
    count = max(1, round(len(world.seekers) * words.account_share))
    chosen = dice.some([seeker.seeker_id for seeker in world.seekers], count)
    return [
        SamplePerson(
            seeker_id,
            f"{dice.one(words.first_names)} {dice.one(words.surnames)} {dice.one(words.surnames)}",
            dice.happens(words.findable_share),
        )
        for seeker_id in sorted(chosen)
    ]


def _seen(dice: Dice, world: World, words: ServedWords, now: datetime) -> list[Seen]:
    """What some of the people were shown: the jobs that they applied for, mostly opened, and others, seldom."""
    posted = sorted((job.posted_at, job.job_id) for job in world.jobs if job.posted_at is not None)
    watched = set(dice.some(sorted({one.seeker_id for one in world.placements}), round(len(world.seekers) * 0.2)))
    found: dict[tuple[str, str], Seen] = {}
    for placement in world.placements:
        if placement.seeker_id not in watched:
            continue
        at = min(now, placement.placed_at) - timedelta(hours=dice.whole(1, 48))
        earlier = [job_id for day, job_id in posted if day <= at]
        shown = [(placement.job_id, words.applied_click_share)]
        shown += [(one, words.click_share) for one in dice.some(earlier, words.others_shown)]
        for position, (job_id, share) in enumerate(dice.some(shown, len(shown)), 1):
            is_clicked = dice.happens(share)
            found.setdefault((placement.seeker_id, job_id), Seen(placement.seeker_id, job_id, position, at, is_clicked))
    return list(found.values())
