"""What is filled in to a message template, whatever people write into it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from engine.errors import InvalidInputError
from store.database import writing
from store.hiring.messages import Template, filled, placeholders_in, put_template
from store.ids import new_id

PIECES = st.sampled_from(["{", "}", "{name}", "{job}", "{employer}", "{ name}", "{{job}}", "{x}", "{}", "{\n}", "Hola"])
BODIES = st.lists(PIECES | st.text(max_size=5), max_size=12).map("".join)
VALUES = st.fixed_dictionaries(dict.fromkeys(("name", "job", "employer"), BODIES))


@given(body=BODIES, values=VALUES)
def test_known_words_in_braces_are_filled_in_once_and_nothing_else_changes(body: str, values: dict[str, str]) -> None:
    oracle = re.sub(r"\{(name|job|employer)\}", lambda match: values[match[1]], body)
    assert filled(body, values) == oracle


@given(body=BODIES)
def test_the_words_to_fill_in_are_those_between_braces(body: str) -> None:
    assert placeholders_in(body) == set(re.findall(r"\{([^{}]*)\}", body))


@pytest.mark.parametrize("body", ["Hola {nombre}", "{}", "{name} y {job} de {x}"])
def test_a_template_with_unknown_words_to_fill_in_is_refused(database: Engine, body: str) -> None:
    with writing(database).begin() as connection, pytest.raises(InvalidInputError) as refused:
        put_template(connection, new_id(), Template(new_id(), "Entrevista", body), datetime.now(UTC))
    assert refused.value.field == "text"
