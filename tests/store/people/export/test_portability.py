"""What somebody takes away: all that is held of them, of every table, and nothing of anybody else."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from engine.errors import NotFoundError
from store.encryption.field_cipher import FieldCipher
from store.people.export.export import EXPORTED, NOT_EXPORTED, export_person
from store.tables import Base

LATER = datetime(2026, 11, 26, tzinfo=UTC)

Everything = Callable[[], dict[str, list[str]]]


@pytest.fixture
def export(database: Engine, cipher: FieldCipher) -> Callable[[Any], dict[str, Any]]:
    """The document of a person, as it is sent."""

    def exported(person: Any) -> dict[str, Any]:
        with database.connect() as connection:
            document = export_person(connection, cipher, person.account_id, LATER)
        found: dict[str, Any] = json.loads(json.dumps(document, allow_nan=False))
        return found

    return exported


def test_of_every_table_it_was_decided_whether_it_is_exported() -> None:
    assert not set(EXPORTED) & set(NOT_EXPORTED)
    undecided = set(Base.metadata.tables) - set(EXPORTED) - set(NOT_EXPORTED)
    assert undecided == set(), "say in store/people/export/export.py where people find it, or why they do not"
    assert set(EXPORTED) | set(NOT_EXPORTED) <= set(Base.metadata.tables)
    assert all(len(reason) > 10 for reason in NOT_EXPORTED.values())


def test_what_every_table_holds_of_a_person_is_in_the_document_unless_there_is_a_reason(
    make_person: Callable[[str], Any], everything: Everything, export: Callable[[Any], dict[str, Any]]
) -> None:
    make_person("Ana")
    rosa = make_person("Rosa")
    assert [table for table, rows in everything().items() if not rows] == [], "the person has nothing there"
    document = export(rosa)
    for table, part in EXPORTED.items():
        notified = json.dumps(document[part], ensure_ascii=False)
        assert document[part], table
        assert [word for word in rosa.words[table] if word not in notified] == [], table
    whole = json.dumps(document, ensure_ascii=False)
    for table in NOT_EXPORTED:
        assert [word for word in rosa.words[table] if word in whole] == [], table
    assert rosa.words.keys() >= EXPORTED.keys() - {
        "account_roles",  # told without words
        "account_activity",
        "refresh_tokens",
        "totp_factors",
        "recovery_codes",
        "consents",
        "employer_members",
        "member_requests",
        "jobs",
        "cv_files",
        "cv_parts",
    }


def test_nothing_of_anybody_else_is_in_it(
    make_person: Callable[[str], Any], export: Callable[[Any], dict[str, Any]]
) -> None:
    ana, rosa = make_person("Ana"), make_person("Rosa")
    whole = json.dumps(export(rosa), ensure_ascii=False)
    assert "Rosa" in whole
    assert "Ana" not in whole
    for foreign in (ana.account_id, ana.seeker_id, ana.employer_id, ana.email, "admin"):
        assert foreign not in whole


def test_the_document_is_plain_and_says_its_format(
    make_person: Callable[[str], Any], export: Callable[[Any], dict[str, Any]]
) -> None:
    rosa = make_person("Rosa")
    document = export(rosa)
    assert document["format"] == "chamba.export.3"
    assert document["account"]["email"] == "rosa@correo.pe"
    assert [role["role"] for role in document["account"]["roles"]] == ["employer", "seeker"]
    assert b64decode(document["cv"]["base64"]) == b"%PDF-Rosa-cv"
    consent, _ = document["consents"]
    assert consent["text"].startswith("Chamba usa lo que cuentas de ti")
    assert document["profile"]["vector"] == [0.5, 0.5, 0.5, 0.5]
    (answer,) = document["recommendations"]
    assert answer["shown"] == [{"job_id": "ad:0", "score": 0.75}, {"job_id": "ad:3", "score": 0.5}]
    assert answer["query"]["excluded"] == ["ad:1"]
    (said,) = document["profiles_answered_for"]
    assert (said["profile"], said["vector"]) == (answer["profile"], [0.25, 0.25, 0.25, 0.25])
    (application,) = document["applications"]
    assert [message["sent_by"] for message in application["messages"]] == ["seeker", "employer"]
    assert [one["stage"] for one in application["steps"]] == ["received", "declined"]
    assert document["jobs"]["ad:2"]["title"] == "Aviso 2"
    assert sorted(case["kind"] for case in document["cases"]) == ["correction", "human_review", "report"]


def test_somebody_who_is_gone_has_no_document(
    make_person: Callable[[str], Any], database: Engine, cipher: FieldCipher
) -> None:
    make_person("Rosa")
    with database.connect() as connection, pytest.raises(NotFoundError, match="no such account"):
        export_person(connection, cipher, "0197a6b2-5c1e-7d4a-9b3f-2f6c1d0e8a47", LATER)
