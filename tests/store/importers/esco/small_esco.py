"""A classification of a few skills and two occupations in the files of an ESCO download, invented for tests."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

ADDRESS = "http://data.europa.eu/esco"
# Spanish and English name, other names in each, how wide, what comes before.
SKILLS: dict[str, tuple[str, str, list[str], list[str], str, list[str]]] = {
    "counts": ("llevar cuentas", "keep accounts", [], [], "cross-sector", []),
    "tables": ("tablas de números", "number tables", [], [], "cross-sector", []),
    "sheets": (
        "utilizar Hojas Kallpa",
        "use Kallpa Sheets",
        ["planillas Kallpa"],
        ["HK"],
        "sector-specific",
        ["tables"],
    ),
    "papers": ("ordenar papeles", "sort papers", ["archivar papeles"], [], "transversal", []),
    "phone": ("atender por teléfono", "answer the telephone", [], [], "sector-specific", []),
    "seals": ("sellar cartas andinas", "seal Andean letters", [], [], "occupation-specific", []),
    "trout": ("criar truchas", "raise trout", [], [], "sector-specific", []),
    "kapa": ("KAPA", "KAPA", [], [], "sector-specific", ["tables"]),
    "first": ("resolver reclamos", "resolve complaints", ["arreglar líos"], [], "cross-sector", ["papers"]),
    "second": ("mediar", "mediate", ["arreglar líos"], [], "cross-sector", ["papers"]),
    "alone": ("tejer mantas", "weave blankets", [], [], "sector-specific", []),
}
OCCUPATIONS: dict[str, tuple[str, str, list[str], list[str]]] = {
    "helper": (
        "ayudante rural/ayudanta rural de oficina",
        "rural office helper",
        ["secretario rural/secretaria rural de oficina"],
        [],
    ),
    "farmer": ("criador/criadora de truchas", "trout farmer", ["jefe"], []),
}
NEEDS = {
    "helper": (["counts", "sheets", "papers", "phone", "seals"], ["kapa"]),
    "farmer": (["trout", "counts"], []),
}


def uri(kind: str, name: str) -> str:
    """The address of a skill or an occupation."""
    return f"{ADDRESS}/{kind}/{name}"


def write_esco(folder: Path, *, is_official: bool = True) -> Path:
    """Write the files as the download names them, or with versions and compressed, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for place, language in enumerate(("es", "en")):
        skills = [
            {
                "conceptUri": uri("skill", name),
                "preferredLabel": (one[0], one[1])[place],
                "altLabels": "\n".join((one[2], one[3])[place]),
                "reuseLevel": one[4],
                "status": "released",
            }
            for name, one in SKILLS.items()
        ]
        occupations = [
            {
                "conceptUri": uri("occupation", name),
                "preferredLabel": (spanish, english)[place],
                "altLabels": " | ".join(others[place]),
                "iscoGroup": "0000",
                "hiddenLabels": "",
                "description": "",
            }
            for name, (spanish, english, *others) in OCCUPATIONS.items()
        ]
        _write(folder, "skills_" + language, skills, "" if is_official else ".v1.0")
        _write(folder, "occupations_" + language, occupations, "" if is_official else ".v1.2")
    relations = [
        {"occupationUri": uri("occupation", name), "relationType": kind, "skillUri": uri("skill", skill)}
        for name, needs in NEEDS.items()
        for kind, skills in zip(("essential", "optional"), needs, strict=True)
        for skill in skills
    ]
    bases = [(uri("skill", name), uri("skill", base)) for name, one in SKILLS.items() for base in one[5]]
    if is_official:
        _write(folder, "occupationSkillRelations_es", relations)
        broader = [{"conceptUri": one, "broaderUri": base} for one, base in bases]
        _write(folder, "broaderRelationsSkillPillar_es", broader)
    else:
        _write(folder, "occupationSkillRelations", relations, ".v1.1.1")
        broader = [{"conceptUri": one, "broaderConceptUri": f"{base} | {ADDRESS}/isced-f/0613"} for one, base in bases]
        _write(folder, "digitalSkillsCollection_es", broader, ".v1.2")
    return folder


def _write(folder: Path, name: str, rows: list[dict[str, str]], version: str = "") -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    content = text.getvalue().encode()
    if version:
        (folder / f"{name}{version}.csv.gz").write_bytes(gzip.compress(content))
    else:
        (folder / f"{name}.csv").write_bytes(b"\xef\xbb\xbf" + content)
