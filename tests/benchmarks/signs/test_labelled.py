"""The labelled ads for signs: two halves that share nothing, and what rules find in the one they are written on."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from benchmarks.signs.labelled import DEVELOPMENT, TEST, labelled_ads
from benchmarks.signs.run import by_kind, run_signs


def test_the_halves_share_no_family_and_no_ad() -> None:
    development, test = labelled_ads(DEVELOPMENT), labelled_ads(TEST)
    assert len(development) + len(test) >= 400
    assert not {ad.family for ad in development} & {ad.family for ad in test}
    assert not {ad.job.title for ad in development} & {ad.job.title for ad in test}
    assert not {ad.job.description for ad in development} & {ad.job.description for ad in test}


@pytest.mark.parametrize("half", [DEVELOPMENT, TEST])
def test_half_of_the_ads_or_nearly_are_honest_and_both_languages_are_there(half: str) -> None:
    ads = labelled_ads(half)
    assert 0.35 <= sum(not ad.kinds for ad in ads) / len(ads) <= 0.6
    assert sum(ad.language == "en" for ad in ads) >= 50
    assert len({kind for ad in ads for kind in ad.kinds}) == 16


def test_what_the_rules_were_written_on_they_find() -> None:
    section = by_kind(DEVELOPMENT, labelled_ads(DEVELOPMENT))
    for row in section.rows:
        assert row.measures["precision"] >= 0.95, row.method
        assert row.measures["recall"] >= 0.9, row.method


def test_a_reading_of_the_test_half_is_counted_and_one_of_development_is_not(tmp_path: Path) -> None:
    said: list[str] = []
    run_signs(None, tmp_path, said.append, is_test=False)
    assert list(tmp_path.iterdir()) == []
    for _ in range(2):
        run_signs(None, tmp_path, said.append, is_test=True)
    reads = (tmp_path / "test_reads.jsonl").read_bytes().splitlines()
    assert [orjson.loads(line)["sets"] for line in reads] == [["signs"], ["signs"]]
    assert "Runs that have read this test so far: 2" in said
