"""Counts of what a reader answered, and the reader of real mappings."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from benchmarks.reading.labels import LabelledSentence, Value
from benchmarks.reading.reader import read_sentence, value_of
from benchmarks.reading.scores import Reader, by_kind, scores, summed
from engine.errors import InvalidInputError
from engine.jobs import HoursBound, Job, Modality
from engine.schedules import Schedule, ScheduleKind, Weekday, Window


def row(one: str, *truths: Value, source: str = "computrabajo-pe") -> LabelledSentence:
    return LabelledSentence(one, "modality", source, truths, text=one)


def reader(answers: Mapping[str, Modality | None]) -> Reader:
    return lambda sentence: Job("x", "-", modality=answers[sentence.sentence_id], source=sentence.source)


def test_answers_are_counted_apart_from_right_answers() -> None:
    rows = [
        row("right", "remote"),
        row("wrong", "hybrid"),
        row("silent", "on_site"),
        row("nothing", None),
        row("made up", None),
    ]
    remote = dict.fromkeys(("right", "wrong", "made up"), Modality.REMOTE)
    score = scores(rows, reader({"silent": None, "nothing": None, **remote}))["modality", "computrabajo-pe"]
    assert score.measures() == {"rows": 5, "stated": 3, "answered": 0.667, "exact": 0.333, "wrong": 2}
    assert [miss.row.sentence_id for miss in score.wrong] == ["wrong", "made up"]
    assert [miss.row.sentence_id for miss in score.silent] == ["silent"]


def test_any_of_several_truths_is_right_and_silence_where_it_is_one_of_them() -> None:
    rows = [row("either", "remote", "hybrid"), row("or silence", None, "remote"), row("silence", "remote", None)]
    score = scores(rows, reader({"either": Modality.HYBRID, "or silence": Modality.REMOTE, "silence": None}))
    assert score["modality", "computrabajo-pe"].measures() == {
        "rows": 3,
        "stated": 1,
        "answered": 1.0,
        "exact": 1.0,
        "wrong": 0,
    }


def test_sources_are_counted_apart_and_summed() -> None:
    rows = [row("a", "remote"), row("b", "remote", source="bumeran-ar")]
    found = scores(rows, reader({"a": Modality.REMOTE, "b": None}))
    assert found["modality", "computrabajo-pe"].measures()["answered"] == 1.0
    assert "exact" not in found["modality", "bumeran-ar"].measures()
    assert summed(found.values()).measures() == {"rows": 2, "stated": 2, "answered": 0.5, "exact": 1.0, "wrong": 0}


def test_schedules_are_counted_by_the_kind_that_is_stated() -> None:
    window = {"windows": ["mon-fri 09:00-18:00"]}
    truths = [{"kind": "fixed", **window}, {"kind": "within", **window}, None]
    rows = [LabelledSentence(str(one), "schedule", "computrabajo-pe", (truth,)) for one, truth in enumerate(truths)]
    weekdays = tuple(Weekday(day) for day in range(5))
    schedule = Schedule(ScheduleKind.FIXED, "America/Lima", (Window(weekdays, 9 * 60, 18 * 60),))
    found = scores(rows, lambda _row: Job("x", "-", schedule=schedule), by_kind)
    right = {kind: score.right for (_field, kind), score in found.items()}
    assert right == {"fixed": 1, "within": 0, "nothing": 0}


def test_a_posting_that_is_refused_answers_nothing() -> None:
    def refuses(_sentence: LabelledSentence) -> Job:
        raise InvalidInputError("no")

    assert scores([row("a", "remote")], refuses)["modality", "computrabajo-pe"].measures()["answered"] == 0.0


@pytest.mark.parametrize("source", ["computrabajo-pe", "computrabajo-ec", "bumeran-ar", "indeed-pe"])
def test_a_sentence_is_read_as_its_sources_running_text(source: str) -> None:
    sentence = LabelledSentence("a", "schedule", source, (None,), text="Horario:\nlunes a viernes de 9 a 18 hs")
    read = value_of("schedule", read_sentence(sentence))
    assert read["kind"] == "fixed"
    assert read["windows"] == ["mon,tue,wed,thu,fri 09:00-18:00"]


def test_a_sentence_may_stand_in_columns_of_its_own() -> None:
    columns = {"Ubicación": "Cayma, Arequipa", "Salario": "S/. 1.500,00", "TipoPago": "Mensual"}
    job = read_sentence(LabelledSentence("a", "pay", "computrabajo-pe", (None,), columns=columns))
    assert value_of("pay", job) == {"amount": 1500.0, "currency": "PEN", "period": "month"}
    assert value_of("place", job) == {"region": "Arequipa", "city": "Cayma"}  # the country is a fact of the source


def test_values_are_written_as_labels_are() -> None:
    shifts = tuple((Window((Weekday.MON, Weekday.SUN), 22 * 60, end),) for end in (360, 1440))
    schedule = Schedule(ScheduleKind.ROTATING, "America/Lima", shifts=shifts, hours_per_week=48)
    job = Job("x", "-", schedule=schedule, applicant_countries=("PE", "CO"), source="remoteok")
    written = [["mon,sun 22:00-06:00"], ["mon,sun 22:00-24:00"]]
    assert value_of("schedule", job) == {"kind": "rotating", "shifts": written, "time_zones": ["America/Lima"]}
    assert value_of("weekly_hours", job) == {"hours": 48, "bound": "exactly"}
    assert value_of("place", job) == {"applicants": ["CO", "PE"]}
    assert value_of("contract", job) is None
    at_least = Job("x", "-", hours_per_week=20, hours_bound=HoursBound.AT_LEAST)
    assert value_of("weekly_hours", at_least) == {"hours": 20, "bound": "at_least"}
    limited = Job("x", "-", unread_place_limit="must live near Springfield", source="remoteok")
    assert value_of("place", limited) == {"applicants": "limited"}
