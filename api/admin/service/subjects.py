"""What cases of a list are about, in a few words.

An ad's title and what shows its signs, an organisation's name, how begins what whoever opened the case wrote.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from store.encryption.field_cipher import FieldCipher
from store.hiring.employers import names_of_employers
from store.matching.row_reads import job_of
from store.people.cases import ABOUT_JOBS, CaseKind, words_of_cases

MOST_SHOWN = 140
ABOUT_ORGANISATIONS = (CaseKind.EMPLOYER, CaseKind.ORGANISATION_APPEAL)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a case is about; empty where that has no name, or is gone."""

    name: str = ""
    employer: str = ""
    quotes: tuple[str, ...] = ()


def subjects_of(connection: Connection, cases: Sequence[tuple[str, str]]) -> dict[str, Subject]:
    """The subjects of cases, given as kind and id of the subject, by that id."""
    organisations = [subject for kind, subject in cases if kind in ABOUT_ORGANISATIONS]
    found = {one: Subject(name) for one, name in names_of_employers(connection, organisations).items()}
    for kind, subject in cases:
        if kind in ABOUT_JOBS and subject not in found:
            job = job_of(connection, subject)
            if job is not None:
                found[subject] = Subject(job.title, job.employer or "", tuple(sign.quote for sign in job.signs))
    return found


def beginnings_of_words(connection: Connection, cipher: FieldCipher, case_ids: Collection[str]) -> dict[str, str]:
    """How the words begin that cases were opened with, on one line each, by the id of the case."""
    lines = {one: " ".join(text.split()) for one, text in words_of_cases(connection, cipher, case_ids).items()}
    return {one: f"{text[:MOST_SHOWN]}…" if len(text) > MOST_SHOWN else text for one, text in lines.items()}
