"""Makes the app: `create_app(Settings())`. Nothing is opened before it starts; bundles are swapped while it runs."""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.configuration.settings import Settings
from api.delivering.deliveries import Deliveries
from api.http.answer_headers import with_answer_headers
from api.http.background import BackgroundThread
from api.http.connections import CONNECTIONS, Connections
from api.http.cors import CrossOrigin
from api.http.problem_handlers import add_problem_handlers
from api.http.request_layer import RequestLayer, answer_head
from api.recommendations.hot_path import HotPath
from api.routes import api_routes, key_paths, methods_by_path, router
from api.routing.documentation import add_documentation
from api.routing.openapi import DESCRIPTION, describe
from api.services.services import Services
from api.web.problem_view import problem_response
from engine.encoder.thread_priority import BESIDE, step_back

VERSION = "1"
SWITCH_SECONDS, ORDER_SECONDS = 0.0002, 0.5
REQUEST_THREAD = "AnyIO worker thread"
# A look through everything stops every thread for a tenth of a second, and by default batches and imports, which make
# many objects, cause one every few seconds. Young cycles go on being found as they come.
COLLECTOR_THRESHOLDS, COLLECT_SECONDS = (2_000, 10, 10_000), 600


class App(FastAPI):
    """FastAPI, but for what the hot path takes."""

    def __init__(self, services: Services) -> None:
        super().__init__(
            title="Chamba",
            version=VERSION,
            description=DESCRIPTION,
            lifespan=_lifespan,
            # `add_documentation` has them.
            openapi_url=None,
            docs_url=None,
            redoc_url=None,
            # A redirect would name the host that the request named, whoever chose that.
            redirect_slashes=False,
        )
        self.state.services = services
        self._hot = HotPath(services)
        self._answer: ASGIApp = RequestLayer(self._answered, services.metrics, services.partner_keys.limit_headers)
        if services.settings.origins:
            self._answer = CrossOrigin(self._answer, services.settings.origins, key_paths())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http":
            send = with_answer_headers(scope["path"], send)
        await self._answer(scope, receive, send)

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._hot.takes(scope):
            scope["app"] = self
            await self._hot(scope, receive, send)
        elif scope.get("method") == "HEAD":
            await answer_head(super().__call__, scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def create_app(settings: Settings) -> FastAPI:
    """The app; raises InvalidInputError for a database URL that cannot be used."""
    app = App(Services(settings))
    add_problem_handlers(app, problem_response)
    app.router.routes.extend(router().routes)
    describe(app, api_routes())
    add_documentation(app)
    app.state.methods = methods_by_path()
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[dict[str, Connections]]:
    """Open everything, keep it fresh while the app runs, close the database."""
    services: Services = app.state.services
    # A thread that wants the interpreter waits so long for one that computes: five milliseconds by default, and a
    # request asks for it several times while a new bundle is opened beside it.
    sys.setswitchinterval(SWITCH_SECONDS)
    await services.refreshing.run(services.refresh)
    await services.observing.run(services.readiness.observe)
    await _build_routes(app)
    # What was made so far stays: the collector need not stop everything to look through it again and again.
    gc.collect()
    gc.freeze()
    usual_thresholds = gc.get_threshold()
    gc.set_threshold(*COLLECTOR_THRESHOLDS)
    stopping = asyncio.Event()
    poll_seconds = services.settings.bundle_poll_seconds
    polling = asyncio.create_task(_poll(services.refreshing, services.refresh, poll_seconds, stopping))
    observing = asyncio.create_task(_poll(services.observing, services.readiness.observe, poll_seconds, stopping))
    ordering = asyncio.create_task(_order(stopping))
    # Nothing else looks through everything for cycles.
    collecting = asyncio.create_task(_poll(services.refreshing, gc.collect, COLLECT_SECONDS, stopping))
    delivering = asyncio.create_task(_deliver(services, stopping))
    try:
        yield {CONNECTIONS: services.connections}
    finally:
        stopping.set()
        await polling
        await observing
        await ordering
        await collecting
        await delivering
        services.close()
        gc.set_threshold(*usual_thresholds)
        gc.unfreeze()


async def _build_routes(app: FastAPI) -> None:
    """Ask for what is nowhere: FastAPI builds the routes that a request is held against when the first one comes, and
    answers nobody for a tenth of a second meanwhile."""

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(_: Message) -> None:
        pass

    scope = {"type": "http", "method": "GET", "path": "/nowhere", "query_string": b"", "headers": []}
    await app.router(scope, receive, send)


async def _poll(
    thread: BackgroundThread, work: Callable[[], object], every_seconds: float, stopping: asyncio.Event
) -> None:
    """Do `work` every so often, on a thread of its own, until told to stop."""
    while not stopping.is_set():
        try:
            await asyncio.wait_for(stopping.wait(), every_seconds)
        except TimeoutError:
            await thread.run(work)


async def _order(stopping: asyncio.Event) -> None:
    """Have the threads of requests, which come and go, stand back behind the event loop."""
    while not stopping.is_set():
        for thread in threading.enumerate():
            if thread.name == REQUEST_THREAD and thread.native_id is not None:  # it has begun
                step_back(BESIDE, thread.native_id)
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), ORDER_SECONDS)


async def _deliver(services: Services, stopping: asyncio.Event) -> None:
    """Send what is due, each lane on a thread of its own, until told to stop; what is being sent then ends soon."""
    deliveries = Deliveries(services)
    lanes = [_send(name, send, services, stopping) for name, send in deliveries.lanes.items()]
    sending = asyncio.gather(*lanes)
    await stopping.wait()
    deliveries.stop()
    await sending
    deliveries.close()


async def _send(name: str, send: Callable[[], bool], services: Services, stopping: asyncio.Event) -> None:
    thread = BackgroundThread(name)
    while not stopping.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), services.settings.delivery_poll_seconds)
        while not stopping.is_set() and await thread.run(send):
            pass
    thread.close()
