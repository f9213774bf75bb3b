"""Which messages the code holds: those of errors that a request can meet, found by reading it, and pydantic's."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from api.http.problems import ProblemKind

ROOT = Path(__file__).parents[3]
ROOMS = ("api", "engine", "store")
# What operators alone meet, at a command or when a server starts: a request raises none of these.
NOT_ASKED = (
    "api/configuration",
    "api/delivering/mailing.py",
    "engine/array_files.py",
    "engine/artifacts.py",
    "engine/encoder",
    "engine/learning_paths",
    "engine/relevance.py",
    "engine/reranking/model.py",
    "store/audit.py",
    "store/audit_chain.py",
    "store/database.py",
    "store/encryption",
    "store/evidence/detaching.py",
    "store/feeds",
    "store/fetching",
    "store/importers/esco",
    "store/importers/gzip_files.py",
    *(
        f"store/importers/postings/{name}.py"
        for name in ("decoding", "mapping", "pipeline", "rows", "tables", "workbooks")
    ),
    "store/matching/rows.py",
    "store/vacuuming.py",
)
MESSAGE, CUSTOM = "Message", "PydanticCustomError"
ERRORS = frozenset(
    {
        "ChambaError",
        "ConflictError",
        "InvalidInputError",
        "NotFoundError",
        "ProblemError",
        "_too_large",
        "_unusable",
        "refused",
        "unauthenticated",
        CUSTOM,
    }
)
WORDS = ("message", "expected", "got", "fix", "detail")
# The kinds of errors that a schema of pydantic's core can find, by its type.
FOUND_BY = {
    "bool": {"bool_type", "bool_parsing"},
    "date": {"date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"},
    "datetime": {"datetime_type", "datetime_parsing", "datetime_from_date_parsing", "datetime_object_invalid"},
    "dict": {"dict_type", "too_long", "too_short"},
    "enum": {"enum"},
    "float": {"float_type", "float_parsing", "finite_number"}
    | {"greater_than", "greater_than_equal", "less_than", "less_than_equal"},
    "int": {"int_type", "int_parsing", "int_parsing_size", "int_from_float"}
    | {"greater_than", "greater_than_equal", "less_than", "less_than_equal"},
    "list": {"list_type", "too_long", "too_short"},
    "literal": {"literal_error"},
    "model": {"model_type", "model_attributes_type"},
    "model-fields": {"missing", "extra_forbidden", "invalid_key", "model_type", "model_attributes_type"},
    "str": {"string_type", "string_unicode", "string_too_short", "string_too_long", "string_pattern_mismatch"},
    "frozenset": {"frozen_set_type"},
    "is-instance": {"is_instance_of"},
    "none": {"none_required"},
    "tagged-union": {"union_tag_invalid", "union_tag_not_found"},
}
# These find nothing themselves.
ONLY_WRAP = frozenset(
    {"any", "chain", "custom-error", "default", "definitions", "definition-ref", "no-info", "nullable", "model-field"}
    | {
        "union",
        "function-after",
        "function-before",
        "function-plain",
        "function-wrap",
        "json-or-python",
        "lax-or-strict",
    }
)


class UnreadableMessageError(Exception):
    """A message that no catalogue can have: its words are put together where it is raised."""


def messages() -> dict[str, str]:
    """Every message that a request can meet, and where one is raised."""
    found: dict[str, str] = {kind.title: "api/http/problems.py" for kind in ProblemKind}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if not name.startswith(NOT_ASKED):
                found |= dict.fromkeys(messages_of(ast.parse(path.read_text("utf-8")), name), name)
    return found


def messages_of(tree: ast.Module, name: str = "") -> Iterator[str]:
    """Those of a module; raises UnreadableMessageError for one that is no constant."""
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for words in _named_words(tree):
        yield from _constants(words, constants, name)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        assert isinstance(call.func, ast.Name)
        if call.func.id == MESSAGE:
            if isinstance(call.args[0], ast.Constant):
                yield str(call.args[0].value)
        elif call.func.id in ERRORS:
            for words in _words(call):
                yield from _constants(words, constants, f"{name}:{call.lineno}")


def _words(call: ast.Call) -> Iterable[ast.expr]:
    assert isinstance(call.func, ast.Name)
    args = call.args if call.func.id.startswith("_") else call.args[call.func.id in {"ProblemError", CUSTOM} :][:1]
    return [*args, *(keyword.value for keyword in call.keywords if keyword.arg in WORDS)]


def _named_words(tree: ast.Module) -> Iterator[ast.expr]:
    """What is called `detail`, `fix`, … before an error is raised with it, and what such a parameter is by default."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(isinstance(one, ast.Name) and one.id in WORDS for one in node.targets):
            yield node.value
        elif isinstance(node, ast.FunctionDef):
            named = node.args.args[len(node.args.args) - len(node.args.defaults) :]
            yield from (value for arg, value in zip(named, node.args.defaults, strict=True) if arg.arg in WORDS)
        elif isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "made" and node.value is not None:
            yield node.value


def _constants(words: ast.expr, constants: dict[str, str], where: str) -> Iterator[str]:
    match words:
        case ast.Constant(value=str() as text):
            if text:
                yield text
        case ast.Name(id=name) if name in constants:
            yield constants[name]
        case ast.IfExp(body=body, orelse=other):
            yield from _constants(body, constants, where)
            yield from _constants(other, constants, where)
        case ast.JoinedStr(values=values):
            said = "".join(str(value.value) for value in values if isinstance(value, ast.Constant))
            if any(character.isalpha() for character in said):
                raise UnreadableMessageError(
                    f"{where}: expected Message(…) with its values by name; got f-string {said!r}"
                )


def schemas_of(kinds: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Every schema of pydantic's core in those of some types, however deep."""
    waiting: list[Any] = [TypeAdapter(kind).core_schema for kind in kinds]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if isinstance(value.get("type"), str):
                yield value
            waiting += value.values()
        elif isinstance(value, list | tuple):
            waiting += value
