"""`/v1/employers/{employer_id}/members` and `/v1/member-requests`: who acts for an organisation, with their consent."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.quotas import require_quota
from api.access.rules import EmployerCaller
from api.delivering.notices import post_for
from api.employers.endpoints.organisations import EMPLOYER, EmployerId
from api.employers.schemas import MemberDocument, MemberRequest, MemberRequestDocument, MemberRequests, Members
from api.employers.service.ownership import known_employer, own_employer
from api.hiring.notices import organisation_notice, tell_joined
from api.http.problems import ProblemKind
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute
from api.schemas.fields import RowIdInPath
from api.services.services import ServicesOfApp
from store.audit import AuditAction
from store.hiring.employers import get_employer
from store.hiring.members import accept, ask_to_act, forget, get_request, members, requests_to, take_out
from store.notices.posting import post_notice
from store.people.accounts import AccountStatus, Role, find_account, get_account, read_contact
from store.requests.quotas import MEMBERS_ASKED

router = APIRouter(tags=["employers"], route_class=TypedRoute)

MEMBERS = EMPLOYER + "/members"
REQUESTS = "/v1/member-requests"
REQUEST = REQUESTS + "/{request_id}"
AccountId = RowIdInPath
RequestId = RowIdInPath
NOT_FOUND, CONFLICT = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT


@router.post(
    MEMBERS,
    **operation(
        "Ask a colleague to act for an organisation",
        NOT_FOUND,
        ProblemKind.TOO_MANY_REQUESTS,
        answer="If there is an employer's account with that address, it is asked",
        status=204,
    ),
)
def post_member(caller: EmployerCaller, employer_id: EmployerId, body: MemberRequest, services: ServicesOfApp) -> None:
    """They act for it once they accept, at `/v1/member-requests`, within two weeks.

    The answer is the same when there is no such account, so that nobody learns which addresses have one.
    """

    def work(connection: Connection) -> None:
        own_employer(connection, employer_id, caller)
        require_quota(connection, services, MEMBERS_ASKED, caller.account_id)
        account_id = find_account(connection, services.cipher, body.email)
        may_be_asked = account_id is not None and _acts_as_employer(connection, account_id)
        if account_id is not None and may_be_asked and ask_to_act(connection, employer_id, account_id, services.now()):
            asked = organisation_notice(connection, employer_id, "member_asked")
            post_notice(post_for(connection, services), account_id, asked)
        # Whom, the log does not say: it would tell who has an account.
        audit(connection, caller, AuditAction.MEMBER_ASKED, f"employer:{employer_id}", services)

    services.write(work)


@router.get(MEMBERS, **operation("Who acts for an organisation", NOT_FOUND, answer="All of them"))
def get_members(caller: EmployerCaller, employer_id: EmployerId, services: ServicesOfApp) -> Members:
    """Who was there first the first. Those who act for one organisation see each other's names and addresses."""

    def work(connection: Connection) -> Members:
        own_employer(connection, employer_id, caller)
        found = []
        for account_id, since in members(connection, employer_id):
            contact = read_contact(connection, services.cipher, account_id)
            shown = {"account_id": account_id, "name": contact.name, "email": contact.email}
            found.append(MemberDocument(**shown, since=since.isoformat()))
        return Members(items=found)

    return services.read(work)


@router.delete(
    MEMBERS + "/{account_id}",
    **operation(
        "Have somebody act for an organisation no more", NOT_FOUND, CONFLICT, answer="They do no more", status=204
    ),
)
def delete_member(
    caller: EmployerCaller, employer_id: EmployerId, account_id: AccountId, services: ServicesOfApp
) -> None:
    """Oneself, or somebody who came later, from the next request on.

    409 for who was there before, and for the last one while jobs are open or somebody who applied waits for an answer.
    """

    def work(connection: Connection) -> None:
        is_oneself = account_id == caller.account_id
        (known_employer if is_oneself else own_employer)(connection, employer_id, caller)
        followed = take_out(connection, employer_id, account_id, caller.account_id)
        if not is_oneself:
            removed = organisation_notice(connection, employer_id, "member_removed")
            post_notice(post_for(connection, services), account_id, removed)
        subject, detail = f"employer:{employer_id}", {"account_id": account_id, **followed.detail()}
        audit(connection, caller, AuditAction.MEMBER_REMOVED, subject, services, detail)

    services.write(work)


@router.get(REQUESTS, **operation("Organisations that ask one to act for them", answer="All of them"))
def get_member_requests(caller: EmployerCaller, services: ServicesOfApp) -> MemberRequests:
    """Until they are accepted, declined, or over."""

    def work(connection: Connection) -> MemberRequests:
        found = requests_to(connection, caller.account_id, services.now())
        return MemberRequests(
            items=[
                MemberRequestDocument(
                    request_id=one.request_id,
                    employer_id=one.employer_id,
                    employer=get_employer(connection, one.employer_id).name,
                    asked_at=one.asked_at.isoformat(),
                    expires_at=one.expires_at.isoformat(),
                )
                for one in found
            ]
        )

    return services.read(work)


@router.post(
    REQUEST + "/acceptance",
    **operation("Act for an organisation that asks", NOT_FOUND, CONFLICT, answer="One acts for it", status=204),
)
def post_acceptance(caller: EmployerCaller, request_id: RequestId, services: ServicesOfApp) -> None:
    """With all that its members may do, from the next request on; one's colleagues see one's name and address."""

    def work(connection: Connection) -> None:
        request = get_request(connection, request_id, caller.account_id, services.now())
        followed = accept(connection, request, services.now())
        tell_joined(connection, services, request.employer_id, caller.account_id)
        subject = f"employer:{request.employer_id}"
        audit(connection, caller, AuditAction.MEMBER_JOINED, subject, services, followed.detail())

    services.write(work)


@router.post(
    REQUEST + "/decline",
    **operation("Not act for an organisation that asks", NOT_FOUND, answer="It is over", status=204),
)
def post_decline(caller: EmployerCaller, request_id: RequestId, services: ServicesOfApp) -> None:
    """Whoever asked is not told."""

    def work(connection: Connection) -> None:
        request = get_request(connection, request_id, caller.account_id, services.now())
        forget(connection, request)
        audit(connection, caller, AuditAction.MEMBER_DECLINED, f"employer:{request.employer_id}", services)

    services.write(work)


def _acts_as_employer(connection: Connection, account_id: str) -> bool:
    account = get_account(connection, account_id)
    return Role.EMPLOYER in account.roles and account.status is AccountStatus.ACTIVE
