"""Mails and messages that were written to files, where nothing is set to send them by: those of a person, and old ones,
are removed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from email.utils import parseaddr
from pathlib import Path

from engine.artifacts import sync
from store.identity_keys import email_key

PATTERNS = ("*.eml", "*.sms")  # both begin with whom they are to


def erase_written_mails(folder: Path, addresses: Collection[str], before: datetime) -> int:
    """Remove what was written to some addresses and numbers that were written before a moment; how many."""
    wanted = {email_key(address) for address in addresses}
    return _remove(folder, [file for file in _older(folder, before) if _recipient(file) in wanted])


def forget_written_mails(folder: Path, before: datetime) -> int:
    """Remove whatever was written before a moment; how many."""
    return _remove(folder, list(_older(folder, before)))


def _older(folder: Path, before: datetime) -> Iterator[Path]:
    for file in sorted(file for pattern in PATTERNS for file in folder.glob(pattern)):
        with suppress(FileNotFoundError):
            if file.stat().st_mtime < before.timestamp():
                yield file


def _recipient(file: Path) -> str:
    message = message_from_bytes(file.read_bytes(), policy=default)
    return email_key(parseaddr(str(message["To"]))[1])


def _remove(folder: Path, files: list[Path]) -> int:
    for file in files:
        file.unlink(missing_ok=True)
    if files:
        sync(folder)
    return len(files)
