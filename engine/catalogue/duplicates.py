"""Which ads are the same job again: the same title of the same employer in the same place, or its ad in other words.

An ad in other words is told by two numbers of 64 bits. The signature is of all its words (SimHash: Charikar, 2002,
"Similarity estimation techniques from rounding algorithms"): the more words two ads share, the fewer bits differ. The
title mask has a bit for each word of the title that names the work: employers write all their ads by one template, in
which only titles tell one job from another.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.jobs import Job, Modality
from engine.normal_forms import nfc
from engine.skills import normalised_words

# Chosen by reading pairs of ads of one employer among real Peruvian and Ecuadorian ones.
MOST_DIFFERING_BITS = 20
LEAST_TITLE_SHARE = 0.7
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
# What titles say beside what the work is.
_NOT_OF_THE_WORK = frozenset(
    normalised_words(
        "a al c con de del desde el en la las los o para por s sin un una y and at for from in of or the to with home"
        " work casa trabajo trabaja trabajar remoto ref sede zona urgente inmediato inmediata ingreso ingresos ultimo"
        " dia dias gana hasta sueldo basico fijo fija comisiones bono bonos pago pagos exp experiencia unete solo"
    )
)


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
    employer in one place, `NO_OWNER` where the ad names no employer. `text_signature` is of all its words, and
    `title_mask` has a bit for each word of the title that names the work, 64 bits each.
    """

    duplicate_group: int
    owner: int
    text_signature: int
    title_mask: int


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
        _title_mask(title),
    )


def _text_signature(title: Sequence[str], described: Sequence[str]) -> int:
    weights = dict.fromkeys(described[:MOST_WORDS_SIGNED], 1) | dict.fromkeys(title, TITLE_WEIGHT)
    if not weights:
        return 0
    bits = np.array([_word_bits(word) for word in weights])
    counts = np.fromiter(weights.values(), dtype=np.int64) @ bits
    return int(np.packbits(counts > 0).view(">u8")[0])


def _title_mask(title: Sequence[str]) -> int:
    mask = 0
    for word in title:
        if word not in _NOT_OF_THE_WORK and not word.isdigit():
            mask |= 1 << (_digest(word)[0] % 64)
    return mask


def are_near(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two ads of one employer, each a signature and a title mask, are one job in other words."""
    least = min(one[1].bit_count(), other[1].bit_count())
    same_title = (one[1] & other[1]).bit_count() >= LEAST_TITLE_SHARE * least
    return least > 0 and same_title and (one[0] ^ other[0]).bit_count() <= MOST_DIFFERING_BITS


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
