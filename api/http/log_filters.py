"""A log that a stranger cannot fill: the same warning is written once a minute; and that names the request."""

from __future__ import annotations

import logging
import time

from api.http.request_layer import current_request_id

INTERVAL_SECONDS = 60


class RequestIdFilter(logging.Filter):
    """Gives each record `request`: which request it is of, or nothing."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true."""
        request_id = current_request_id.get()
        record.request = f" [request {request_id}]" if request_id else ""
        return True


class RepeatFilter(logging.Filter):
    """Lets each warning through once an interval, with how many were left out before it."""

    def __init__(self) -> None:
        super().__init__()
        self._written_at: dict[str, float] = {}
        self._left_out: dict[str, int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written; only warnings, told apart by their texts before values are put in."""
        if record.levelno != logging.WARNING:
            return True
        now, text = time.monotonic(), str(record.msg)
        if now - self._written_at.get(text, -INTERVAL_SECONDS) < INTERVAL_SECONDS:
            self._left_out[text] = self._left_out.get(text, 0) + 1
            return False
        self._written_at[text] = now
        left_out = self._left_out.pop(text, 0)
        if left_out:
            record.msg = f"{text} ({left_out} more since it was last written)"
        return True
