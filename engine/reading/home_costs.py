"""Who pays internet and power at home, where an ad says so: its words, and whether the employer does."""

from __future__ import annotations

import re

from engine.reading.found import Found
from engine.reading.text_cleaning import BULLETS, aligned_plain

LONGEST_TEXT = 20_000
LONGEST_CLAUSE = 160
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
    clauses = [clause.strip(BULLETS) for clause in CLAUSE_END.split(text) if WORTH_READING.search(clause)]
    for is_employer, pattern in ((True, BY_EMPLOYER), (False, BY_WORKER)):
        for clause in clauses:
            if pattern.search(aligned_plain(clause[:LONGEST_CLAUSE])):
                return Found(is_employer, clause[:LONGEST_CLAUSE], SURE)
    return None
