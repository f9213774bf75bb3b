"""What was kept before contacts were found as they are now is masked once, and what answers were given from stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from engine.seekers import Seeker
from store.database import writing
from store.encryption.field_cipher import FieldCipher
from store.evidence.answer_records import AnswerRecord
from store.evidence.recommendation_log import log_answers, read_answer
from store.records.records import Records
from store.retention import old_words
from store.retention.old_words import MARK, RULES, mask_old_words
from store.retention.retention import enforce_retention
from store.retention.times import retention_times
from store.tables import COUNTERS, SEEKERS, Base
from store.upserts import in_transaction
from tests.store.people.conftest import NOW

TABLES = Base.metadata.tables
STEPS, CASES = TABLES["application_steps"], TABLES["cases"]
OLD = "Llámeme: 987🔥402🔥118, o con mi DNI de siempre 46128837"
CLEAN = "Llámeme: [contacto], o con mi DNI de siempre [contacto]"


@pytest.fixture
def of_before(make_person: Callable[[str], Any], database: Engine, records: Records) -> int:
    """Profiles, reasons and an answer of before; how many profiles hold contacts."""
    make_person("Rosa")
    records.put_seekers(
        Seeker(f"vieja-{number}", text=f"Tejedora {number}. {OLD}", skills=("Tejido",)) for number in range(7)
    )
    records.put_seekers([Seeker("limpia", text="Tejedora, 12 años, pedido 46128837")])
    with writing(database).begin() as connection:
        connection.execute(update(STEPS).values(reason=OLD))
        connection.execute(update(CASES).values(decision_reason=OLD))
        record = AnswerRecord("r-1", "vieja-1", None, {}, NOW, "b", "m", "f", 1, [], {"text": OLD}, b"")
        log_answers(connection, [record], NOW)
    return 7


def words(database: Engine) -> set[str]:
    with database.connect() as connection:
        texts = [document.get("text") or "" for document in connection.execute(select(SEEKERS.c.document)).scalars()]
        texts += connection.execute(select(STEPS.c.reason)).scalars().all()
        texts += connection.execute(select(CASES.c.decision_reason)).scalars().all()
    return {text for text in texts if "46128837" in text}


def test_retention_masks_what_is_left_of_before_once(
    of_before: int, database: Engine, cipher: FieldCipher, tmp_path: Path, records: Records
) -> None:
    now = NOW + timedelta(minutes=1)
    counts = enforce_retention(database, cipher, tmp_path, now, retention_times())
    assert (counts["profiles_masked"], counts["step_reasons_masked"] > 1, counts["decision_reasons_masked"] > 1) == (
        of_before,
        True,
        True,
    )
    assert words(database) == {"Tejedora, 12 años, pedido 46128837"}
    stored = records.get_seeker("vieja-1")
    assert (stored.seeker.text, stored.seeker.skills, stored.vector) == (f"Tejedora 1. {CLEAN}", ("Tejido",), None)
    with database.connect() as connection:
        assert read_answer(connection, "r-1").record.document["text"] == OLD  # it is given again from just that
        assert connection.execute(select(COUNTERS.c.value).where(COUNTERS.c.name == MARK)).scalar() == RULES
    assert "profiles_masked" not in enforce_retention(database, cipher, tmp_path, now, retention_times())


def test_a_run_that_is_killed_is_done_over_by_the_next(
    of_before: int, database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(old_words, "BATCH_ROWS", 2)
    transactions = 0

    def killed(engine: Engine, write: Any) -> Any:
        nonlocal transactions
        transactions += 1
        if transactions == 7:
            raise KeyboardInterrupt
        return in_transaction(engine, write)

    monkeypatch.setattr(old_words, "in_transaction", killed)
    with pytest.raises(KeyboardInterrupt):
        mask_old_words(database, NOW)
    assert len(words(database)) > 1
    assert mask_old_words(database, NOW)["profiles_masked"] <= of_before
    assert words(database) == {"Tejedora, 12 años, pedido 46128837"}
    assert mask_old_words(database, NOW) == {}


def test_rules_that_find_more_go_through_everything_again(
    of_before: int, database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mask_old_words(database, NOW)["profiles_masked"] == of_before
    with writing(database).begin() as connection:
        connection.execute(update(STEPS).values(reason=OLD))
    assert mask_old_words(database, NOW) == {}
    monkeypatch.setattr(old_words, "RULES", RULES + 1)
    assert mask_old_words(database, NOW)["step_reasons_masked"] > 1
    assert mask_old_words(database, NOW) == {}
