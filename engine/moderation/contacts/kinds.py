"""What is private in a text, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PrivateKind(StrEnum):
    """What leads to one person."""

    EMAIL = "email"
    PHONE = "phone"
    CHAT = "chat"
    IDENTITY_NUMBER = "identity_number"
    TAX_NUMBER = "tax_number"


@dataclass(frozen=True, slots=True)
class PrivateWord:
    """A private word: `text[start:end]` as written."""

    kind: PrivateKind
    start: int
    end: int
