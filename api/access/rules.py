"""The one dependency that lets a caller in: every route has exactly one `Rule`, and a test goes through all of them.

    @router.get("/v1/me", dependencies=…)      caller: Annotated[Caller, Depends(allow(Role.SEEKER))]

A person shows an access token, a partner app its key, both as `Authorization: Bearer …` (RFC 6750).
"""

from __future__ import annotations

import hmac
from base64 import b64decode
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_address
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from api.access.limiting import GATEWAY_BY_ADDRESS, address_of, require_attempt
from api.credentials.callers import Caller, Scope
from api.credentials.proofs import second_factor_needed, step_up_needed
from api.credentials.sessions import lifetimes_of
from api.credentials.standing import account_suspended, require_partner_may_act
from api.credentials.tokens import AccessToken, read_page_token, read_token
from api.http.problems import ProblemError, ProblemKind
from api.http.shares import PAGE_TOKEN
from api.language.reader import CALLER, asked_locale
from api.services.services import Services
from engine.errors import Message, NotFoundError
from store.people.accounts import AccountStatus, Role, get_account
from store.people.open_sessions import read_session, touch_session

SCHEME, BASIC = "bearer ", "basic "
FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-real-ip")  # what proxies say of whom they ask for
USE_NOTED_AFTER = timedelta(minutes=5)
CHALLENGE = {"WWW-Authenticate": "Bearer"}
NO_GATEWAY = "no gateway hands anything over while CHAMBA_INCOMING_SECRET is empty"
GATEWAY_CHALLENGE = {"WWW-Authenticate": "Basic"}


class Rule:
    """Who may ask a route; `allowed` names their roles and scopes."""

    allowed: frozenset[Role | Scope] = frozenset()
    is_public = is_fresh = is_for_enrolling = False

    async def __call__(self, request: Request) -> Caller:
        """The caller, whom the route (`api/routing/typed_routes.py`) asked for before it read the body."""
        caller: Caller = request.state.caller
        return caller

    async def caller(self, request: Request, services: Services) -> Caller:
        """Whoever asks; raises the problem that keeps them out."""
        raise NotImplementedError


class PublicRule(Rule):
    """Lets anybody in. It asks nothing, so it answers on the event loop: no thread has to be free for it."""

    is_public = True

    async def caller(self, request: Request, services: Services) -> Caller:  # noqa: ARG002
        """Somebody unknown."""
        return Caller()


class VisitorRule(PublicRule):
    """Lets anybody in, and knows who asks where they are logged in on pages."""

    async def caller(self, request: Request, services: Services) -> Caller:
        """Whoever is logged in, or somebody unknown."""
        if not request.scope.get(PAGE_TOKEN):
            return Caller()
        return await run_in_threadpool(self._known, request, services)

    def _known(self, request: Request, services: Services) -> Caller:
        with suppress(ProblemError):
            request.scope[CALLER] = caller = page_caller(request.scope[PAGE_TOKEN], services)
            return caller
        return Caller()


class OperatorRule(PublicRule):
    """Lets in who shows the operator's token; where none is set, who asks from this machine and through no proxy.

    It asks memory alone, as the public rule does.
    """

    async def caller(self, request: Request, services: Services) -> Caller:
        """Somebody unknown; raises the 401 or 403 problem."""
        token = services.settings.metrics_token.get_secret_value()
        if token:
            shown = bearer_token(request.headers.get("authorization", ""))
            if not hmac.compare_digest(shown.encode(), token.encode()):
                raise unauthenticated("expected Authorization: Bearer with the token of CHAMBA_METRICS_TOKEN")
        elif not _is_of_this_machine(request):
            detail = "this is for whoever runs Chamba, from the machine itself; elsewhere CHAMBA_METRICS_TOKEN opens it"
            raise ProblemError(ProblemKind.FORBIDDEN, detail)
        return Caller()


class GatewayRule(Rule):
    """Lets in gateways, which hand over what phones send: whoever shows their secret, as a password or a token.

    Wrong ones are limited by network address, before the secret is looked at.
    """

    is_public = True

    async def caller(self, request: Request, services: Services) -> Caller:
        """Somebody unknown; raises the 401 problem, 403 where no secret is set, or 429 after too many wrong ones."""
        return await run_in_threadpool(self._admitted, request, services)

    def _admitted(self, request: Request, services: Services) -> Caller:
        secret, shown = services.settings.incoming_secret.get_secret_value(), _shown_secret(request)
        if not secret:
            raise ProblemError(
                ProblemKind.FORBIDDEN, "no gateway hands anything over while CHAMBA_INCOMING_SECRET is empty"
            )
        attempt = require_attempt(services, (GATEWAY_BY_ADDRESS, address_of(request)))
        if not hmac.compare_digest(shown.encode(), secret.encode()):
            raise ProblemError(ProblemKind.UNAUTHENTICATED, "expected the gateway's secret", headers=GATEWAY_CHALLENGE)
        attempt.take_back()
        return Caller()


def _shown_secret(request: Request) -> str:
    """The password of HTTP Basic (RFC 7617), or a bearer token."""
    authorization = request.headers.get("authorization", "")
    if authorization[: len(BASIC)].lower() != BASIC:
        return bearer_token(authorization)
    try:
        return b64decode(authorization[len(BASIC) :], validate=True).decode().partition(":")[2]
    except ValueError:
        return ""


class CallerRule(Rule):
    """Lets those in who have one of the roles and scopes that it names.

    `is_fresh`: who proved a moment ago who they are. `is_for_enrolling`: staff without a second factor too.
    """

    def __init__(
        self, allowed: frozenset[Role | Scope], *, is_fresh: bool = False, is_for_enrolling: bool = False
    ) -> None:
        self.allowed, self.is_fresh, self.is_for_enrolling = allowed, is_fresh, is_for_enrolling

    async def caller(self, request: Request, services: Services) -> Caller:
        """The caller; raises the 401 or 403 problem, or 429 for a partner past its limits."""
        return await run_in_threadpool(self._admitted, request, services)

    def _admitted(self, request: Request, services: Services) -> Caller:
        caller = _shown_caller(request, services)
        if caller.partner is not None:
            caller = replace(caller, accepts=asked_locale(request.scope))
        request.scope[CALLER] = caller
        self.require(caller)
        self._require_proof(caller, services)
        if caller.partner is not None:
            _require_partner_may_act(caller.partner.partner_id, services)
        return caller

    def require(self, caller: Caller) -> None:
        """Raises the 403 problem for a caller that the rule does not name."""
        if caller.account is not None and not caller.account.roles.isdisjoint(self.allowed):
            return
        if caller.partner is not None and not caller.partner.scopes.isdisjoint(self.allowed):
            return
        needed = ", ".join(sorted(self.allowed))
        raise ProblemError(ProblemKind.FORBIDDEN, Message("expected somebody with one of: {needed}", needed=needed))

    def _require_proof(self, caller: Caller, services: Services) -> None:
        """Raises the problem of a session that was not proved by two factors, or not lately, where that is needed."""
        if caller.account is None or caller.session is None:
            return
        if caller.needs_two_factors and not caller.session.is_two_factor and not self.is_for_enrolling:
            raise second_factor_needed()
        minutes = services.settings.step_up_minutes
        if self.is_fresh and services.now() >= caller.session.authenticated_at + timedelta(minutes=minutes):
            raise step_up_needed(minutes)


def caller_of(authorization: str, services: Services) -> Caller:
    """Whoever the `Authorization` header names; raises the 401 problem, or 403 for a suspended account."""
    token = bearer_token(authorization)
    if not token:
        raise unauthenticated("expected Authorization: Bearer with an access token or a partner's key; got none")
    partner = services.partner_keys.caller(token)
    if partner is not None:
        return Caller(partner=partner)
    return _account_caller(token, services)


def bearer_token(authorization: str) -> str:
    """The token of an `Authorization` header, empty where there is none."""
    return authorization[len(SCHEME) :].strip() if authorization[: len(SCHEME)].lower() == SCHEME else ""


def unauthenticated(detail: str) -> ProblemError:
    """The 401 problem."""
    return ProblemError(ProblemKind.UNAUTHENTICATED, detail, headers=CHALLENGE)


def _is_of_this_machine(request: Request) -> bool:
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return request.client is None or ip_address(request.client.host).is_loopback
    except ValueError:  # no address: a socket that only this machine has
        return True


def page_caller(token: str, services: Services) -> Caller:
    """Whoever the cookie of pages names; raises as `caller_of` does. That the session is used is noted now and then."""
    now = services.now()
    read = read_page_token(services.cipher, token, now)
    if read is None:
        raise unauthenticated("nobody is logged in here; log in")
    caller = _session_caller(read, services)
    assert caller.session is not None
    if now >= caller.session.last_used_at + USE_NOTED_AFTER:
        services.write(lambda connection: touch_session(connection, read.session_id, now), durable=False)
    return caller


def _shown_caller(request: Request, services: Services) -> Caller:
    """Pages go by their cookie alone, and everything else by its header alone: no site can ask the API for somebody."""
    page_token: str | None = request.scope.get(PAGE_TOKEN)
    if page_token is None:
        return caller_of(request.headers.get("authorization", ""), services)
    return page_caller(page_token, services)


def _account_caller(token: str, services: Services) -> Caller:
    read = read_token(services.cipher, token, services.now())
    if read is None:
        raise unauthenticated("the access token is not one of ours, or has expired; get another at /v1/auth/refresh")
    return _session_caller(read, services)


def _session_caller(read: AccessToken, services: Services) -> Caller:
    try:
        with services.database.connect() as connection:
            account = get_account(connection, read.account_id)
            session = read_session(connection, read.session_id)
    except NotFoundError:
        raise unauthenticated("the account of this access token is gone") from None
    lifetimes = lifetimes_of(account, services.settings)
    if session is None or session.account_id != read.account_id or not session.is_open(lifetimes, services.now()):
        raise unauthenticated("the session of this access token was ended; log in again")
    if account.status is not AccountStatus.ACTIVE:
        raise account_suspended()
    return Caller(account=account, session=session)


def _require_partner_may_act(partner_id: str, services: Services) -> None:
    """As the database says now. While it does not answer, what keys in memory say holds, for what needs none."""
    with suppress(SQLAlchemyError), services.database.connect() as connection:
        require_partner_may_act(connection, partner_id)


def allow(*allowed: Role | Scope, is_fresh: bool = False, is_for_enrolling: bool = False) -> CallerRule:
    """The rule that lets those in who have one of these roles or scopes."""
    return CallerRule(frozenset(allowed), is_fresh=is_fresh, is_for_enrolling=is_for_enrolling)


PUBLIC = PublicRule()
VISITOR = VisitorRule()
OPERATOR = OperatorRule()
GATEWAY = GatewayRule()
SEEKER = allow(Role.SEEKER)
EMPLOYER = allow(Role.EMPLOYER)
ADMINISTRATOR = allow(Role.ADMINISTRATOR)
ANALYST = allow(Role.ANALYST, Role.ADMINISTRATOR)
OFFICER = allow(Role.OFFICER)
DEVELOPER = allow(Role.DEVELOPER)
ANY_ACCOUNT = allow(*Role)
FRESH_ADMINISTRATOR = allow(Role.ADMINISTRATOR, is_fresh=True)
FRESH_OFFICER = allow(Role.OFFICER, is_fresh=True)
FRESH_DEVELOPER = allow(Role.DEVELOPER, is_fresh=True)
FRESH_ACCOUNT = allow(*Role, is_fresh=True)
ENROLLING = allow(*Role, is_for_enrolling=True)
FRESH_ENROLLING = allow(*Role, is_fresh=True, is_for_enrolling=True)

Anybody = Annotated[Caller, Depends(PUBLIC)]
# On pages: anybody, known where they are logged in.
Visitor = Annotated[Caller, Depends(VISITOR)]
Operator = Annotated[Caller, Depends(OPERATOR)]
Gateway = Annotated[Caller, Depends(GATEWAY)]
SeekerCaller = Annotated[Caller, Depends(SEEKER)]
EmployerCaller = Annotated[Caller, Depends(EMPLOYER)]
AdministratorCaller = Annotated[Caller, Depends(ADMINISTRATOR)]
AnalystCaller = Annotated[Caller, Depends(ANALYST)]
OfficerCaller = Annotated[Caller, Depends(OFFICER)]
DeveloperCaller = Annotated[Caller, Depends(DEVELOPER)]
AccountCaller = Annotated[Caller, Depends(ANY_ACCOUNT)]
# Who proved a moment ago who they are: for what decides about people, and for what opens an account.
FreshAdministratorCaller = Annotated[Caller, Depends(FRESH_ADMINISTRATOR)]
FreshOfficerCaller = Annotated[Caller, Depends(FRESH_OFFICER)]
FreshDeveloperCaller = Annotated[Caller, Depends(FRESH_DEVELOPER)]
FreshAccountCaller = Annotated[Caller, Depends(FRESH_ACCOUNT)]
# Staff without a second factor too: for what they get one by.
EnrollingCaller = Annotated[Caller, Depends(ENROLLING)]
FreshEnrollingCaller = Annotated[Caller, Depends(FRESH_ENROLLING)]
