"""A classification's skills and occupations, numbered: their labels and what needs what, in one file, checked whole.

The file is a line of JSON (format, counts, arrays, checksum) and what it lists, compressed.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from engine.artifacts import write_atomically
from engine.errors import ArtifactError
from engine.explain import Locale
from engine.learning_paths.key_table import KeyTable

FILE = "esco.paths"
FORMAT_VERSION = 1
FIX = "compílalo de nuevo / compile it again: chamba esco FOLDER"
LARGEST_BYTES = 2**28


class Names(NamedTuple):
    """The addresses of entries, and their labels by language; empty where a language has none."""

    uris: Sequence[str]
    labels: Mapping[str, Sequence[str]]

    def label(self, number: int, locale: Locale) -> str:
        """The label of an entry in a language."""
        return self.labels[locale.value][number]


@dataclass(frozen=True, slots=True)
class Lists:
    """A list of numbers for each entry, end to end: entry `n` has `values[offsets[n] : offsets[n + 1]]`."""

    offsets: NDArray[np.int32]
    values: NDArray[np.int32]

    @classmethod
    def joined(cls, lists: Sequence[Sequence[int]]) -> Lists:
        """The lists end to end."""
        offsets = np.cumsum([0, *map(len, lists)]).astype(np.int32)
        return cls(offsets, np.array([value for one in lists for value in one], np.int32))

    def of(self, number: int) -> NDArray[np.int32]:
        """The list of an entry."""
        return self.values[self.offsets[number] : self.offsets[number + 1]]

    def turned(self, size: int) -> Lists:
        """For each value, of which there are `size`, the entries that list it."""
        entries = np.repeat(np.arange(len(self.offsets) - 1, dtype=np.int32), np.diff(self.offsets))
        offsets = np.concatenate([[0], np.cumsum(np.bincount(self.values, minlength=size))]).astype(np.int32)
        return Lists(offsets, entries[np.argsort(self.values, kind="stable")])


@dataclass(frozen=True)
class Classification:
    """S skills and O occupations.

    `levels` `[S]`: 0 for skills of all work, then wider to narrower. `bases`: for each skill those that come before it.
    `essential`, `optional`: for each occupation the skills that it needs, or that help. `source` names the files that
    it was compiled from.
    """

    skills: Names
    occupations: Names
    skill_keys: KeyTable
    occupation_keys: KeyTable
    levels: NDArray[np.uint8]
    bases: Lists
    essential: Lists
    optional: Lists
    source: str = field(default="")

    @cached_property
    def needing(self) -> Lists:
        """For each skill the occupations that need it."""
        return self.essential.turned(len(self.skills.uris))

    @cached_property
    def helped(self) -> Lists:
        """For each skill the occupations that it helps in."""
        return self.optional.turned(len(self.skills.uris))

    @property
    def counts(self) -> dict[str, int]:
        """How much it holds."""
        return {
            "skills": len(self.skills.uris),
            "occupations": len(self.occupations.uris),
            "labels": len(self.skill_keys.hashes),
            "titles": len(self.occupation_keys.hashes),
            "bases": len(self.bases.values),
            "essential": len(self.essential.values),
            "optional": len(self.optional.values),
        }

    def save(self, path: Path) -> int:
        """Write the file, whole or not at all; how many bytes it has."""
        arrays = self._arrays()
        names = {"skills": self.skills._asdict(), "occupations": self.occupations._asdict()}
        body = zlib.compress(b"".join(array.tobytes() for array in arrays.values()) + orjson.dumps(names), 9)
        header = {
            "format_version": FORMAT_VERSION,
            "source": self.source,
            "counts": self.counts,
            "arrays": [[name, array.dtype.str, len(array)] for name, array in arrays.items()],
            "sha256": hashlib.sha256(body).hexdigest(),
        }
        content = orjson.dumps(header) + b"\n" + body
        write_atomically(path, content)
        return len(content)

    @classmethod
    def open(cls, path: Path) -> Classification:
        """The classification that `save` wrote; raises ArtifactError for a missing, damaged or foreign file."""
        try:
            line, _, body = path.read_bytes().partition(b"\n")
        except OSError as cause:
            raise ArtifactError(f"{path} cannot be read ({type(cause).__name__})", fix=FIX) from cause
        header = _header(line, path)
        got = hashlib.sha256(body).hexdigest()
        if got != header.get("sha256"):
            expected = f"SHA-256 {str(header.get('sha256'))[:12]}…"
            raise ArtifactError(f"{path} está dañado / is damaged", expected=expected, got=f"{got[:12]}…", fix=FIX)
        try:
            found = cls._read(header, zlib.decompressobj().decompress(body, LARGEST_BYTES))
            _ = found.needing, found.helped  # worked out here, not in somebody's request
        except (KeyError, TypeError, ValueError, IndexError, zlib.error) as cause:
            raise ArtifactError(f"{path} está dañado / is damaged ({type(cause).__name__})", fix=FIX) from cause
        return found

    @classmethod
    def _read(cls, header: Mapping[str, Any], content: bytes) -> Classification:
        arrays, start = {}, 0
        for name, dtype, length in header["arrays"]:
            arrays[name] = np.frombuffer(content, np.dtype(dtype), length, start)
            start += arrays[name].nbytes
        names = orjson.loads(content[start:])
        skills, occupations = (Names(**names[kind]) for kind in ("skills", "occupations"))
        bases, essential, optional = (
            Lists(arrays[f"{name}_offsets"], arrays[f"{name}_values"]) for name in ("bases", "essential", "optional")
        )
        skill_keys, occupation_keys = (
            KeyTable(arrays[f"{kind}_hashes"], arrays[f"{kind}_numbers"], arrays[f"{kind}_acronyms"])
            for kind in ("skill", "occupation")
        )
        levels, source = arrays["levels"], header["source"]
        return cls(skills, occupations, skill_keys, occupation_keys, levels, bases, essential, optional, source)

    def _arrays(self) -> dict[str, NDArray[Any]]:
        arrays: dict[str, NDArray[Any]] = {}
        for kind, keys in (("skill", self.skill_keys), ("occupation", self.occupation_keys)):
            arrays |= {
                f"{kind}_hashes": keys.hashes,
                f"{kind}_numbers": keys.numbers,
                f"{kind}_acronyms": keys.acronyms,
            }
        for name, lists in (("bases", self.bases), ("essential", self.essential), ("optional", self.optional)):
            arrays |= {f"{name}_offsets": lists.offsets, f"{name}_values": lists.values}
        return arrays | {"levels": self.levels}


def _header(line: bytes, path: Path) -> dict[str, Any]:
    try:
        header = orjson.loads(line)
    except orjson.JSONDecodeError:
        header = None
    version = header.get("format_version") if isinstance(header, dict) else None
    if not isinstance(header, dict) or version != FORMAT_VERSION:
        raise ArtifactError(
            f"{path} es de otro formato / is of another format",
            expected=f"format_version {FORMAT_VERSION}",
            got=str(version),
            fix=FIX,
        )
    return header
