"""Jobs and seekers as rows of their tables, without key, times and change number; vectors as bytes and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Row, exists

from engine.documents.jobs import job_document, job_from_document
from engine.documents.seekers import seeker_document
from engine.documents.terms import utc
from engine.errors import InvalidInputError
from engine.jobs import Job
from engine.moderation.plain_words import folded
from engine.seekers import Seeker
from store.tables import Base
from store.upserts import content_hash

POSTINGS = Base.metadata.tables["postings"]
# Of an index of PostgreSQL, an entry may have 2,700 bytes.
MOST_HEADING = 600
VECTOR_DTYPE = np.dtype("<f4")


def job_row(job: Job, vector: NDArray[np.float32] | None = None, model_id: str | None = None) -> dict[str, Any]:
    """The columns of a job and its vector [dim]; raises InvalidInputError for a vector that cannot be stored."""
    return {
        "source": job.source,
        **_columns(job_document(job), vector, model_id),
        "is_open": job.is_open,
        "closes_at": job.closes_at and utc(job.closes_at),
        "heading": heading_of(job.title, job.employer),
    }


def heading_of(title: str, employer: str | None) -> str:
    """A title and an employer as they are looked for: letters' case and accents do not count."""
    return " ".join(folded(word) for text in (title, employer or "") for word in text.split())[:MOST_HEADING]


def opened_or_closed(job_id: str, row: Mapping[str, Any], *, is_open: bool) -> dict[str, Any]:
    """The columns of a stored job, opened or closed; its vector stays."""
    job = replace(job_from_document(row["document"], job_id), is_open=is_open)
    return job_row(job, vector_of(row["vector"]), row["vector_model_id"])


def takes_applications(job_id: ColumnElement[str]) -> ColumnElement[bool]:
    """A column that tells whether a job was posted here, so that somebody reads applications for it: imports are not.

    Whose an id is stays so for good (`store/hiring/job_owners.py`), so a reader may keep the answer.
    """
    return exists().where(POSTINGS.c.job_id == job_id).label("takes_applications")


def stored_job(row: Row[Any]) -> Job:
    """The job of a row with `job_id`, `document` and `takes_applications`."""
    job = job_from_document(row.document, row.job_id)
    return replace(job, takes_applications=True) if row.takes_applications else job


def seeker_row(
    seeker: Seeker, vector: NDArray[np.float32] | None = None, model_id: str | None = None
) -> dict[str, Any]:
    """The columns of a profile and its vector [dim]; raises InvalidInputError for a vector that cannot be stored."""
    return _columns(seeker_document(seeker), vector, model_id)


def vector_of(stored: bytes | None) -> NDArray[np.float32] | None:
    """The vector [dim] of a column, a view that cannot be written to; None for none."""
    return None if stored is None else np.frombuffer(stored, VECTOR_DTYPE).astype(np.float32, copy=False)


def _columns(document: dict[str, Any], vector: NDArray[np.float32] | None, model_id: str | None) -> dict[str, Any]:
    if (vector is None) != (model_id is None):
        raise InvalidInputError("a vector and its model go together", field="vector")
    return {
        "document": document,
        "content_hash": content_hash(document),
        "vector": None if vector is None else _vector_bytes(vector),
        "vector_model_id": model_id,
    }


def _vector_bytes(vector: NDArray[np.float32]) -> bytes:
    if vector.ndim != 1 or not np.isfinite(vector).all():
        raise InvalidInputError(
            "not a vector", expected="one row of finite numbers", got=f"shape {vector.shape}", field="vector"
        )
    return vector.astype(VECTOR_DTYPE).tobytes()
