"""Every page of employers; those with a word where others have an id come before them."""

from __future__ import annotations

from fastapi import APIRouter

from api.employers.pages import applications, board, jobs, members, organisations, people, posting, table_ads, templates
from api.web.page_routes import PageRoute

router = APIRouter(route_class=PageRoute)
for pages in (organisations, members, posting, table_ads, jobs, people, board, applications, templates):
    router.routes.extend(pages.router.routes)
