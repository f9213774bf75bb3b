"""How what names somebody or something is compared. A key is exact unless it is listed here with a form of its own.

A form may only bring together what names one and the same: whoever writes another's name in a way that is brought
together with it is taken for them. So letters are never folded as for searching (`casefold`, NFKC: "ß" is not "ss",
"ﬁ" not "fi", "ı" not "i"), and what is told to somebody goes to what is stored, never to what was asked for.

- Mail addresses: `email_key`. Before `@`, a capital is its small letter, and NFC, by which a character has one spelling
  (RFC 6532): "É" is "é", typed as one code point or as two. No other letter changes. After `@`, the A-labels that the
  name is registered under (IDNA 2008, UTS 46 without its deviations): the one form that mail is delivered by.
- DNI and RUC: exact, since only their 8 and 11 ASCII digits are let in; `digits_key` makes the texts of their indexes.
- Ids of ours (accounts, organisations, applications, answers, keys), ids that others choose (jobs, people, events),
  partners' names, templates' names, `Idempotency-Key` (with its caller, method, path and body), refresh tokens: exact,
  letter by letter. Imported jobs: the source's name before an id that is exact too
  (`store/importers/postings/reading.py`).
- A partner's reference of a profile that it sends along: exact, by its keyed hash together with the partner's id
  (`store/evidence/profile_references.py`).
- Secrets and codes: by the hash of their exact text.
- Numbers of phones that people log in by: all digits with the country's code (E.164), by `digits_key`. The contact
  phone of an account, names of people and of organisations: name nobody, so they are not compared. Copies of one ad are
  shown once, by the employer's name and the title as words (`engine/catalogue/builder.py`); no right follows from it.
- Hosts of webhooks: not compared. The A-label that was resolved and checked is the one that is connected to.
- What is counted against limits: by the same form as what it names, so that no other spelling gives more attempts.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress

import idna

_NO_DIGITS = re.compile(r"[^0-9]+")


def email_key(email: str) -> str:
    """The form in which a mail address is kept, compared and written to; the same for a text in that form."""
    local, at, domain = email.strip().rpartition("@")
    return f"{_small_letters(local)}{at}{_a_labels(domain)}"


def email_key_before(email: str) -> str:
    """The form of an address in rows that were written while addresses were casefolded, domains as U-labels.

    It brings different addresses together: whoever looks a row up by it compares the row's own address too.
    """
    local, at, domain = email_key(email).rpartition("@")
    with suppress(idna.IDNAError):
        domain = idna.decode(domain)
    return f"{local}{at}{domain}".casefold()


def digits_key(number: str) -> str:
    """The digits alone."""
    return _NO_DIGITS.sub("", number)


def _small_letters(text: str) -> str:
    """Each capital as the small letter that it, and no other, is the capital of; NFC before and after."""
    lowered = ((letter, letter.lower()) for letter in unicodedata.normalize("NFC", text))
    lowered_letters = "".join(small if small.upper() == letter else letter for letter, small in lowered)
    return unicodedata.normalize("NFC", lowered_letters)


def _a_labels(domain: str) -> str:
    """The name as it is registered; what cannot be registered stays as it is, in small letters."""
    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        return _small_letters(domain)
