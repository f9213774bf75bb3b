"""One base error, without HTTP knowledge: what was expected, what was got, what to do.

What it says holds its values apart (`Message`), so that it can be said in another language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

GOES_ON = "{this}; {next}"  # of two parts of one line, the first without its full stop
IN_THE_CHECKOUT = "in Chamba's checkout: {command}"


class Message(str):
    """A text with its values filled in, which remembers both: `Message("at most {most}", most=3)`.

    It is an ordinary text, in English. Without values the form is the text. A value may be a message itself; one that
    a caller sent is a value, never a part of the form.
    """

    __slots__ = ("key", "values")

    key: str
    values: Mapping[str, object]

    def __new__(cls, form: str, /, **values: object) -> Self:
        """`form` names its values in braces."""
        return cls.named(form, form.format(**values) if values else form, values)

    @classmethod
    def named(cls, key: str, text: str, values: Mapping[str, object]) -> Self:
        """A text that is written already; its translation is found under `key`."""
        message = super().__new__(cls, text)
        message.key, message.values = key, values
        return message


def as_message(text: str) -> Message:
    """The text as a message; one without values where it is none."""
    return text if isinstance(text, Message) else Message(text)


class ChambaError(Exception):
    """A failure that its reader can mend.

    Args:
        message: what went wrong, in one line.
        expected: what would have been right.
        got: what was there instead.
        fix: what the reader can do about it.
        field: where in the input, as a dotted path, when the input is at fault.
    """

    def __init__(self, message: str, *, expected: str = "", got: str = "", fix: str = "", field: str = "") -> None:
        self.message, self.expected, self.got, self.fix, self.field = message, expected, got, fix, field
        super().__init__(self.told)

    @property
    def told(self) -> Message:
        """What is wrong, what was expected, what was got and what to do, as one line."""
        parts: list[str] = [self.message]
        parts += [Message("expected {expected}", expected=as_message(self.expected))] if self.expected else []
        parts += [Message("got {got}", got=as_message(self.got))] if self.got else []
        parts += [self.fix] if self.fix else []
        line, *rest = map(as_message, parts)
        for part in rest:
            text = f"{line.removesuffix('.')}; {part}"
            line = Message.named(GOES_ON, text, {"this": line, "next": part})
        return line


class InvalidInputError(ChambaError):
    """What a caller sent cannot be used."""


class NotFoundError(ChambaError):
    """What a caller named does not exist."""


class ArtifactError(ChambaError):
    """A model, a bundle or a file on disk is missing, damaged or of another version."""


def extra_install(*extras: str) -> Message:
    """How to install extras. Not by the name alone: on the public index `chamba` is not ours."""
    return Message(IN_THE_CHECKOUT, command=f"pip install '.[{','.join(extras)}]'")


def group_install(*groups: str) -> Message:
    """How to install what development needs, which no wheel brings."""
    return Message(IN_THE_CHECKOUT, command=f"pip install {' '.join(f'--group {group}' for group in groups)}")


class NotInstalledError(ChambaError):
    """This installation was made without a library that is needed; an extra of Chamba brings it."""

    def __init__(self, library: str, extra: str) -> None:
        self.library, self.install = library, extra_install(extra)
        super().__init__(Message("{library} is not installed", library=library), fix=self.install)


class ConflictError(ChambaError):
    """What a caller wants is at odds with what is: it exists already, or somebody else changed it meanwhile."""
