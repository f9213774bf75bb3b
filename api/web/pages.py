"""Pages of nobody in particular: the language, what makes Chamba an app on a phone, and how data is dealt with."""

from __future__ import annotations

from importlib.resources import files

import orjson
from fastapi import APIRouter, Response

from api.access.rules import Anybody, Visitor
from api.web.cookies import YEAR_SECONDS, Cookie, set_cookie
from api.web.forms import Form
from api.web.frame import Frame
from api.web.page_routes import PageRoute
from api.web.static_files import static_url
from api.web.translations import Language
from engine.explain import Locale
from store.people.consents import consent_texts

router = APIRouter(route_class=PageRoute)


@router.post("/idioma")
def post_language(_caller: Visitor, form: Form, frame: Frame) -> Response:
    """Pages are in that language from now on."""
    chosen, response = form.text("idioma"), frame.see(form.text("sigue"))
    if chosen in tuple(Language):
        set_cookie(response, frame.request, Cookie.LANGUAGE, chosen, seconds=YEAR_SECONDS)
    return response


@router.get("/privacidad")
def get_privacy(_caller: Visitor, frame: Frame) -> Response:
    """What people agree to, in the words that they agree to."""
    locale: Locale = frame.language.locale
    texts = [text.words[locale] for text in consent_texts().values()]
    return frame.page("web/privacy.html", texts=texts)


@router.get("/sin-conexion")
def get_offline(_caller: Anybody, frame: Frame) -> Response:
    """What a phone shows where it reaches nobody; nothing of anybody is in it."""
    return frame.page("web/offline.html")


@router.get("/manifest.webmanifest")
async def get_manifest(_caller: Anybody, frame: Frame) -> Response:
    """What a phone asks to put Chamba among its apps (W3C, Web Application Manifest)."""
    manifest = {
        "name": "Chamba",
        "short_name": "Chamba",
        "description": frame.words("Trabajo remoto para lo que sabes hacer y las horas que tienes libres."),
        "lang": frame.language.value,
        "id": "/",
        "start_url": "/trabajos",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f5f3ee",
        "theme_color": "#07423e",
        "icons": [{"src": static_url("icon.svg"), "type": "image/svg+xml", "sizes": "any", "purpose": "any maskable"}],
    }
    headers = {"Cache-Control": "public, max-age=3600", "Vary": "Cookie, Accept-Language"}
    return Response(orjson.dumps(manifest), headers=headers, media_type="application/manifest+json")


@router.get("/sw.js")
async def get_service_worker(_caller: Anybody) -> Response:
    """The worker that keeps pages for when there is no connection; it stands above all of them."""
    script = files("api.web").joinpath("worker.js").read_bytes()
    names = orjson.dumps([static_url(name) for name in ("chamba.css", "htmx.js", "chamba.js", "icon.svg")])
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": "default-src 'none'; connect-src 'self'"}
    return Response(script.replace(b'"STATIC"', names), headers=headers, media_type="text/javascript")
