"""One base error, without HTTP knowledge: what was expected, what was got, what to do."""

from __future__ import annotations


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
        parts = [message]
        parts += [f"expected {expected}"] if expected else []
        parts += [f"got {got}"] if got else []
        parts += [fix] if fix else []
        super().__init__("; ".join(parts))


class InvalidInputError(ChambaError):
    """What a caller sent cannot be used."""


class NotFoundError(ChambaError):
    """What a caller named does not exist."""


class ArtifactError(ChambaError):
    """A model, a bundle or a file on disk is missing, damaged or of another version."""


class NotInstalledError(ChambaError):
    """This installation was made without a library that is needed; an extra of Chamba brings it."""

    def __init__(self, library: str, extra: str) -> None:
        self.library, self.install = library, f"pip install 'chamba[{extra}]'"
        super().__init__(f"{library} is not installed", fix=self.install)


class ConflictError(ChambaError):
    """What a caller wants is at odds with what is: it exists already, or somebody else changed it meanwhile."""
