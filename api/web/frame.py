"""What the endpoint of a page answers with: a page of a template, the way to another page, a form shown once more.

def get_saved(caller: SeekerCaller, frame: Frame, services: ServicesOfApp) -> Response:
    return frame.page("seekers/saved.html", jobs=…)
"""

from __future__ import annotations

import gzip
import secrets
from http import HTTPStatus
from typing import Annotated, Any, TypeVar
from urllib.parse import quote, unquote

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from api.credentials.callers import Caller
from api.http.problems import problem_of
from api.language.reader import CALLER
from api.routing.idempotency import Creation
from api.routing.json_bodies import validated
from api.services.services import Services
from api.web.cookies import Cookie, drop_cookie, set_cookie, shown_cookie
from api.web.form_tokens import form_token
from api.web.forms import SentForm
from api.web.local_paths import came_from, local_path
from api.web.templating import templates
from api.web.translations import Language, catalogue, page_language
from store.ids import new_id

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Vary": "Cookie, Accept-Language, Accept-Encoding",
    "Content-Type": "text/html; charset=utf-8",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Below, packing costs more than it spares.
LEAST_PACKED, LEVEL = 600, 5
VISIT_BYTES = 16
KEY_FIELD = "_once"

Model = TypeVar("Model", bound=BaseModel)


class PageFrame:
    """The frame of one request for a page."""

    def __init__(self, request: Request, services: Services) -> None:
        self.request, self.services = request, services
        self.language: Language = page_language(request)
        self._visit = shown_cookie(request, Cookie.VISIT)
        self._new_visit = "" if self._visit else secrets.token_urlsafe(VISIT_BYTES)

    @property
    def caller(self) -> Caller:
        """Whoever asks, somebody unknown where that is not known yet."""
        return self.request.scope.get(CALLER) or Caller()

    @property
    def is_fragment(self) -> bool:
        """Whether a part of a page is asked for, by htmx."""
        return self.request.headers.get("hx-request") == "true"

    def words(self, text: str) -> str:
        """Words of a page in its language."""
        return catalogue(self.language).gettext(text)

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """A page, or the part of one that a template makes."""
        said = unquote(shown_cookie(self.request, Cookie.SAID))
        rendered = templates(self.language).get_template(template).render(self._usual(said) | values)
        response = self._packed(rendered.encode(), status)
        if said and not self.is_fragment:
            drop_cookie(response, self.request, Cookie.SAID)
        if self._new_visit:
            set_cookie(response, self.request, Cookie.VISIT, self._new_visit)
        return response

    def see(self, path: str, said: str = "") -> Response:
        """The way to another page of ours, which then says `said` (words that a catalogue knows)."""
        where = local_path(path)
        if self.is_fragment:
            response = Response(status_code=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": where})
        else:
            response = Response(status_code=HTTPStatus.SEE_OTHER, headers={"Location": where})
        response.headers["Cache-Control"] = "no-store"
        # The next page tells by it that a form was taken.
        response.headers["Referrer-Policy"] = HEADERS["Referrer-Policy"]
        if said:
            set_cookie(response, self.request, Cookie.SAID, quote(said), seconds=60)
        return response

    def back(self, otherwise: str, said: str = "") -> Response:
        """The way back to the page that a form stood on; to another where that is not known."""
        return self.see(came_from(self.request, otherwise), said)

    def again(self, template: str, error: Exception, form: SentForm, **values: Any) -> Response:
        """A form once more, as it was filled in, with what is wrong; raises what is no fault of who filled it in."""
        problem = problem_of(error)
        if problem is None:
            raise error
        document = problem.document(self.language.locale)
        return self.page(template, problem.kind.status, form=form, problem=document, **values)

    def creation(self, form: SentForm) -> Creation:
        """What makes a form safe to send twice: its key is made with the page."""
        key = form.text(KEY_FIELD)
        is_key = len(key) <= 64 and key.isascii() and key.isalnum()
        return Creation(self.services, key if is_key else None, self.request)

    def _usual(self, said: str) -> dict[str, Any]:
        """What every template may use."""
        session = shown_cookie(self.request, Cookie.SESSION)
        return {
            "caller": self.caller,
            "path": self.request.url.path,
            "token": form_token(self.services, self._visit or self._new_visit, session),
            "once": new_id().replace("-", ""),
            "said": catalogue(self.language).gettext(said) if catalogue(Language.EN).knows(said) else "",
            "now": self.services.now(),
            "form": SentForm(),
            "problem": None,
            "is_fragment": self.is_fragment,
        }

    def _packed(self, content: bytes, status: int) -> Response:
        headers = HEADERS | {"Content-Language": self.language.value}
        if len(content) >= LEAST_PACKED and "gzip" in self.request.headers.get("accept-encoding", ""):
            return Response(gzip.compress(content, LEVEL, mtime=0), status, headers | {"Content-Encoding": "gzip"})
        return Response(content, status, headers)


def checked(schema: type[Model], document: dict[str, Any]) -> Model:
    """What a form says as the API takes it; raises the problem that names everything wrong with it."""
    return validated(schema, document, above="form")


def _frame_of(request: Request) -> PageFrame:
    services: Services = request.app.state.services
    return PageFrame(request, services)


Frame = Annotated[PageFrame, Depends(_frame_of)]
