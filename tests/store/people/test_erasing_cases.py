"""Which cases somebody's erasure takes them out of, and which it leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Engine

from engine.seekers import Seeker
from store.database import writing
from store.encryption.field_cipher import FieldCipher
from store.partners.partners import NewPartner, RequestLimits, create_partner
from store.people.case_notes import add_note
from store.people.cases import DECISIONS, CaseKind, NewCase, decide_case, open_case
from store.people.erasure.erasure import erase_partners_person
from store.people.profiles import Encoded, put_partner_profile

NOW = datetime(2026, 11, 26, tzinfo=UTC)


def test_a_partners_erasure_leaves_the_cases_that_nobody_opened(
    database: Engine, cipher: FieldCipher, everything: Callable[[], dict[str, list[str]]]
) -> None:
    with writing(database).begin() as connection:
        new = NewPartner("bolsa", RequestLimits(1_000, 10_000))
        partner_id = create_partner(connection, cipher, new, NOW)
        put_partner_profile(connection, Encoded(Seeker("killa", "hola"), None, None), partner_id, is_findable=False)
        for kind in CaseKind:  # by signs of fraud, or by somebody who was erased since
            case_id = open_case(connection, cipher, NewCase(kind, f"of-{kind}", None, (), "palabras de otra"), NOW)
            add_note(connection, cipher, case_id, "admin", "nota de otra", NOW)
            decide_case(connection, case_id, "admin", DECISIONS[kind][1], "motivo de otra", NOW)
    before = everything()
    with writing(database).begin() as connection:
        receipt = erase_partners_person(connection, cipher, "killa", partner_id, NOW)
    left = everything()
    assert len(left["cases"]) == len(CaseKind)
    assert (left["cases"], left["support_notes"]) == (before["cases"], before["support_notes"])
    assert receipt.removed == {"seekers": 1}
