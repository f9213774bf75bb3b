"""The log of recommendations: each answer once, with what it came from, until its person is forgotten."""

from __future__ import annotations

import hashlib
import logging
import math
import struct
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from engine.errors import InvalidInputError, NotFoundError
from engine.explain import Locale
from engine.filtering.filters import JobFilter
from engine.jobs import ContractType, HoursType, Modality
from engine.recommendation.query import Query
from engine.recommendation.sorting import JobSort
from store.database import writing
from store.evidence.answer_records import AnswerRecord, record_from_json, record_json
from store.evidence.detaching import detach_answers
from store.evidence.journal import JournalWriter
from store.evidence.log_shipping import ShippedAnswers, ship_all
from store.evidence.query_json import query_from_document, query_json
from store.evidence.recommendation_log import LoggedAnswer, log_answers, read_answer
from store.ids import new_id
from tests.databases import Databases

NOW = datetime(2026, 3, 4, 5, 6, 7, 891011, tzinfo=UTC)
VECTOR = np.arange(4, dtype=np.float32) / 3
SOFTWARE = (("code", "c0ffee"), ("numpy", "2"))
DOCUMENT = '{"text": "Tejedora",\n "skills": ["redes de pesca"]}'
Journal = Callable[..., str]


def written(**other: Any) -> bytes:
    """The record of an answer, like others but for what is named."""
    values: dict[str, Any] = {
        "recommendation_id": "r1",
        "seeker_id": "s1",
        "partner_id": None,
        "query_json": query_json(10, JobFilter(), Locale.ES, frozenset(), SOFTWARE),
        "answered_at": NOW,
        "bundle": "b1",
        "model_id": "m1",
        "reranker": "formula",
        "job_change_number": 7,
        "shown": [("job:1", float(np.float32(0.1))), ("job:2", 1 / 3)],
        "document": DOCUMENT,
        "vector": VECTOR,
    }
    return record_json(**values | other)


def record(**other: Any) -> AnswerRecord:
    return record_from_json(written(**other))


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """Journals an answer in the folder `journal`, and gives its id."""
    writer = JournalWriter(tmp_path / "journal")

    def journal_(**other: Any) -> str:
        recommendation_id = str(other.setdefault("recommendation_id", new_id()))
        writer.append(written(**other))
        return recommendation_id

    return journal_


def logged(database: Engine, recommendation_id: str) -> LoggedAnswer:
    with database.connect() as connection:
        return read_answer(connection, recommendation_id)


def count(database: Engine, table: str) -> int:
    with database.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_an_answer_is_read_as_it_was_given(database: Engine) -> None:
    with writing(database).begin() as connection:
        assert log_answers(connection, [record(partner_id="p1")], NOW) == 1
    answer = logged(database, "r1")
    assert answer.record == record(partner_id="p1")
    assert answer.record.answered_at == NOW
    assert answer.record.shown == [("job:1", 0.10000000149011612), ("job:2", 1 / 3)]
    assert answer.record.vector == VECTOR.tobytes()
    assert answer.record.document == {"text": "Tejedora", "skills": ["redes de pesca"]}
    assert (answer.answer_hash, answer.input_hash) == (answer.record.answer_hash, answer.record.input_hash)


def test_the_hash_is_of_ids_and_scores_in_their_order() -> None:
    content = b"job:1\0" + struct.pack("<d", float(np.float32(0.1))) + b"job:2\0" + struct.pack("<d", 1 / 3)
    assert record().answer_hash == hashlib.sha256(content).hexdigest()
    shown = record().shown
    others = [shown[::-1], shown[:1], [(shown[0][0], math.nextafter(shown[0][1], 1)), shown[1]]]
    assert len({record().answer_hash, *(record(shown=other).answer_hash for other in others)}) == 4


def test_an_answer_logged_twice_counts_once(database: Engine) -> None:
    for _ in range(2):
        with writing(database).begin() as connection:
            log_answers(connection, [record(), record(), record(recommendation_id="r2")], NOW)
    assert count(database, "recommendations") == 2
    assert count(database, "recommendation_inputs") == 1


def test_a_profile_is_kept_once_for_each_of_its_vectors(database: Engine) -> None:
    """The next model makes another vector of the same profile: the answers of both can be replayed."""
    answers = [
        record(recommendation_id="r1"),
        record(recommendation_id="r2", vector=-VECTOR, model_id="m2"),
        record(recommendation_id="r3"),
        record(recommendation_id="r4", document='{"text": "Pescador"}'),
        record(recommendation_id="r5", seeker_id="s2"),
    ]
    with writing(database).begin() as connection:
        assert log_answers(connection, answers, NOW) == 5
    assert count(database, "recommendation_inputs") == 4
    assert [logged(database, f"r{number}").record for number in range(1, 6)] == answers


def test_a_person_is_forgotten_and_others_are_not(database: Engine) -> None:
    with writing(database).begin() as connection:
        people = ["s1", "s1", "s2", ""]
        records = [record(recommendation_id=f"r{number}", seeker_id=name) for number, name in enumerate(people)]
        log_answers(connection, records, NOW)
    with writing(database).begin() as connection:
        assert detach_answers(connection, "s1") == (2, 1)
        assert detach_answers(connection, "s1") == (0, 0)
        with pytest.raises(InvalidInputError, match="no person"):
            detach_answers(connection, "")
    assert (count(database, "recommendations"), count(database, "recommendation_inputs")) == (4, 2)
    with pytest.raises(NotFoundError, match="no such recommendation"):
        logged(database, "r0")
    assert logged(database, "r2").record.seeker_id == "s2"
    assert logged(database, "r3").record.seeker_id == ""


@given(
    st.integers(1, 100),
    st.builds(
        JobFilter,
        st.none() | st.frozensets(st.sampled_from(Modality)),
        st.none() | st.frozensets(st.sampled_from(ContractType)),
        st.none() | st.frozensets(st.sampled_from(HoursType)),
        st.booleans(),
        st.floats(0, 1),
        currencies=st.none() | st.frozensets(st.sampled_from(["PEN", "USD"]), min_size=1),
    ),
    st.sampled_from(Locale),
    st.frozensets(st.text()),
    st.fixed_dictionaries({"by_words": st.booleans(), "is_for_me": st.booleans(), "sort": st.sampled_from(JobSort)}),
)
def test_what_was_asked_is_read_back(
    limit: int, wanted: JobFilter, locale: Locale, excluded: frozenset[str], how: dict[str, Any]
) -> None:
    answer = record(query_json=query_json(limit, wanted, locale, excluded, SOFTWARE, **how))
    logged = query_from_document(answer.query)
    assert (logged.limit, logged.wanted, logged.locale, logged.excluded) == (limit, wanted, locale, excluded)
    assert {name: getattr(logged, name) for name in how} == how
    assert logged.software == dict(SOFTWARE)


def test_what_was_asked_before_there_were_searches_by_words_was_none() -> None:
    document = record().query
    del document["by_words"]
    assert not query_from_document(document).by_words
    assert query_from_document(document).is_for_me
    assert query_from_document(document).sort is JobSort.BEST
    assert query_from_document(document).least_relevance is None


def test_a_record_names_its_query_as_older_journals_do() -> None:
    assert orjson.loads(written())["asked"]["limit"] == record().query["limit"] == 10


def test_all_that_the_engine_is_asked_is_logged() -> None:
    of_the_person = {"seeker", "seeker_vector"}
    logged = {
        "limit",
        "wanted",
        "locale",
        "excluded",
        "by_words",
        "is_for_me",
        "sort",
        "least_relevance",
        "stated_first",
    }
    follow = {"tells_nearest", "tells_unlocks"}  # the first from whether a floor was logged; the other names no job
    assert {field.name for field in fields(Query)} - of_the_person - follow == logged


@given(st.binary(max_size=80) | st.sampled_from([b"[]", b"{}", b'{"shown": 1}', written()[:-1], written() + b"}"]))
def test_what_is_no_record_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        record_from_json(content)


def test_what_was_journaled_is_logged_and_gone_from_the_journal(
    database: Engine, tmp_path: Path, journal: Journal
) -> None:
    ids = [journal(seeker_id=f"s{number % 7}") for number in range(1203)]
    assert ship_all(tmp_path / "journal", database) == ShippedAnswers(1203, 0)
    assert ship_all(tmp_path / "journal", database) == ShippedAnswers(0, 0)
    assert [path.name for path in (tmp_path / "journal").iterdir()] == [".draining"]
    assert count(database, "recommendations") == len(set(ids)) == 1203
    ids.append(journal())
    ship_all(tmp_path / "journal", database)
    assert logged(database, ids[-1]).record.recommendation_id == ids[-1]


def test_nothing_waits_where_nothing_was_journaled(database: Engine, tmp_path: Path) -> None:
    assert ship_all(tmp_path / "journal", database) == ShippedAnswers(0, 0)
    assert list(tmp_path.glob("journal*")) == []


def test_a_shipping_that_was_killed_before_the_end_counts_once(
    database: Engine, tmp_path: Path, journal: Journal
) -> None:
    named = journal()
    (path,) = (tmp_path / "journal").iterdir()
    content = path.read_bytes()
    ship_all(tmp_path / "journal", database)
    path.with_suffix(".sealed").write_bytes(content)  # as if it had not come to removing it
    assert ship_all(tmp_path / "journal", database) == ShippedAnswers(0, 0)
    assert count(database, "recommendations") == 1
    assert logged(database, named)


def test_a_torn_record_is_passed_over_and_reported(
    database: Engine, tmp_path: Path, journal: Journal, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = journal(), journal()
    (path,) = (tmp_path / "journal").iterdir()
    path.write_bytes(path.read_bytes()[:-100])
    with caplog.at_level(logging.ERROR, "chamba.store"):
        assert ship_all(tmp_path / "journal", database) == ShippedAnswers(1, 1)
    assert "1 lines of journals were torn" in caplog.text
    assert logged(database, first)
    with pytest.raises(NotFoundError):
        logged(database, second)
    assert ship_all(tmp_path / "journal", database) == ShippedAnswers(0, 0)


def test_answers_wait_while_the_database_is_away_and_no_file_is_added_a_try(
    database: Engine, databases: Databases, database_url: str, tmp_path: Path, journal: Journal
) -> None:
    ids = [journal()]
    databases.take_away(database_url)
    for _ in range(4):
        with pytest.raises(Exception, match=r".*") as failure:
            ship_all(tmp_path / "journal", database)
        assert "Tejedora" not in type(failure.value).__name__
        ids.append(journal())
    assert len(list((tmp_path / "journal").glob("*.sealed"))) == 1
    assert len(list((tmp_path / "journal").glob("*.journal"))) == 1
    databases.bring_back(database_url)
    assert ship_all(tmp_path / "journal", database) == ShippedAnswers(5, 0)
    assert {logged(database, name).record.recommendation_id for name in ids} == set(ids)


def test_a_moment_is_logged_to_the_microsecond_in_any_zone(database: Engine) -> None:
    moments = [NOW, NOW + timedelta(microseconds=1), NOW.replace(microsecond=0)]
    with writing(database).begin() as connection:
        answers = [record(recommendation_id=f"r{n}", answered_at=moment) for n, moment in enumerate(moments)]
        log_answers(connection, answers, NOW)
    assert [logged(database, f"r{n}").record.answered_at for n in range(3)] == moments
    assert replace(record(), answered_at=NOW).answer_hash == record().answer_hash
