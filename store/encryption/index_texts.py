"""The form in which a value is indexed, so that one person's address or number has one index however it is typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_NO_DIGITS = re.compile(r"[^0-9]+")


def email_index_text(email: str) -> str:
    """Without spaces around it, in lower case."""
    return email.strip().casefold()


def digits_index_text(number: str) -> str:
    """The digits alone."""
    return _NO_DIGITS.sub("", number)


# Column of an index → what makes its text of the value that is sealed beside it.
INDEX_TEXTS: Mapping[str, Callable[[str], str]] = {
    "accounts.email_index": email_index_text,
    "seeker_accounts.national_id_index": digits_index_text,
    "employers.tax_id_index": digits_index_text,
}
