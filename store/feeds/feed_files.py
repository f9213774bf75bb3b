"""Feed files: which source is read, how and how often, a small TOML file each in `data/feeds/`.

    kind = "greenhouse"        # or lever, ashby, getonboard, remotive, remoteok; sitemap, rss, xml, json
    board = "taller-andino"    # an employer's name at the board; for the rest `address`
    every = "6h"
    [facts]                    # what is true of all its postings and not said in them
    employer = "Taller Andino"

The file's name is the feed's, and the source of its jobs. Its mapping is its kind's unless it names one.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from engine.documents.jobs import job_document, job_from_document
from engine.errors import ChambaError, InvalidInputError
from store.feeds.boards import BOARDS, Paging
from store.fetching.requests import address_of
from store.importers.postings.mapping import SOURCES, SourceMapping, load_mapping, source_names

NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
EVERY = re.compile(r"([1-9]\d{0,3}) ?([mhd])")
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
TAKEN_NAMES = frozenset({"api", "sample"})  # the sources of other jobs
DIGEST_DIGITS = 16
OTHER_MAPPINGS = {"sitemap": "jobposting", "rss": "rss", "xml": "xml-jobs"}
ITEMS = {"rss": "item", "xml": "job"}

Kind = Literal["greenhouse", "lever", "ashby", "getonboard", "remotive", "remoteok", "sitemap", "rss", "xml", "json"]


class FeedFile(BaseModel):
    """What a feed file states."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Kind
    every: str = "1d"
    board: Annotated[str, Field(pattern=r"^[A-Za-z0-9._~-]{1,100}$")] | None = None
    address: str | None = None
    mapping: str | None = None
    items: str | None = None
    paging: Paging | None = None
    pages: str | None = None
    hosts: tuple[str, ...] = ()
    gap_seconds: Annotated[float, Field(ge=0.1, le=3600)] = 1.0
    most_pages: Annotated[int, Field(ge=1, le=1_000_000)] = 10_000
    most_minutes: Annotated[int, Field(ge=1, le=1440)] = 60
    most_megabytes: Annotated[int, Field(ge=1, le=256)] = 32
    obeys_robots: bool = True
    facts: dict[str, Any] = {}

    @field_validator("every")
    @classmethod
    def _is_a_time(cls, every: str) -> str:
        if EVERY.fullmatch(every) is None:
            raise ValueError('expected a time such as "30m", "6h" or "1d"')
        return every

    @field_validator("pages")
    @classmethod
    def _is_a_pattern(cls, pages: str | None) -> str | None:
        try:
            re.compile(pages or "")
        except re.error as cause:
            raise ValueError(f"expected a regular expression; {cause}") from cause
        return pages

    @model_validator(mode="after")
    def _has_an_address(self) -> FeedFile:
        stated = BOARDS.get(self.kind)
        if self.address is None and (stated is None or ("{board}" in stated.address and self.board is None)):
            raise ValueError(f'kind "{self.kind}" needs {"a board or an address" if stated else "an address"}')
        if self.kind == "json" and self.mapping is None:
            raise ValueError('kind "json" needs a mapping')
        if not self.obeys_robots and self.kind not in (*BOARDS, "json"):
            raise ValueError("robots.txt is for who reads pages: only an API may be read without it")
        return self


class Feed:
    """A feed: what its file states, completed by its kind, with the mapping that its postings are read by."""

    def __init__(self, name: str, file: FeedFile, mapping: SourceMapping, reading_digest: str) -> None:
        self.name, self.file, self.mapping = name, file, mapping
        self.reading_digest = reading_digest[:DIGEST_DIGITS]
        board = BOARDS.get(file.kind)
        template = file.address or (board.address if board else "")
        self.address = str(address_of(template.replace("{board}", file.board or "")))
        self.items = file.items if file.items is not None else board.items if board else ITEMS.get(file.kind, "")
        self.paging = file.paging or (board.paging if board else Paging.NONE)
        self.hosts = frozenset({address_of(self.address).host, *file.hosts})
        number, unit = EVERY.fullmatch(file.every).groups()  # type: ignore[union-attr]  # validated above
        self.every = int(number) * UNITS[unit]

    @property
    def most_bytes(self) -> int:
        """How large a document may be."""
        return self.file.most_megabytes * 2**20


def load_feeds(folder: Path) -> tuple[list[Feed], dict[str, str]]:
    """The feeds of a folder by name, and of each file that cannot be used, why; mappings may lie beside them."""
    feeds, unusable = [], {}
    for path in sorted(folder.glob("*.toml")):
        if _is_mapping(path):
            continue
        try:
            feeds.append(load_feed(path))
        except ChambaError as error:
            unusable[path.stem] = str(error)
    return feeds, unusable


def load_feed(path: Path) -> Feed:
    """The feed of a file; raises InvalidInputError."""
    name = path.stem
    if NAME.fullmatch(name) is None or name in TAKEN_NAMES:
        raise _unusable(path, "a name of small letters, digits and hyphens", repr(name))
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        file = FeedFile.model_validate(table)
        mapping, text = _mapping(path.parent, file)
        facts = job_from_document({"title": "-", **job_document(mapping.facts), **file.facts, "source": name})
        mapping = replace(mapping, name=name, facts=facts)
        digest = hashlib.sha256(orjson.dumps([text, table], option=orjson.OPT_SORT_KEYS)).hexdigest()
        return Feed(name, file, mapping, digest)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise _unusable(path, "a TOML file", str(cause)) from cause
    except ValidationError as cause:
        first = cause.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise _unusable(path, f"another {where}", first["msg"]) from cause
    except ChambaError as cause:
        raise _unusable(path, "a feed that can be read", str(cause)) from cause


def _is_mapping(path: Path) -> bool:
    try:
        return "fields" in tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return False


def _mapping(folder: Path, file: FeedFile) -> tuple[SourceMapping, str]:
    """The mapping of a feed and its text; one that is named by a path lies beside the feed's file, or anywhere."""
    board = BOARDS.get(file.kind)
    name = file.mapping or (board.mapping if board else OTHER_MAPPINGS[file.kind])
    if name in source_names():
        return load_mapping(name), (SOURCES / f"{name}.toml").read_text(encoding="utf-8")
    return load_mapping(str(folder / name)), (folder / name).read_text(encoding="utf-8", errors="replace")


def _unusable(path: Path, expected: str, got: str) -> InvalidInputError:
    return InvalidInputError(f"the feed {path.name} cannot be used", expected=expected, got=got)
