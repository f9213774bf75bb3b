"""Which passwords are too easy to guess: zxcvbn's guesses, with the words of Peru beside its own.

It takes seconds for long texts of symbols that stand for letters: it gets the beginning, in which rare symbols are
those letters already.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from math import factorial, prod

from engine.errors import InvalidInputError
from engine.explain import Locale

SHORTEST, LONGEST = 8, 128
LONGEST_CHECKED = 24  # a tenth of a second at most; 64 characters can take three
FEWEST_CHARACTERS = 4
SHORTEST_NUMBER = 12  # a DNI has 8 digits, a mobile 9, a RUC 11: whoever knows its owner may know these
LEAST_GUESSES = 10**8  # each costs an Argon2id; zxcvbn calls it "safely unguessable"
SHORTEST_OWN_WORD = 3
_RARE_SYMBOLS = str.maketrans("({[<|+%", "ccccltx")

_FAULTS = {
    "length": {Locale.ES: "no tiene entre 8 y 128 caracteres", Locale.EN: "is not 8 to 128 characters long"},
    "own": {Locale.ES: "contiene tu correo", Locale.EN: "contains the address"},
    "number": {
        Locale.ES: "es un número corto, como un DNI, un teléfono o una fecha",
        Locale.EN: "is a short number, such as a national id, a telephone or a date",
    },
    "repeated": {Locale.ES: "repite unos pocos caracteres", Locale.EN: "repeats a few characters"},
    "itself": {Locale.ES: "contiene «contraseña»", Locale.EN: "contains 'password' or 'contraseña'"},
    "guessed": {
        Locale.ES: "es fácil de adivinar: son palabras, nombres, fechas o teclas que muchos usan",
        Locale.EN: "is easy to guess: it is made of words, names, dates or keys that many people use",
    },
}
_BEGINNING = {Locale.ES: "la contraseña", Locale.EN: "the password"}
_EXPECTED = {
    Locale.ES: "tres o cuatro palabras que solo tú juntarías, sin tu nombre ni tu correo",
    Locale.EN: "three or four words that only you would put together, without your name or your address",
}


def require_good_password(password: str, email: str, name: str | None = None, locale: Locale = Locale.ES) -> None:
    """Raises InvalidInputError for a password that is easy to guess; long ones need no special characters."""
    fault = _fault(password, email, name or "")
    if fault is not None:
        message = f"{_BEGINNING[locale]} {_FAULTS[fault][locale]}"
        raise InvalidInputError(message, expected=_EXPECTED[locale], field="password")


def _fault(password: str, email: str, name: str) -> str | None:
    """What is wrong with a password, cheap questions first; None for a good one."""
    if not SHORTEST <= len(password) <= LONGEST:
        return "length"
    folded, mailbox = _plain(password).casefold(), _plain(email).partition("@")[0].casefold()
    faults = {
        "own": len(mailbox) > 2 and mailbox in folded,
        "number": password.isdigit() and len(password) < SHORTEST_NUMBER,
        "repeated": len(set(folded)) <= FEWEST_CHARACTERS,
        "itself": "password" in folded or "contrase" in folded,
    }
    found = next((fault for fault, is_so in faults.items() if is_so), None)
    return found or ("guessed" if _guesses(password, email, name) < LEAST_GUESSES else None)


def _guesses(password: str, email: str, name: str) -> float:
    """How many passwords are tried before this one; its owner's own words and what stands between words add none."""
    from zxcvbn import zxcvbn  # here, not above: a tenth of a second and 13 MB, which not every process needs

    own = {word for word in re.findall(r"[^\W\d_]+", _plain(f"{email} {name}")) if len(word) >= SHORTEST_OWN_WORD}
    left = re.sub("|".join([r"[ .,_/-]", *own]), "", _plain(password), flags=re.IGNORECASE)
    if not left:
        return 0
    # Its words are ours alone, the same for everybody: zxcvbn keeps them in a global.
    parts = zxcvbn(_readable(left), _local_words())["sequence"]
    # Not its own figure, which takes any three parts for ten thousand times ten thousand: "maria", "peru" and "1".
    return float(prod(part["guesses"] for part in parts) * factorial(len(parts)))


def _readable(plain: str) -> str:
    return plain[:LONGEST_CHECKED].translate(_RARE_SYMBOLS)


def _plain(text: str) -> str:
    """Without accents, which nobody who guesses minds."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


@cache
def _local_words() -> tuple[str, ...]:
    words = tomllib.loads(files("api.credentials").joinpath("local_words.toml").read_text("utf-8"))
    return tuple(dict.fromkeys(_readable(word) for group in words.values() for word in group.split()))
