"""A placement: what became of a person and a job. Placements train the towers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Placement:
    """An outcome; `grade` is ordinal: 4 hired, 3 offer, 2 interview, 1 forwarded, 0 applied only, −1 declined."""

    seeker_id: str
    job_id: str
    placed_at: datetime
    grade: int = 4
