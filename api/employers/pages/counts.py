"""How many applications and jobs there are, for the pages that tell it beside something else."""

from __future__ import annotations

from collections import Counter

from api.credentials.callers import Caller
from api.employers.endpoints import applications
from api.services.services import Services
from store.hiring.postings import count_of_posted
from store.hiring.standing import Owner


def counts_by_stage(caller: Caller, employer_id: str, services: Services, job_id: str | None = None) -> dict[str, int]:
    """Applications to an organisation, or for one of its jobs, by stage."""
    found: Counter[str] = Counter()
    for line in applications.get_application_counts(caller, employer_id, services).items:
        if job_id in (None, line.job_id):
            found[line.stage.value] += line.count
    return dict(found)


def counts_by_job(caller: Caller, employer_id: str, services: Services) -> dict[str, int]:
    """Applications that were not withdrawn, by job."""
    found: Counter[str] = Counter()
    for line in applications.get_application_counts(caller, employer_id, services).items:
        if line.stage != "withdrawn":
            found[line.job_id] += line.count
    return dict(found)


def count_of_jobs(employer_id: str, services: Services) -> int:
    """How many jobs an organisation has here, in whatever state."""
    return services.read(lambda connection: int(connection.execute(count_of_posted(Owner(employer_id))).scalar_one()))
