"""ESCO, the European classification of occupations, as contrastive texts: every title of an occupation in Spanish and
English, its description and its skills. Versions of the files are mixed (occupations v1.2, skills v1.0 and v1.1.1).

Source: European Commission, ESCO, https://esco.ec.europa.eu; free to reuse with attribution.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import duckdb

from engine.errors import InvalidInputError
from training.language.titles import plain_title, title_forms

OCCUPATIONS_ES, OCCUPATIONS_EN = "occupations_es.v1.2.csv.gz", "occupations_en.v1.2.csv.gz"
SKILLS_ES, SKILLS_EN = "skills_es.v1.0.csv.gz", "skills_en.v1.1.1.csv.gz"
RELATIONS = "occupationSkillRelations.v1.1.1.csv.gz"
FILES = (OCCUPATIONS_ES, OCCUPATIONS_EN, SKILLS_ES, SKILLS_EN, RELATIONS)
LANGUAGES = ("es", "en")

_OCCUPATIONS = """
select conceptUri, iscoGroup,
    concat_ws(chr(10), preferredLabel, altLabels, hiddenLabels), coalesce(description, '')
from read_csv($file, all_varchar = true, header = true, delim = ',', quote = '"', escape = '"')
where conceptUri is not null and iscoGroup is not null
"""
_SKILLS = """
select occupationUri, string_agg(preferredLabel, chr(10) order by preferredLabel)
from read_csv($relations, all_varchar = true) join
    (select conceptUri, preferredLabel
     from read_csv($file, all_varchar = true, header = true, delim = ',', quote = '"', escape = '"'))
    on skillUri = conceptUri
where relationType = 'essential' group by occupationUri
"""


@dataclass(frozen=True, slots=True)
class Occupation:
    """One occupation: its ISCO unit group, and by language its titles, description and essential skills."""

    uri: str
    isco_group: str
    titles: dict[str, tuple[str, ...]]
    description: dict[str, str]
    skills: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Esco:
    """The occupations that have a title in both languages, ordered by URI, and a name for the exact files."""

    occupations: tuple[Occupation, ...]
    version: str


def read_esco(folder: Path) -> Esco:
    """Read the classification.

    Raises:
        InvalidInputError: one of its files is missing.
    """
    for name in FILES:
        if not (folder / name).is_file():
            raise InvalidInputError(
                f"{folder / name} is missing", expected=", ".join(FILES), fix="name the folder of the ESCO download"
            )
    with duckdb.connect() as connection:
        rows, skills = {}, {}
        for language, occupations, names in (("es", OCCUPATIONS_ES, SKILLS_ES), ("en", OCCUPATIONS_EN, SKILLS_EN)):
            query = connection.execute(_OCCUPATIONS, {"file": str(folder / occupations)})
            rows[language] = {uri: (group, labels, text) for uri, group, labels, text in query.fetchall()}
            query = connection.execute(_SKILLS, {"relations": str(folder / RELATIONS), "file": str(folder / names)})
            skills[language] = dict(query.fetchall())
    occupations_read = tuple(
        Occupation(
            uri=uri,
            isco_group=rows["es"][uri][0],
            titles={language: _titles(rows[language][uri][1]) for language in LANGUAGES},
            description={language: rows[language][uri][2] for language in LANGUAGES},
            skills={language: tuple(skills[language].get(uri, "").splitlines()) for language in LANGUAGES},
        )
        for uri in sorted(rows["es"].keys() & rows["en"].keys())
    )
    digest = hashlib.sha256(b"".join((folder / name).read_bytes() for name in FILES)).hexdigest()
    return Esco(occupations_read, f"sha256:{digest[:16]}")


def _titles(labels: str) -> tuple[str, ...]:
    """Distinct plain titles, gender forms apart, in the order of the labels."""
    forms = (form for label in labels.splitlines() if label.strip() for form in title_forms(label))
    return tuple(dict.fromkeys(plain_title(form) for form in forms))
