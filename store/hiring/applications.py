"""Applications: a person and a job, step by step; each step teaches the next towers by its grade.

    received → shortlisted → interview → offer → hired        declined from any of them, withdrawn by the person

An employer may skip stages, and take somebody up again whom they declined. A step names the version that it steps
from, so that of two at once the second is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, insert, select, update

from engine.errors import ConflictError, InvalidInputError, Message, NotFoundError
from engine.moderation.contacts.masking import masked
from engine.placements import Placement
from store.encryption.field_cipher import FieldCipher
from store.hiring.standing import Owner
from store.ids import new_id
from store.matching.placements import put_placements
from store.tables.hiring import ApplicationRow, ApplicationStepRow

APPLICATIONS: Table = ApplicationRow.metadata.tables["applications"]
STEPS: Table = ApplicationStepRow.metadata.tables["application_steps"]
NOTE = "applications.note_sealed"


class Stage(StrEnum):
    """Where an application is."""

    RECEIVED = "received"
    SHORTLISTED = "shortlisted"
    INTERVIEW = "interview"
    OFFER = "offer"
    HIRED = "hired"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class StepTaker(StrEnum):
    """Who took a step."""

    SEEKER = "seeker"
    EMPLOYER = "employer"


_ORDER = (Stage.RECEIVED, Stage.SHORTLISTED, Stage.INTERVIEW, Stage.OFFER, Stage.HIRED)
# What each stage is to a model (`engine/placements.py`); withdrawing says nothing of how well a job fitted.
GRADES = {stage: grade for grade, stage in enumerate(_ORDER)} | {Stage.DECLINED: -1}
_FINAL = frozenset({Stage.HIRED, Stage.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Application:
    """An application without its note; `owner`: whose the job was then, `version` counts its steps.

    `match`: how the person fitted the job when they applied, as it was given; None where nothing judged it.
    """

    application_id: str
    seeker_id: str
    job_id: str
    owner: Owner
    recommendation_id: str | None
    stage: Stage
    version: int
    applied_at: datetime
    updated_at: datetime
    match: Mapping[str, Any] | None = None
    with_cv: bool = False

    @property
    def shows_cv(self) -> bool:
        """Whether whoever it was made to may have the person's CV file: while it may come to something."""
        return self.with_cv and self.stage not in (Stage.DECLINED, Stage.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class NewApplication:
    """What a person applies with; `recommendation_id`: the answer that showed them the job.

    `match`: how they fit it, a document with a `score`. `with_cv`: their CV file may be read with it.
    """

    seeker_id: str
    job_id: str
    owner: Owner
    note: str | None = None
    recommendation_id: str | None = None
    match: Mapping[str, Any] | None = None
    with_cv: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A step that was taken."""

    stage: Stage
    reason: str | None
    taken_by: StepTaker
    taken_at: datetime

    def document(self) -> dict[str, Any]:
        """The step as JSON, as both sides read it."""
        return {
            "stage": self.stage,
            "reason": self.reason,
            "taken_by": self.taken_by,
            "taken_at": self.taken_at.isoformat(),
        }


def next_stages(stage: Stage) -> tuple[Stage, ...]:
    """The stages that an employer may step to."""
    if stage in _FINAL:
        return ()
    if stage is Stage.DECLINED:
        return (Stage.SHORTLISTED,)
    return (*_ORDER[_ORDER.index(stage) + 1 :], Stage.DECLINED)


def apply(connection: Connection, cipher: FieldCipher, new: NewApplication, now: datetime) -> Application:
    """A new application, or one to the same owner that was withdrawn, taken up again.

    Raises ConflictError while there is another.
    """
    query = _of_pair(new.seeker_id, new.job_id).with_for_update()
    known = connection.execute(query).one_or_none()
    if known is None:
        application_id, version = new_id(), 1
    elif known.stage == Stage.WITHDRAWN and _owner(known) == new.owner:
        application_id, version = known.application_id, known.version + 1
    else:
        raise ConflictError(
            "there is an application for this job already",
            fix="follow it among your applications, or withdraw it there",
            field="job_id",
        )
    values = {
        "employer_id": new.owner.employer_id,
        "partner_id": new.owner.partner_id,
        "recommendation_id": new.recommendation_id,
        "stage": Stage.RECEIVED,
        "note_sealed": None if new.note is None else cipher.seal(NOTE, application_id, new.note),
        "score": None if new.match is None else new.match["score"],
        "match": None if new.match is None else dict(new.match),
        "with_cv": new.with_cv,
        "version": version,
        "applied_at": now,
        "updated_at": now,
    }
    if known is None:
        pair = {"application_id": application_id, "seeker_id": new.seeker_id, "job_id": new.job_id}
        connection.execute(insert(APPLICATIONS).values(**pair, **values))
    else:
        connection.execute(update(APPLICATIONS).where(_at(application_id)).values(**values))
    application = get_application(connection, application_id)
    _record_step(connection, application, StepTaker.SEEKER, None, now)
    return application


def step(
    connection: Connection,
    application_id: str,
    to: Stage,
    *,
    version: int,
    reason: str | None,
    taken_by: StepTaker,
    now: datetime,
) -> Application:
    """The application a step on.

    Raises NotFoundError, InvalidInputError for a step that cannot be taken from its stage, ConflictError when it is at
    another version than the one that was seen.
    """
    application = get_application(connection, application_id)
    if application.version != version:
        raise ConflictError(
            "somebody took a step meanwhile",
            expected=Message("version {version} ({stage})", version=application.version, stage=application.stage.value),
            got=Message("version {version}", version=version),
            fix="read the application again",
            field="version",
        )
    _require_possible(application, to, taken_by)
    if to is Stage.DECLINED and not (reason or "").strip():
        raise InvalidInputError("a decline needs a reason", expected="what the person is told", field="reason")
    at_version = _at(application_id) & (APPLICATIONS.c.version == version)
    changed = update(APPLICATIONS).where(at_version).values(stage=to, version=version + 1, updated_at=now)
    if connection.execute(changed).rowcount == 0:
        raise ConflictError("somebody took a step meanwhile", fix="read the application again", field="version")
    application = get_application(connection, application_id)
    _record_step(connection, application, taken_by, reason, now)
    return application


def get_application(connection: Connection, application_id: str, owner: Owner | None = None) -> Application:
    """The application; raises NotFoundError, and where it is not of `owner`, as if it were not there."""
    row = connection.execute(select(APPLICATIONS).where(_at(application_id))).one_or_none()
    if row is None or owner not in (None, _owner(row)):
        raise NotFoundError("no such application", got=repr(application_id[:80]), field="application_id")
    return read_application(row)


def find_application(connection: Connection, seeker_id: str, job_id: str) -> Application | None:
    """Somebody's application for a job, withdrawn or not; None for none."""
    row = connection.execute(_of_pair(seeker_id, job_id)).one_or_none()
    return None if row is None else read_application(row)


def note_of(connection: Connection, cipher: FieldCipher, application_id: str) -> str | None:
    """What the person wrote, in the clear."""
    sealed = connection.execute(select(APPLICATIONS.c.note_sealed).where(_at(application_id))).scalar()
    return None if sealed is None else cipher.open(NOTE, application_id, sealed)


def steps_of(connection: Connection, application_id: str) -> list[Step]:
    """Every step of an application, the first first."""
    query = select(STEPS).where(STEPS.c.application_id == application_id)
    return [
        Step(Stage(row.stage), row.reason, StepTaker(row.taken_by), row.taken_at)
        for row in connection.execute(query.order_by(STEPS.c.step_id))
    ]


def _require_possible(application: Application, to: Stage, taken_by: StepTaker) -> None:
    possible: tuple[Stage, ...]
    if taken_by is StepTaker.SEEKER:
        is_running = application.stage not in (*_FINAL, Stage.DECLINED)
        possible = (Stage.WITHDRAWN,) if is_running else ()
    else:
        possible = next_stages(application.stage)
    if to not in possible:
        raise InvalidInputError(
            "the step cannot be taken",
            expected=Message(
                "from {stage} to one of: {stages}",
                stage=application.stage.value,
                stages=", ".join(possible) or Message("nothing, it has ended"),
            ),
            got=to.value,
            field="stage",
        )


def _record_step(
    connection: Connection, application: Application, taken_by: StepTaker, reason: str | None, now: datetime
) -> None:
    connection.execute(
        insert(STEPS).values(
            step_id=new_id(),
            application_id=application.application_id,
            stage=application.stage,
            reason=None if reason is None else masked(reason),
            taken_by=taken_by,
            taken_at=now,
        )
    )
    grade = GRADES.get(application.stage)
    if grade is not None:
        put_placements(connection, [Placement(application.seeker_id, application.job_id, now, grade)])


def _of_pair(seeker_id: str, job_id: str) -> Select[Any]:
    return select(APPLICATIONS).where(APPLICATIONS.c.seeker_id == seeker_id, APPLICATIONS.c.job_id == job_id)


def _at(application_id: str) -> Any:
    return APPLICATIONS.c.application_id == application_id


def _owner(row: Row[Any]) -> Owner:
    return Owner(row.employer_id, row.partner_id)


def read_application(row: Row[Any]) -> Application:
    """The application of a row of the table."""
    return Application(
        row.application_id,
        row.seeker_id,
        row.job_id,
        _owner(row),
        row.recommendation_id,
        Stage(row.stage),
        row.version,
        row.applied_at,
        row.updated_at,
        row.match,
        row.with_cv,
    )
