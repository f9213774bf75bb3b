"""Which of the languages of our texts a text is in, by its commonest words: good enough to count by, not to act on."""

from __future__ import annotations

import re
from collections import Counter

# Words that only one of the three uses as a word of this kind: no "de", "que", "a", "no", "me".
FUNCTION_WORDS = {
    "es": "el los las del y con en para por una es al lo más sus como este esta muy también hay sin soy tengo mi "
    "ser años experiencia trabajo",
    "en": "the and of to for with in on is are you your our we will be this that as or from have my work i am "
    "an experience years",
    "pt": "o os do da dos das e com em para por uma é ao não mais seus como este esta muito também há sem sou tenho "
    "meu ser anos experiência trabalho na no nas nos ou",
}
WORD = re.compile(r"[^\W\d_]+")
LEAST_HITS, LEAST_LEAD = 2, 1.2

_LANGUAGES_OF = {
    word: tuple(code for code, words in FUNCTION_WORDS.items() if word in words.split())
    for word in {word for words in FUNCTION_WORDS.values() for word in words.split()}
}


def text_language(text: str) -> str | None:
    """`es`, `en` or `pt`; None when too few of its words tell, or two languages are nearly as likely."""
    hits: Counter[str] = Counter()
    for word in WORD.findall(text.lower()):
        hits.update(_LANGUAGES_OF.get(word, ()))
    (first, most), (_, second) = (*hits.most_common(2), ("", 0), ("", 0))[:2]
    return first if most >= LEAST_HITS and most >= LEAST_LEAD * second else None
