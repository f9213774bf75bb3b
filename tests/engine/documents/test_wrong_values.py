"""Whatever stands in a document, it is read or it is refused: by the field's name, with what is expected and got."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from engine.documents.jobs import JOB_EXAMPLE, JOB_KEYS, JobDocument, job_document, job_from_document, job_from_json
from engine.documents.seekers import (
    PROFILE_EXAMPLE,
    ProfileDocument,
    SeekerDocument,
    seeker_document,
    seeker_from_document,
    seeker_from_json,
)
from engine.errors import InvalidInputError
from engine.seekers import Seeker

Read = Callable[[Any], object]

JOB_FIELDS = [*JOB_KEYS]
SEEKER_FIELDS = [name for name in Seeker.__slots__ if name != "seeker_id"]
FIELDS = [*(("job", name) for name in JOB_FIELDS), *(("seeker", name) for name in SEEKER_FIELDS)]
READ: dict[str, Read] = {"job": job_from_document, "seeker": seeker_from_document}
WRITE: dict[str, Callable[[Any], dict[str, Any]]] = {"job": job_document, "seeker": seeker_document}
EXAMPLES = {"job": JOB_EXAMPLE, "seeker": PROFILE_EXAMPLE}
NEARLY = st.sampled_from(
    [
        *("PE", "PEN", "es", "B2", "phone", "mobile_data", "remote", "part_time", "month", "mon", "fixed", "flexible"),
        *("UTC", "Lima", "../UTC", "19:00", "24:00", "25:00", "https://a.pe/1", "https://a\x1c", "2026-05-01"),
        *("0001-01-01T00:00:00+14:00", "a\0b", "\ud800", "\x1f", "\u00a0", "", " ", "{key}", "{0}"),
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from([10**400, 168.5]) | NEARLY
KEYS = NEARLY | st.sampled_from(
    ["kind", "time_zone", "windows", "days", "start", "end", "amount", "currency", "period", "max_amount", "core_hours"]
)
VALUES = st.recursive(
    SCALARS | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)


def outcome(read: Read, document: object) -> object:
    """What is read of a document, or why it is refused."""
    try:
        return read(document)
    except InvalidInputError as error:
        return error


def refusal(read: Read, document: object) -> InvalidInputError:
    """Why a document is refused."""
    with pytest.raises(InvalidInputError) as caught:
        read(document)
    return caught.value


@pytest.mark.parametrize(("kind", "name"), FIELDS)
@pytest.mark.parametrize("wrong", [[[1]], {"nobody": "knows"}, 1e300, "\0", "\ud800"], ids=repr)
def test_a_wrong_value_of_any_field_is_named_with_what_is_expected_and_got(kind: str, name: str, wrong: object) -> None:
    error = refusal(READ[kind], EXAMPLES[kind] | {name: wrong})
    assert error.field.split(".")[0] == name
    assert error.message
    assert error.expected
    assert error.got


@pytest.mark.parametrize(("kind", "name"), FIELDS)
@given(value=VALUES)
@example(value=10**5000)
@example(value={"{key}": None})
def test_any_value_of_any_field_is_read_or_named(kind: str, name: str, value: object) -> None:
    found = outcome(READ[kind], EXAMPLES[kind] | {name: value})
    if isinstance(found, InvalidInputError):
        # A pay floor by the hour may need hours to be compared.
        assert found.field.split(".")[0] == name or (name, found.field) == ("availability", "min_pay")
        assert found.expected
        assert len(str(found)) < 2_000
    else:
        written = WRITE[kind](found)
        assert WRITE[kind](READ[kind](orjson.loads(orjson.dumps(written)))) == written


@given(document=VALUES)
@example(document={})
def test_whatever_is_no_document_is_refused(document: object) -> None:
    assert refusal(job_from_document, document).expected


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_what_is_nested_without_end_is_refused_in_few_words(kind: str, name: str) -> None:
    lists: list[Any] = []
    objects: dict[str, Any] = {}
    for _ in range(100_000):
        lists, objects = [lists], {"windows": objects}
    for deep in (lists, objects):
        assert len(str(refusal(READ[kind], EXAMPLES[kind] | {name: deep}))) < 2_000


def test_what_is_large_without_end_is_refused_in_few_words() -> None:
    large = "a" * 1_000_000
    for wrong in ({large: 1}, {"country": large}, {"languages": {large: "B2"}}, {"schedule": {"kind": large}}):
        error = refusal(job_from_document, JOB_EXAMPLE | wrong)
        assert len(str(error)) < 2_000
        assert len(error.field) < 300


def test_an_unknown_key_is_told_those_that_are_known_there() -> None:
    assert "max_amount" in refusal(job_from_document, {"title": "x", "pay": {"amont": 1}}).expected
    window = {"days": ["mon"], "start": "09:00", "end": "10:00", "zone": "UTC"}
    free = {"time_zone": "UTC", "windows": [window]}
    error = refusal(seeker_from_document, {"availability": free})
    assert (error.field, error.got) == ("availability.windows.0.zone", "'zone'")
    assert error.expected == "days or end or start"


def test_what_was_stored_is_read_though_it_is_longer_than_what_may_be_sent() -> None:
    windows = [{"days": ["mon"], "start": "09:00", "end": "10:00"}] * 60
    long: dict[str, Any] = {
        "title": "a" * 400,
        "description": "b" * 50_000,
        "skills": ["c" * 100] * 60,
        "schedule": {"kind": "fixed", "windows": windows},
        "source": "d" * 90,
    }
    written = job_document(job_from_document(long))
    assert {name: len(written[name]) for name in ("title", "description", "skills", "source")} == {
        name: len(long[name]) for name in ("title", "description", "skills", "source")
    }
    assert written["schedule"]["windows"] == windows
    with pytest.raises(ValidationError) as caught:
        JobDocument.model_validate(long)
    assert {error["loc"][0] for error in caught.value.errors()} == set(long)
    assert seeker_from_document({"text": "a" * 5_000}).text == "a" * 5_000


@given(document=st.dictionaries(st.sampled_from(JOB_FIELDS), SCALARS, max_size=4))
def test_a_text_of_json_is_read_as_its_values_are(document: dict[str, Any]) -> None:
    try:
        text = orjson.dumps({"title": "x"} | document)
    except TypeError:  # half a character, or a number that no JSON reader keeps
        return
    found, of_values = outcome(job_from_json, text), outcome(job_from_document, orjson.loads(text))
    if isinstance(found, InvalidInputError) and isinstance(of_values, InvalidInputError):
        assert (found.field, found.message) == (of_values.field, of_values.message)
    else:
        assert found == of_values


def test_a_text_that_is_no_json_is_refused() -> None:
    for text in ("", "{", "[" * 100_000, '{"text": NaN}'):
        with pytest.raises(InvalidInputError):
            seeker_from_json(text)


def test_the_document_has_the_fields_of_the_domain() -> None:
    assert set(JobDocument.model_fields) == {*JOB_FIELDS, "apply"}  # which is only told
    assert set(SeekerDocument.model_fields) == set(ProfileDocument.model_fields) == set(SEEKER_FIELDS)


@pytest.mark.parametrize("words", ["", None])
def test_words_of_an_ad_that_are_none_are_refused(words: str | None) -> None:
    sign = {"kind": "asks_age", "severity": "note", "quote": words}
    with pytest.raises(InvalidInputError, match="quote"):
        job_from_document({"title": "Cajera", "signs": [sign]})
    for name in ("field", "sentence"):
        reading = {"field": "hours_type", "sentence": "Part time", "confidence": 0.5} | {name: words}
        with pytest.raises(InvalidInputError, match=name):
            job_from_document({"title": "Cajera", "readings": [reading]})
