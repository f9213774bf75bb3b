"""How long somebody is waited for: for a request's headers, for its body, and for who reads an answer."""

from __future__ import annotations

from enum import Enum, auto

from api.configuration.settings import Settings
from api.http.metrics import Refusal

LEAVING_SECONDS = 1


class Waiting(Enum):
    """Whom a connection waits for."""

    NOBODY = auto()
    HEADERS = auto()
    BODY = auto()
    READER = auto()
    LEAVING = auto()
    """Who was refused and may still be reading why."""


Since = tuple[Waiting, int, int]


class ConnectionTimeouts:
    """With one connection. It is told every so often what it waits for, and knows since when."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._since: Since = (Waiting.NOBODY, 0, 0)
        self._began_at = self._window_began_at = 0.0
        self._progress_then = 0

    def refusal(self, since: Since, progress: int, now: float, stop_by: float) -> Refusal | None:
        """Why not to wait any longer, if so; `since` changes when another wait begins, `progress` grows with bytes."""
        if since != self._since:
            self._since, self._began_at = since, now
            self._window_began_at, self._progress_then = now, progress
        waited = now - self._began_at
        match since[0]:
            case Waiting.BODY | Waiting.READER if now >= stop_by:
                return Refusal.STOPPING
            case Waiting.HEADERS if waited >= self._settings.header_seconds:
                return Refusal.SLOW_HEADERS
            case Waiting.BODY if waited >= self._settings.body_seconds or self._is_stalled(progress, now):
                return Refusal.SLOW_BODY
            case Waiting.READER if self._is_stalled(progress, now):
                return Refusal.SLOW_READER
            case Waiting.LEAVING if waited >= LEAVING_SECONDS:
                return Refusal.SLOW_READER
        return None

    def _is_stalled(self, progress: int, now: float) -> bool:
        """Whether too few bytes went through in the time that was given for some."""
        window = now - self._window_began_at
        if window < self._settings.stalled_seconds:
            return False
        if progress - self._progress_then < self._settings.least_bytes_per_second * window:
            return True
        self._window_began_at, self._progress_then = now, progress
        return False
