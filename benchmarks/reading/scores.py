"""How much of what sentences state was answered, and how much of what was answered is right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from benchmarks.reading.agreement import agrees
from benchmarks.reading.labels import LabelledSentence, Value
from benchmarks.reading.reader import mapping_of, value_of
from engine.errors import ChambaError
from engine.jobs import Job
from engine.reading.time_zones import time_zone_of

Key = tuple[str, str]
Reader = Callable[[LabelledSentence], Job]


@dataclass(frozen=True, slots=True)
class Miss:
    """A row whose answer is not right: wrong, given where nothing is stated, or (None) not given."""

    row: LabelledSentence
    value: Value

    def __str__(self) -> str:
        truths = " or ".join(_short(truth) for truth in self.row.truths)
        return f"{self.row.sentence_id}: {self.row.words!r}\n  read {_short(self.value)}, right is {truths}"


@dataclass(slots=True)
class Score:
    """Counts of one kind of rows. `answered` and `right` count all rows that got an answer, `stated_answered` those
    among them that state something."""

    rows: int = 0
    stated: int = 0
    stated_answered: int = 0
    answered: int = 0
    right: int = 0
    wrong: list[Miss] = field(default_factory=list)
    silent: list[Miss] = field(default_factory=list)

    def measures(self) -> dict[str, float | int]:
        """The columns of the table; a share of nothing is left out."""
        measures: dict[str, float | int] = {
            "rows": self.rows,
            "stated": self.stated,
            "wrong": self.answered - self.right,
        }
        if self.stated:
            measures["answered"] = round(self.stated_answered / self.stated, 3)
        if self.answered:
            measures["exact"] = round(self.right / self.answered, 3)
        return measures


def by_source(row: LabelledSentence) -> Key:
    """The field and the source of a sentence."""
    return row.field, row.source


def by_kind(row: LabelledSentence) -> Key:
    """The field of a sentence, and the kind of schedule that it states."""
    first = row.truths[0]
    return row.field, first["kind"] if isinstance(first, Mapping) and "kind" in first else "nothing"


def scores(
    rows: Iterable[LabelledSentence], reader: Reader, key: Callable[[LabelledSentence], Key] = by_source
) -> dict[Key, Score]:
    """A score for each key of the rows."""
    found: dict[Key, Score] = defaultdict(Score)
    for row in rows:
        _count(found[key(row)], row, _answer(row, reader))
    return dict(found)


def summed(parts: Iterable[Score]) -> Score:
    """One score of several."""
    whole = Score()
    for part in parts:
        for name in ("rows", "stated", "stated_answered", "answered", "right"):
            setattr(whole, name, getattr(whole, name) + getattr(part, name))
        whole.wrong += part.wrong
        whole.silent += part.silent
    return whole


def _answer(row: LabelledSentence, reader: Reader) -> Value:
    try:
        return value_of(row.field, reader(row))
    except ChambaError:
        return None  # a posting that is refused says nothing


def _count(score: Score, row: LabelledSentence, value: Value) -> None:
    score.rows += 1
    score.stated += row.states
    if value is None:
        if row.states:
            score.silent.append(Miss(row, None))
        return
    score.answered += 1
    score.stated_answered += row.states
    if any(agrees(row.field, value, truth, _place_zone(row.source)) for truth in row.truths):
        score.right += 1
    else:
        score.wrong.append(Miss(row, value))


def _place_zone(source: str) -> str | None:
    facts = mapping_of(source).facts
    return time_zone_of(facts.country, facts.region)


def _short(value: Value) -> str:
    if not isinstance(value, Mapping):
        return "nothing" if value is None else str(value)
    return ", ".join(f"{key} {said}" for key, said in value.items())
