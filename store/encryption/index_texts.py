"""The form in which a value is indexed, so that one person's address or number has one index however it is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from store.identity_keys import digits_key, email_key, email_key_before


@dataclass(frozen=True, slots=True)
class IndexText:
    """Makes the text of an index of the value that is sealed beside it; `before`: what made it in older rows."""

    now: Callable[[str], str]
    before: Callable[[str], str] | None = None

    def forms(self, value: str) -> tuple[str, ...]:
        """The texts that a row may be indexed by, that of rows to come first."""
        return (self.now(value),) if self.before is None else (self.now(value), self.before(value))


# Column of an index → what makes its texts.
INDEX_TEXTS: Mapping[str, IndexText] = {
    "accounts.email_index": IndexText(email_key, email_key_before),
    "seeker_accounts.national_id_index": IndexText(digits_key),
    "employers.tax_id_index": IndexText(digits_key),
    "account_phones.number_index": IndexText(digits_key),
    "stopped_phones.number_index": IndexText(digits_key),
}
