"""What can go wrong while something is fetched."""

from __future__ import annotations

from engine.errors import ChambaError


class FetchError(ChambaError):
    """An address could not be read.

    `is_passing`: it may be read a moment later; `retry_after_seconds`: what the host itself says of when.
    """

    def __init__(
        self,
        message: str,
        *,
        expected: str = "",
        got: str = "",
        fix: str = "",
        is_passing: bool = False,
        retry_after_seconds: float | None = None,
    ) -> None:
        super().__init__(message, expected=expected, got=got, fix=fix)
        self.is_passing, self.retry_after_seconds = is_passing, retry_after_seconds


class ForbiddenError(FetchError):
    """The host does not want this address read, or we do not go where it leads."""


class OutOfTimeError(FetchError):
    """What is left of the time does not reach for the next request; nothing is wrong with the host."""
