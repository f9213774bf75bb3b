"""`/v1/me/searches`: searches that a person keeps, and is told of new jobs for if they like."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy import Connection

from api.access.rules import SeekerCaller
from api.http.problems import ProblemKind
from api.routing.idempotency import Created, IdempotentRequest, by_rule
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer
from api.schemas.fields import RowIdInPath
from api.seekers.search_schemas import SavedSearchDocument, SavedSearches, SavedSearchRequest
from api.services.services import ServicesOfApp
from store.alerts.saved_searches import (
    AskedSearch,
    SavedSearch,
    change_search,
    delete_search,
    list_searches,
    read_search,
    save_search,
)

router = APIRouter(tags=["seekers"], route_class=TypedRoute)

SEARCHES = "/v1/me/searches"
SEARCH = SEARCHES + "/{search_id}"
SearchId = RowIdInPath
NOT_FOUND = ProblemKind.NOT_FOUND


@router.post(SEARCHES, **operation("Keep a search", ProblemKind.CONFLICT, answer="It is kept", status=201))
def post_search(
    caller: SeekerCaller, body: SavedSearchRequest, creation: IdempotentRequest, services: ServicesOfApp
) -> WrittenAnswer[SavedSearchDocument]:
    """With `alert`, new jobs are mailed: five at most, each once, never at night. 409 past twenty searches."""

    def work(connection: Connection) -> Created[SavedSearchDocument]:
        saved = save_search(connection, services.cipher, caller.account_id, _asked(body), services.now())
        return Created(_document(saved), SEARCH.format(search_id=saved.search_id))

    return creation.once(caller, work, allowed=by_rule)


@router.get(SEARCHES, **operation("Searches that one keeps", answer="All of them"))
def get_searches(caller: SeekerCaller, services: ServicesOfApp) -> SavedSearches:
    """The first first."""

    def work(connection: Connection) -> SavedSearches:
        found = list_searches(connection, services.cipher, caller.account_id)
        return SavedSearches(items=[_document(one) for one in found])

    return services.read(work)


@router.get(SEARCH, **operation("Read a search that one keeps", NOT_FOUND, answer="The search"))
def get_one_search(caller: SeekerCaller, search_id: SearchId, services: ServicesOfApp) -> SavedSearchDocument:
    """As it was saved."""
    return services.read(
        lambda connection: _document(read_search(connection, services.cipher, caller.account_id, search_id))
    )


@router.put(SEARCH, **operation("Change a search that one keeps", NOT_FOUND, answer="The search"))
def put_search(
    caller: SeekerCaller, search_id: SearchId, body: SavedSearchRequest, services: ServicesOfApp
) -> SavedSearchDocument:
    """Whole. Jobs that are new from now on are told."""

    def work(connection: Connection) -> SavedSearchDocument:
        asked, now = _asked(body), services.now()
        return _document(change_search(connection, services.cipher, caller.account_id, search_id, asked, now))

    return services.write(work)


@router.delete(SEARCH, **operation("Keep a search no longer", NOT_FOUND, answer="It is gone", status=204))
def delete_one_search(caller: SeekerCaller, search_id: SearchId, services: ServicesOfApp) -> None:
    """Its alerts end with it."""
    services.write(lambda connection: delete_search(connection, caller.account_id, search_id))


def _asked(body: SavedSearchRequest) -> AskedSearch:
    filters = body.filters.model_dump(mode="json", exclude_unset=True)
    return AskedSearch(body.name, body.query, filters, body.alert)


def _document(saved: SavedSearch) -> SavedSearchDocument:
    return SavedSearchDocument(
        search_id=saved.search_id,
        name=saved.asked.name,
        query=saved.asked.query,
        filters=saved.asked.filters,
        alert=saved.asked.alert,
        next_alert_at=saved.due_at.isoformat() if saved.due_at else None,
        created_at=saved.created_at.isoformat(),
    )
