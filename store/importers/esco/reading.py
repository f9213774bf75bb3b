"""A folder of ESCO's download as skills and occupations, ready to compile."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from engine.explain import Locale
from engine.learning_paths.classification import Classification
from engine.learning_paths.compiling import Labels, StatedOccupation, StatedSkill, compiled
from store.importers.esco.files import RELATIONS, esco_files, rows

URI, PREFERRED, OTHERS, HIDDEN, LEVEL = "conceptUri", "preferredLabel", "altLabels", "hiddenLabels", "reuseLevel"
LEVELS = {"transversal": 0, "cross-sector": 1, "sector-specific": 2, "occupation-specific": 3}
HIERARCHY, BETWEEN_SKILLS = "broaderRelationsSkillPillar", "skillSkillRelations"
# Lists of skills, whose rows name what is broader.
COLLECTIONS = (
    "transversalSkillsCollection",
    "digitalSkillsCollection",
    "languageSkillsCollection",
    "greenSkillsCollection",
)
BROADER = "broaderConceptUri"
_BAR = " | "


def read_classification(folder: Path) -> Classification:
    """The classification in a folder of ESCO's CSV files, compiled.

    Raises:
        InvalidInputError: a file is missing, or is not what its name says.
    """
    files = esco_files(folder)
    levels: dict[str, int] = {}
    skill_labels = _labels(files, "skills", levels)
    bases = _bases(files)
    skills = [
        StatedSkill(uri, labels, levels.get(uri, max(LEVELS.values())), bases.get(uri, ()))
        for uri, labels in skill_labels.items()
    ]
    needs: dict[str, dict[str, list[str]]] = {"essential": defaultdict(list), "optional": defaultdict(list)}
    for row in rows(files[RELATIONS], ("occupationUri", "relationType", "skillUri")):
        if row["relationType"] in needs:
            needs[row["relationType"]][row["occupationUri"]].append(row["skillUri"])
    occupations = [
        StatedOccupation(uri, labels, needs["essential"].get(uri, ()), needs["optional"].get(uri, ()))
        for uri, labels in _labels(files, "occupations").items()
    ]
    return compiled(skills, occupations, _digest(files))


def _labels(files: Mapping[str, Path], kind: str, levels: dict[str, int] | None = None) -> dict[str, Labels]:
    """The labels of all entries by address, in its order; `levels` takes in how wide each skill is."""
    preferred: dict[str, dict[Locale, str]] = defaultdict(dict)
    others: dict[str, dict[str, None]] = defaultdict(dict)
    columns = (URI, PREFERRED, OTHERS) if levels is None else (URI, PREFERRED, OTHERS, LEVEL)
    for locale in Locale:
        for row in rows(files[f"{kind}_{locale.value}"], columns):
            uri, label = row[URI], " ".join(row[PREFERRED].split())
            if not uri or not label or row.get("status", "released") not in ("", "released"):
                continue
            preferred[uri][locale] = label
            others[uri].update(dict.fromkeys((*_parts(row[OTHERS]), *_parts(row.get(HIDDEN, "")))))
            if levels is not None and row[LEVEL] in LEVELS:
                levels[uri] = LEVELS[row[LEVEL]]
    return {uri: Labels(preferred[uri], tuple(others[uri])) for uri in sorted(preferred)}


def _bases(files: Mapping[str, Path]) -> dict[str, list[str]]:
    """What comes before a skill: those that are essential for it, then those that are broader."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for uri, others in _pairs(files, BETWEEN_SKILLS, "originalSkillUri", "relatedSkillUri", _is_essential):
        found[uri].update(dict.fromkeys(others))
    for uri, others in _pairs(files, HIERARCHY, URI, "broaderUri"):
        found[uri].update(dict.fromkeys(others))
    for name in COLLECTIONS:
        for uri, others in _pairs(files, name, URI, BROADER):
            found[uri].update(dict.fromkeys(others))
    return {uri: list(others) for uri, others in found.items()}


def _pairs(
    files: Mapping[str, Path],
    name: str,
    column: str,
    other: str,
    counts: Callable[[Mapping[str, str]], bool] = lambda _: True,
) -> Iterator[tuple[str, Sequence[str]]]:
    """What a file of relations, where there is one, ties to each entry."""
    if name in files:
        for row in rows(files[name], (column, other)):
            if counts(row):
                yield row[column], _parts(row[other])


def _is_essential(row: Mapping[str, str]) -> bool:
    return row.get("relationType") == "essential"


def _parts(cell: str) -> list[str]:
    """The labels or addresses of a cell, which stand on lines of their own or between bars."""
    lines: Iterable[str] = cell.replace(_BAR, "\n").splitlines()
    return [part for line in lines if (part := " ".join(line.split()))]


def _digest(files: Mapping[str, Path]) -> str:
    """Names the exact files."""
    digest = hashlib.sha256()
    for name, path in sorted(files.items()):
        digest.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return f"sha256:{digest.hexdigest()[:16]}"
