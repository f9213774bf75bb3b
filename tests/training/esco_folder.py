"""A small classification in the files of an ESCO download, written by hand for tests."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

OCCUPATIONS: list[tuple[str, list[str], list[str], int]] = [
    # ISCO unit group, Spanish labels, English labels, the row of its skill
    ("2166", ["diseñador gráfico/diseñadora gráfica", "grafista"], ["graphic designer", "visual designer"], 0),
    ("2166", ["animador/animadora", "artista de animación"], ["animator", "animation artist"], 0),
    ("2163", ["diseñador de moda/diseñadora de moda", "modista creativo"], ["fashion designer", "stylist"], 1),
    ("2512", ["desarrollador de software", "programador"], ["software developer", "programmer"], 1),
    ("2513", ["desarrollador web/desarrolladora web", "maquetador web"], ["web developer", "web programmer"], 1),
    ("5223", ["vendedor/vendedora", "dependiente de comercio"], ["shop assistant", "sales assistant"], 2),
    ("5221", ["tendero/tendera", "dueño de tienda"], ["shopkeeper", "shop owner"], 2),
    ("2411", ["contable", "contador público"], ["accountant", "public accountant"], 2),
]
SKILLS = [("dibujar", "draw"), ("programar", "write code"), ("vender", "sell")]


def write_esco(folder: Path) -> Path:
    """Write the five files into `folder` and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for place, language in enumerate(("es", "en")):
        rows = []
        for number, (group, spanish, english, skill) in enumerate(OCCUPATIONS):
            labels = (spanish, english)[place]
            rows.append(
                {
                    "conceptUri": f"occupation/{number}",
                    "iscoGroup": group,
                    "preferredLabel": labels[0],
                    "altLabels": "\n".join(labels[1:]),
                    "hiddenLabels": "",
                    "description": f"{labels[0]}: {SKILLS[skill][place]}. Más.",
                }
            )
        _write(folder / f"occupations_{language}.v1.2.csv.gz", rows)
        version = {"es": "v1.0", "en": "v1.1.1"}[language]
        skills = [{"conceptUri": f"skill/{n}", "preferredLabel": pair[place]} for n, pair in enumerate(SKILLS)]
        _write(folder / f"skills_{language}.{version}.csv.gz", skills)
    relations = [
        {"occupationUri": f"occupation/{number}", "relationType": "essential", "skillUri": f"skill/{one[3]}"}
        for number, one in enumerate(OCCUPATIONS)
    ]
    _write(folder / "occupationSkillRelations.v1.1.1.csv.gz", relations)
    return folder


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(gzip.compress(text.getvalue().encode()))
