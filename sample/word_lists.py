"""Word lists: texts in Spanish and English from `sample/words/*.toml`, checked as they are read.

Texts hold slots in braces, filled when they are written: {company}. In what people say of themselves and in titles
[o/a] marks a gendered ending. Whoever writes a list wrongly is told the file, the key, and what would be right.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from importlib.resources.abc import Traversable
from string import Formatter
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from engine.errors import InvalidInputError

Language = Literal["es", "en"]
Content = TypeVar("Content")
List = TypeVar("List")

_GENDERED = re.compile(r"\[\w*/\w*\]")
_GOT_CHARACTERS = 80
# What pydantic calls a mistake: what was expected, and what to do about it.
_MISTAKES = {
    "missing": ("this key", "write it as the neighbouring tables do"),
    "extra_forbidden": ("no such key", "mend its spelling, or take it out"),
    "string_type": ("a text", 'write one text in quotes: "…"'),
    "tuple_type": ("a list", 'write a list: ["…", "…"]'),
    "dict_type": ("a table", "write keys and values under a [heading]"),
    "model_type": ("a table", "write keys and values under a [heading]"),
    "float_type": ("a number", "write it without quotes: 0.5"),
    "too_short": ("at least one", "write one, or more"),
}


class MistakeError(ValueError):
    """What our own checks find wrong with a value."""

    def __init__(self, expected: str, got: str, fix: str = "correct it") -> None:
        super().__init__(f"expected {expected}; got {got}")
        self.expected, self.got, self.fix = expected, got, fix


class WordList(BaseModel):
    """A table of a word list: every key is known, and none is left out."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class InBoth(WordList, Generic[Content]):
    """The same in Spanish and in English."""

    es: Content
    en: Content

    def of(self, language: Language) -> Content:
        """What is said in `language`."""
        return self.es if language == "es" else self.en


def _without_edges(text: str) -> str:
    if not text or text != text.strip():
        raise MistakeError("a text that says something and neither begins nor ends with a space", repr(text))
    return text


def without_repeats(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The texts; raises MistakeError where one stands twice, for it would be drawn twice as often."""
    twice = [text for text, count in Counter(texts).items() if count > 1]
    if twice:
        raise MistakeError("every text once", f"{twice[0]!r} twice", "take one out")
    return texts


def _texts_in(content: object) -> Iterable[str]:
    if isinstance(content, str):
        return (content,)
    if isinstance(content, InBoth):
        return (*_texts_in(content.es), *_texts_in(content.en))
    return content if isinstance(content, tuple) else ()


def slots(*names: str, gendered: bool = False) -> AfterValidator:
    """Checks that texts have no slots but `names`, and [o/a] only where `gendered`."""

    def check(content: Content) -> Content:
        for text in _texts_in(content):
            _check_marks(text, names, gendered)
        return content

    return AfterValidator(check)


def keys(*names: str) -> AfterValidator:
    """Checks that a table has the keys `names` and no others."""

    def check(table: dict[str, Content]) -> dict[str, Content]:
        if set(table) != set(names):
            got = ", ".join(sorted(set(table) - set(names))) or f"no {', '.join(sorted(set(names) - set(table)))}"
            raise MistakeError(f"the keys {', '.join(names)}", got, "write each of them, and no other")
        return table

    return AfterValidator(check)


def _check_marks(text: str, names: tuple[str, ...], gendered: bool) -> None:
    may = f"slots {', '.join(f'{{{name}}}' for name in names)}" if names else "no slots"
    try:
        used = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        raise MistakeError(f"{may}, in pairs of braces", repr(text), "close every brace") from None
    if not used <= set(names):
        raise MistakeError(may, f"{{{min(used - set(names))}}} in {text!r}", "slots are named alike in every language")
    if re.search(r"[\[\]]", _GENDERED.sub("", text) if gendered else text):
        raise MistakeError("gendered endings as [o/a]" if gendered else "no gendered endings here", repr(text))


Text = Annotated[str, AfterValidator(_without_edges)]
# TOML has lists and no tuples: the only thing that is not taken as strictly as it stands.
Texts = Annotated[tuple[Text, ...], Field(strict=False, min_length=1), AfterValidator(without_repeats)]
PlainText = Annotated[InBoth[Text], slots()]
PlainTexts = Annotated[InBoth[Texts], slots()]
SpokenTexts = Annotated[InBoth[Texts], slots(gendered=True)]


def read_list(folder: Traversable, name: str, kind: type[List]) -> List:
    """The word list of the file `name` in `folder`, as `kind` says; raises InvalidInputError."""
    try:
        document = tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise wrong(name, "", "a word list", "no such file", "write the file, or take out what asks for it") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as cause:
        fix = "close quotes and brackets, write each key once, save as UTF-8"
        raise wrong(name, "", "TOML", str(cause), fix) from cause
    try:
        return TypeAdapter(kind).validate_python(document)
    except ValidationError as cause:
        raise _first_mistake(name, cause.errors()[0]) from cause


def _first_mistake(name: str, mistake: ErrorDetails) -> InvalidInputError:
    key, own = ".".join(map(str, mistake["loc"])), mistake.get("ctx", {}).get("error")
    if isinstance(own, MistakeError):
        return wrong(name, key, own.expected, own.got, own.fix)
    expected, fix = _MISTAKES.get(mistake["type"], (mistake["msg"].removeprefix("Input should be "), "correct it"))
    return wrong(name, key, expected, "nothing" if mistake["type"] == "missing" else _shown(mistake["input"]), fix)


def _shown(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= _GOT_CHARACTERS else f"{shown[:_GOT_CHARACTERS]}…"


def wrong(name: str, key: str, expected: str, got: str, fix: str) -> InvalidInputError:
    """The error of a word list's file, at one of its keys."""
    place = f"{name}, {key}" if key else name
    return InvalidInputError(f"{place}: this word list is wrong", expected=expected, got=got, fix=fix, field=key)
