"""What is served of the sample world: ads with gaps like real ones, owners and addresses; the drawn world as it was."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.reading.pay_prose import read_pay_in_prose
from engine.reading.schedules.schedule_text import read_schedule
from engine.schedules import ScheduleKind
from sample.served import ServedWorld, served_world
from sample.vocabulary import vocabulary
from sample.world import World, generate_world

NOW = datetime(2026, 3, 2, tzinfo=UTC)
SEED = 11


@pytest.fixture(scope="module")
def world() -> World:
    return generate_world(SEED, job_count=800, seeker_count=300, now=NOW)


@pytest.fixture(scope="module")
def served(world: World) -> ServedWorld:
    return served_world(world, SEED, NOW)


def test_the_same_seed_serves_the_same_and_another_one_something_else(world: World, served: ServedWorld) -> None:
    assert served_world(world, SEED, NOW) == served
    assert served_world(world, SEED + 1, NOW) != served
    assert [job.job_id for job in served.jobs] == [job.job_id for job in world.jobs]
    assert [job.title for job in served.jobs] == [job.title for job in world.jobs]


def test_ads_state_as_much_as_real_ones(world: World, served: ServedWorld) -> None:
    stated, drawn, after = vocabulary().served.stated, world.jobs, served.jobs
    shares = {
        "pay": (stated.pay, [now.pay is not None for was, now in zip(drawn, after, strict=True) if was.pay]),
        "modality": (stated.modality, [job.modality is not None for job in after]),
        "hours": (stated.hours, [job.schedule is not None for job in after]),
        "languages": (stated.languages, [bool(b.languages) for a, b in zip(drawn, after, strict=True) if a.languages]),
    }
    for name, (share, found) in shares.items():
        assert sum(found) / len(found) == pytest.approx(share, abs=0.06), name


def test_what_an_ad_does_not_state_its_words_do_not_say_either(served: ServedWorld) -> None:
    silent = [job for job in served.jobs if job.schedule is None]
    assert [job.description for job in silent if read_schedule(job.description, "America/Lima")] == []
    unpaid = [job for job in served.jobs if job.pay is None]
    assert [job.description for job in unpaid if read_pay_in_prose(job.description)] == []


def test_hours_are_told_in_every_way(world: World, served: ServedWorld) -> None:
    of_several = [served, *(served_world(world, seed, NOW) for seed in range(4))]
    kinds = {job.schedule.kind for each in of_several for job in each.jobs if job.schedule is not None}
    assert kinds == set(ScheduleKind)
    days = vocabulary().served.hours["days"]
    assert any(job.schedule is None and job.description.endswith(days) for job in served.jobs)


def test_an_ad_is_an_organisation_s_or_has_an_address_or_says_nothing(served: ServedWorld) -> None:
    owned = {job_id for one in served.organisations for job_id in one.job_ids}
    by_id = {job.job_id: job for job in served.jobs}
    assert {by_id[job_id].employer for job_id in owned} == {one.name for one in served.organisations}
    assert {one.is_verified for one in served.organisations} == {True, False}
    assert [job.job_id for job in served.jobs if job.url is not None and job.job_id in owned] == []
    others = [job for job in served.jobs if job.job_id not in owned]
    assert sum(job.url is not None for job in others) / len(others) == pytest.approx(
        vocabulary().served.url_share, abs=0.06
    )
    assert any(job.closes_at is not None and job.closes_at < NOW for job in others)


def test_most_of_what_is_shown_is_not_opened(served: ServedWorld, world: World) -> None:
    clicked = sum(one.is_clicked for one in served.seen) / len(served.seen)
    assert 0.05 < clicked < 0.5
    assert all(one.at <= NOW for one in served.seen)
    applied = {(one.seeker_id, one.job_id) for one in world.placements}
    opened = [one.is_clicked for one in served.seen if (one.seeker_id, one.job_id) in applied]
    assert 0.8 < sum(opened) / len(opened) < 1


def test_some_people_have_accounts_and_most_of_those_agreed_to_be_found(served: ServedWorld, world: World) -> None:
    assert len(served.people) == round(len(world.seekers) * vocabulary().served.account_share)
    assert {one.is_findable for one in served.people} == {True, False}
