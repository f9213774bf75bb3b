"""ESCO, the European classification of occupations, as contrastive texts: every title of an occupation in Spanish and
English, its description and its skills. The released body was tuned on occupations v1.2, skills v1.0 and v1.1.1.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import duckdb

from engine.reading.titles import plain_title, title_forms
from store.importers.esco.files import (
    NEEDED,
    OCCUPATIONS_EN,
    OCCUPATIONS_ES,
    RELATIONS,
    SKILLS_EN,
    SKILLS_ES,
    esco_files,
)

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
    files = esco_files(folder)
    with duckdb.connect() as connection:
        rows, skills = {}, {}
        for language, occupations, names in (("es", OCCUPATIONS_ES, SKILLS_ES), ("en", OCCUPATIONS_EN, SKILLS_EN)):
            query = connection.execute(_OCCUPATIONS, {"file": str(files[occupations])})
            rows[language] = {uri: (group, labels, text) for uri, group, labels, text in query.fetchall()}
            query = connection.execute(_SKILLS, {"relations": str(files[RELATIONS]), "file": str(files[names])})
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
    digest = hashlib.sha256(b"".join(files[name].read_bytes() for name in NEEDED)).hexdigest()
    return Esco(occupations_read, f"sha256:{digest[:16]}")


def _titles(labels: str) -> tuple[str, ...]:
    """Distinct plain titles, gender forms apart, in the order of the labels."""
    forms = (form for label in labels.splitlines() if label.strip() for form in title_forms(label))
    return tuple(dict.fromkeys(plain_title(form) for form in forms))
