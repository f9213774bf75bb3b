"""A kind is as it was after a model was made of it: pydantic keeps notes of its own in what it is given."""

from __future__ import annotations

from copy import deepcopy
from typing import Annotated, Any

import pytest
from pydantic import create_model

from engine.documents.kinds import Kind, some_text, text

KINDS = [text(20), some_text(20)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_does_not_grow_with_the_models_that_have_it(kind: Kind) -> None:
    before = deepcopy(kind.schema)
    fields: dict[str, Any] = {"name": (Annotated[str, kind], ...)}
    for number in range(300):
        model = create_model(f"Model{number}", **fields)
        assert model(name="Rosa").model_dump() == {"name": "Rosa"}
    assert kind.schema == before
    assert model.model_json_schema()["properties"]["name"]["maxLength"] == 20
