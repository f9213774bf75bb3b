"""What those whom a person applies to read of them: it is shown to the person before."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from api.hiring.applications import contact_of
from api.services.services import Services
from engine.documents.seekers import seeker_document
from engine.recommendation.fit_texts import headline_of
from engine.seekers import Seeker
from store.people.careers import read_career
from store.people.cv_files import find_cv

Shown = dict[str, Any]


def shown_to_employers(connection: Connection, services: Services, seeker: Seeker) -> Shown:
    """Name and contacts, profile and career, as `applicant_detail` has them; the CV file, where there is one."""
    return {
        "contact": contact_of(connection, services, seeker.seeker_id),
        "headline": headline_of(seeker),
        "profile": seeker_document(seeker),
        "career": read_career(connection, services.cipher, seeker.seeker_id),
        "cv": find_cv(connection, seeker.seeker_id),
    }
