"""`/v1/programmes`: what programmes there are and what they ask for, for everybody, before anything is told."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import Connection

from api.access.rules import Anybody
from api.http.pagination import PageRequest
from api.http.problems import ProblemKind
from api.programmes.documents import programme_detail, programmes_page
from api.programmes.schemas import ProgrammeDetail, Programmes
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute
from api.schemas.fields import RowIdInPath
from api.services.services import ServicesOfApp
from engine.explain import Locale
from store.programmes.programmes import get_programme

router = APIRouter(tags=["programmes"], route_class=TypedRoute)

PROGRAMMES = "/v1/programmes"
PROGRAMME = PROGRAMMES + "/{programme_id}"
Language = Annotated[Locale, Query(description="of the sentences")]


@router.get(PROGRAMMES, **operation("Programmes", answer="A page of them"))
def get_programmes(_caller: Anybody, page: PageRequest, services: ServicesOfApp) -> Programmes:
    """By when they were added."""

    return services.read(lambda connection: programmes_page(connection, page, services))


@router.get(PROGRAMME, **operation("Read a programme", ProblemKind.NOT_FOUND, answer="The programme with its rules"))
def get_one_programme(
    _caller: Anybody, programme_id: RowIdInPath, services: ServicesOfApp, locale: Language = Locale.ES
) -> ProgrammeDetail:
    """Every rule in words, with the figure that it would be held against today, its year and its source."""

    def work(connection: Connection) -> ProgrammeDetail:
        return programme_detail(connection, get_programme(connection, programme_id), locale, services)

    return services.read(work)
