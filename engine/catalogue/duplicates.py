"""What tells which ads are the same job again: the same title of the same employer in the same place, or its ad in
other words.

An ad in other words is told by its title (`engine.catalogue.title_words`), by its words, and by the likeness of the
work, which is that of vectors. The signature is of all its words (SimHash: Charikar, 2002, "Similarity estimation
techniques from rounding algorithms"): the more words two ads share, the fewer bits differ. `engine.reranking.copies`
compares.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.catalogue.title_words import level_of, words_of_the_work
from engine.jobs import Job, Modality
from engine.normal_forms import nfc
from engine.skills import normalised_words

TITLE_WEIGHT = 4
MOST_WORDS_SIGNED = 400
NO_OWNER = 0
# Legal forms at a name's end, without their full stops; written out, they are these too.
_LEGAL_FORMS = frozenset(
    normalised_words(
        "sac sa saa eirl srl scrl spa sas ltda cia de rl cv inc llc ltd corp gmbh sl slu co kg pty bv limitada limited"
        " corporation company"
    )
) | {"cía", "&"}
_WRITTEN_OUT = re.compile(
    r"\bsociedad an[oó]nima(?: cerrada| abierta)?\b|\bempresa individual de responsabilidad limitada\b"
    r"|\bsociedad (?:comercial )?de responsabilidad limitada\b"
)
# What follows these, and a mark or a word such as "sucursal", is of a branch or a register.
_BRANCH = re.compile(
    r"(?<=\w) (?:sac|saa|sa|eirl|srl|scrl|sas|ltda|inc|llc|ltd|gmbh|sl|slu)(?: ?[-–—|/(,].*"
    r"| (?:sucursal|sede|filial|agencia|ruc|oficina|tienda)\b.*)",
    re.DOTALL,
)
_STOPS = re.compile(r"[.,;:]+(?=[\s)]|$)|(?<=\b\w)[.](?=\w\b)")
_ORNAMENTS = re.compile("[\"“”«»'‘’®™©\u200b-\u200f\u2060\ufeff\xad]")
_MARKED_FORM = re.compile(r"(?<=\w)(?:-|\s?\()(sac|saa|sa|eirl|srl)\)?(?=$|\s)")
_SPACED_INITIALS = re.compile(r"(?<=\w) (?:s a c|s de rl(?: de cv)?)$")
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}  # letters of full width
LONGEST_NAME = 200
HOME_LANGUAGE = "es"  # which all of these ads take for granted


def employer_key(name: str) -> str:
    """A name as employers are compared by it: "ACME S.A.C." is "Acme sac", and other letters are another's name."""
    name = _ORNAMENTS.sub("", nfc(name[:LONGEST_NAME]).translate(_NARROW).lower())
    name = " ".join(_STOPS.sub(" ", _joined_initials(_WRITTEN_OUT.sub("sa", name))).split())
    words = _SPACED_INITIALS.sub(" sac", _BRANCH.sub("", _MARKED_FORM.sub(r" \1", name))).split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


class AdMarks(NamedTuple):
    """What tells the copies of an ad.

    `duplicate_group` is equal for the same title of the same employer in the same place; without an employer, for the
    same ad in the same place, or, where that says nothing, for the same id as it is. `owner` is equal for ads of one
    employer in one place, `NO_OWNER` where the ad names no employer. `text_signature` is of all its words, 64 bits.
    `title_words` and `title_words_again` have a bit each for every word of the title that names the work: words that
    share a bit of the one seldom share that of the other. `title_level` is equal for the same level.
    `foreign_languages` is equal for the same languages beside that of the country, 0 where none at all is named.
    """

    duplicate_group: int
    owner: int
    text_signature: int
    title_words: int
    title_words_again: int
    title_level: int
    foreign_languages: int


def ad_marks(job: Job) -> AdMarks:
    """The marks of an ad."""
    title, described = normalised_words(job.title), normalised_words(job.description)
    owner = _owner(job) if job.employer else None
    if owner is not None:
        group_of = f"\1{owner}"
    else:
        place = "\0".join(_place(job))
        group_of = f"\2{place}\0{' '.join(described)}" if job.description else f"\0{job.job_id}"
    return AdMarks(
        _signed(f"{group_of}\0{' '.join(title)}"),
        NO_OWNER if owner is None else _signed(owner),
        _text_signature(title, described),
        *_title_masks(words_of_the_work(title, normalised_words(f"{job.city or ''} {job.region or ''}"))),
        level_of(title),
        _foreign_languages(job),
    )


def _text_signature(title: Sequence[str], described: Sequence[str]) -> int:
    weights = dict.fromkeys(described[:MOST_WORDS_SIGNED], 1) | dict.fromkeys(title, TITLE_WEIGHT)
    if not weights:
        return 0
    bits = np.array([_word_bits(word) for word in weights])
    counts = np.fromiter(weights.values(), dtype=np.int64) @ bits
    return int(np.packbits(counts > 0).view(">u8")[0])


def _title_masks(words: Iterable[str]) -> tuple[int, int]:
    one, again = 0, 0
    for word in words:
        digest = _digest(word)
        one |= 1 << (digest[0] % 64)
        again |= 1 << (digest[1] % 64)
    return one, again


def _foreign_languages(job: Job) -> int:
    """A number of 32 bits, equal for the same languages beside that of the country; 0: no language is named."""
    if not job.languages:
        return 0
    codes = sorted({need.code for need in job.languages} - {HOME_LANGUAGE})
    return int.from_bytes(_digest(" ".join(codes))[:4], "little") or 1


def _owner(job: Job) -> str:
    """Employer and, where the work is done in a place, that place: two branches are two jobs."""
    return "\0".join([employer_key(job.employer or ""), *_place(job)])


def _place(job: Job) -> list[str]:
    place = () if job.modality is Modality.REMOTE else (job.country, job.region, job.city)
    return [" ".join(normalised_words(part or "")) for part in place]


def _joined_initials(name: str) -> str:
    return re.sub(r"\b((?:\w[.]\s?)+\w)\b[.]?", lambda found: re.sub(r"[.\s]", "", found[1]), name)


@lru_cache(maxsize=65536)
def _word_bits(word: str) -> NDArray[np.int64]:
    """+1 or −1 for each bit of a word's hash, `[64]`."""
    return np.unpackbits(np.frombuffer(_digest(word), dtype=np.uint8)).astype(np.int64) * 2 - 1


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def _signed(key: str) -> int:
    return int.from_bytes(_digest(key), "little", signed=True)
