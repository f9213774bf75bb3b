"""Keys by which labels of skills and occupations are looked up, the same however a label is inflected.

"Resolución de problemas" and "resolver problemas" have one form; so have "use Microsoft Office" and "Microsoft Office".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from engine.reading.titles import title_forms
from engine.skills import normalised_words

LONGEST_LABEL = 160  # letters: of what is longer no key is asked for
MOST_TITLE_WORDS = 8
_GRAMMAR_WORDS = """
a al con de del e el en la las lo los o para por su sus u un una y
an and at by for from in of on or the to with
"""
_HAVING_WORDS = """
conocimiento conocimientos dominar dominio emplear manejar manejo uso usar utilizar
knowledge use using utilise
"""
_AFTER_TITLE_WORDS = "completo full junior jr medio part senior sr tiempo time turno urgente"
_GRAMMAR = frozenset(_GRAMMAR_WORDS.split())
# Who uses a thing has the skill that the thing's name stands for.
_HAVING = frozenset(_HAVING_WORDS.split())
# What an ad's title says after the name of the work.
_AFTER_TITLE = frozenset(_AFTER_TITLE_WORDS.split())
_VERBS = {
    "analisis": "analizar",
    "apoyo": "apoyar",
    "atencion": "atender",
    "busqueda": "buscar",
    "cobranza": "cobrar",
    "compra": "comprar",
    "control": "controlar",
    "cuidado": "cuidar",
    "desarrollo": "desarrollar",
    "direccion": "dirigir",
    "diseno": "disenar",
    "edicion": "editar",
    "ensenanza": "ensenar",
    "gestion": "gestionar",
    "liderazgo": "liderar",
    "limpieza": "limpiar",
    "mantenimiento": "mantener",
    "produccion": "producir",
    "redaccion": "redactar",
    "registro": "registrar",
    "resolucion": "resolver",
    "supervision": "supervisar",
    "toma": "tomar",
    "trabajo": "trabajar",
    "traduccion": "traducir",
    "venta": "vender",
}
_ACTION = re.compile(r"(?<=[a-z]{3})acion$")
_REFLEXIVE = re.compile(r"(?<=[aei]r)se$")
_PARTS_OF_TITLE = re.compile(r"[/|,;:()\[\].!¡*+–—]|\s-\s")


def exact_key(label: str) -> str:
    """The words of a label, without accents or case."""
    return "=" + " ".join(normalised_words(label))


def form_key(label: str) -> str | None:
    """What the inflections of a label have in common; None where too little is left to tell it by."""
    words = [word for word in normalised_words(label) if word not in _GRAMMAR]
    while len(words) > 1 and words[0] in _HAVING:
        words = words[1:]
    words = [_singular(word) for word in words]
    if not words:
        return None
    words[0] = _as_verb(words[0]) if len(words) > 1 else words[0]
    return "~" + " ".join(words)


def is_acronym(label: str) -> bool:
    """Whether a label is one word of capitals: SQL, PHP."""
    return len(label) > 1 and label.isalpha() and label.isupper()


def is_name_in_mixed_case(written: str) -> bool:
    """Whether a word is written as a name is: Spark, which is not SPARK."""
    return written.isalpha() and not written.isupper() and not written.islower()


def occupation_keys(label: str) -> Iterator[str]:
    """The keys of each gender form of an occupation's title.

    Of "coordinador/coordinadora de café verde" the first form stands without what both share.
    """
    forms = [words for form in title_forms(label) if (words := _title_words(form))]
    longest = max(forms, key=len, default=[])
    yield from (" ".join([*words, *longest[len(words) :]]) for words in forms)


def keys_in_title(title: str) -> tuple[str, ...]:
    """The keys of the occupations that an ad's title may begin with, the longest first, each part by itself.

    One word is an occupation where nothing follows that would make it another: "cajero part time", not "director de
    cine", whose first word is one too.
    """
    parts = [part for form in title_forms(title[:LONGEST_LABEL]) for part in _PARTS_OF_TITLE.split(form)]
    return tuple(key for part in parts for key in _beginnings(_title_words(part)))


def _beginnings(words: Sequence[str]) -> Iterator[str]:
    for count in range(min(len(words), MOST_TITLE_WORDS), 0, -1):
        if count > 1 or not words[1:] or words[1] in _AFTER_TITLE:
            yield " ".join(words[:count])


def _title_words(title: str) -> list[str]:
    words = [_singular(word) for word in normalised_words(title) if word not in _GRAMMAR]
    return [_masculine(words[0]), *words[1:]] if words else []


def _masculine(word: str) -> str:
    """One form of a person's name of work: cajera and cajero, vendedora and vendedor."""
    if word.endswith("ora"):
        return word[:-1]
    return word[:-1] + "o" if word.endswith("a") and not word.endswith("ista") else word


def _singular(word: str) -> str:
    if len(word) < 5 or not word.endswith("s") or word.endswith("ss"):
        return word
    if word in _VERBS:  # análisis
        return word
    return word[:-2] if word.endswith("es") and word[-3] in "dlnrz" else word[:-1]


def _as_verb(word: str) -> str:
    plain = _REFLEXIVE.sub("", word)
    return _VERBS.get(plain) or _ACTION.sub("ar", plain)


def runs_of_words(words: Sequence[str], longest: int) -> Iterator[str]:
    """The keys of all runs of at most so many words."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + longest, len(words)) + 1):
            yield "=" + " ".join(words[start:end])
