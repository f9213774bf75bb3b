"""What is wrong with a file, in words."""

from __future__ import annotations

from engine.errors import InvalidInputError


def damaged() -> InvalidInputError:
    """The file is not whole, or not what it begins as."""
    return InvalidInputError("the file is damaged, or is not what it says it is", expected="a whole file", field="body")


def encrypted() -> InvalidInputError:
    """Only a password opens it."""
    return InvalidInputError("the file has a password", expected="a file that anybody can open", field="body")


def active() -> InvalidInputError:
    """Something in it runs, or is fetched, when it is opened."""
    return InvalidInputError(
        "the file has macros, scripts or other files inside",
        expected="a file of text and pictures alone",
        fix="save it as a new PDF",
        field="body",
    )


def too_large_inside() -> InvalidInputError:
    """It unpacks to more than a CV ever would."""
    return InvalidInputError("the file unpacks to more than it may", expected="a smaller file", field="body")
