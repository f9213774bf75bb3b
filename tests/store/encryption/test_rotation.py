"""New keys for every value and index, and what stands in a rotation's way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, update

from engine.errors import InvalidInputError
from store.audit import read_audit
from store.database import writing
from store.encryption.data_keys import Purpose
from store.encryption.field_cipher import FieldCipher
from store.encryption.index_texts import INDEX_TEXTS, IndexText
from store.encryption.master_keys import MasterKeys
from store.encryption.resealing import Obstacle
from store.encryption.rotation import rotate
from store.tables import Base

Values = dict[tuple[str, str], str]
Fill = Callable[[FieldCipher], Values]
AddAccount = Callable[[FieldCipher, str, str], None]
FindAccount = Callable[[FieldCipher, str], list[str]]
Keys = Callable[[], set[str]]

AT_ONCE = timedelta(0)
NAME, INDEX = "accounts.name_sealed", "accounts.email_index"


def test_a_rotation_brings_every_value_and_index_to_new_keys(
    database: Engine,
    cipher: FieldCipher,
    master_keys: MasterKeys,
    fill: Fill,
    open_values: Fill,
    keys_in_use: Keys,
    live_keys: Keys,
) -> None:
    values = fill(cipher)
    assert keys_in_use() == {"field-1"}
    report = rotate(database, cipher, settle=AT_ONCE)
    assert open_values(FieldCipher(database, master_keys)) == values
    assert keys_in_use() == {"field-2"}
    assert live_keys() == {"field-2", "index-2"}
    assert (report.is_resumed, report.current) == (False, ("field-2", "index-2"))
    assert (set(report.retired), report.retained, report.obstacles) == ({"field-1", "index-1"}, (), {})
    with database.connect() as connection:
        [entry] = read_audit(connection, subject="keys", limit=2)
    assert (entry.action, entry.detail["current"]) == ("keys.rotated", ["field-2", "index-2"])
    assert sorted(entry.detail["retired"]) == ["field-1", "index-1"]
    assert report.resealed == {
        "accounts.email_sealed": 3,
        "accounts.email_index": 3,
        "accounts.name_sealed": 3,
        "seeker_accounts.national_id_sealed": 1,
        "seeker_accounts.national_id_index": 1,
        "seeker_accounts.income_sealed": 1,
        "idempotency_keys.answer_sealed": 2,
        "messages.body_sealed": 1900,
    }


def test_what_is_under_a_retired_key_still_opens(
    database: Engine, cipher: FieldCipher, master_keys: MasterKeys
) -> None:
    sealed = cipher.seal(NAME, "a-1", "Ana")  # in a backup, say
    for _ in range(2):
        rotate(database, cipher, settle=AT_ONCE)
    assert cipher.open(NAME, "a-1", sealed) == "Ana"
    assert FieldCipher(database, master_keys).open(NAME, "a-1", sealed) == "Ana"


@pytest.mark.parametrize(
    ("purpose", "live", "resealed"),
    [
        (Purpose.FIELD, {"field-2", "index-1"}, {"accounts.email_sealed", "accounts.name_sealed"}),
        (Purpose.INDEX, {"field-1", "index-2"}, {"accounts.email_index"}),
    ],
)
def test_one_purpose_is_rotated_alone(
    database: Engine,
    cipher: FieldCipher,
    add_account: AddAccount,
    find_account: FindAccount,
    live_keys: Keys,
    purpose: Purpose,
    live: set[str],
    resealed: set[str],
) -> None:
    add_account(cipher, "a-1", "ana@example.pe")
    report = rotate(database, cipher, purpose, settle=AT_ONCE)
    assert live_keys() == live
    assert set(report.resealed) == resealed
    assert find_account(cipher, "ana@example.pe") == ["a-1"]


def test_other_keys_are_not_rotated(database: Engine, cipher: FieldCipher) -> None:
    with pytest.raises(InvalidInputError, match="field or index"):
        rotate(database, cipher, Purpose.AUDIT, settle=AT_ONCE)


def test_an_index_whose_texts_nobody_makes_is_refused_before_anything_changes(
    database: Engine, cipher: FieldCipher, live_keys: Keys
) -> None:
    with pytest.raises(InvalidInputError, match=r"accounts\.email_index"):
        rotate(database, cipher, settle=AT_ONCE, index_texts={})
    assert live_keys() == {"field-1", "index-1"}


def test_every_index_column_stands_beside_the_value_that_it_is_made_of() -> None:
    columns = {str(column) for table in Base.metadata.tables.values() for column in table.columns}
    indexes = {name for name in columns if name.endswith("_index")}
    assert {f"{name.removesuffix('_index')}_sealed" for name in indexes} <= columns
    assert indexes == set(INDEX_TEXTS)


def test_a_value_that_does_not_open_is_left_and_its_key_stays_until_it_is_mended(
    database: Engine,
    cipher: FieldCipher,
    fill: Fill,
    open_values: Fill,
    sealed_values: Callable[[], dict[tuple[str, str], bytes]],
    live_keys: Keys,
    set_account: Callable[..., None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    values = fill(cipher)
    whole = sealed_values()[NAME, "a-2"]
    set_account("a-2", name_sealed=whole[:-1] + bytes([whole[-1] ^ 1]))
    report = rotate(database, cipher, settle=AT_ONCE)
    assert report.obstacles == {(NAME, Obstacle.UNREADABLE): 1}
    assert "accounts.name_sealed of row a-2 does not open" in caplog.text
    assert (report.retired, report.retained) == (("index-1",), ("field-1",))
    assert live_keys() == {"field-1", "field-2", "index-2"}
    set_account("a-2", name_sealed=whole)
    report = rotate(database, cipher, settle=AT_ONCE)
    assert (report.is_resumed, report.retired, report.resealed) == (True, ("field-1",), {NAME: 1})
    assert open_values(cipher) == values


def test_an_index_of_another_text_is_left_as_it_was_and_still_found(
    database: Engine, cipher: FieldCipher, add_account: AddAccount, find_account: FindAccount
) -> None:
    """Whoever wrote it had another idea of one form of an address: ours would never be looked for."""
    add_account(cipher, "a-1", "ana@example.pe")
    report = rotate(database, cipher, settle=AT_ONCE, index_texts={**INDEX_TEXTS, INDEX: IndexText(str.upper)})
    assert report.obstacles == {(INDEX, Obstacle.UNMATCHED): 1}
    assert (report.retired, report.retained) == (("field-1",), ("index-1",))
    assert find_account(cipher, "ana@example.pe") == ["a-1"]


def test_an_index_of_the_form_before_is_brought_to_the_new_one(
    database: Engine, cipher: FieldCipher, add_account: AddAccount, find_account: FindAccount
) -> None:
    """It was made of the address casefolded, with the domain in Unicode."""
    add_account(cipher, "a-1", "ana@ñandú.pe")
    report = rotate(database, cipher, Purpose.INDEX, settle=AT_ONCE)
    assert (report.resealed, report.obstacles, report.retired) == ({INDEX: 1}, {}, ("index-1",))
    assert find_account(cipher, "ana@xn--and-6ma2c.pe") == ["a-1"]


def test_two_rows_of_one_address_in_both_forms_are_both_kept_and_told_of(
    database: Engine, cipher: FieldCipher, add_account: AddAccount, find_account: FindAccount
) -> None:
    add_account(cipher, "a-1", "ana@ñandú.pe")
    add_account(cipher, "a-2", "ana@xn--and-6ma2c.pe")
    report = rotate(database, cipher, Purpose.INDEX, settle=AT_ONCE)
    assert (report.obstacles, report.retained) == ({(INDEX, Obstacle.TAKEN): 1}, ("index-1",))
    assert sorted(find_account(cipher, "ana@xn--and-6ma2c.pe")) == ["a-1", "a-2"]


def test_two_rows_of_one_text_are_both_kept_and_told_of(
    database: Engine, cipher: FieldCipher, add_account: AddAccount, find_account: FindAccount, keys_in_use: Keys
) -> None:
    """Two people who sign up with one address at the moment when the key changes have different indexes."""
    add_account(cipher, "a-1", "ana@example.pe")
    cipher.data_keys.begin_rotation([Purpose.FIELD, Purpose.INDEX], datetime.now(UTC))
    add_account(cipher, "a-2", "ana@example.pe")
    report = rotate(database, cipher, settle=AT_ONCE)
    assert report.obstacles == {(INDEX, Obstacle.TAKEN): 1}
    assert (report.retired, report.retained) == (("field-1",), ("index-1",))
    assert keys_in_use() == {"field-2"}
    assert sorted(find_account(cipher, "ana@example.pe")) == ["a-1", "a-2"]


def test_an_index_without_a_value_keeps_its_key(database: Engine, cipher: FieldCipher, fill: Fill) -> None:
    fill(cipher)
    with writing(database).begin() as connection:
        connection.execute(update(Base.metadata.tables["seeker_accounts"]).values(national_id_sealed=None))
    report = rotate(database, cipher, Purpose.INDEX, settle=AT_ONCE)
    assert (report.retired, report.retained) == ((), ("index-1",))


def test_a_value_without_an_index_gets_none(
    database: Engine, cipher: FieldCipher, fill: Fill, caplog: pytest.LogCaptureFixture
) -> None:
    fill(cipher)
    seekers = Base.metadata.tables["seeker_accounts"]
    with writing(database).begin() as connection:
        connection.execute(update(seekers).values(national_id_index=None))
    report = rotate(database, cipher, settle=AT_ONCE)
    with database.connect() as connection:
        assert connection.execute(select(seekers.c.national_id_index)).scalar_one() is None
    assert report.retained == ()
    assert caplog.text == ""
