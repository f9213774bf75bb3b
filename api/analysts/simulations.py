"""`/v1/analytics/programmes`: rules of a programme tried before they hold."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter

from api.access.rules import AnalystCaller
from api.http.problems import ProblemKind
from api.programmes.simulating import Simulation, simulated
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute
from api.schemas.fields import RowIdInPath
from api.services.services import ServicesOfApp
from engine.programmes.form import ProgrammeRules
from store.programmes.programmes import get_programme

router = APIRouter(tags=["analysts"], route_class=TypedRoute)


@router.post(
    "/v1/analytics/programmes/{programme_id}/simulations",
    **operation(
        "Try rules before they hold", ProblemKind.NOT_FOUND, ProblemKind.TOO_MANY_REQUESTS, answer="How many would pass"
    ),
)
def post_simulation(
    caller: AnalystCaller, programme_id: RowIdInPath, body: ProgrammeRules, services: ServicesOfApp
) -> Simulation:
    """Over those who agree to it, in sums of five people or more, against the version in force; thirty a day.

    Snapshots hold no income, so it is worked out in the store and told rounded.
    """
    return simulated(caller, programme_id, body, services, partial(get_programme, programme_id=programme_id))
