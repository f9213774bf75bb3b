"""Every route of the app: those of the API, and those of pages, an audience after the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from re import Pattern

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Match
from starlette.types import Scope

from api import health, problem_pages
from api.accounts.endpoints import factors, log_in_phone, me, notices, own_data, second_step, sessions
from api.accounts.endpoints import sign_in as auth
from api.accounts.pages import account as account_pages
from api.accounts.pages import choices as choice_pages
from api.accounts.pages import open_sessions as session_pages
from api.accounts.pages import own_data as own_data_pages
from api.accounts.pages import passkeys as passkey_pages
from api.accounts.pages import security as security_pages
from api.accounts.pages import sign_in as sign_in_pages
from api.accounts.pages import sign_up as sign_up_pages
from api.accounts.pages import step_up as step_up_pages
from api.accounts.pages import unsubscribing as unsubscribing_pages
from api.admin.endpoints import accounts as admin_accounts
from api.admin.endpoints import cases as admin_cases
from api.admin.endpoints import developers as admin_developers
from api.admin.endpoints import employers as admin_employers
from api.admin.endpoints import jobs as admin_jobs
from api.admin.endpoints import partners as admin_partners
from api.admin.endpoints import programmes as admin_programmes
from api.admin.pages import accounts as admin_account_pages
from api.admin.pages import audit as admin_log_pages
from api.admin.pages import cases as admin_case_pages
from api.admin.pages import jobs as admin_job_pages
from api.admin.pages import organisations as admin_organisation_pages
from api.admin.pages import overview as admin_start_pages
from api.admin.pages import partners as admin_partner_pages
from api.admin.pages import programmes as admin_programme_pages
from api.analysts import endpoints as analyst
from api.analysts import simulations as analyst_simulations
from api.analysts.pages import overview as analyst_pages
from api.analysts.pages import programmes as analyst_programme_pages
from api.analysts.pages import questions as question_pages
from api.credentials.callers import Scope as KeyScope
from api.employers.endpoints import appeals as employer_appeals
from api.employers.endpoints import applications as employer_applications
from api.employers.endpoints import invitations as employer_invitations
from api.employers.endpoints import jobs as employer_jobs
from api.employers.endpoints import linked_data as employer_linked_data
from api.employers.endpoints import members as employer_members
from api.employers.endpoints import organisations as employers
from api.employers.endpoints import previews as employer_previews
from api.employers.pages import every_page as employers_pages
from api.http.problem_handlers import ASKS_METHODS
from api.officers import endpoints as officers
from api.officers.pages import appeals as officer_appeal_pages
from api.officers.pages import programmes as officer_pages
from api.partners.endpoints import account as partner_account
from api.partners.endpoints import applications as partner_applications
from api.partners.endpoints import events as partner_events
from api.partners.endpoints import jobs, many, seekers
from api.partners.endpoints import webhooks as partner_webhooks
from api.partners.pages import keys as developer_keys
from api.partners.pages import overview as developers
from api.partners.pages import trying as developer_trying
from api.partners.pages import webhooks as developer_webhooks
from api.programmes import endpoints as programmes
from api.recommendations import endpoints as recommendations
from api.routing.typed_routes import TypedRoute
from api.seekers.endpoints import applications as seeker_applications
from api.seekers.endpoints import career as seeker_career
from api.seekers.endpoints import invitations as seeker_invitations
from api.seekers.endpoints import jobs as seeker_jobs
from api.seekers.endpoints import profile as seeker_profile
from api.seekers.endpoints import programmes as seeker_programmes
from api.seekers.endpoints import recommendations as seeker_recommendations
from api.seekers.endpoints import searches as seeker_searches
from api.seekers.pages import applications as own_application_pages
from api.seekers.pages import applying as apply_pages
from api.seekers.pages import career as career_pages
from api.seekers.pages import cases as own_case_pages
from api.seekers.pages import hours as hour_pages
from api.seekers.pages import invitations as invitation_pages
from api.seekers.pages import jobs as job_pages
from api.seekers.pages import kept as kept_pages
from api.seekers.pages import private_details as private_detail_pages
from api.seekers.pages import profile as profile_pages
from api.seekers.pages import programmes as own_programme_pages
from api.seekers.pages import search as search_pages
from api.seekers.pages import searches as saved_search_pages
from api.seekers.pages import words as word_pages
from api.texting import endpoints as texting
from api.web import components, static_files
from api.web import pages as web_pages

ROUTES = (
    *(recommendations, many, seekers, jobs, partner_applications, partner_events, partner_webhooks, partner_account),
    *(auth, second_step, me, log_in_phone, notices, own_data, sessions, factors),
    *(
        seeker_profile,
        seeker_career,
        seeker_recommendations,
        seeker_jobs,
        seeker_applications,
        seeker_invitations,
        seeker_searches,
    ),
    *(employers, employer_members, employer_jobs, employer_linked_data, employer_applications),
    *(employer_invitations, employer_appeals, employer_previews),
    *(admin_accounts, admin_cases, admin_employers, admin_jobs, admin_partners, admin_developers),
    *(analyst, programmes, seeker_programmes, officers, admin_programmes, analyst_simulations),
    *(texting, health, problem_pages),
)
PAGES = (
    *(web_pages, static_files, components),
    *(sign_up_pages, sign_in_pages, step_up_pages, passkey_pages, unsubscribing_pages),
    *(account_pages, session_pages, choice_pages, own_data_pages, security_pages),
    *(admin_start_pages, admin_case_pages, admin_job_pages, admin_organisation_pages, admin_account_pages),
    *(admin_partner_pages, admin_programme_pages, admin_log_pages),
    *(analyst_pages, analyst_programme_pages, question_pages),
    *(employers_pages,),
    *(officer_pages, officer_appeal_pages),
    *(search_pages, hour_pages, word_pages, job_pages, apply_pages, own_application_pages),
    *(kept_pages, invitation_pages, saved_search_pages),
    *(profile_pages, career_pages, private_detail_pages),
    *(own_case_pages, own_programme_pages),
    *(developers, developer_keys, developer_webhooks, developer_trying),
)


class _Section(APIRouter):
    """Routes that an address is held against only where it begins as one of theirs does: not each against hundreds."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        super().__init__(routes=list(routes))
        self._beginnings = tuple({getattr(route, "path", "/").partition("{")[0] for route in routes})

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether one of them answers, as FastAPI asks it of every router that is included."""
        path, root = scope["path"], scope.get("root_path", "")
        may_be = path.startswith(self._beginnings) or path.removeprefix(root).startswith(self._beginnings)
        return super().matches(scope) if may_be else (Match.NONE, {})


@cache
def router() -> APIRouter:
    """All routes, the same of every app of this process: what FastAPI builds of them it builds once."""
    everything = APIRouter()
    for routes in (*ROUTES, *PAGES):
        everything.include_router(_Section(routes.router.routes))
    return everything


def api_routes() -> list[APIRoute]:
    """Every route of the app but those of pages and of its documentation."""
    return [route for routes in ROUTES for route in routes.router.routes if isinstance(route, APIRoute)]


def page_routes() -> list[APIRoute]:
    """Every route of a page."""
    return [route for routes in PAGES for route in routes.router.routes if isinstance(route, APIRoute)]


def methods_by_path() -> dict[str, list[str]]:
    """The methods of each address, for those who ask it by another."""
    found: dict[str, set[str]] = {}
    for route in (*api_routes(), *page_routes()):
        found.setdefault(route.path, set()).update(route.methods or ())
    also = {"GET": ("HEAD",)}
    return {
        path: sorted({*methods, ASKS_METHODS, *(more for method in methods for more in also.get(method, ()))})
        for path, methods in found.items()
    }


def key_paths() -> list[Pattern[str]]:
    """The addresses that a partner's key opens."""
    return [
        route.path_regex
        for route in api_routes()
        if isinstance(route, TypedRoute) and any(isinstance(one, KeyScope) for one in route.rule.allowed)
    ]
