"""Who pays internet and power at home, where an ad says so: its words, and whether the employer does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from engine.reading.found import Found
from engine.reading.text_cleaning import BULLETS, aligned_plain

LONGEST_TEXT = 20_000
LONGEST_CLAUSE = 160
MOST_NAMED = 5  # connections in one clause
CONNECTION = r"\b(?:internet|conectividad|wi-?fi|luz|energia electrica|electricidad|home office expenses|electricity)\b"
WORTH_READING = re.compile(CONNECTION.replace("energia electrica", "energ[ií]a el[eé]ctrica"), re.IGNORECASE)
CLAUSE_END = re.compile(r"[.;•\n!|]")
BY_EMPLOYER = re.compile(
    r"\b(?:cubri\w*|cubre\w*|paga(?:mos)?|asumi\w*|asume\w*|reembols\w+|bono|subsidio|subvenci\w+|compensa\w+|apoyo"
    r"|asignacion"
    r"|brinda\w*|proporciona\w*|otorga\w*|stipend|allowance|reimburs\w+|provided?|covers?|we pay)\b.{0,60}"
    + CONNECTION
    + "|"
    + CONNECTION
    + r".{0,30}\b(?:pagad[oa]|cubiert[oa]|incluid[oa]|a cargo de la empresa|stipend|allowance|reimburs\w+|covered)\b"
)
BY_WORKER = re.compile(
    r"\b(?:contar con|contar|cuent\w+ con|tener|teng\w+|dispon\w+|requiere|necesit\w+|propi[oa]s?|must have"
    r"|your own|own|reliable"
    r"|stable|fast|high[- ]speed)\b.{0,60}"
    + CONNECTION
    + "|"
    + CONNECTION
    + r".{0,40}\b(?:propi[oa]|estable|en casa|en tu hogar|own|at home)\b"
)
SURE = 0.8


def read_home_costs(text: str) -> Found[bool] | None:
    """Whether the employer pays the worker's connection, by the clause that says so; None where none does."""
    text = text[:LONGEST_TEXT]
    if WORTH_READING.search(text) is None:
        return None
    clauses = [part for clause in CLAUSE_END.split(text) for part in _around_connections(clause.strip(BULLETS))]
    for is_employer, pattern in ((True, BY_EMPLOYER), (False, BY_WORKER)):
        for clause in clauses:
            if pattern.search(aligned_plain(clause)):
                return Found(is_employer, clause, SURE)
    return None


def _around_connections(clause: str) -> Iterator[str]:
    """A clause that names a connection; of a long one the words around each place where it does."""
    for found in islice(WORTH_READING.finditer(clause), MOST_NAMED):
        if len(clause) <= LONGEST_CLAUSE:
            yield clause
            return
        start, end = max(0, found.start() - LONGEST_CLAUSE // 2), min(len(clause), found.end() + LONGEST_CLAUSE // 2)
        first = clause.find(" ", start, found.start()) + 1 if start else 0
        last = clause.rfind(" ", found.end(), end) if end < len(clause) else end
        yield clause[max(first, 0) : last if last > 0 else end].strip(" ,;:")
