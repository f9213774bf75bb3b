"""Job titles as plain words: one case, one spelling of what is written in several, and gender forms apart."""

from __future__ import annotations

import re
import unicodedata

SHARED_STEM_LETTERS = 3
LONGEST_OVERLAP_LETTERS, SHORTEST_STEM_LETTERS = 3, 3
# "y/o" is no gender form, nor is "zona (A)".
CONJUNCTIONS = frozenset(("y", "e", "and"))
NO_PEOPLE = frozenset(
    (
        "categoria",
        "clase",
        "codigo",
        "grupo",
        "item",
        "lote",
        "nivel",
        "plaza",
        "sede",
        "serie",
        "tipo",
        "turno",
        "zona",
    )
)
WHOLE_ENDINGS = frozenset(("a", "o", "as", "os", "e", "es", "esa"))  # others overlap the word: contador/ora
_ENDING = "[a-zñ]{0,2}(?:as?|os?|or|ores|res)|es?"
# "enfermera/o", "Enfermero (a)", "conductor/-a", "CHOFER/A", "cocinero-a", "diseñador@s"
_MARKED = re.compile(
    rf"(?P<word>\bun|[^\W\d_]{{3,}})(?:\s?[/\\]\s?-?(?P<slash>{_ENDING})|\s?\(\s?[-/]?(?P<bracket>{_ENDING})\s?\)"
    r"|-(?P<hyphen>as?|os?)|@(?P<at>s?))(?![\w/@])",
    re.IGNORECASE,
)
_AGENT = re.compile(r"(?<=[dñst]or)a(?=s?$)")  # vendedora, whose masculine is no "vendedoro"
_ACCENTED_END = re.compile(r"[áéíóú](?=[ns]$)")  # peón, peona
_PLAIN_VOWELS = str.maketrans("áéíóú", "aeiou")


def plain_title(title: str) -> str:
    """NFC, lower case, single spaces: "ANALISTA  Contable" and "analista contable" are one title."""
    return " ".join(unicodedata.normalize("NFC", title).lower().split())


def first_form(title: str) -> str:
    """The first gender form of a title, as plain words."""
    return plain_title(title_forms(title)[0])


def title_forms(title: str) -> tuple[str, ...]:
    """The gender forms of a title apart: "director técnico/directora técnica" and "diseñador/a" are two titles each.

    A slash between different things ("operador de CAD/CAM") is left as it is.
    """
    title = title.strip()
    first = _MARKED.sub(lambda marked: _forms(marked)[0], title)
    second = _MARKED.sub(lambda marked: _forms(marked)[1], title)
    if first != title:
        return tuple(dict.fromkeys((first.strip(), second.strip())))
    before, slash, after = title.partition("/")
    if not slash or not before or not after.strip():
        return (title,)
    if before.split()[0][:SHARED_STEM_LETTERS].lower() == after.split()[0][:SHARED_STEM_LETTERS].lower():
        return before.strip(), after.strip()
    return (title,)


def _forms(marked: re.Match[str]) -> tuple[str, str]:
    """Both gender forms of a word with a mark; twice what is written where it marks something else."""
    word = marked["word"]
    if marked["at"] is not None:
        return _forms_at(word, marked["at"])
    ending = marked["slash"] or marked["bracket"] or marked["hyphen"]
    is_apart = marked[0][len(word)] == " " and ending.lower() not in WHOLE_ENDINGS  # "PALCA (CO)"
    is_other = is_apart or _is_no_person(word, ending)
    other = None if is_other else _with_ending(word.lower(), ending.lower())
    return (marked[0], marked[0]) if other is None else (word, _in_case_of(word, other))


def _is_no_person(word: str, ending: str) -> bool:
    plain = word.lower().translate(_PLAIN_VOWELS)
    is_name = len(ending) > 1 and ending[0].isupper() and not word.isupper()  # "Servicio/Ica"
    return plain in CONJUNCTIONS or plain in NO_PEOPLE or is_name


def _forms_at(word: str, plural: str) -> tuple[str, str]:
    """ "diseñador@s" and "operari@s": @ stands for both vowels."""
    if word.lower().endswith(("or", "ón", "án")):
        first = word + ("es" if plural else "")
        return first, _in_case_of(word, _without_accent(word.lower()) + "a" + plural)
    return _in_case_of(word, word.lower() + "o" + plural), _in_case_of(word, word.lower() + "a" + plural)


def _with_ending(word: str, ending: str) -> str | None:
    """The other gender form of a word: diseñador + a, enfermera + o, contador + ora; None where it has none."""
    if ending not in WHOLE_ENDINGS:
        overlap = word.rfind(ending[0])
        is_near = overlap >= SHORTEST_STEM_LETTERS and len(word) - overlap <= LONGEST_OVERLAP_LETTERS
        return word[:overlap] + ending if is_near else None
    if ending in ("o", "os") and _AGENT.search(word):
        return _AGENT.sub("e" if word.endswith("s") or ending == "os" else "", word).removesuffix("s") + ending[1:]
    if ending.endswith("s") or word.endswith(("os", "as")):
        word = word.removesuffix("s")
    return _without_accent(word[:-1] if word[-1] in "aeo" else word) + ending


def _without_accent(word: str) -> str:
    return _ACCENTED_END.sub(lambda vowel: vowel[0].translate(_PLAIN_VOWELS), word)


def _in_case_of(word: str, other: str) -> str:
    if word.isupper():
        return other.upper()
    return other.capitalize() if word.istitle() else other
