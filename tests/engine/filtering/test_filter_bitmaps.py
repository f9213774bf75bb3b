"""Compiled filters against judging every job, in catalogues whose rows lie in order of schedule and not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from engine.catalogue.builder import build_catalogue
from engine.catalogue.catalogue import Catalogue
from engine.catalogue.folding import fold
from engine.filtering.bitmaps import pack_mask
from engine.filtering.filter_bitmaps import BitmapFilter
from engine.filtering.filters import JobFilter, eligible_jobs
from engine.filtering.schedule_fit import schedule_fit
from engine.jobs import ContractType, HoursType, Job, Modality
from sample.world import SAMPLE_NOW, World

WANTED = (
    JobFilter(),
    JobFilter(modalities=None, min_hours_coverage=0.3),
    JobFilter(modalities=frozenset({Modality.REMOTE}), allow_unstated=False),
    JobFilter(contracts=frozenset({ContractType.FREELANCE}), hours_types=frozenset({HoursType.PART_TIME})),
)


@pytest.fixture(scope="module", params=["as they came", "in order of schedule"])
def catalogue(request: pytest.FixtureRequest, tiny_jobs: list[Job]) -> Catalogue:
    closing = [
        replace(job, closes_at=SAMPLE_NOW + timedelta(hours=row % 5 - 2)) if row % 3 else job
        for row, job in enumerate(tiny_jobs)
    ]
    built = build_catalogue(closing)
    return built if request.param == "as they came" else fold([(built, np.arange(len(built)))]).catalogue


def test_the_bitmap_is_that_of_judging_every_job(catalogue: Catalogue, tiny_world: World) -> None:
    compiled = BitmapFilter(catalogue)
    seen = set()
    for moment in (SAMPLE_NOW, SAMPLE_NOW + timedelta(hours=1), SAMPLE_NOW + timedelta(days=9)):
        for seeker in tiny_world.seekers:
            for wanted in WANTED:
                hours = schedule_fit(catalogue, seeker, moment)
                expected = eligible_jobs(catalogue, seeker, wanted, hours.shared, moment)
                got = compiled(seeker, wanted, hours, moment)
                assert got.mask().tolist() == expected.tolist()
                assert got.count == expected.sum()
                seen.add(got.count)
    assert len(seen) > 5


def test_rows_that_are_not_alive_are_left_out(catalogue: Catalogue, tiny_world: World) -> None:
    compiled = BitmapFilter(catalogue)
    alive = np.arange(len(catalogue)) % 2 == 0
    seeker = replace(tiny_world.seekers[0], availability=None, min_pay=None, languages=())
    hours = schedule_fit(catalogue, seeker, SAMPLE_NOW)
    whole = compiled(seeker, JobFilter(), hours, SAMPLE_NOW).mask()
    left = compiled(seeker, JobFilter(), hours, SAMPLE_NOW, pack_mask(alive)).mask()
    assert left.tolist() == (whole & alive).tolist()
    assert compiled(seeker, JobFilter(), hours, SAMPLE_NOW).mask().tolist() == whole.tolist()
    assert whole.any()


def test_few_bitmaps_are_cached_when_there_is_little_room(
    catalogue: Catalogue, tiny_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.filtering.filter_bitmaps.CACHED_BYTES", 40)
    compiled = BitmapFilter(catalogue)
    for seeker in tiny_world.seekers[:20]:
        hours = schedule_fit(catalogue, seeker, SAMPLE_NOW)
        expected = eligible_jobs(catalogue, seeker, JobFilter(), hours.shared, SAMPLE_NOW)
        assert compiled(seeker, JobFilter(), hours, SAMPLE_NOW).mask().tolist() == expected.tolist()
