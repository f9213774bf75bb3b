"""Documents made values of the domain and back, by the fields that both have; what is not stated is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pydantic import BaseModel

from engine.documents.kinds import Change, kind_of

NOT_STATED = (None, "", ())


def stated(document: BaseModel) -> dict[str, Any]:
    """The fields of a document that say something, by name."""
    return {name: value for name, value in document.__dict__.items() if value not in NOT_STATED}


def writer(document: type[BaseModel], names: Iterable[str] = ()) -> Callable[[Any], dict[str, Any]]:
    """What writes a value of the domain as such a document, its keys in the order of `names` (or of the document)."""
    fields = [(name, _write(document, name)) for name in names or document.model_fields]

    def write(value: Any) -> dict[str, Any]:
        return {
            name: part if change is None else change(part)
            for name, change in fields
            if (part := getattr(value, name)) not in NOT_STATED
        }

    return write


def _write(document: type[BaseModel], name: str) -> Change | None:
    kind = kind_of(document.model_fields[name])
    return kind.write if kind else None
