"""A CV file and a career: sealed, and read by those whom a person applies to, the file where they chose so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from store.people.cv_files import CV_PARTS, PART_BYTES
from tests.api.real_things import PDF
from tests.api.services_of import services_of
from tests.api.suspended.parts import Bearer, audited

CAREER: dict[str, Any] = {
    "portfolio": [{"url": "https://portafolio.example/rosa?a=1#b", "label": "Mis diseños"}],
    "experience": [{"title": "Diseñadora", "employer": "Imprenta", "from_month": "2021-02", "text": "Volantes"}],
    "education": [{"level": "technical", "title": "Diseño", "institution": "Instituto", "year": 2020}],
}
# Larger than two pieces, and not a multiple of one.
LARGE = PDF.replace(b"startxref", b"% " + b"x" * (2 * PART_BYTES + 7) + b"\nstartxref")


def sent(app: TestClient, headers: Bearer, content: bytes = LARGE, kind: str = "application/pdf") -> Any:
    return app.put("/v1/me/cv", content=content, headers=headers | {"Content-Type": kind})


@pytest.fixture
def applied(app: TestClient, rosa: Bearer, job_id: str, employer_id: str) -> Callable[..., str]:
    """Rosa applies; the address of the application for the organisation."""

    def apply(**also: Any) -> str:
        made = app.post("/v1/me/applications", json={"job_id": job_id} | also, headers=rosa)
        assert made.status_code == 201, made.text
        return f"/v1/employers/{employer_id}/applications/{made.json()['application_id']}"

    return apply


def test_a_file_is_kept_sealed_and_given_back_as_an_attachment(app: TestClient, rosa: Bearer) -> None:
    assert app.get("/v1/me/cv", headers=rosa).status_code == 404
    kept = sent(app, rosa, kind="application/octet-stream")
    assert (kept.status_code, kept.json()["media_type"], kept.json()["byte_count"]) == (
        200,
        "application/pdf",
        len(LARGE),
    )
    found = app.get("/v1/me/cv", headers=rosa)
    assert (found.content, found.headers["content-type"]) == (LARGE, "application/pdf")
    assert found.headers["content-disposition"] == 'attachment; filename="cv.pdf"'
    assert found.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in found.headers["content-security-policy"]
    with services_of(app).database.connect() as connection:
        pieces = connection.execute(select(CV_PARTS.c.part_sealed)).scalars().all()
    assert (len(pieces), any(b"%PDF" in one or b"JVBER" in one for one in pieces)) == (3, False)
    sent(app, rosa, PDF)
    assert app.get("/v1/me/cv", headers=rosa).content == PDF
    assert app.delete("/v1/me/cv", headers=rosa).status_code == 204
    assert [app.request(method, "/v1/me/cv", headers=rosa).status_code for method in ("GET", "DELETE")] == [404, 404]


def test_what_is_no_cv_is_refused_in_the_person_s_language(app: TestClient, rosa: Bearer) -> None:
    macros = sent(app, rosa, PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript /JS (x) >>"))
    assert (macros.status_code, "macros" in macros.json()["detail"]) == (422, True)
    assert sent(app, rosa, b"hola").status_code == 422
    assert sent(app, rosa, kind="text/html").status_code == 415
    assert sent(app, rosa, PDF + bytes(2 * 1024 * 1024)).status_code == 413
    assert app.get("/v1/me/cv", headers=rosa).status_code == 404


def test_an_organisation_has_the_file_only_where_it_was_applied_with_and_while_it_may_come_to_something(
    app: TestClient, rosa: Bearer, killa: Bearer, admin: Bearer, applied: Callable[..., str]
) -> None:
    assert app.post("/v1/me/applications", json={"job_id": "x", "with_cv": True}, headers=rosa).status_code == 404
    sent(app, rosa)
    application = applied(with_cv=True)
    assert app.get(application, headers=killa).json()["has_cv"] is True
    found = app.get(f"{application}/cv", headers=killa)
    assert (found.status_code, found.content) == (200, LARGE)
    acts = audited(app, admin, f"application:{application.rpartition('/')[2]}")
    assert [action for action, _ in acts] == ["application.stage_changed", "cv.read"]
    declined = {"stage": "declined", "version": 1, "reason": "Ya elegimos"}
    assert app.post(f"{application}/steps", json=declined, headers=killa).json()["has_cv"] is False
    assert app.get(f"{application}/cv", headers=killa).status_code == 404


def test_without_the_choice_or_the_file_an_organisation_has_none(
    app: TestClient, rosa: Bearer, killa: Bearer, job_id: str, applied: Callable[..., str]
) -> None:
    refused = app.post("/v1/me/applications", json={"job_id": job_id, "with_cv": True}, headers=rosa)
    assert (refused.status_code, "no hay un archivo de CV" in refused.json()["detail"]) == (409, True)
    sent(app, rosa)
    application = applied()
    assert app.get(application, headers=killa).json()["has_cv"] is False
    assert app.get(f"{application}/cv", headers=killa).status_code == 404


def test_a_career_is_shown_with_an_application_and_nowhere_else(
    app: TestClient, rosa: Bearer, killa: Bearer, employer_id: str, job_id: str, applied: Callable[..., str]
) -> None:
    assert app.get("/v1/me/career", headers=rosa).json() == {"portfolio": [], "experience": [], "education": []}
    wordy = CAREER | {"experience": [{"title": "Diseñadora", "text": "Escríbeme al 987 654 321"}]}
    kept = app.put("/v1/me/career", json=wordy, headers=rosa)
    assert kept.status_code == 200, kept.text
    assert "987 6" not in kept.text
    app.put("/v1/me/career", json=CAREER, headers=rosa)
    before = app.post(f"/v1/employers/{employer_id}/jobs/{job_id}/candidates", json={}, headers=killa)
    assert "Imprenta" not in before.text
    application = applied()
    shown = app.get(application, headers=killa).json()["career"]
    assert shown == app.get("/v1/me/career", headers=rosa).json()
    assert shown["experience"][0]["employer"] == "Imprenta"
    app.post(f"/v1/me/applications/{application.rpartition('/')[2]}/withdrawal", json={"version": 1}, headers=rosa)
    assert app.get(application, headers=killa).json()["career"] is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        *(
            ({"portfolio": [{"url": url}]}, "portfolio.0.url")
            for url in (
                *(
                    "http://a.pe",
                    "https://rosa:x@a.pe/",
                    "https://a.pe:8443/",
                    "https://10.0.0.1/",
                    "https://localhost/",
                ),
                *("javascript:alert(1)", "https://a.pe/\nSet-Cookie", "https://a.pe\\@b.pe", "https://a", "//a.pe", ""),
            )
        ),
        ({"portfolio": [{"url": "https://a.pe"}] * 11}, "portfolio"),
        ({"experience": [{"title": ""}]}, "experience.0.title"),
        ({"experience": [{"title": "x", "from_month": "2021-13"}]}, "experience.0.from_month"),
        ({"experience": [{"title": "x", "from_month": "2999-01"}]}, "experience.0.from_month"),
        ({"experience": [{"title": "x", "from_month": "2021-03", "to_month": "2021-02"}]}, "experience.0"),
        ({"experience": [{"title": "x", "from_month": "2090-01"}]}, "experience.0"),
        ({"education": [{"level": "doctor"}]}, "education.0.level"),
        ({"education": [{"level": "course", "year": 2090}]}, "education.0.year"),
        ({"hobbies": []}, "hobbies"),
    ],
)
def test_a_career_is_told_in_the_forms_that_are_asked_for(
    app: TestClient, rosa: Bearer, wrong: dict[str, Any], field: str
) -> None:
    refused = app.put("/v1/me/career", json=wrong, headers=rosa)
    assert refused.status_code == 422, refused.text
    assert refused.json()["errors"][0]["field"] == field
