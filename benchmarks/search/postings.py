"""Real postings and real people, encoded once by the released towers: what search is measured on.

Postings are read through the importers, people are those of the sample world; vectors are cached by model.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from engine.arrays import Vectors
from engine.artifacts import write_atomically
from engine.encoder.encoder import Tower, TowerEncoder
from engine.encoder.texts import job_text, seeker_text
from engine.errors import ArtifactError
from engine.jobs import Job
from engine.seekers import Seeker
from sample.world import generate_world
from store.importers.postings.pipeline import read_jobs

# A file of the data folder, and the mapping that reads it.
SOURCES = {
    "servir-pe/postings.csv.gz": "servir-pe",
    "bumeran-ar/postings.csv.gz": "bumeran-ar",
    "computrabajo-pe/postings.csv.gz": "computrabajo-pe",
    "computrabajo-pe/indeed_pe_tech_2026.csv.gz": "indeed-pe",
    "computrabajo-ec/postings.csv.gz": "computrabajo-ec",
    "remote-en/remoteok_2025.csv.gz": "remoteok",
    "remote-en/remoteok_2026.csv.gz": "remoteok",
    "remote-en/remotive_2026.jsonl": "remotive",
}
WORLD_SEED, WORLD_JOBS, WORLD_SEEKERS = 7, 3000, 4000


@dataclass(frozen=True, slots=True)
class EncodedPostings:
    """P jobs with vectors `[P, dimension]`, and Q people with theirs `[Q, dimension]`, all unit length."""

    jobs: list[Job]
    job_vectors: Vectors
    seekers: list[Seeker]
    seeker_vectors: Vectors


def encoded_postings(data: Path, model: Path, cache: Path, threads: int) -> EncodedPostings:
    """Every posting of the data folder and of the sample world, and its people; encoded when not cached."""
    encoder = TowerEncoder(model, threads)
    world = generate_world(WORLD_SEED, WORLD_JOBS, WORLD_SEEKERS)
    jobs = [job for file, source in SOURCES.items() for job in read_jobs(_existing(data / file), source)]
    jobs += world.jobs
    job_vectors = _encoded([job_text(job) for job in jobs], Tower.JOB, encoder, cache)
    seeker_vectors = _encoded([seeker_text(seeker) for seeker in world.seekers], Tower.SEEKER, encoder, cache)
    return EncodedPostings(jobs, job_vectors, world.seekers, seeker_vectors)


def _existing(file: Path) -> Path:
    if not file.is_file():
        raise ArtifactError(f"{file} is missing", expected="the shared postings", fix="name their folder: --data DIR")
    return file


def _encoded(texts: list[str], tower: Tower, encoder: TowerEncoder, cache: Path) -> Vectors:
    """Vectors of texts `[len(texts), dimension]`, from the cache when it holds as many of this model."""
    file = cache / f"search-{tower.name.lower()}-{encoder.model_id}.npy"
    if file.is_file() and len(known := np.load(file, allow_pickle=False)) == len(texts):
        vectors: Vectors = known
        return vectors
    distinct = list(dict.fromkeys(texts))
    with tqdm(total=len(distinct), desc=f"encoding {tower.name.lower()}s", unit="text") as progress:
        encoded = encoder.encode(distinct, tower, progress.update)
    row_of = {text: row for row, text in enumerate(distinct)}
    vectors = encoded[[row_of[text] for text in texts]]
    buffer = io.BytesIO()
    np.save(buffer, vectors)
    write_atomically(file, buffer.getvalue())
    return vectors
