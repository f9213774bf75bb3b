"""The files of an ESCO download, by both ways that they are named: skills_es.csv, and skills_es.v1.0.csv.gz.

Source: European Commission, ESCO, https://esco.ec.europa.eu; free to reuse with attribution.
"""

from __future__ import annotations

import csv
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.errors import InvalidInputError
from store.importers.gzip_files import BoundedGzipFile

SKILLS_ES, SKILLS_EN = "skills_es", "skills_en"
OCCUPATIONS_ES, OCCUPATIONS_EN = "occupations_es", "occupations_en"
RELATIONS = "occupationSkillRelations"
NEEDED = (OCCUPATIONS_ES, OCCUPATIONS_EN, SKILLS_ES, SKILLS_EN, RELATIONS)
LONGEST_FIELD = 2**20
MOST_NAMED = 6
FIX = (
    "descarga ESCO en CSV, en español y en inglés, y descomprime ambos en una carpeta / "
    "download ESCO as CSV in Spanish and English and unpack both into one folder: "
    "https://esco.ec.europa.eu/en/use-esco/download"
)
_NAME = re.compile(r"(?P<name>[A-Za-z]+?)(?P<language>_[a-z]{2})?(?:\.v(?P<version>[\d.]*\d))?\.csv(?:\.gz)?")


def esco_files(folder: Path, needed: Sequence[str] = NEEDED) -> dict[str, Path]:
    """The files of a download by name (`skills_es`; `occupationSkillRelations`, whatever language it is in).

    Raises:
        InvalidInputError: there is no such folder, or a needed file is not in it.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as cause:
        raise InvalidInputError(
            f"{folder} no se puede leer / cannot be read", expected="una carpeta / a folder", fix=FIX
        ) from cause
    found: dict[str, tuple[tuple[int, ...], Path]] = {}
    for path in paths:
        if parts := _NAME.fullmatch(path.name):
            version = tuple(int(number) for number in (parts["version"] or "").split(".") if number)
            # A table without labels is the same in each language's download.
            for name in (parts["name"] + (parts["language"] or ""), parts["name"]):
                if name not in found or version > found[name][0]:
                    found[name] = (version, path)
    missing = [name for name in needed if name not in found]
    if missing:
        names = [path.name for path in paths[:MOST_NAMED]]
        raise InvalidInputError(
            f"{folder} no es una descarga de ESCO completa / is no complete ESCO download",
            expected=f"{', '.join(missing)} (.csv)",
            got=", ".join(names) + (" …" if len(paths) > MOST_NAMED else "") or "nada / nothing",
            fix=FIX,
        )
    return {name: path for name, (_, path) in found.items()}


def rows(path: Path, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    """The rows of a file by column; raises InvalidInputError where a column is missing or it cannot be read."""
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_FIELD))
    try:
        with (
            BoundedGzipFile(path) if path.suffix == ".gz" else path.open("rb") as packed,
            io.TextIOWrapper(packed, encoding="utf-8-sig", newline="") as file,
        ):
            reader = csv.DictReader(file)
            header = reader.fieldnames or []
            if missing := [column for column in columns if column not in header]:
                raise InvalidInputError(
                    f"{path.name} no es la tabla de ESCO / is not ESCO's table",
                    expected=f"las columnas / the columns {', '.join(missing)}",
                    got=", ".join(str(name)[:40] for name in header[:MOST_NAMED]) or "nada / nothing",
                    fix=FIX,
                )
            for row in reader:
                fields = {name: value or "" for name, value in row.items() if isinstance(name, str)}
                if max(map(len, fields.values())) > LONGEST_FIELD:  # the module's limit is whoever's asked for more
                    raise csv.Error
                yield fields
    except (OSError, EOFError, zlib.error, UnicodeDecodeError, csv.Error) as cause:
        raise InvalidInputError(
            f"{path.name} no se puede leer / cannot be read ({type(cause).__name__})",
            expected="CSV en UTF-8 / CSV in UTF-8",
            fix=FIX,
        ) from cause
