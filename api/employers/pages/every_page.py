"""Every page of employers; those with a word where others have an id come before them."""

from __future__ import annotations

from fastapi import APIRouter

from api.employers.pages import applications, board, jobs, members, organisations, people, posting, templates

router = APIRouter()
for pages in (organisations, members, posting, jobs, people, board, applications, templates):
    router.include_router(pages.router)
