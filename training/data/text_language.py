"""Which of the languages of our texts a text is in, by py3langid: good enough to count by, not to act on."""

from __future__ import annotations

from functools import cache
from typing import Any

OURS = ("es", "en", "pt")
LONGEST_READ = 1_000  # characters: more make no difference
LEAST_SHARE = 0.8  # of what speaks for the three
SURE = 0.6  # that it is another language: Quechua is no Spanish


def text_language(text: str) -> str | None:
    """`es`, `en` or `pt`; None for another language, or when two of them are nearly as likely."""
    chances = dict(_identifier().rank(text[:LONGEST_READ]))
    ours = {language: float(chances[language]) for language in OURS}
    first = max(ours, key=ours.__getitem__)
    is_another = max(chances.values()) >= SURE and max(chances.values()) > ours[first]
    return None if is_another or ours[first] < LEAST_SHARE * sum(ours.values()) else first


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # here: it is installed for training alone

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
