"""Documents made values of the domain and back, by the fields that both have; what is not stated is left out.

A value says something unless it is None or an empty text or list: `value or value == 0`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from engine.documents.kinds import Change, kind_of


def stated(document: BaseModel | Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a document that say something, by name."""
    fields = document.__dict__ if isinstance(document, BaseModel) else document
    return {name: value for name, value in fields.items() if value or value == 0}


def reader(make: Callable[..., Any]) -> Callable[[BaseModel | Mapping[str, Any]], Any]:
    """What makes a value of the domain of a document."""
    return lambda document: make(**stated(document))


def writer(document: type[BaseModel], names: Iterable[str] = ()) -> Callable[[Any], dict[str, Any]]:
    """What writes a value of the domain as such a document, its keys in the order of `names` (or of the document)."""
    fields = [(name, _write(document, name)) for name in names or document.model_fields]

    def write(value: Any) -> dict[str, Any]:
        return {
            name: part if change is None else change(part)
            for name, change in fields
            if (part := getattr(value, name)) or part == 0
        }

    return write


def _write(document: type[BaseModel], name: str) -> Change | None:
    kind = kind_of(document.model_fields[name])
    return kind.write if kind else None
