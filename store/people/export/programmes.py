"""What a person was answered by programmes, and the programmes that an officer acts for, as they may take it away."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from engine.explain import Locale
from engine.programmes.sentences import proof_sentence, result_sentence
from store.encryption.field_cipher import FieldCipher
from store.people.accounts import get_account
from store.programmes.programmes import get_programme, list_programmes
from store.programmes.screenings import Screening, own_screenings

MOST_PROGRAMMES = 1_000


def portable_screenings(connection: Connection, cipher: FieldCipher, account_id: str) -> list[dict[str, Any]]:
    """Every answer with each rule, figure and value, and what people decided; not who."""
    locale = get_account(connection, account_id).locale
    return [_screening(connection, screening, locale) for screening in own_screenings(connection, cipher, account_id)]


def portable_programmes(connection: Connection, account_id: str) -> list[dict[str, Any]]:
    """Those that the account acts for."""
    found = list_programmes(connection, officer_id=account_id, limit=MOST_PROGRAMMES)
    return [{"programme_id": one.programme_id, "name": one.facts.name} for one in found]


def _screening(connection: Connection, screening: Screening, locale: Locale) -> dict[str, Any]:
    facts, judgement = get_programme(connection, screening.programme_id).facts, screening.judgement
    return {
        "screening_id": screening.screening_id,
        "programme": facts.name,
        "organisation": facts.organisation,
        "version": screening.version,
        "eligibility": screening.eligibility,
        "by_the_rules": judgement.model_dump(mode="json"),
        "sentences": [result_sentence(result, judgement.day, locale) for result in judgement.results],
        "missing": [proof_sentence(proof, locale) for proof in judgement.missing],
        "decisions": [
            {
                "eligibility": one.eligibility,
                "reason": one.reason,
                "decided_by": one.decided_by,
                "decided_at": one.decided_at.isoformat(),
            }
            for one in screening.decisions
        ],
        "shares_contact": screening.shares_contact,
        "asked_at": screening.asked_at.isoformat(),
        "holds_until": screening.holds_until.isoformat(),
    }
