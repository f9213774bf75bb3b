"""Signs of a fraudulent or unlawful offer: their kinds, what follows from each, and the words that show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MOST_QUOTED_CHARACTERS = 200


class SignKind(StrEnum):
    """What an ad shows that an honest one does not."""

    ASKS_FOR_MONEY = "asks_for_money"
    CHARGES_MEDICAL_EXAM = "charges_medical_exam"
    ASKS_FOR_SECRETS = "asks_for_secrets"
    ASKS_FOR_CODES = "asks_for_codes"
    REMOTE_CONTROL = "remote_control"
    BORROWS_IDENTITY = "borrows_identity"
    MONEY_MULE = "money_mule"
    PAID_CLICKS = "paid_clicks"
    PYRAMID = "pyramid"
    IMPLAUSIBLE_PAY = "implausible_pay"
    PRIVATE_CHAT_ONLY = "private_chat_only"
    ESCORT_LIKE = "escort_like"
    ASKS_AGE = "asks_age"
    ASKS_SEX = "asks_sex"
    ASKS_LOOKS = "asks_looks"
    ASKS_MARITAL_STATUS = "asks_marital_status"
    PAY_BELOW_MINIMUM = "pay_below_minimum"
    TOO_MANY_HOURS = "too_many_hours"


# What an ad asks of people, or offers them, against the law: it says nothing of whether the job is real.
UNLAWFUL = frozenset(
    (
        SignKind.ASKS_AGE,
        SignKind.ASKS_SEX,
        SignKind.ASKS_LOOKS,
        SignKind.ASKS_MARITAL_STATUS,
        SignKind.PAY_BELOW_MINIMUM,
        SignKind.TOO_MANY_HOURS,
    )
)


class Severity(StrEnum):
    """What follows from a sign.

    BLOCK: the ad is not to be shown until a person has looked. NOTE: it is shown with the sign beside it.
    """

    BLOCK = "block"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class OfferSign:
    """A sign, and the words of the ad that show it, private contacts masked."""

    kind: SignKind
    severity: Severity
    quote: str


def blocking_kinds(signs: Iterable[OfferSign]) -> tuple[str, ...]:
    """The kinds of signs for which a person has to look before an ad is shown, in order."""
    return tuple(sorted({sign.kind.value for sign in signs if sign.severity is Severity.BLOCK}))
