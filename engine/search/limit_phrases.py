"""Phrases by which searches state limits: kind of hours, place of work, experience, languages that are not spoken."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from engine.jobs import HoursType, LanguageLevel, Modality
from engine.reading.experience import read_experience
from engine.reading.terms import LANGUAGES
from engine.search.chips import ChipKind

Said = tuple[ChipKind, Any, int, int]  # a limit, and where the words state it

_JOB = r"(?:(?:trabaj[oa]s?|trabajar|empleos?|chambas?|puestos?|jobs?|work)\s)?"
HOURS_TYPES: tuple[tuple[re.Pattern[str], frozenset[HoursType]], ...] = (
    (
        re.compile(
            rf"\b{_JOB}(?:a |por |de )?(?:(?:medi[oa]|1/2) tiempos?|tiempo parcial|medias? jornadas?"
            r"|jornadas? parcial(?:es)?"
            r"|medio turno|medio dia|par(?:t)?[- ]?(?:time|taim|tiem)|half[- ](?:time|day)s?)\b"
        ),
        frozenset({HoursType.PART_TIME}),
    ),
    (
        re.compile(
            rf"\b{_JOB}(?:a |de )?(?:tiempo completo|jornadas? completas?|turno completo|ful+[- ]?(?:time|taim|tiem))\b"
        ),
        frozenset({HoursType.FULL_TIME}),
    ),
    (re.compile(rf"\b{_JOB}(?:por|x|de pocas|pocas|unas) horas?\b(?! extra)"), frozenset({HoursType.HOURLY})),
    (re.compile(rf"\b{_JOB}(?:hourly|by the hour|per hour|few hours)\b"), frozenset({HoursType.HOURLY})),
    (
        re.compile(
            r"\b(?:convenio de |hacer )?(?:(?:mis )?practicas?(?: pre[- ]?profesionales| profesionales)?|practicantes?"
            r"|practicantado|pasantias?|pasantes?|becari[oa]s?|internships?|interns?|trainees?)\b"
        ),
        frozenset({HoursType.INTERNSHIP}),
    ),
)
NOT_THE_WORKPLACE = re.compile(
    r"\b(?:percepcion|control|sensor(?:es)?|acceso|medicion|comunidad(?:es)?|zonas?|asistencia|escritorio|desktop|sensing"
    r"|access)(?:es)?\s$"
)
MODALITIES: tuple[tuple[re.Pattern[str], frozenset[Modality]], ...] = (
    (
        re.compile(r"\b(?:(?:no|nada)\s(?:que sea\s|sea\s)?(?:presencial(?:es)?|on[- ]?site)|presencial no)\b"),
        frozenset({Modality.REMOTE, Modality.HYBRID}),
    ),
    (
        re.compile(r"\b(?:(?:no|nada)\s(?:que sea\s|sea\s)?(?:remot[oa]s?|remote)|remoto no)\b"),
        frozenset({Modality.ON_SITE, Modality.HYBRID}),
    ),
    (
        re.compile(
            rf"\b{_JOB}(?:(?:100\s?%\s|de forma |modalidad |totalmente |fully |full )?"
            r"(?:remot[oa]s?|remotamente|remote(?:ly)?)"
            r"|desde (?:mi |la |tu )?(?:propia )?(?:casa|hogar)|a distancia|teletrabaj\w{1,5}|home[- ]?office"
            r"|(?:work |working )?from home|wfh|modalidad virtual)\b"
        ),
        frozenset({Modality.REMOTE}),
    ),
    (
        re.compile(
            r"\b(?:trabaj[oa]s?|trabajar|empleos?|chambas?|work|working)"
            r" (?:en|at) (?:mi |la )?(?:casa|home)\b|\ben mi casa\b"
        ),
        frozenset({Modality.REMOTE}),
    ),
    (
        re.compile(r"\b(?:trabaj[oa]s?|empleos?|chambas?) (?:online|virtual|en linea|por internet)\b"),
        frozenset({Modality.REMOTE}),
    ),
    (
        re.compile(rf"\b{_JOB}(?:modalidad )?(?:hibrid[oa]s?|hybrid|semi ?presencial(?:es)?)\b"),
        frozenset({Modality.HYBRID}),
    ),
    (
        re.compile(rf"\b{_JOB}(?:modalidad )?(?:presencial(?:es|mente)?|on[- ]?site|in person)\b"),
        frozenset({Modality.ON_SITE}),
    ),
)
_NUMBER = r"(?:\d{1,2}|un|uno|dos|tres|cuatro|cinco|one|two|three)"
NO_EXPERIENCE = re.compile(
    r"\b(?:s/ ?(?:exp\b|experiencia)"
    r"|(?:sin|cero|0|ninguna|poca)(?: necesidad de| tener| ninguna)? (?:experiencia|exp\b)(?: previa| laboral)?"
    r"|(?:que )?no (?:tengo|tenga|necesit\w{1,4}|requier\w{1,4}|pid\w{1,4}|exij\w{1,4}|exigen?)(?: de)?"
    r"(?: ninguna)? experiencia"
    r"|no experience(?: needed| required| necessary)?|without experience|(?:mi )?primer (?:empleo|trabajo)|first job"
    r"|entry[- ]level|principiantes?)\b"
)
YEARS_OF_EXPERIENCE = re.compile(
    rf"\b(?:(?:con|tengo|with|i have) )?{_NUMBER}\+? (?:anos?|meses|mes|years?|months?)(?: y medio)? (?:de |of )?"
    r"(?:experiencia|experience|exp)\b"
    rf"|\bexperiencia (?:de )?{_NUMBER} (?:anos?|meses|mes)\b"
)
_LANGUAGE_OF = dict(LANGUAGES)
_NAMES = "|".join(_LANGUAGE_OF)
_UNSPOKEN = (
    r"(?:que )?(?:sin|no|nada de|without)(?: (?:hablo|hablar|se|domino|pidan?|requier\w{1,4}|necesit\w{1,4}|saber|speak"
    r"|se requiere|exijan?|exige|se necesita))?(?: nada)?(?: de)?(?: el)?"
)
NO_LANGUAGE = re.compile(rf"\b(?:{_UNSPOKEN} (?P<after>{_NAMES})|(?P<before>{_NAMES}) no)\b")


_LEVELS = {
    LanguageLevel.A2: "basico|elemental|basic",
    LanguageLevel.B1: "intermedio|intermediate",
    LanguageLevel.C1: "avanzado|advanced|fluido|fluent",
    LanguageLevel.NATIVE: "nativo|native",
}
_LEVEL_OF = {word: level for level, words in _LEVELS.items() for word in words.split("|")} | {
    level.name.lower(): level for level in LanguageLevel if level is not LanguageLevel.NATIVE
}
_LEVEL = "|".join(_LEVEL_OF)
SPOKEN = re.compile(
    rf"\b(?:(?:con|hablo|tengo|manejo|se|with|i speak) )?(?:nivel (?:de )?)?"
    rf"(?:(?P<language>{_NAMES}) (?:(?:a )?nivel )?(?P<level>{_LEVEL})"
    rf"|(?P<english_level>basic|intermediate|advanced|fluent|native) (?P<english>{_NAMES}))\b"
)
TAUGHT = re.compile(
    r"\b(?:profesor\w{0,3}|docentes?|maestr\w|clases?|cursos?|tutor\w{0,3}|ensen\w{1,4}|dictar|aprender|teach\w{0,4})\b"
    r".{0,20}$"
)


def phrases_in(words: str) -> Iterator[Said]:
    """The limits that plain words state, but for hours, pay and places; earlier kinds take their words first."""
    for kind, find in _FINDERS:
        for value, found in find(words):
            yield kind, value, found.start(), found.end()


def _experience(words: str) -> Iterator[tuple[float, re.Match[str]]]:
    for found in NO_EXPERIENCE.finditer(words):
        yield 0.0, found
    for found in YEARS_OF_EXPERIENCE.finditer(words):
        read = read_experience(found[0].removeprefix("tengo "))
        if read is not None:
            yield read.value, found


def _languages(words: str) -> Iterator[tuple[frozenset[str], re.Match[str]]]:
    for found in NO_LANGUAGE.finditer(words):
        yield frozenset({_LANGUAGE_OF[found["after"] or found["before"]]}), found


def _spoken(words: str) -> Iterator[tuple[tuple[str, LanguageLevel], re.Match[str]]]:
    for found in SPOKEN.finditer(words):
        if not TAUGHT.search(words[: found.start()]):
            level = _LEVEL_OF[found["level"] or found["english_level"]]
            yield (_LANGUAGE_OF[found["language"] or found["english"]], level), found


def _hours_types(words: str) -> Iterator[tuple[frozenset[HoursType], re.Match[str]]]:
    for pattern, types in HOURS_TYPES:
        for found in pattern.finditer(words):
            yield types, found


def _modalities(words: str) -> Iterator[tuple[frozenset[Modality], re.Match[str]]]:
    for pattern, modalities in MODALITIES:
        for found in pattern.finditer(words):
            if not NOT_THE_WORKPLACE.search(words[max(0, found.start() - 14) : found.start()]):
                yield modalities, found


_FINDERS: tuple[tuple[ChipKind, Callable[[str], Iterator[tuple[Any, re.Match[str]]]]], ...] = (
    (ChipKind.EXPERIENCE, _experience),
    (ChipKind.LANGUAGES, _languages),
    (ChipKind.SPOKEN, _spoken),
    (ChipKind.HOURS_TYPE, _hours_types),
    (ChipKind.MODALITY, _modalities),
)
