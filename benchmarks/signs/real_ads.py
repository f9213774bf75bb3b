"""False alarms among a thousand real ads, the same ones every time, by alarms that were judged by reading the ad.

`judgements.jsonl` holds a line for each alarm: the hash of the ad's id, the kind, and whether it is right; no text.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

import orjson

from benchmarks.report import Row, Section
from engine.jobs import Job
from engine.offer_signs import Severity
from store.importers.postings.pipeline import read_jobs

SOURCES = {"computrabajo-pe": 334, "computrabajo-ec": 333, "bumeran-ar": 333}
SEED = 13
COLUMNS = {"ads": "ads", "alarms": "ads with it", "false": "false", "unjudged": "not judged", "rate": "false alarms"}
HASH_DIGITS = 16


def sampled_ads(data: Path) -> Iterator[Job]:
    """The real ads, whose signs were found as they were read."""
    for source, count in SOURCES.items():
        jobs = read_jobs(data / source / "postings.csv.gz", source)
        yield from sorted(jobs, key=lambda job: ad_hash(f"{SEED}:{job.job_id}"))[:count]


def false_alarms(data: Path) -> Section:
    """How many ads have an alarm of each kind, and how many of those are false."""
    judged, alarms = judgements(), Counter[str]()
    false, unjudged, held = Counter[str](), Counter[str](), 0
    ads = list(sampled_ads(data))
    for job in ads:
        kinds = {sign.kind.value for sign in job.signs}
        held += any(sign.severity is Severity.BLOCK for sign in job.signs)
        verdicts = {kind: judged.get((ad_hash(job.job_id), kind)) for kind in kinds}
        _count(alarms, kinds)
        _count(false, {kind for kind, is_right in verdicts.items() if is_right is False})
        _count(unjudged, {kind for kind, is_right in verdicts.items() if is_right is None})
    rows = [
        Row(kind, {"ads": len(ads), "alarms": count, "false": false[kind], "unjudged": unjudged[kind],
                   "rate": false[kind] / len(ads)})
        for kind, count in sorted(alarms.items())
    ]  # fmt: skip
    remark = f"{len(ads)} real ads of three boards, seed {SEED}; {held} held. An ad counts once under `any`."
    return Section("False alarms among real ads", COLUMNS, rows, (remark,))


def judgements() -> Mapping[tuple[str, str], bool]:
    """Whether each judged alarm is right, by the hash of the ad and the kind."""
    lines = (files("benchmarks.signs") / "judgements.jsonl").read_bytes().splitlines()
    return {(one["ad"], one["kind"]): one["is_right"] for one in map(orjson.loads, lines)}


def ad_hash(job_id: str) -> str:
    """What stands for an ad where its text and address may not."""
    return hashlib.sha256(job_id.encode()).hexdigest()[:HASH_DIGITS]


def _count(counts: Counter[str], kinds: set[str]) -> None:
    counts.update(kinds)
    counts["any"] += bool(kinds)
