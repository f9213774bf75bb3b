"""Removes age limits from a posting's text: they are discriminatory, and no matcher may learn from them.

Years of experience or of a company's history stay, ages of children in care too, and "mayor de edad", the
law's own floor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

AGE = r"(?<![\d.,$])(?:1[4-9]|[2-7]\d|1 [4-9]|[2-7] \d)(?!\d|[.,]\d|\s?%)"  # "2 5": some boards part the digits
# Boards glue words ("Zárate" + "Edad: 25 a 50 años" + "Sexo"), so a capital may follow, or "Edad" come, at once.
TOP = r"(?:1[4-9]|[2-9]\d|1 [4-9]|[2-9] \d)(?!\d|[.,]\d|\s?%)"  # "18 a 99 años" is a limit on paper
YEARS = r"\s*(?:años|anos)(?-i:(?![a-zñáéíóú]))"
EDAD = (
    r"(?<!mayor de )(?<!mayores de )(?:\bedad\b|\bedades\b|\bidade\b|\b(?:rango|grupo|l[ií]mite)\s+et[aá]re?i?o\b"
    r"|(?-i:(?<=[a-zA-Z])Edad\b))"
)
BETWEEN = r"\s*(?:[-–—/]|y|a|e|hasta|to|and)\s*(?:los\s+)?"
AT_MOST = r"(?:tope\b|(?:como\s+)?m[aá]x(?:imo\b|\.|\b)|(?:como\s+)?m[ií]n(?:imo\b|\.|\b))"
NOT_OF_AGE = r"(?!\s*(?:%|days?|weeks?|months?|hours?|minutes?|people|employees))"
# What may stand between "edad" and its numbers; with anything else there, it states no limit.
LINK_WORDS = (
    r"m[ií]n(?:im[ao])?|m[aá]x(?:im[ao])?|requerid[ao]|sugerid[ao]|orientativa|desead[ao]|deseable|preferente|preferentemente"
    r"|preferible|comprendid[ao]s?|aproximad[ao]|estimada|ideal|promedio|referencial|excluyente|rango|entre|desde"
    r"|hasta|del?|los|las|el|la|a|en|un|no|que|para|ingreso|debe|ser|sea|oscile|partir|mayor(?:es)?|menor(?:es)?"
    r"|igual|o|y|años|m[aá]s|menos|permitida|tope"
)
LINK = rf"(?:[\s:.,;()•*=+–-]|\b(?:{LINK_WORDS})\b){{0,40}}?"
PERSON = (
    r"(?:personas?|personal|hombres?|mujer(?:es)?|j[oó]ven(?:es)?|chic[ao]s?|señoritas?|var[oó]n(?:es)?"
    r"|candidat[oa]s?|damas?|caballeros?|masculino|femenino|sexos)"
)
LIMITS = re.compile(
    "|".join(
        (
            # edad: entre 25 y 35 años · edad mínima 25 años a 38 años · rango de edad 18-30
            rf"(?:\b(?:rango\s+de\s+|l[ií]mite\s+de\s+))?{EDAD}{LINK}{AGE}(?:{YEARS})?"
            rf"(?:{BETWEEN}{TOP})?(?:{YEARS})?(?:\s+de\s+edad\b)?(?:\s*{AT_MOST})?",
            # entre 20 y 30 años · de 18 a 45 años · 18 - 30 años
            rf"\b(?:entre|desde|de)\s+(?:los\s+)?{AGE}(?:{YEARS})?{BETWEEN}{TOP}{YEARS}(?:\s+de\s+edad\b)?",
            rf"{AGE}(?:{YEARS})?\s*(?:[-–—]|a|hasta)\s*{TOP}{YEARS}(?:\s+de\s+edad\b)?",
            # menores de 30 años · mayor a 40 años · 25 años de edad · mujeres, hasta 35 años
            rf"\b(?:no\s+)?(?:mayor|menor|maior)(?:es)?\s+(?:de|a|que)\s+(?:los\s+)?{AGE}{YEARS}(?:\s+de\s+edad\b)?",
            rf"\b(?:(?:a\s+partir\s+de|desde|hasta|m[aá]ximo|m[ií]nimo)\s+(?:los\s+)?)?{AGE}{YEARS}\s+de\s+edad\b",
            rf"\b(?<=[a-zñ])(?P<person>)(?:,?\s+)(?:a\s+partir\s+de|desde|hasta|m[aá]ximo)\s+(?:los\s+)?{AGE}{YEARS}",
            rf"(?:(?<=^)|(?<=[.;:(*•\n]\s)|(?<=[.;:(*•\n]))(?:hasta|tope|m[aá]x(?:imo)?\.?|m[ií]n(?:imo)?\.?)\s+(?:los\s+|de\s+)?{AGE}{YEARS}",
            # de 24 años en adelante · a partir de 25 años a más · personas menores de 35 · no mayores de 40
            rf"(?:\b(?:de(?:sde)?|a\s+partir\s+de|con)\s+(?:los\s+)?)?{AGE}{YEARS}(?:\s+de\s+edad)?\s+(?:en\s+adelante"
            rf"|para\s+arriba|a\s+m[aá]s|o\s+m[aá]s|hacia\s+arriba|{AT_MOST})",
            # jóvenes de 18 a 25
            rf"(?:(?<=hombre\s)|(?<=mujer\s)|(?<=r[oó]n\s)|(?<=chica\s)|(?<=chico\s)|(?<=joven\s)|(?<=dama\s)"
            rf"|(?<=persona\s)|(?<=orita\s)|(?<=venes\s)|(?<=personas\s)|(?<=chicas\s)|(?<=oritas\s)|(?<=mujeres\s)|(?<=hombres\s)|(?<=varones\s)"
            rf"|(?<=damas\s))(?:entre|de|desde)\s+(?:los\s+)?{AGE}{BETWEEN}{AGE}(?=\s*(?:[.,;)\n]|\Z))",
            rf"(?:(?<=^)|(?<=[.;:(*•\n-]\s)|(?<=[.;:(*•\n-])|(?<=personas\s)|(?<=j[oó]venes\s)|\bno\s+)"
            rf"(?:mayor|menor)(?:es)?\s+(?:de|a|que)\s+(?:los\s+)?{AGE}(?:\s+abstenerse\b|(?=\s*(?:[.,;)\n]|\Z)))",
            # between 25 and 35 years old · aged 20 to 30 · under 30 years of age · age: 18-35 · age limit 35
            rf"\bage[ds]?\b(?:[\s:.(–-]|\b(?:range|limit|group|between|from|of|is)\b){{0,30}}?{AGE}{BETWEEN}{TOP}"
            r"(?:\s*(?:years|yrs)(?:\s+old|\s+of\s+age)?)?",
            rf"\b(?:age\s+limit|(?:max|min)(?:imum)?\.?\s+age|age\s+(?:max|min)(?:imum)?)\b[\s:.(–-]{{0,5}}(?:is\s+|of\s+)?"
            rf"{AGE}(?:\s*(?:years|yrs)(?:\s+old|\s+of\s+age)?)?",
            # not older than 35 · must be 25 or older · over 21 only · women under 30
            rf"\b(?:not?\s+)?(?:old|young)er\s+than\s+{AGE}{NOT_OF_AGE}",
            rf"\b(?:must\s+be\s+)?(?:at\s+least\s+)?{AGE}\s*(?:years?\s+)?(?:or|and)\s+(?:older|younger|over|under|above|below)\b",
            rf"\b(?:over|under|below|above)\s+{AGE}s?\s+only\b",
            rf"(?:(?<=women\s)|(?<=\bmen\s)|(?<=dates\s)|(?<=ladies\s)|(?<=girls\s)|(?<=males\s)|(?<=people\s))"
            rf"(?:aged\s+)?(?:over|under|below|above)\s+{AGE}(?=\s*(?:[.,;)\n]|\Z))",
            rf"\b(?:(?:between|from|under|over|above|below|at\s+least|up\s+to|(?:young|old)er\s+than)\s+)?"
            rf"{AGE}(?:{BETWEEN}{AGE})?\s*(?:years|yrs)\s+(?:old|of\s+age)\b",
        )
    ),
    re.IGNORECASE,
)
ENDS_WITH_PERSON = re.compile(rf"\b{PERSON}$", re.IGNORECASE)
OTHER_YEARS_BEFORE = re.compile(
    r"(?:experiencia|adult[oa]s|pacientes?|clientes?|trayectoria|antig[uü]edad|per[ií]odos?|cursos?|horas|experience|niñ[oa]s|hij[oa]s|alumnos"
    r"|adolescentes)(?:\s+\w+){0,4}[\s:,(]*$",
    re.IGNORECASE,
)
OTHER_YEARS_AFTER = re.compile(
    r"\s*(?:de|en|of|in)\s+(?:\w+\s+){0,2}?(?:experiencia|experience|trayectoria|mercado|market|rubro|sector|industria"
    r"|antig|servicio|historia|garant|plazo|business)",
    re.IGNORECASE,
)
# Every limit has one of these; looking for them alone is far cheaper than looking for limits.
WORTH_READING = re.compile(
    rf"{TOP}\s*(?:años|anos|years|yrs|(?:or|and)\s+(?:older|younger|over|under|above|below))"
    rf"|(?:edad|et[aá]r|\bage[ds]?\b|idade|(?:mayor|menor|maior)(?:es)?\s+(?:de|a|que)|er\s+than"
    rf"|\b(?:over|under|below|above)|(?:venes|personas?|chic[ao]s?|oritas?|mujer(?:es)?|hombres?|r[oó]n(?:es)?|damas?"
    rf"|joven)\s+(?:entre|de|desde))[^\n]{{0,120}}?{AGE}",
    re.IGNORECASE,
)
ADULTS_FROM = 18
# Without one of these, eighteen alone is the law's own floor.
UPPER_BOUND = re.compile(r"m[aá]x|hasta|menor|under|below|younger|up\s+to|l[ií]mite|limit", re.IGNORECASE)
NUMBER = re.compile(r"\d ?\d")
OLDEST_CHILD = 17
MARK = "\0"
SPACE = r"\s{0,9}"  # around a mark: tidy texts have no more, and others are not looked through from each space


def without_age_limits(text: str) -> str:
    """`text` without its age limits, and without the punctuation they leave behind."""
    if not WORTH_READING.search(text):
        return text
    marked = LIMITS.sub(lambda match: MARK if _is_limit(match) else match[0], text)
    return text if MARK not in marked else _mended(marked)


def age_limits(text: str) -> Iterator[tuple[int, int]]:
    """Where `text` states limits of age that the law does not know: adults' eighteen years are its own floor."""
    if not WORTH_READING.search(text):
        return
    for match in LIMITS.finditer(text):
        is_floor = _ages(match[0]) == {ADULTS_FROM} and not UPPER_BOUND.search(match[0])
        if not is_floor and _is_limit(match):
            yield match.span()


def _is_limit(match: re.Match[str]) -> bool:
    whole = match.string
    before, after = whole[max(0, match.start() - 60) : match.start()], whole[match.end() : match.end() + 60]
    names_edad = re.search(r"edad|\bage|et[aá]r", match[0], re.IGNORECASE) is not None
    if match["person"] is not None and not ENDS_WITH_PERSON.search(before):
        return False
    if OTHER_YEARS_AFTER.match(after) or (not names_edad and OTHER_YEARS_BEFORE.search(before)):
        return False
    oldest = max(_ages(match[0]))
    is_of_children = oldest <= OLDEST_CHILD or (oldest == ADULTS_FROM and re.match("menor", match[0], re.I) is not None)
    return not is_of_children


def _ages(limit: str) -> set[int]:
    return {int(number.replace(" ", "")) for number in NUMBER.findall(limit)}


def _mended(text: str) -> str:
    """Close the gap each mark stands for: empty brackets, empty lines, a comma too many."""
    text = re.sub(rf"{SPACE}[(\[]{SPACE}{MARK}{SPACE}[)\]]", "", text)
    text = re.sub(rf"(?m)^[^\w\n{MARK}]*{MARK}[^\w\n]*(?:\n|$)", "", text)  # a line that was nothing else
    text = re.sub(rf",{SPACE}{MARK}{SPACE}(?=[.;])", "", text)
    text = re.sub(rf"([.,;:(¡¿•*\n-]|^)({SPACE}){MARK}[ ]*[.,;:]*[ ]*", r"\1\2", text)
    text = re.sub(rf"{SPACE}{MARK}{SPACE}(?=[.,;:)])", "", text)
    text = re.sub(rf" {{0,9}}{MARK} *", " ", text)
    return re.sub(r",\s*+(?=[,.;]|\Z)", "", text).strip()
