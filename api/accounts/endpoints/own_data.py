"""`/v1/me/export`, `/v1/me/erasure` and receipts: what Ley 29733 gives everybody of whom something is held."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter, Response
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.hashing_places import HASHING_PROBLEMS, HashingPlace
from api.access.limiting import require_attempt
from api.access.rules import AccountCaller, Anybody, FreshAccountCaller
from api.accounts.schemas.own_data import ErasureRequest, OwnExport
from api.accounts.service.erasure import erase_oneself
from api.http.problems import ProblemKind
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute
from api.schemas.erasures import ErasureReceiptDocument, receipt_of
from api.schemas.fields import RowIdInPath
from api.services.services import ServicesOfApp
from store.audit import AuditAction
from store.people.erasure.receipts import read_receipt
from store.people.export.export import export_person
from store.requests.attempts import Limit

router = APIRouter(tags=["one's own data"], route_class=TypedRoute)

RECEIPT = "/v1/erasure-receipts/{receipt_id}"
ReceiptId = RowIdInPath
EXPORTS_BY_ACCOUNT = Limit("export-account", 10, timedelta(hours=1))
AS_A_FILE = {"Content-Disposition": 'attachment; filename="mis-datos-chamba.json"', "Cache-Control": "no-store"}


@router.get(
    "/v1/me/export",
    **operation(
        "Take all of one's data away", ProblemKind.TOO_MANY_REQUESTS, answer="Everything that is held about the person"
    ),
)
def get_export(caller: AccountCaller, services: ServicesOfApp, response: Response) -> OwnExport:
    """One document in the clear (access and portability, Ley 29733 and DS 016-2024-JUS). At most ten an hour."""
    require_attempt(services, (EXPORTS_BY_ACCOUNT, caller.account_id))
    services.journal.ship(wait=True)

    document = services.read(
        lambda connection: export_person(connection, services.cipher, caller.account_id, services.now())
    )

    def audit_export(connection: Connection) -> None:
        audit(connection, caller, AuditAction.DATA_EXPORTED, caller.name, services, {"format": document["format"]})

    services.write(audit_export)
    response.headers.update(AS_A_FILE)
    return OwnExport(**document)


@router.post(
    "/v1/me/erasure",
    **operation("Erase oneself", *HASHING_PROBLEMS, answer="Everything is erased; keep the receipt's id"),
)
def post_erasure(
    caller: FreshAccountCaller, body: ErasureRequest, _place: HashingPlace, services: ServicesOfApp, response: Response
) -> ErasureReceiptDocument:
    """At once and for good: account, profile, applications, messages, consents and all else, with the password.

    An organisation that nobody else acts for is closed with its jobs. Answers of the system are kept for three years
    (DS 115-2025-PCM), without whom they were for. The next request with the same token is nobody's: 401. This is no
    `DELETE`, whose body many clients and proxies drop.
    """
    receipt = erase_oneself(caller, body.password.get_secret_value(), services)
    response.headers["Location"] = RECEIPT.format(receipt_id=receipt.receipt_id)
    return receipt


@router.get(
    RECEIPT,
    **operation("Read the receipt of an erasure", ProblemKind.NOT_FOUND, answer="It"),
)
def get_receipt(_caller: Anybody, receipt_id: ReceiptId, services: ServicesOfApp) -> ErasureReceiptDocument:
    """For whoever has its id: the person it is about has no account any more, and it names nobody."""
    return services.read(lambda connection: receipt_of(read_receipt(connection, receipt_id)))
