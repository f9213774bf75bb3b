"""Files that are written whole or not at all, and folders whose manifest lists every file's checksum."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from engine.errors import ArtifactError

READABLE_BY_ALL = 0o644
LOCK = ".lock"


def file_checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Make a file's content, or a folder's entries, survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_atomically(path: Path, content: bytes) -> None:
    """Write `content` to `path`: a reader sees the old file or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(handle, READABLE_BY_ALL)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    sync(path.parent)


def point_link(link: Path, target: str) -> None:
    """Make the symbolic link `link` point to `target` with one rename."""
    temporary = link.with_name(f".{link.name}.{os.getpid()}")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target)
    temporary.replace(link)
    sync(link.parent)


@contextmanager
def only_one(folder: Path, busy: str) -> Iterator[None]:
    """Hold the lock of a folder, made if it is missing; the kernel frees it however the process ends.

    Raises:
        ArtifactError: another process holds it; `busy` says what that one does.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as cause:
            raise ArtifactError(f"{busy} {folder}", fix="wait until it has ended, then run it again") from cause
        yield


def seal_folder(folder: Path, manifest_name: str, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Write the manifest of a finished folder, with the checksum of every file in it, and sync all of it.

    A folder within that has been sealed already is listed with its manifest.
    """
    contents = sorted(folder.rglob("*"))
    for path in contents:
        sync(path)
    files = [path for path in contents if path.is_file() and path != folder / manifest_name]
    sealed = dict(manifest) | {"files": {str(path.relative_to(folder)): file_checksum(path) for path in files}}
    write_atomically(folder / manifest_name, orjson.dumps(sealed, option=orjson.OPT_INDENT_2))
    return sealed


def read_manifest(folder: Path, manifest_name: str, format_version: int, fix: str) -> dict[str, Any]:
    """The manifest of a folder after checking its format and every listed file.

    Raises:
        ArtifactError: the folder, its manifest or a file is missing, damaged or of another format.
    """
    manifest = peek_manifest(folder, manifest_name, format_version, fix)
    for name, expected in manifest["files"].items():
        _check_file(folder / name, expected, fix)
    return manifest


def peek_manifest(folder: Path, manifest_name: str, format_version: int, fix: str) -> dict[str, Any]:
    """The manifest of a folder after checking its format alone; raises ArtifactError as `read_manifest` does."""
    path = folder / manifest_name
    try:
        manifest: dict[str, Any] = orjson.loads(path.read_bytes())
    except FileNotFoundError as cause:
        raise ArtifactError(f"there is no {manifest_name} in {folder}", fix=fix) from cause
    except orjson.JSONDecodeError as cause:
        raise ArtifactError(f"{path} is damaged", expected="JSON", fix=fix) from cause
    got = manifest.get("format_version") if isinstance(manifest, dict) else None
    if got != format_version:
        raise ArtifactError(
            f"{path} is of another format", expected=f"format_version {format_version}", got=str(got), fix=fix
        )
    return manifest


def _check_file(path: Path, expected: str, fix: str) -> None:
    if not path.is_file():
        raise ArtifactError(f"{path} is missing", fix=fix)
    got = file_checksum(path)
    if got != expected:
        raise ArtifactError(f"{path} is damaged", expected=f"SHA-256 {expected[:12]}…", got=f"{got[:12]}…", fix=fix)


def link_or_copy(source: Path, target: Path) -> None:
    """A second name for an immutable file, or a copy where the file system has no hard links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
