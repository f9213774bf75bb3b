"""`chamba bench grow`: a data directory with as many jobs as wanted, grown from real postings, and the sample's people.

Vectors as in `chamba bench search`. A grown job says what its posting says under a title of its own, and is open today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.search.postings import EncodedPostings, encoded_postings
from benchmarks.search.workload import Grown, grow
from engine.encoder.encoder import TowerEncoder
from engine.encoder.texts import job_text
from engine.errors import ArtifactError
from engine.jobs import Job
from index.build import CHUNKS, IndexConfig, build_index
from index.encoding import VectorSource
from store.database import database_url, migrate, open_database
from store.records.records import Records

JOBS_PER_CHUNK, THREADS = 50_000, 2


def grow_data_dir(data: Path, model: Path, cache: Path, count: int, target: Path, say: Callable[[str], object]) -> None:
    """Fill the new folder `target`; raises ArtifactError when there is something in it."""
    if target.exists() and any(target.iterdir()):
        raise ArtifactError(f"{target} is not empty", expected="a new folder", fix="name another, or remove it")
    postings = encoded_postings(data, model, cache, THREADS)
    encoder = TowerEncoder(model, THREADS)
    say("storing people")
    _store_people(postings, encoder.model_id, target)
    say(f"growing {len(postings.jobs):,} postings to {count:,} jobs")
    grown = grow(postings.job_vectors, count)
    jobs = list(_grown_jobs(postings, grown))
    bundles = target / "bundles"
    bundles.mkdir()
    source = VectorSource(encoder, bundles / CHUNKS, None)
    for start in range(0, count, JOBS_PER_CHUNK):
        chunk = slice(start, start + JOBS_PER_CHUNK)
        source.store([job_text(job) for job in jobs[chunk]], grown.vectors[chunk])
    del source, grown
    report = build_index(jobs, model, bundles, IndexConfig(threads=THREADS), seeker_vectors=postings.seeker_vectors)
    say(f"{report.manifest.job_count:,} jobs in {report.folder.name}, recall@10 {report.manifest.recall_at_10:.4f}")


def _store_people(postings: EncodedPostings, model_id: str, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    database = open_database(database_url(target))
    try:
        migrate(database)
        records = Records(database)
        records.put_seekers(postings.seekers)
        records.store_seeker_vectors(list(zip(postings.seekers, postings.seeker_vectors, strict=True)), model_id)
    finally:
        database.dispose()


def _grown_jobs(postings: EncodedPostings, grown: Grown) -> Iterator[Job]:
    for number, source in enumerate(grown.source.tolist()):
        job = postings.jobs[source]
        title = f"{job.title} {number}"
        yield replace(job, job_id=f"grown-{number}", title=title, closes_at=None, is_open=True)
