"""Sealing, opening and indexing private values."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from engine.errors import ArtifactError, InvalidInputError
from store.database import open_database
from store.encryption.data_keys import Purpose
from store.encryption.field_cipher import FieldCipher
from store.encryption.master_keys import MasterKeys, create_master_keys
from store.tables import Base

EMAIL, NAME, INDEX = "accounts.email_sealed", "accounts.name_sealed", "accounts.email_index"
TEXTS = st.text(st.characters(exclude_categories=()))  # lone surrogates too
on_one_database = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@on_one_database
@given(TEXTS)
def test_any_text_opens_to_itself(cipher: FieldCipher, text: str) -> None:
    assert cipher.open(EMAIL, "a-1", cipher.seal(EMAIL, "a-1", text)) == text


@on_one_database
@given(TEXTS.filter(lambda text: len(text) > 3))
def test_a_sealed_value_shows_nothing_of_its_text_and_is_another_each_time(cipher: FieldCipher, text: str) -> None:
    first, second = cipher.seal(EMAIL, "a-1", text), cipher.seal(EMAIL, "a-1", text)
    assert first != second
    assert text.encode("utf-8", "surrogatepass") not in first


@on_one_database
@given(st.text(max_size=20), st.tuples(TEXTS, TEXTS), st.tuples(TEXTS, TEXTS))
def test_a_value_that_was_moved_does_not_open(
    cipher: FieldCipher, text: str, place: tuple[str, str], other: tuple[str, str]
) -> None:
    assume(place != other)
    with pytest.raises(ArtifactError, match="does not open"):
        cipher.open(*other, cipher.seal(*place, text))


def test_a_value_does_not_open_where_field_and_row_together_read_the_same(cipher: FieldCipher) -> None:
    with pytest.raises(ArtifactError):
        cipher.open("accounts.email", "_sealeda-1", cipher.seal("accounts.email_sealed", "a-1", "x"))


@on_one_database
@given(st.data())
def test_altered_or_truncated_bytes_do_not_open(cipher: FieldCipher, data: st.DataObject) -> None:
    text = "ana.quispe@example.pe"
    sealed = bytearray(cipher.seal(EMAIL, "a-1", text))
    if data.draw(st.booleans()):
        sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    else:
        del sealed[data.draw(st.integers(0, len(sealed) - 1)) :]
    with pytest.raises(ArtifactError) as raised:
        cipher.open(EMAIL, "a-1", bytes(sealed))
    assert "ana" not in str(raised.value)


@on_one_database
@given(st.binary(max_size=120))
def test_bytes_that_nobody_sealed_do_not_open(cipher: FieldCipher, junk: bytes) -> None:
    with pytest.raises(ArtifactError):
        cipher.open(EMAIL, "a-1", junk)


def test_the_id_of_a_key_of_another_purpose_opens_nothing(cipher: FieldCipher) -> None:
    sealed = cipher.seal(EMAIL, "a-1", "x")
    with pytest.raises(ArtifactError, match="does not open"):
        cipher.open(EMAIL, "a-1", sealed.replace(b"field-1", b"token-1"))


def test_the_length_of_a_sealed_value_does_not_tell_which_word_it_is(cipher: FieldCipher) -> None:
    words = ["pobre", "pobre extremo", "no pobre", ""]
    assert len({len(cipher.seal("seeker_accounts.poverty_class_sealed", "a-1", word)) for word in words}) == 1


def test_an_index_is_the_same_for_the_same_text_of_the_same_field_alone(cipher: FieldCipher) -> None:
    index = cipher.index(INDEX, "ana@example.pe")
    assert len(index) == 32
    assert cipher.index(INDEX, "ana@example.pe") == index
    others = [cipher.index("employers.tax_id_index", "ana@example.pe"), cipher.index(INDEX, "eva@example.pe")]
    assert index not in others
    assert index != hashlib.sha256(b"ana@example.pe").digest()


def test_an_index_finds_the_row_and_no_other(
    cipher: FieldCipher,
    add_account: Callable[[FieldCipher, str, str], None],
    find_account: Callable[[FieldCipher, str], list[str]],
) -> None:
    add_account(cipher, "a-1", "Ana@Example.pe")
    add_account(cipher, "a-2", "eva@example.pe")
    assert find_account(cipher, " ana@example.PE ") == ["a-1"]
    assert find_account(cipher, "nadie@example.pe") == []


def test_another_database_has_other_indexes_and_hashes(
    cipher: FieldCipher, master_keys: MasterKeys, new_database_url: Callable[..., str]
) -> None:
    engine = open_database(new_database_url())
    other = FieldCipher(engine, master_keys)
    engine.dispose()
    assert other.index(INDEX, "ana@example.pe") != cipher.index(INDEX, "ana@example.pe")
    assert other.keyed_hash(Purpose.PSEUDONYM, "s-1") != cipher.keyed_hash(Purpose.PSEUDONYM, "s-1")


def test_keyed_hashes_are_of_their_purpose_and_text(cipher: FieldCipher) -> None:
    hashed = cipher.keyed_hash(Purpose.PSEUDONYM, "s-1")
    assert (len(hashed), set(hashed) <= set("0123456789abcdef")) == (64, True)
    assert cipher.keyed_hash(Purpose.PSEUDONYM, "s-1") == hashed
    assert cipher.keyed_hash(Purpose.ATTEMPT, "s-1") != hashed
    assert cipher.keyed_hash(Purpose.PSEUDONYM, "s-2") != hashed


@pytest.mark.parametrize("purpose", [Purpose.TOKEN, Purpose.AUDIT, Purpose.FIELD, Purpose.INDEX])
def test_keys_that_sign_or_seal_hash_no_text_of_anybodys_choice(cipher: FieldCipher, purpose: Purpose) -> None:
    with pytest.raises(InvalidInputError, match="attempt or pseudonym"):
        cipher.keyed_hash(purpose, "x")


def test_every_purpose_has_a_key_of_its_own(cipher: FieldCipher) -> None:
    keys = [cipher.key(purpose) for purpose in Purpose]
    assert len({key_id for key_id, _ in keys}) == len({secret for _, secret in keys}) == 6
    assert {len(secret) for _, secret in keys} == {32}
    assert cipher.keys(Purpose.TOKEN) == [cipher.key(Purpose.TOKEN)]


def test_the_wrong_master_key_is_refused_with_what_to_do(database: Engine, cipher: FieldCipher, tmp_path: Path) -> None:
    assert cipher.key(Purpose.FIELD)
    with pytest.raises(ArtifactError, match=r"other.keys lacks a master key .*--master-keys, CHAMBA_MASTER_KEYS"):
        FieldCipher(database, create_master_keys(tmp_path / "other.keys"))


def test_no_key_material_is_in_the_database(
    database: Engine, cipher: FieldCipher, master_keys: MasterKeys, fill: Callable[[FieldCipher], Any]
) -> None:
    fill(cipher)
    master = master_keys.path.read_text().split()[-1]
    secrets = [cipher.key(purpose)[1] for purpose in Purpose] + [base64.urlsafe_b64decode(master)]
    with database.connect() as connection:
        stored = [
            value
            for table in Base.metadata.tables.values()
            for row in connection.execute(select(table))
            for value in row
        ]
    content = b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in stored)
    if database.dialect.name == "sqlite":
        folder = Path(str(database.url.database)).parent
        content += b"".join(path.read_bytes() for path in folder.glob("chamba.db*"))
    assert b"Example.pe" not in content
    assert cipher.seal(EMAIL, "a-1", "x")[:9] in content  # what is looked through is what was stored
    for secret in secrets:
        for form in (secret, secret.hex().encode(), base64.b64encode(secret), base64.urlsafe_b64encode(secret)):
            assert form.rstrip(b"=") not in content
