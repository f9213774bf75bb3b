"""A route of a page: as typed routes are, but it goes by a cookie, takes forms and answers HTML.

    router = APIRouter(route_class=PageRoute)

Whoever posts to it shows the form's own token and comes from our own site. A rule that keeps somebody out leads them to
where they log in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from fastapi import Request

from api.credentials.callers import Caller
from api.http.shares import PAGE_TOKEN
from api.language.reader import ACCEPT_LANGUAGE, CALLER
from api.routing.typed_routes import Handler, TypedRoute
from api.services.services import Services
from api.web.cookies import Cookie, shown_cookie
from api.web.form_tokens import FIELD, require_own_form, require_own_site
from api.web.forms import read_form
from api.web.translations import Language, page_language


class PageRoute(TypedRoute):
    """A page; `most_file_bytes`: of the files that its form may send together."""

    most_file_bytes = 0
    takes_own_forms = True

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        """Raises TypeError for an endpoint without a rule, or with two."""
        super().__init__(path, endpoint, **options | {"include_in_schema": False, "response_model": None})

    @property
    def takes_body(self) -> bool:
        """Whether it takes a form."""
        return self.takes_own_forms and "POST" in (self.methods or ())

    def get_route_handler(self) -> Handler:
        """What answers a request."""
        answer = super().get_route_handler()

        async def page(request: Request) -> Any:
            request.scope[PAGE_TOKEN] = shown_cookie(request, Cookie.SESSION)
            _read_in(page_language(request), request)
            if self.takes_body:
                require_own_site(request)
            return await answer(request)

        return page

    async def _caller(self, request: Request, services: Services) -> Caller:
        caller = await super()._caller(request, services)
        if caller.account is None:
            return caller
        account = replace(caller.account, locale=page_language(request).locale)
        request.scope[CALLER] = reading = replace(caller, account=account)
        return reading

    async def _read(self, request: Request, services: Services) -> Request:
        form = request.state.form = await read_form(request, self.most_file_bytes)
        request.state.body = form.fields_sent()  # for what makes a request safe to repeat
        visit, session = shown_cookie(request, Cookie.VISIT), shown_cookie(request, Cookie.SESSION)
        require_own_form(form.text(FIELD), services, visit, session)
        return request


class FilePageRoute(PageRoute):
    """A page whose form may send files."""

    most_file_bytes = 2 * 1024 * 1024 + 64 * 1024


class MailedPageRoute(PageRoute):
    """A page of an address that was mailed and says what it does: programs of mail post to it, by no form of ours.

    What they send along is not read.
    """

    takes_own_forms = False


def _read_in(language: Language, request: Request) -> None:
    """What is said further in is said in the language of the page."""
    others = [(name, value) for name, value in request.scope["headers"] if name != ACCEPT_LANGUAGE]
    request.scope["headers"] = [*others, (ACCEPT_LANGUAGE, language.locale.value.encode())]
