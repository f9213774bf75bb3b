"""Who asks: nobody that we know, a person with an account, or a partner app with a key."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engine.explain import Locale
from store.people.accounts import STAFF, Account, Role
from store.people.open_sessions import Session


class Scope(StrEnum):
    """What a partner's key opens."""

    RECOMMEND = "recommend"
    SEEKERS = "seekers"
    JOBS = "jobs"
    EVENTS = "events"
    WEBHOOKS = "webhooks"


@dataclass(frozen=True, slots=True)
class PartnerCaller:
    """A partner app, by one of its keys."""

    partner_id: str
    key_id: str
    scopes: frozenset[Scope]


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever asks; all None for somebody unknown. A person asks in one of their sessions.

    `accepts`: the language that the request asks to be answered in.
    """

    account: Account | None = None
    partner: PartnerCaller | None = None
    session: Session | None = None
    accepts: Locale | None = None

    @property
    def is_somebody(self) -> bool:
        """Whether it is known who asks."""
        return self.account is not None or self.partner is not None

    @property
    def name(self) -> str:
        """The caller in the audit log and beside idempotency keys."""
        if self.account is not None:
            return f"account:{self.account.account_id}"
        return f"partner:{self.partner.partner_id}" if self.partner is not None else "nobody"

    @property
    def account_id(self) -> str:
        """Whose account it is; the rule of the route sees to it that there is one."""
        assert self.account is not None
        return self.account.account_id

    @property
    def session_id(self) -> str:
        """In which session they ask; the rule of the route sees to it that there is one."""
        assert self.session is not None
        return self.session.session_id

    @property
    def of_partner(self) -> str:
        """Which partner it is; the rule of the route sees to it that there is one."""
        assert self.partner is not None
        return self.partner.partner_id

    @property
    def locale(self) -> Locale:
        """The language of whoever asks: their account's; an app's request says it, and is answered in English else."""
        return self.accepts or Locale.EN if self.account is None else self.account.locale

    @property
    def opener(self) -> str:
        """Who opened a case: the account's own id, so that its owner finds it, or the partner by name."""
        return self.account.account_id if self.account is not None else self.name

    def has(self, role: Role) -> bool:
        """Whether the caller is one of those."""
        return self.account is not None and role in self.account.roles

    @property
    def needs_two_factors(self) -> bool:
        """Whether the caller sees or decides what is other people's, which a password alone does not open."""
        return self.account is not None and not self.account.roles.isdisjoint(STAFF)
