"""What is wrong with a document, as one error: what was expected and what was got, at a dotted path."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from pydantic_core import ErrorDetails, PydanticCustomError

from engine.errors import InvalidInputError, Message

OURS = "document"  # the type of the errors that say themselves what they expected
MESSAGE_FORM = "{message}; expected {expected}"
LONGEST_GOT, LONGEST_PATH = 80, 200
LIST_ABOVE = ".."  # as the field of an item's error: the list is named
KEY = "[key]"  # stands in a path after a key that is itself at fault
# What pydantic finds itself: type of error → what is wrong, and what would have been right.
FOUND = {
    "missing": ("{key} is missing", "a value"),
    "extra_forbidden": ("unknown key", "a known key"),
    "model_type": ("not an object", "a JSON object"),
    "dict_type": ("not an object", "a JSON object"),
    "bool_type": ("not a truth value", "true or false"),
    "string_type": ("not a text", "a text"),
    "string_unicode": ("not a text", "a text of valid Unicode"),
    "list_type": ("not a list", "a JSON list"),
    "too_short": ("nothing is in {key}", "at least one"),
    "json_invalid": ("not JSON", "JSON in UTF-8"),
    "union_tag_invalid": ("no known kind", "{expected_tags}"),
    "union_tag_not_found": ("kind is missing", "a kind"),
}

Value = TypeVar("Value")
Read = TypeVar("Read")


def refused(message: str, expected: str, field: str = "", got: str = "", fix: str = "") -> PydanticCustomError:
    """The error to raise while a document is read; `field` is the path below what is read."""
    parts = {"message": message, "expected": expected, "field": field, "got": got, "fix": fix}
    return PydanticCustomError(OURS, MESSAGE_FORM, parts)


def reading(make: Callable[[Value], Read], *, of_parts: bool) -> Callable[[Value], Read]:
    """`make`, whose InvalidInputError is an error of the document that is being read; of a part of it: `of_parts`."""

    def read(value: Value) -> Read:
        try:
            return make(value)
        except InvalidInputError as error:
            field = error.field if of_parts else ""
            raise refused(error.message, error.expected, field, error.got, error.fix) from None

    return read


def document_error(details: ErrorDetails, keys: Sequence[str] = ()) -> InvalidInputError:
    """One thing that is wrong with a document; `keys` are those that could stand where one is that may not."""
    path, context = fault_path(details), details.get("ctx", {})
    if details["type"] == OURS:
        message, expected = context["message"], context["expected"]
    else:
        message, expected = FOUND.get(details["type"], (details["msg"], details["msg"]))
        expected = expected.replace("{expected_tags}", str(context.get("expected_tags", "")))
    if keys:
        expected = " or ".join(sorted(keys))
    names = [part for part in path.split(".") if not part.isdigit()]
    return InvalidInputError(
        Message(message, key=names[-1][:LONGEST_GOT]) if "{key}" in message else message,
        expected=expected,
        got=context.get("got") or got_of(details),
        fix=context.get("fix", ""),
        field=path if len(path) <= LONGEST_PATH else path[:LONGEST_PATH] + "…",
    )


def fault_path(details: ErrorDetails) -> str:
    """The dotted path of what is at fault; of a key that cannot be used, that of the object it is in."""
    places: Sequence[int | str] = details["loc"]
    if places and places[-1] == KEY:
        places = places[:-2]
    below = details.get("ctx", {}).get("field") if details["type"] == OURS else None
    if below == LIST_ABOVE:
        places, below = places[:-1], None
    return ".".join(map(str, [*places, below] if below else places))


def got_of(details: ErrorDetails) -> str:
    """What was got, in few words."""
    if details["type"] == "missing":
        return Message("nothing")
    if details["type"] == "extra_forbidden":
        return shown(details["loc"][-1])
    return shown(details["input"])


def shown(value: object) -> str:
    """A value in few words: never a large or deeply nested one in full."""
    if isinstance(value, dict):
        return Message("an object of {count} keys", count=len(value))
    if isinstance(value, list | tuple):
        return Message("a list of {count}", count=len(value))
    if isinstance(value, int) and value.bit_length() > LONGEST_GOT:
        return Message("a number of many digits")
    text = repr(value[: LONGEST_GOT + 1] if isinstance(value, str | bytes) else value)
    return text if len(text) <= LONGEST_GOT else text[:LONGEST_GOT] + "…"
