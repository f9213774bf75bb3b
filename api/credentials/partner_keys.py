"""Partners' keys in memory: who a key is, and whether it is within its limits, in microseconds and without SQL.

A refresh every `bundle_poll_seconds` brings what other processes changed: keys made, rotated and revoked, partners
suspended, limits, and requests counted (`api/credentials/request_counts.py`).
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from api.credentials.callers import Caller, PartnerCaller, Scope
from api.credentials.request_counts import RequestCounts, policy
from api.credentials.standing import PARTNER_SUSPENDED
from api.http.problems import RETRY_AFTER, ProblemError, ProblemKind
from engine.errors import Message
from store.partners.keys import PREFIX, LiveKey, hash_of_secret, live_keys
from store.partners.partners import RequestLimits

# An unknown key has the database asked again at most so often: guessing ids is no load.
READ_AGAIN_AFTER = timedelta(seconds=1)
WRONG_KEY = {"WWW-Authenticate": 'Bearer error="invalid_token"'}  # RFC 6750, 3.1

log = logging.getLogger("chamba.api")


@dataclass(frozen=True, slots=True)
class _Known:
    """A key in force, and who shows it."""

    key: LiveKey
    caller: PartnerCaller


class PartnerKeys:
    """The keys that are in force, as one process knows them; safe to share between threads."""

    def __init__(self, database: Engine, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._database, self._clock = database, clock
        self._counts = RequestCounts(database)
        self._keys: Mapping[str, _Known] | None = None  # None: never read
        self._read_at: datetime | None = None  # when an unknown key last had it read again
        self._reading, self._publishing = Lock(), Lock()
        self._is_failing = False

    def caller(self, token: str) -> PartnerCaller | None:
        """Whose key `token` is, None when it is no partner's key at all; counts the request.

        Raises the 401 problem for a key that is wrong, expired or revoked, 403 for a suspended partner, 429 past its
        requests of a minute or a day, and 503 while keys cannot be read. Of a key that is not known the database is
        asked: on an event loop, see `is_known` first.
        """
        prefix, _, rest = token.partition("_")
        if prefix != PREFIX:
            return None
        key_id, _, secret = rest.partition("_")
        now = self._clock()
        known = self._find(key_id, now)
        is_right = known is not None and hmac.compare_digest(known.key.secret_hash, hash_of_secret(secret))
        if known is None or not is_right or not _is_in_force(known.key, now):
            detail = "the key is wrong, has expired or was revoked; ask whoever looks after the partner for another"
            raise ProblemError(ProblemKind.UNAUTHENTICATED, detail, headers=WRONG_KEY)
        if known.key.is_suspended:
            raise ProblemError(ProblemKind.FORBIDDEN, PARTNER_SUSPENDED)
        self.count(known.key.partner_id, known.key.limits)
        return known.caller

    def count(self, partner_id: str, limits: RequestLimits) -> None:
        """Count a request of a partner; raises the 429 problem past its requests of a minute or a day."""
        now = self._clock()
        past_limit = self._counts.count(partner_id, limits, now)
        if past_limit is not None:
            self._counts.answered(partner_id, ProblemKind.TOO_MANY_REQUESTS.status, now)
            detail = Message(
                "the partner's limit is reached; try again in {seconds} s", seconds=past_limit["Retry-After"]
            )
            raise ProblemError(ProblemKind.TOO_MANY_REQUESTS, detail, headers=past_limit)

    def answered(self, partner_id: str, status: int) -> None:
        """Count what a partner was answered."""
        self._counts.answered(partner_id, status, self._clock())

    def is_known(self, token: str) -> bool:
        """Whether `caller` would find the token's key in memory."""
        return self._keys is not None and token.partition("_")[2].partition("_")[0] in self._keys

    def used(self, partner_id: str) -> tuple[int, int]:
        """The partner's requests of this minute and of this day, those of other workers up to the last refresh."""
        return self._counts.used(partner_id, self._clock())

    def limit_headers(self, caller: PartnerCaller, status: int) -> tuple[tuple[bytes, bytes], ...]:
        """The partner's limits and what is left of them, as draft-ietf-httpapi-ratelimit-headers writes it.

        They are told with an answer of that status, which is counted.
        """
        self.answered(caller.partner_id, status)
        known = None if self._keys is None else self._keys.get(caller.key_id)
        if known is None:  # it was revoked while this was answered
            return ()
        limits = known.key.limits
        left = self._counts.left(caller.partner_id, limits, self._clock())
        return (b"ratelimit-policy", policy(limits)), (b"ratelimit", left)

    def refresh(self) -> None:
        """Read the keys, write and read the counts. Never raises; logs when the database goes and comes back."""
        try:
            self._read(self._clock())
            self._flush()
        except SQLAlchemyError:
            if not self._is_failing:
                log.warning("partners' keys could not be refreshed; those known go on", exc_info=True)
            self._is_failing = True
            return
        self._is_failing = False

    def close(self) -> None:
        """Write what was counted; logs what could not be."""
        with suppress(SQLAlchemyError):
            self._flush()
        if pending := self._counts.pending():
            log.warning("%d requests of partners stay uncounted: the database does not answer", pending)

    def _find(self, key_id: str, now: datetime) -> _Known | None:
        known = self._keys.get(key_id) if self._keys is not None else None
        if known is None:
            with self._reading:
                if self._read_at is None or not self._read_at <= now < self._read_at + READ_AGAIN_AFTER:
                    self._read_at = now
                    with suppress(SQLAlchemyError):
                        self._read(now)
        if self._keys is None:
            detail = "partners' keys cannot be read just now; try again, and see /readyz"
            raise ProblemError(ProblemKind.DATABASE_UNAVAILABLE, detail, headers=RETRY_AFTER)
        return known or self._keys.get(key_id)

    def _read(self, now: datetime) -> None:
        # One at a time: who read earlier must not have the last word.
        with self._publishing, self._database.connect() as connection:
            found = live_keys(connection, now)
            self._keys = {key_id: _Known(key, _caller(key)) for key_id, key in found.items()}

    def _flush(self) -> None:
        partner_ids = {known.key.partner_id for known in (self._keys or {}).values()}
        self._counts.flush(partner_ids, self._clock())


def partner_of(caller: Caller) -> PartnerCaller:
    """The partner that asks; the rule of the route sees to it that there is one."""
    assert caller.partner is not None
    return caller.partner


def _is_in_force(key: LiveKey, now: datetime) -> bool:
    return key.expires_at is None or now < key.expires_at


def _caller(key: LiveKey) -> PartnerCaller:
    # A scope that only a newer version knows opens nothing here.
    scopes = frozenset(scope for scope in Scope if scope in key.scopes)
    return PartnerCaller(key.partner_id, key.key_id, scopes)
