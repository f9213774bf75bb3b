"""What of a job a moderator judges: while it is the same, so is what they decided."""

from __future__ import annotations

from dataclasses import asdict

from engine.jobs import Job
from store.upserts import content_hash


def judged_words(job: Job) -> str:
    """The SHA-256, hexadecimal, of what an ad says and where it leads; not of its signs, its hours or its dates."""
    pay = None if job.pay is None else asdict(job.pay)
    return content_hash(
        {
            "title": job.title,
            "description": job.description,
            "employer": job.employer,
            "skills": list(job.skills),
            "pay": pay,
            "url": job.url,
        }
    )
