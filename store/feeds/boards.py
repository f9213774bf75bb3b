"""The public JSON boards that employers use, each by its own documentation: where it answers, how it pages.

| kind | documented at |
|---|---|
| `greenhouse` | developers.greenhouse.io/job-board.html |
| `lever` | github.com/lever/postings-api |
| `ashby` | developers.ashbyhq.com/docs/public-job-posting-api |
| `getonboard` | api-doc.getonbrd.com |
| `remotive` | github.com/remotive-com/remote-jobs-api |
| `remoteok` | remoteok.com/api |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Paging(StrEnum):
    """How a board is asked for what comes after a page of postings."""

    NONE = "none"
    SKIP = "skip"  # ?skip=N, the number of postings before
    PAGE = "page"  # ?page=N, from 1


@dataclass(frozen=True, slots=True)
class Board:
    """A board: `{board}` of `address` is an employer's name there; `items` is the dotted name of its postings.

    A posting whose `listed` is false is not for everybody.
    """

    address: str
    mapping: str
    items: str = ""
    paging: Paging = Paging.NONE
    listed: str = ""


BOARDS: Mapping[str, Board] = {
    "greenhouse": Board("https://boards-api.greenhouse.io/v1/boards/{board}/jobs?content=true", "greenhouse", "jobs"),
    "lever": Board("https://api.lever.co/v0/postings/{board}?mode=json&limit=100", "lever", paging=Paging.SKIP),
    "ashby": Board(
        "https://api.ashbyhq.com/posting-api/job-board/{board}?includeCompensation=true",
        "ashby",
        "jobs",
        listed="isListed",
    ),
    "getonboard": Board(
        'https://www.getonbrd.com/api/v0/categories/{board}/jobs?per_page=100&expand=["company"]',
        "getonboard",
        "data",
        Paging.PAGE,
    ),
    "remotive": Board("https://remotive.com/api/remote-jobs", "remotive", "jobs"),
    "remoteok": Board("https://remoteok.com/api", "remoteok"),
}
