"""Acts of the audit log are told in words: whoever reads them meets no name of a field and no code."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any

import pytest

from api.admin.pages.audit_details import CODES, CODES_OF, NAMES, detail_words, subject_words
from api.admin.pages.audit_words import ACTS
from api.credentials.callers import Scope
from api.hiring.state_texts import Cause
from api.seekers.schemas import PrivateDetailsDocument
from api.web.translations import Language, words_in
from store.audit import AuditAction
from store.hiring.applications import Stage
from store.hiring.postings import Moderation
from store.notices.choices import NoticeWay
from store.notices.texts import NoticeGroup
from store.people.accounts import Role
from store.people.cases import CaseKind, Decision
from store.people.consents import ConsentPurpose
from store.people.factors.held import Factor

SPANISH = words_in(Language.ES)
A_CASE = "0198a1b2-7f3c-7d61-9a1b-2c3d4e5f6a7b"
_LIKE_A_CODE = re.compile(r"[a-z]_[a-z]|True|False|None|[{}\[\]]")


def test_every_act_has_words() -> None:
    assert set(AuditAction) - ACTS.keys() == set()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("kind", CaseKind),
        ("decision", Decision),
        ("role", Role),
        ("scopes", Scope),
        ("cause", Cause),
        ("stage", Stage),
        ("moderation", Moderation),
        ("purpose", ConsentPurpose),
        ("factor", Factor),
        ("by", NoticeWay),
    ],
)
def test_every_code_has_words(name: str, kind: type[StrEnum]) -> None:
    assert [one for one in kind if one.value not in {**CODES, **CODES_OF.get(name, {})}] == []


def test_every_field_and_group_that_is_noted_has_words() -> None:
    assert [name for name in PrivateDetailsDocument.model_fields if name not in CODES] == []
    assert [group for group in NoticeGroup if group.value not in NAMES] == []


@pytest.mark.parametrize(
    ("detail", "told"),
    [
        ({"fields": ["contact", "tax_id"]}, ["qué datos: contacto, RUC"]),
        ({"kind": "employer", "subject_id": A_CASE}, ["tipo: Organización por verificar", "sobre: 0198a1b2…6a7b"]),
        (
            {"role": "employer", "jobs_hidden": 0, "jobs_shown": 2},
            ["permiso: Ofrece trabajo", "avisos que se mostraron: 2"],
        ),
        ({"is_wanted_open": True, "moderation": "waiting"}, ["su dueño lo quiere abierto: sí", "cómo está: en espera"]),
        ({"messages": False, "by": "mail"}, ["mensajes: no", "por: correo"]),
        ({"cases": 3, "sessions": 4, "told_jobs": 5}, ["sesiones: 4", "en total: 8"]),
        ({"receipt_id": A_CASE, "removed": {"accounts": 1, "cases": 2}}, ["constancia: 0198a1b2…6a7b", "en total: 3"]),
        ({"words": ["developer"], "of_tomorrow": "x"}, ["qué se dio: Desarrolla para una aplicación", "otro dato: x"]),
        ({}, []),
    ],
)
def test_what_is_noted_is_told_in_words(detail: dict[str, Any], told: list[str]) -> None:
    said = detail_words(detail, SPANISH)
    assert said == told
    assert not _LIKE_A_CODE.search(" ".join(said))


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        (f"case:{A_CASE}", "Caso 0198a1b2…6a7b"),
        ("job:taller:uno", "Aviso taller:uno"),
        ("retention", "Lo que venció"),
        ("later:1", "later:1"),
    ],
)
def test_what_an_act_is_upon_is_told_in_words(subject: str, told: str) -> None:
    assert subject_words(subject, SPANISH) == told
