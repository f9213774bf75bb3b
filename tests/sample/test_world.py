"""The sample world: repeatable, varied, complete, and its placements possible."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from engine.catalogue.builder import build_catalogue
from engine.errors import InvalidInputError
from engine.filtering.filters import JobFilter, eligible_jobs, shared_hours
from engine.jobs import Device, HoursType, Job, Modality
from engine.schedules import ScheduleKind
from engine.seekers import Seeker
from sample.choice_model import Market, draw_placements, feasible, utility
from sample.dice import Dice
from sample.jobs import draw_jobs
from sample.seekers import draw_seekers
from sample.world import World, generate_world, within_days

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
SPANISH_WORDS = {"de", "la", "el", "y", "para", "con", "los", "en", "que"}
ENGLISH_WORDS = {"the", "and", "of", "with", "for", "you", "to", "we", "is"}


@pytest.fixture(scope="module")
def world() -> World:
    return generate_world(11, job_count=800, seeker_count=700, now=NOW)


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def is_spanish(text: str) -> bool:
    words = words_of(text)
    return sum(word in SPANISH_WORDS for word in words) > sum(word in ENGLISH_WORDS for word in words)


def jobs_with_a_near_duplicate(jobs: list[Job]) -> int:
    """Jobs whose five-word shingles overlap with another's by a Jaccard index of 0.8 or more."""
    shingles = []
    for job in jobs:
        words = words_of(f"{job.title} {job.description}")
        shingles.append({tuple(words[at : at + 5]) for at in range(len(words) - 4)})
    holders: dict[tuple[str, ...], list[int]] = {}
    for row, own in enumerate(shingles):
        for shingle in own:
            holders.setdefault(shingle, []).append(row)
    duplicated = 0
    for row, own in enumerate(shingles):
        shared = Counter(other for shingle in own for other in holders[shingle] if other != row)
        duplicated += any(
            both / (len(own) + len(shingles[other]) - both) >= 0.8 for other, both in shared.most_common(20)
        )
    return duplicated


def test_a_seed_gives_one_world_and_another_seed_another() -> None:
    first, again, other = (generate_world(seed, 90, 60, NOW) for seed in (5, 5, 6))
    assert first == again
    assert first.jobs != other.jobs
    assert first.seekers != other.seekers
    assert first.placements != other.placements


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_the_world_does_not_depend_on_the_hashing_of_strings(hash_seed: str) -> None:
    program = (
        "import hashlib; from sample.world import generate_world; "
        "print(hashlib.sha256(repr(generate_world(5, 90, 60)).encode()).hexdigest())"
    )
    environment = dict(os.environ, PYTHONHASHSEED=hash_seed)
    printed = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    here = hashlib.sha256(repr(generate_world(5, 90, 60)).encode()).hexdigest()
    assert printed.stdout.strip() == here


def test_more_seekers_leave_the_first_ones_and_the_jobs_as_they_were() -> None:
    small, large = generate_world(5, 90, 40, NOW), generate_world(5, 90, 60, NOW)
    assert large.jobs == small.jobs
    assert large.seekers[:40] == small.seekers


def test_fewer_than_one_job_in_twenty_has_a_near_duplicate(world: World) -> None:
    assert jobs_with_a_near_duplicate(world.jobs) < 0.05 * len(world.jobs)
    copied = [*world.jobs[:40], *world.jobs[:10]]
    assert jobs_with_a_near_duplicate(copied) >= 20


def test_titles_and_profiles_vary(world: World) -> None:
    assert len({job.title for job in world.jobs}) > 0.75 * len(world.jobs)
    assert len({seeker.text for seeker in world.seekers}) > 0.97 * len(world.seekers)


def test_texts_are_finished(world: World) -> None:
    """No slot is left open, no gender unsettled, nothing empty."""
    for text in [job.title + job.description for job in world.jobs] + [seeker.text for seeker in world.seekers]:
        assert not re.search(r"[{}\[\]]|None", text), text
        assert "  " not in text, text
    assert min(len(job.description) for job in world.jobs) > 250
    assert min(len(seeker.text) for seeker in world.seekers) > 25


def test_about_two_ads_in_three_are_in_spanish_and_most_profiles(world: World) -> None:
    spanish_jobs = np.mean([is_spanish(job.description) for job in world.jobs])
    assert 0.55 < spanish_jobs < 0.75
    assert 0.8 < np.mean([is_spanish(seeker.text) for seeker in world.seekers]) < 0.97


@pytest.mark.parametrize(
    "trace",
    [
        "chat", "soporte", "ventas", "cobranza", "devoluciones", "citas", "moderador", "asistente", "digitador",
        "transcri", "anotador", "factura", "planilla", "entrevista", "matem", "inglés", "traduc", "quechua",
        "diseñador", "video", "redes", "redactor", "seo", "wordpress", "tester",
    ],
)  # fmt: skip
def test_every_kind_of_work_is_there(world: World, trace: str) -> None:
    assert sum(trace in job.title.lower() for job in world.jobs) >= 1


def test_terms_cover_what_the_engine_can_judge(world: World) -> None:
    kinds = Counter(job.schedule.kind for job in world.jobs if job.schedule)
    drawn = (ScheduleKind.FIXED, ScheduleKind.CORE_OVERLAP, ScheduleKind.FLEXIBLE)
    assert min(kinds[kind] for kind in drawn) > 0.08 * len(world.jobs)
    assert len({job.schedule.time_zone for job in world.jobs if job.schedule}) >= 7
    assert {job.device for job in world.jobs} == {None, *Device}
    assert {job.hours_type for job in world.jobs} == {None, *HoursType}
    assert {job.modality for job in world.jobs} == {Modality.REMOTE}
    assert 0.1 < np.mean([job.pay is None for job in world.jobs]) < 0.25
    assert {job.pay.currency for job in world.jobs if job.pay} == {"PEN", "USD", "EUR"}
    assert {need.code for job in world.jobs for need in job.languages} == {"es", "en", "qu"}
    assert all((job.hours_per_week or 0) <= 48 for job in world.jobs)


def test_hours_stated_are_the_hours_of_the_schedule(world: World) -> None:
    for job in world.jobs:
        assert job.schedule is not None
        if job.schedule.kind is ScheduleKind.FIXED:
            minutes = [
                len(window.days) * ((window.end_minute - window.start_minute) % 1440 or 1440)
                for window in job.schedule.windows
            ]
            assert job.hours_per_week == sum(minutes) / 60
        else:
            assert job.hours_per_week == job.schedule.hours_per_week


def test_seekers_differ_in_what_they_have_and_when_they_can(world: World) -> None:
    seekers = world.seekers
    assert {seeker.device for seeker in seekers} == {None, *Device}
    assert np.mean([seeker.country == "PE" for seeker in seekers]) > 0.9
    languages = [dict(seeker.languages) for seeker in seekers]
    assert all("es" in levels for levels in languages)
    assert sum("qu" in levels for levels in languages) > 20
    assert 0.2 < np.mean([seeker.min_pay is not None for seeker in seekers]) < 0.5
    assert len({seeker.availability for seeker in seekers}) > 40


def job_and_seeker(world: World) -> tuple[dict[str, Job], dict[str, Seeker]]:
    return {job.job_id: job for job in world.jobs}, {seeker.seeker_id: seeker for seeker in world.seekers}


def test_no_placement_breaks_a_hard_constraint(world: World) -> None:
    catalogue = build_catalogue(world.jobs)
    row_of = {job.job_id: row for row, job in enumerate(world.jobs)}
    jobs, seekers = job_and_seeker(world)
    for placement in world.placements:
        job, seeker = jobs[placement.job_id], seekers[placement.seeker_id]
        whole_hours = JobFilter(min_hours_coverage=1.0)
        possible = eligible_jobs(catalogue, seeker, whole_hours, shared_hours(catalogue, seeker.availability, NOW), NOW)
        assert possible[row_of[placement.job_id]]
        levels = dict(seeker.languages)
        assert all(levels.get(need.code, 0) >= (need.level or 0) for need in job.languages)
        assert not seeker.device or (job.device or 0) <= seeker.device
        assert not seeker.connection or (job.connection or 0) <= seeker.connection
        assert not job.applicant_countries or seeker.country in job.applicant_countries


def test_grades_times_and_openings_hold(world: World) -> None:
    jobs, _ = job_and_seeker(world)
    grades = Counter(placement.grade for placement in world.placements)
    assert set(grades) == {-1, 0, 1, 2, 3, 4}
    assert min(grades.values()) > 0.04 * len(world.placements)
    times = [placement.placed_at for placement in world.placements]
    assert times == sorted(times)
    assert NOW - timedelta(days=550) < times[0]
    assert times[-1] <= NOW
    assert times[len(times) // 2] < NOW - timedelta(days=180)
    for placement in world.placements:
        posted_at = jobs[placement.job_id].posted_at
        assert posted_at is not None
        assert posted_at <= placement.placed_at
    hired = Counter(placement.job_id for placement in world.placements if placement.grade == 4)
    assert all(count <= (jobs[job_id].openings or 20) for job_id, count in hired.items())
    assert any(count > 1 for count in hired.values())


def test_a_seeker_has_at_most_six_outcomes_one_job_each_and_one_hire(world: World) -> None:
    outcomes = Counter(placement.seeker_id for placement in world.placements)
    assert set(outcomes.values()) == {1, 2, 3, 4, 5, 6}
    assert len({(placement.seeker_id, placement.job_id) for placement in world.placements}) == len(world.placements)
    hires = Counter(placement.seeker_id for placement in world.placements if placement.grade == 4)
    assert max(hires.values()) == 1


def test_choices_follow_the_hidden_taste_far_more_than_shared_words() -> None:
    """Among the jobs a person can do, where those that went well rank: by taste, and by words in common."""
    job_dice, seeker_dice, placement_dice = (Dice(part) for part in np.random.SeedSequence(3).spawn(3))
    jobs, seekers = list(draw_jobs(job_dice, 500, NOW)), list(draw_seekers(seeker_dice, 250))
    market = Market.build(jobs)
    placements = draw_placements(placement_dice, market, seekers, NOW)
    words = [set(words_of(f"{drawn.job.title} {drawn.job.description}")) for drawn in jobs]
    row_of = {drawn.job.job_id: row for row, drawn in enumerate(jobs)}
    of_seeker = {drawn.seeker.seeker_id: drawn for drawn in seekers}
    in_top_by_taste, in_top_by_words = [], []
    for placement in placements:
        if placement.grade < 2:
            continue
        drawn, row = of_seeker[placement.seeker_id], row_of[placement.job_id]
        possible = feasible(market, drawn.seeker, NOW)
        utilities = utility(market, drawn)
        own = set(words_of(drawn.seeker.text))
        overlap = np.array([len(own & theirs) for theirs in words])
        in_top_by_taste.append((utilities[possible] > utilities[row]).sum() < 5)
        in_top_by_words.append((overlap[possible] > overlap[row]).sum() < 5)
    assert np.mean(in_top_by_taste) > 0.5
    assert np.mean(in_top_by_taste) > 2 * np.mean(in_top_by_words)


def test_an_empty_world_is_a_world() -> None:
    assert generate_world(1, 0, 3, NOW).placements == []
    assert generate_world(1, 3, 0, NOW).placements == []


@pytest.mark.parametrize(
    ("arguments", "field"),
    [((-1, 3, 3, NOW), "seed"), ((1, -3, 3, NOW), "job_count"), ((1, 3, 3, datetime(2026, 1, 1)), "now")],
)
def test_bad_arguments_are_named(arguments: tuple[int, int, int, datetime], field: str) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        generate_world(*arguments)
    assert refusal.value.field == field


def test_what_lay_over_two_years_lies_over_forty_days_in_the_same_order(world: World) -> None:
    near = within_days(world, 40, NOW)
    assert within_days(world, 730, NOW) == world
    ages = [(NOW - job.posted_at).days for job in near.jobs if job.posted_at]
    assert 30 < max(ages) <= 40
    assert near.seekers == world.seekers
    posted = {job.job_id: job.posted_at for job in near.jobs}
    assert all((posted[one.job_id] or NOW) <= one.placed_at <= NOW for one in near.placements)
    times = [one.placed_at for one in near.placements]
    assert times == sorted(times)
    assert [(one.job_id, one.seeker_id, one.grade) for one in near.placements] == [
        (one.job_id, one.seeker_id, one.grade) for one in world.placements
    ]
