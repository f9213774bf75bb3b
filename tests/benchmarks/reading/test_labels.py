"""The labels that are committed can be used: every one is well formed, and no employer is in both halves."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import orjson
import pytest

from benchmarks.reading.labels import FOLDER, Half, labelled_sentences
from benchmarks.reading.reader import mapping_of
from engine.jobs import ContractType, HoursType, Modality
from engine.pay import Pay, PayPeriod
from engine.schedules import parse_window, require_time_zone

KINDS = {"fixed", "one_of", "rotating", "within", "core_overlap", "flexible", "hours_only", "none", "unclear"}
PLACE_KEYS = {"city", "region", "country", "applicants", "applicants_with", "applicants_without"}
WORDS = {"modality": Modality, "contract": ContractType, "hours_type": HoursType}


def lines(half: Half, field: str) -> list[dict[str, object]]:
    path = FOLDER / half / f"{field}.jsonl"
    return [orjson.loads(line) for line in path.read_bytes().splitlines()] if path.is_file() else []


def halves() -> list[Path]:
    return sorted(FOLDER.glob("*/*.jsonl"))


@pytest.mark.parametrize("path", halves(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_line_has_a_source_a_group_words_and_truths(path: Path) -> None:
    documents = [orjson.loads(line) for line in path.read_bytes().splitlines()]
    assert len({document["id"] for document in documents}) == len(documents)
    for document in documents:
        assert set(document) <= {"id", "source", "group", "text", "columns", "truths", "weekly_hours"}, document["id"]
        assert mapping_of(document["source"]).name == document["source"]
        assert ("text" in document) != ("columns" in document), document["id"]
        assert document["truths"], document["id"]
        assert document["group"] > 0, document["id"]


@pytest.mark.parametrize("half", list(Half))
def test_every_schedule_label_is_of_a_kind_and_has_its_hours(half: Half) -> None:
    for document in lines(half, "schedule"):
        for truth in document["truths"]:  # type: ignore[attr-defined]
            assert truth["kind"] in KINDS, document["id"]
            assert ("windows" in truth) == (truth["kind"] in {"fixed", "within", "core_overlap"}), document["id"]
            assert "shifts" not in truth or truth["kind"] in {"one_of", "rotating"}, document["id"]
            for window in [*truth.get("windows", ()), *(one for shift in truth.get("shifts", ()) for one in shift)]:
                parse_window(window)
            for zone in truth.get("time_zones", ()):
                assert zone == "unknown" or require_time_zone(zone)


@pytest.mark.parametrize("half", list(Half))
def test_every_other_label_is_a_value_of_its_field(half: Half) -> None:
    for row in labelled_sentences(half):
        for truth in (one for one in row.truths if one is not None):
            if row.field in WORDS:
                assert WORDS[row.field](truth), row.sentence_id
            elif row.field == "pay":
                Pay(truth["amount"], truth["currency"], PayPeriod(truth["period"]), truth.get("max_amount"))
            elif row.field == "place":
                assert set(truth) <= PLACE_KEYS, row.sentence_id
            elif row.field == "weekly_hours":
                assert truth["bound"] in {"exactly", "at_least", "at_most"}, row.sentence_id


def test_no_employer_is_in_both_halves() -> None:
    groups: dict[str, set[int]] = {half: set() for half in Half}
    for path in halves():
        groups[path.parent.name] |= {orjson.loads(line)["group"] for line in path.read_bytes().splitlines()}
    assert groups[Half.DEVELOPMENT].isdisjoint(groups[Half.TEST])


@pytest.mark.parametrize("field", ["schedule", "modality", "pay", "contract", "place", "hours_type"])
def test_there_are_sentences_enough_of_either_kind(field: str) -> None:
    stated = Counter(row.states for half in Half for row in labelled_sentences(half) if row.field == field)
    assert stated.total() >= (300 if field == "schedule" else 100)
    assert min(stated[True], stated[False]) >= 20  # also what must not be read
    assert all(any(row.field == field for row in labelled_sentences(half)) for half in Half)


def test_a_line_of_schedules_is_two_rows_where_no_windows_tell_the_hours(tmp_path: Path) -> None:
    folder = tmp_path / "development"
    folder.mkdir()
    base: dict[str, object] = {"source": "computrabajo-pe", "group": 1}
    written: list[dict[str, object]] = [
        {"id": "a", "text": "L-V 9 a 6", "truths": [{"kind": "fixed", "windows": ["mon-fri 09:00-18:00"]}]},
        {
            "id": "b",
            "text": "20 h/sem",
            "truths": [{"kind": "hours_only"}],
            "weekly_hours": {"hours": 20.0, "bound": "exactly"},
        },
        {
            "id": "c",
            "text": "9 a 6 hora USA",
            "truths": [{"kind": "fixed", "windows": ["mon 09:00-18:00"], "time_zones": ["unknown"]}],
        },
        {"id": "d", "text": "media jornada", "truths": [{"kind": "none"}, {"kind": "rotating"}]},
    ]
    (folder / "schedule.jsonl").write_bytes(b"\n".join(orjson.dumps(base | line) for line in written))
    rows = {(row.field, row.sentence_id): row for row in labelled_sentences(Half.DEVELOPMENT, tmp_path)}
    assert sorted(rows) == [
        (field, one) for field, ones in (("schedule", "abcd"), ("weekly_hours", "bd")) for one in ones
    ]
    states = {key: row.states for key, row in rows.items()}
    assert states["schedule", "a"]
    assert states["weekly_hours", "b"]
    silent = {key for key, is_stated in states.items() if not is_stated}
    assert silent == {("schedule", "b"), ("schedule", "c"), ("schedule", "d"), ("weekly_hours", "d")}
