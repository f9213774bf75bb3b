"""Every kind of notice is whole in both languages, fits one SMS, and keeps codes out of its subject."""

from __future__ import annotations

import re

import pytest

from api.hiring.state_texts import StateCode
from engine.explain import Locale
from store.notices.short_texts import ALPHABET, LONGEST, in_gsm7
from store.notices.texts import NoticeGroup, frame, notice_texts, values_in, ways
from store.notices.writing import Notice, Reader, Site, written, written_short
from store.people.accounts import Role
from store.people.consents import ConsentPurpose

SAID = {
    **{"job": "Cajera de fin de semana", "employer": "Bodega Illari", "reason": "Faltó el horario"},
    **{"name": "Mi celular", "device": "Chrome, Android"},
}
FACTS = {
    "code": "042517",
    "day": "25/12/2028",
    "months": "24",
    "count": "3",
    "left": "9",
    "until": "14/12/2026",
    "purpose": "recomendarte trabajos",
    "receipt_id": "0197a6b2-5c1e-7d4a-9b3f-2f6c1d0e8a47",
    "with_message": "",
    "programme": "Conectados",
    "search": "cajera de noche",
    "cause": "hay señales de engaño",
    "why": "Lo cerraste.",
    "role": "administrar Chamba",
    "needs_factor": "",
    "to_verify": "",
}
IDS = dict.fromkeys(("application_id", "employer_id", "case_id", "job_id", "screening_id", "programme_id"), "0197a6b2")
KINDS = sorted(notice_texts())
LONG = "Asistente de atención al cliente con inglés intermedio y muchísimas ganas de aprender " * 30


def notice(kind: str, **said: str | None) -> Notice:
    return Notice(kind, SAID | said, FACTS, IDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_says_the_same_in_both_languages(kind: str) -> None:
    spanish, english = (notice_texts()[kind].words[locale] for locale in (Locale.ES, Locale.EN))
    for one, other in zip((spanish.subject, *spanish.body), (english.subject, *english.body), strict=True):
        assert values_in(one) == values_in(other)
    assert values_in(spanish.short) == values_in(english.short)


@pytest.mark.parametrize("locale", list(Locale))
@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_can_be_written_with_what_it_names_and_without(kind: str, locale: Locale) -> None:
    whole = written(notice(kind), Reader("rosa@correo.pe", locale), Site("https://chamba.pe"))
    bare = written(Notice(kind, dict.fromkeys(SAID), FACTS, IDS), Reader("rosa@correo.pe", locale), Site())
    for mail in (whole, bare):
        assert not re.search(r"[{}]|None", mail.subject + mail.body), mail.body
        assert len(mail.subject) <= 110
        assert not re.search(r"\d{6}", mail.subject), "a code is shown on locked screens"
    assert "https://" not in bare.body
    if notice_texts()[kind].way is not None:
        assert "https://chamba.pe/" in whole.body


@pytest.mark.parametrize("locale", list(Locale))
@pytest.mark.parametrize("kind", KINDS)
def test_the_short_form_fits_one_text_message_whatever_it_names(kind: str, locale: Locale) -> None:
    for job in ("Cajera", LONG, "招聘 😀 «Łódź» {x} €", "x" * 10_000):
        text = written_short(notice(kind, job=job, employer=LONG), locale)
        assert len(text) <= LONGEST, text
        assert set(text) <= ALPHABET, set(text) - ALPHABET
        assert not text.endswith("..."), "what to do is cut off"


def test_a_sentence_ends_in_one_stop_whatever_name_ends_it() -> None:
    for employer in ("Bodega Illari S.A.C.", "Corporación " * 20):
        body = written(notice("step_interview", employer=employer), Reader("a@b.pe", Locale.ES), Site()).body
        assert "…." not in body
        assert ".." not in body


def test_letters_that_text_messages_lack_lose_their_accents() -> None:
    assert in_gsm7("¿Postulación de José Ñahui? «Sí» – S/ 1 200 €") == '¿Postulacion de José Ñahui? "Si" - S/ 1 200 EUR'


def test_the_frame_has_the_same_parts_in_both_languages_and_every_way_has_a_place() -> None:
    assert frame()[Locale.ES].keys() == frame()[Locale.EN].keys()
    named = {text.way for text in notice_texts().values() if text.way is not None}
    assert named <= ways().keys()
    assert {f"group_{group}" for group in NoticeGroup} <= frame()[Locale.ES].keys()
    never_waits = {"taken_down", "owner_suspended", "nobody_acts", "closed_by_owner", "over"}
    waits = {f"waits_{code}" for code in StateCode if code not in never_waits}
    assert waits == {name for name in frame()[Locale.ES] if name.startswith("waits_")}
    assert {f"role_{role}" for role in Role} <= frame()[Locale.ES].keys()
    assert {f"purpose_{purpose}" for purpose in ConsentPurpose} <= frame()[Locale.ES].keys()


def test_only_notices_that_nobody_needs_can_be_stopped_from_the_mail() -> None:
    stops = "https://chamba.pe/v1/unsubscribe/x"
    optional = written(notice("new_application"), Reader("a@b.pe", Locale.ES), Site("https://chamba.pe"), stops)
    needed = written(notice("job_taken_down"), Reader("a@b.pe", Locale.ES), Site("https://chamba.pe"))
    assert stops in optional.body
    assert "se envía siempre" in needed.body


def test_without_an_address_nobody_is_sent_into_an_account_that_they_are_kept_out_of() -> None:
    kinds = [kind for kind, text in notice_texts().items() if text.way and ways()[text.way].names is None]
    assert {"has_account", "account_suspended", "case_decided_account_stays_suspended"} <= set(kinds)
    for kind in kinds:
        bare = written(notice(kind), Reader("a@b.pe", Locale.ES), Site()).body
        assert "entra a tu cuenta de Chamba y abre" not in bare, kind
        whole = written(notice(kind), Reader("a@b.pe", Locale.ES), Site("https://chamba.pe")).body
        assert "Míralo aquí" not in whole, "there is nothing to look at before one is in"
