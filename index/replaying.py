"""A bundle as it was served at a past moment: opened again, with the job changes that had been taken in by then.

Nothing else decides what the engine answers, but for the software; what ran is named by `software`. One exception:
after a database was put back to an earlier state, until the next bundle is built.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import engine
import index
from engine.errors import ArtifactError
from index.bundle import archive_of, bundle_folders
from index.serving import FollowedBundle, JobFeed, ServedBundle, open_bundle

CODE_DIGITS = 12
CODE = ("*.py", "*.toml")
# What multiplies, searches, encodes, splits words and knows the clocks of places.
LIBRARIES = ("numpy", "faiss", "ai-edge-litert", "sentencepiece", "tokenizers", "tzdata", "orjson")
DISTRIBUTIONS = {"faiss": "faiss-cpu"}  # where it has another name


def bundle_as_served(bundles: Path, version: str, past: JobFeed) -> ServedBundle:
    """The bundle `version` of the folder `bundles` with the changes of `past`, the feed as it was.

    Raises:
        ArtifactError: the bundle is not there any more, or damaged.
    """
    folders = (*bundle_folders(bundles), *bundle_folders(archive_of(bundles)))
    folder = next((path for path in folders if path.name == version), None)
    if folder is None:
        raise ArtifactError(
            f"bundle {version} is not kept any more",
            expected=f"the folder {version} in {bundles} or in {archive_of(bundles)}",
            fix="bring it back from a backup; where the second folder exists, old bundles are kept",
        )
    followed = FollowedBundle(open_bundle(folder))
    followed.catch_up(past)
    return followed.served


@cache
def software() -> tuple[tuple[str, str], ...]:
    """All that decides a bit of an answer, by name and version; `code` is the SHA-256 of the rooms that work it out.

    Of libraries that need not be installed those that are.
    """
    digest = hashlib.sha256()
    for room in (engine, index):
        folder = Path(room.__path__[0])
        for path in sorted(path for pattern in CODE for path in folder.rglob(pattern)):
            digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    code = digest.hexdigest()[:CODE_DIGITS]
    python = ("python", platform.python_version())
    return ("code", code), python, *((name, version) for name in LIBRARIES if (version := _installed(name)))


def differing_software(recorded: Mapping[str, str]) -> list[str]:
    """Each version that is another now than the recorded one, as "numpy 2.1.0, now 2.2.0"."""
    now = dict(software())
    return [
        f"{name} {recorded.get(name, 'not recorded')}, now {now.get(name, 'not installed')}"
        for name in {**recorded, **now}
        if recorded.get(name) != now.get(name)
    ]


def _installed(name: str) -> str | None:
    try:
        return version(DISTRIBUTIONS.get(name, name))
    except PackageNotFoundError:
        return None
