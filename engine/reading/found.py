"""What a reader of text finds: a value, the sentence that it stands in, and how surely it is meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """`value` was read from `sentence`; `confidence` is 0 to 1; `more` holds what the same words say of other fields
    of a job, by their names."""

    value: Value
    sentence: str
    confidence: float
    more: dict[str, Any] = field(default_factory=dict)
