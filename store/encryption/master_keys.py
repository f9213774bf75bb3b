"""Master keys: a file of keys that wrap the data keys, each line `key_id base64url-of-32-bytes`.

The first key wraps, all of them unwrap; blank lines and those that begin with # are passed over. To change the master
key, put a new line on top, on every machine, then `chamba keys rewrap`, then take the old line out.
"""

from __future__ import annotations

import logging
import os
import re
import tempfile
from base64 import urlsafe_b64decode, urlsafe_b64encode
from pathlib import Path

from cryptography.exceptions import InvalidTag

from engine.artifacts import sync
from engine.errors import ArtifactError, InvalidInputError
from store.encryption.aes_gcm import KEY_BYTES, decrypt, encrypt
from store.ids import new_id

log = logging.getLogger("chamba.store")

FILE_NAME = "master.keys"
READABLE_BY_OTHERS = 0o077
HEADER = (
    "# Chamba's master keys. Who loses this file loses every private value: keep a copy apart from the database's.\n"
)
# An id is shorter than a key, so that no key in the place of an id is ever shown as one.
_KEY_ID = re.compile(r"[A-Za-z0-9._-]{1,40}")
_KEY = re.compile(r"[A-Za-z0-9_-]{43}=?")


class MasterKeys:
    """The keys of one file, which is read again before a key is wrapped and when a key id is not known.

    So a running server follows the file, and no data key is wrapped under a key that an operator has put out of use.
    """

    def __init__(self, path: Path) -> None:
        """The keys of `path`; raises ArtifactError or InvalidInputError as `open_master_keys` does."""
        self.path = path
        self._keys = _read(path)

    def current_id(self) -> str:
        """The id of the key that wraps, by the file as it is now."""
        self._keys = _read(self.path)
        return next(iter(self._keys))

    def wrap(self, secret: bytes, context: bytes) -> tuple[str, bytes]:
        """The current key's id and `secret` encrypted under it, bound to `context`."""
        key_id = self.current_id()
        return key_id, encrypt(self._keys[key_id], secret, context)

    def unwrap(self, key_id: str, wrapped: bytes, context: bytes) -> bytes:
        """What `wrap` was given.

        Raises:
            ArtifactError: the file has no key of that id, or another than wrapped it, or `wrapped` was altered.
        """
        if key_id not in self._keys:
            self._keys = _read(self.path)
        if key_id not in self._keys:
            raise ArtifactError(
                f"{self.path} lacks a master key that data keys are wrapped under",
                expected=f"a line that begins with {key_id}",
                got=", ".join(self._keys),
                fix="put that line back, or state the file that has it: --master-keys, CHAMBA_MASTER_KEYS",
            )
        try:
            return decrypt(self._keys[key_id], wrapped, context)
        except InvalidTag as cause:
            raise ArtifactError(
                f"master key {key_id} of {self.path} does not unwrap a data key",
                expected="the key that wrapped it",
                got="another key of that id, or a data key that was altered",
                fix="restore that line of the file, or the table data_keys, from a backup",
            ) from cause


def open_master_keys(path: Path) -> MasterKeys:
    """The keys of a file; warns in the log when others than its owner can read it.

    Raises:
        ArtifactError: the file is missing or cannot be read.
        InvalidInputError: a line is no key, two have the same id, or there is none; no key is ever shown.
    """
    keys = MasterKeys(path)
    if path.stat().st_mode & READABLE_BY_OTHERS:
        log.warning("%s can be read by others than its owner; chmod 600 it", path)
    return keys


def create_master_keys(path: Path) -> MasterKeys:
    """Write a file with one new key, whole or not at all, for its owner alone.

    Raises:
        ArtifactError: there is such a file, which is left as it is, or it cannot be written.
    """
    line = f"{new_id()} {urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()}\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(HEADER + line)
                file.flush()
                os.fsync(file.fileno())
            os.link(temporary, path)  # a rename would replace the file of a process that was faster
        except FileExistsError as cause:
            raise ArtifactError(f"{path} is there already", fix="open it, or name another file") from cause
        finally:
            Path(temporary).unlink()
        sync(path.parent)
    except OSError as cause:
        raise ArtifactError(f"{path} cannot be written", got=str(cause.strerror), fix="name another file") from cause
    return open_master_keys(path)


def master_keys_of(data_dir: Path, stated_path: Path | None = None) -> MasterKeys:
    """The keys of the stated file, or those of `data_dir`, whose file is made when it is first asked for.

    Processes that ask at once get the same keys. Raises ArtifactError or InvalidInputError as `open_master_keys`
    does; a stated file is never made, since a misspelt path would make keys that open nothing.
    """
    if stated_path is not None:
        return open_master_keys(stated_path)
    path = data_dir / FILE_NAME
    if not path.exists():
        try:
            return create_master_keys(path)
        except ArtifactError:
            if not path.exists():
                raise
    return open_master_keys(path)


def _read(path: Path) -> dict[str, bytes]:
    """Key id → 32 bytes, in the file's order."""
    try:
        text = path.read_bytes().decode("utf-8-sig", "replace")
    except FileNotFoundError as cause:
        raise ArtifactError(
            f"there is no {path}", expected="a file of master keys", fix="state it: --master-keys, CHAMBA_MASTER_KEYS"
        ) from cause
    except OSError as cause:
        raise ArtifactError(f"{path} cannot be read", got=str(cause.strerror)) from cause
    keys: dict[str, bytes] = {}
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        fault = _fault(words, keys)
        if fault:
            raise InvalidInputError(
                f"line {number} of {path} is no master key",
                expected="an id of its own and 32 bytes in base64url (43 characters), a space between",
                got=fault,
            )
        keys[words[0]] = urlsafe_b64decode(words[1].rstrip("=") + "=")
    if not keys:
        raise InvalidInputError(f"{path} has no master key", expected="at least one line: key_id base64url-of-32-bytes")
    return keys


def _fault(words: list[str], keys: dict[str, bytes]) -> str:
    """What is wrong with a line, in words that show none of it; empty when nothing is."""
    if len(words) != 2:
        return f"{len(words)} words"
    if not _KEY_ID.fullmatch(words[0]):
        return "an id that is too long or has other characters than A-Z a-z 0-9 . _ -"
    if not _KEY.fullmatch(words[1]):
        return f"a key of {len(words[1])} characters, or with others than A-Z a-z 0-9 _ -"
    return "an id that an earlier line has" if words[0] in keys else ""
