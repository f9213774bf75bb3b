"""How much a pair of a person and a job teaches the towers: one table, beside the reason for each number."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LabelWeights:
    """The weight in the loss of a job that a person wanted, short of a match; a match weighs its grade, 2 to 4.

    `application`: applied for, and no more known. `click`: opened at the first position; further down more, as fewer
    look there, yet never more than an application. 0 leaves them out.
    """

    application: float = 1.0
    click: float = 0.3
