"""Precision and recall of signs by kind on labelled ads, and false alarms among real ones.

chamba bench signs --data ../shared/data
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.relevance.reads import note_read
from benchmarks.report import Row, Section, write_raw
from benchmarks.signs.labelled import DEVELOPMENT, LANGUAGES, TEST, LabelledAd, labelled_ads
from benchmarks.signs.real_ads import false_alarms
from engine.moderation.fraud.signs import offer_signs
from engine.offer_signs import SignKind

COLUMNS = {
    "ads": "ads with it",
    "found": "found",
    "wrong": "wrongly found",
    "precision": "precision",
    "recall": "recall",
}


def run_signs(data: Path | None, results: Path, say: Callable[[str], object], *, is_test: bool) -> None:
    """Measure, print the tables and keep them; `is_test` reads the test half, which is counted."""
    half = TEST if is_test else DEVELOPMENT
    ads = labelled_ads(half)
    sections = [by_kind(half, ads)]
    if data is not None:
        sections.append(false_alarms(data))
    for section in sections:
        say(section.as_markdown() + "\n")
    if not is_test:
        for line in mistakes(ads):
            say(line)
        return
    reads = note_read(results, ["signs"], ["rules"])
    say(f"Runs that have read this test so far: {reads['signs']}")
    document = {"test_reads": reads, "sections": [section.as_document() for section in sections]}
    say(f"raw results: {write_raw(results, 'signs', document)}")


def by_kind(half: str, ads: Sequence[LabelledAd]) -> Section:
    """Precision and recall of every kind that some ad has."""
    found = [_found(ad) for ad in ads]
    rows = []
    for kind in SignKind:
        labelled = sum(kind in ad.kinds for ad in ads)
        if not labelled:
            continue
        right = sum(kind in ad.kinds and kind in one for ad, one in zip(ads, found, strict=True))
        wrong = sum(kind not in ad.kinds | ad.also and kind in one for ad, one in zip(ads, found, strict=True))
        measures = {
            "ads": labelled,
            "found": right,
            "wrong": wrong,
            "precision": right / (right + wrong) if right + wrong else 0.0,
            "recall": right / labelled,
        }
        rows.append(Row(kind.value, measures))
    honest = sum(not ad.kinds for ad in ads)
    languages = ", ".join(f"{sum(ad.language == name for ad in ads)} {name}" for name in LANGUAGES)
    remark = f"{len(ads)} ads ({languages}), {honest} of them honest ones that come near a sign."
    return Section(f"Signs of fraudulent and unlawful offers, {half}", COLUMNS, rows, (remark,))


def mistakes(ads: Sequence[LabelledAd]) -> list[str]:
    """What is missed and what is wrongly found, a line each."""
    lines = []
    for ad in ads:
        found = _found(ad)
        missed, wrong = ad.kinds - found, found - ad.kinds - ad.also
        if missed or wrong:
            lines.append(
                f"{ad.family}: missed {sorted(missed) or '–'}, wrong {sorted(wrong) or '–'}: {ad.job.description!r}"
            )
    return lines


def _found(ad: LabelledAd) -> frozenset[SignKind]:
    return frozenset(sign.kind for sign in offer_signs(ad.job))
