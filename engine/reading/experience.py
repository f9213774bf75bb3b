"""Years of experience that an ad asks for, read from its words: "experiencia comprobable de dos años"."""

from __future__ import annotations

import re

from engine.jobs import UNCOUNTED_EXPERIENCE_YEARS
from engine.reading.found import Found
from engine.reading.text_cleaning import aligned_plain

LONGEST_TEXT = 20_000
MOST_YEARS = 15  # more is an age, or the history of a company
MOST_UNASKED = 7  # more is a company's, unless somebody is said to need them
SURE, LIKELY, HALF = 0.95, 0.8, 0.6

_NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "un uno una one",
            "dos two",
            "tres three",
            "cuatro four",
            "cinco five",
            "seis six",
            "siete seven",
            "ocho eight",
            "nueve nine",
            "diez ten",
        ),
        1,
    )
    for word in words.split()
}
_NUMBER = rf"(?:\d{{1,2}}(?:[.,]5)?|{'|'.join(_NUMBER_WORDS)})"
_UNIT = r"(?:anos?|years?|yrs?|yr|meses|mes|months?)"
_YEARS = (
    rf"(?<![\w.,/$])(?P<least>{_NUMBER})(?:\s?\(\s?\w{{1,9}}\s?\))?\s?\+?"
    rf"(?:\s?(?P<first>{_UNIT})?\s?(?:-|–|a|al|o|y|to|or)\s?{_NUMBER}(?:\s?\(\s?\w{{1,9}}\s?\))?)?\s?(?P<unit>{_UNIT})\b"
    r"(?P<half> y medio)?"
)
_EXPERIENCE = r"(?:\bexperiencia|\bexperience|\bexp\b\.?)"
YEARS_BEFORE = re.compile(
    rf"{_YEARS}['’]?(?:\s?\(?(?:como minimo|minim[oa]s?|a mas|o mas|or more|completos)\)?)?"
    rf"(?:\s(?:de|of|en|con|in)\b)?(?:\s(?!anos|years)[a-z]{{3,15}}){{0,2}}?\s{_EXPERIENCE}"
)
YEARS_AFTER = re.compile(
    rf"{_EXPERIENCE}(?!\s(?:de|del) (?:usuario|cliente|compra))(?P<gap>[^.;\n\d]{{0,70}}?){_YEARS}"
)
LESS_THAN = re.compile(r"(?:\bmenos de|\bless than|\bhasta|\bup to)\s*$")
AGE = re.compile(r"\bedad|\bage[ds]?\b|entre los|rango")
NONE_NEEDED = re.compile(
    r"\b(?:con o )?sin (?:necesidad de )?(?:tener |contar con )?(?:ninguna? )?(?:experiencia|exp\b)"
    r"|\bno (?:es )?(?:se )?(?:requerid[ao]|requiere[ns]?|requerimos|necesita[ns]?|necesari[ao]|necesitamos|exig\w{1,6}"
    r"|pid\w{1,4}|piden|importa|indispensable|obligatori[ao])(?: (?:de|que|la|tener|contar|con|tengas|cuentes)){0,3}"
    r" (?:ninguna? )?(?:experiencia|exp\b)"
    r"|\bexperiencia(?: previa| laboral)?:? (?:no (?:es |se )?(?:requerida|requiere|necesaria|necesita|indispensable"
    r"|excluyente|obligatoria)|ninguna\b|0 anos)"
    r"|\b(?:no|without|zero)(?: prior| previous| work)? experience(?: (?:is )?(?:needed|required|necessary))?"
    r"|\bexperience (?:is )?not (?:required|needed|necessary)|\bprimer empleo\b"
)
NOT_FOR_BEGINNERS = re.compile(r"abst\w{1,8}|no postul|no present|favor de no|do not apply|no enviar")
WISHED = re.compile(
    r"\bdeseable|\bno (?:es )?(?:indispensable|excluyente|obligatori)|\bpreferible|\bde preferencia|\bpreferentemente"
    r"|\bopcional|\bvalor(?:ar|amos|able|ado)|\bun plus|\bsera un plus|\bnice to have|\bpreferred"
    r"|\bideal(?:mente|ly)?\b|\bdesirable|\bsuma\b|\ba plus\b"
)
OF_COMPANY = re.compile(
    r"\bsomos\b|\bempresa\b|\bcompania\b|\borganizacion\b|\bgrupo\b|\bnuestr[ao]s?\b|\bcontamos con\b"
    r"|\bwe (?:are|have)\b|\bcompany\b|\bour\b|\blider\b|\bfirma\b|\bconsultora\b"
)
OF_PERSON = re.compile(
    r"\brequ|\bminim|\bbusca|\bsolicit|\bnecesit|\bcandidat|\bpostulante|\bindispensable|\bperfil|\bcon experiencia"
    r"|\blooking for|\bmust\b|\byou (?:have|bring)|\bat least"
)
MARKET = re.compile(r"\s*(?:en el (?:mercado|rubro|sector)|in (?:the )?(?:market|business|industry)|de trayectoria)")
# Experience without years: at the beginning of a line or a requirement, or where somebody must have it.
UNCOUNTED = re.compile(
    r"(?:(?:^|[\n•●▪✓✔➤►*:;.\-–·>|])\s{0,3}|\b(?:con|tener|poseer|acreditar|demostrar|require[sd]?|requiere|requerimos"
    r"|requisitos?|indispensable|contar con|having|have|with|proven|solid[ao]?|amplia|previa)\s)"
    r"(?:minima |previa |amplia |solida |proven |previous |prior )?experienc(?:ia|e)\b"
    r"(?!\s(?:de|del) (?:usuario|cliente|compra|marca)|\s?(?:unica|inolvidable|deseable|y crecimiento))"
)
SENTENCE_EDGE = re.compile(r"[.;\n•●▪✓✔➤►*|]")
LONGEST_SENTENCE = 300


def read_experience(text: str) -> Found[float] | None:
    """The least years of experience that `text` asks for, 0 where it says that none is needed, None where it says
    nothing. Of several requirements all must be met: the longest counts. `UNCOUNTED_EXPERIENCE_YEARS` where it does not
    tell how much."""
    text = text[:LONGEST_TEXT]
    words = aligned_plain(text)
    if "xp" not in words and "primer empleo" not in words:
        return None
    asked = [one for pattern in (YEARS_BEFORE, YEARS_AFTER) for one in _asked(pattern, words, text)]
    none = next((found for found in NONE_NEEDED.finditer(words) if _is_welcome(words, found)), None)
    if asked:
        most = max(asked, key=lambda one: one.value)
        return None if none is not None and most.value > 0 else most
    if none is not None:
        return Found(0.0, _sentence(words, text, none), SURE)
    some = next((found for found in UNCOUNTED.finditer(words) if not WISHED.search(_around(words, found))), None)
    return Found(UNCOUNTED_EXPERIENCE_YEARS, _sentence(words, text, some), HALF) if some is not None else None


def _asked(pattern: re.Pattern[str], words: str, text: str) -> list[Found[float]]:
    found = []
    for match in pattern.finditer(words):
        years = _years(match, words)
        around = _around(words, match)
        of_company = (years > MOST_UNASKED or OF_COMPANY.search(around)) and not OF_PERSON.search(around)
        if years > MOST_YEARS or of_company or WISHED.search(around):
            continue
        if AGE.search(match.groupdict().get("gap") or "") or MARKET.match(words, match.end()):
            continue
        found.append(Found(years, _sentence(words, text, match), SURE if "gap" not in match.groupdict() else LIKELY))
    return found


def _years(match: re.Match[str], words: str) -> float:
    number = _NUMBER_WORDS.get(match["least"]) or float(match["least"].replace(",", "."))
    if LESS_THAN.search(words[max(0, match.start("least") - 12) : match.start("least")]):
        return 0.0
    unit = match["first"] or match["unit"]
    return round(number / 12, 2) if unit.startswith("m") else number + (0.5 if match["half"] else 0.0)


def _is_welcome(words: str, found: re.Match[str]) -> bool:
    return NOT_FOR_BEGINNERS.search(words[max(0, found.start() - 40) : found.end() + 40]) is None


def _around(words: str, match: re.Match[str]) -> str:
    start, end = _edges(words, match)
    return words[start:end]


def _sentence(words: str, text: str, match: re.Match[str]) -> str:
    start, end = _edges(words, match)
    return text[start:end].strip(" :-–,")


def _edges(words: str, match: re.Match[str]) -> tuple[int, int]:
    """Where the sentence of a match begins and ends."""
    from_start = words[max(0, match.start() - LONGEST_SENTENCE // 2) : match.start() + 1]
    before = [edge.end() for edge in SENTENCE_EDGE.finditer(from_start)]
    start = match.start() + 1 - len(from_start) + (before[-1] if before else 0)
    after = SENTENCE_EDGE.search(words, match.end(), match.end() + LONGEST_SENTENCE // 2)
    return min(start, match.start()), after.start() if after else min(len(words), match.end() + LONGEST_SENTENCE // 2)
