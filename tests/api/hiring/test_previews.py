"""A job before it is posted: what is wrong with it, whether it would wait, how many could do it; nothing is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.employers.service import previews
from api.employers.service.mending_texts import MENDING_TEXTS
from engine.explain import Locale
from engine.offer_signs import SignKind
from store.people.accounts import Role
from tests.api.hiring.conftest import JOB
from tests.api.suspended.parts import Bearer, SignIn, change

AFTERNOONS = {
    "kind": "fixed",
    "time_zone": "America/Lima",
    "windows": [{"days": ["mon", "wed"], "start": "17:00", "end": "20:00"}],
}


def previewed(app: TestClient, employer_id: str, headers: Bearer, **changed: Any) -> dict[str, Any]:
    answer = app.post(f"/v1/employers/{employer_id}/jobs:preview", json=JOB | changed, headers=headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_people_are_counted_in_fives_and_told_what_would_be_more(
    app: TestClient, person: Callable[..., Bearer], killa: Bearer, employer_id: str
) -> None:
    for number in range(4):
        person(f"rosa{number}")
    person("nadie", agreed=("matching",))
    few = previewed(app, employer_id, killa)["people"]
    assert (few["count"], few["ways"]) == (None, [])
    for number in range(4, 7):
        person(f"rosa{number}")
    assert previewed(app, employer_id, killa)["people"]["count"] == 5
    early = previewed(app, employer_id, killa, schedule=AFTERNOONS)["people"]
    ways = {way["change"]: way for way in early["ways"]}
    assert (early["count"], early["is_at_least"]) == (None, False)
    assert ways["later"] == {
        **{"change": "later", "more": 5},
        "text": "Si empezara dos horas más tarde, unas 5 personas más",
    }
    assert ways["flexible"]["more"] == 5


def test_what_is_wrong_is_told_with_how_to_mend_it_and_nothing_is_kept(
    app: TestClient, killa: Bearer, employer_id: str
) -> None:
    fine = previewed(app, employer_id, killa)
    assert (fine["state"], fine["state_reasons"], fine["signs"]) == ("open", [], [])
    assert (fine["job"]["employer"], fine["job"]["apply"]["how"]) == ("Tienda Killa", "here")
    bad = previewed(app, employer_id, killa, description="Para empezar deposita S/ 80 por tu kit de inicio.")
    (sign,) = bad["signs"]
    assert (bad["state"], bad["state_reasons"][0]["code"], sign["severity"]) == ("waiting", "asks_for_money", "block")
    assert sign["fix"] == MENDING_TEXTS[Locale.ES][SignKind.ASKS_FOR_MONEY]
    assert app.get(f"/v1/employers/{employer_id}/jobs", headers=killa).json()["items"] == []


def test_every_sign_is_mended_in_both_languages() -> None:
    assert all(set(MENDING_TEXTS[locale]) == set(SignKind) for locale in Locale)


def test_it_is_for_those_who_act_for_the_organisation_and_so_often(
    app: TestClient, sign_in: SignIn, killa: Bearer, admin: Bearer, employer_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/v1/employers/{employer_id}/jobs:preview"
    other = sign_in(app, Role.EMPLOYER, email="otra@tienda.pe", agreed=())
    assert app.post(path, json=JOB, headers=other).status_code == 404
    monkeypatch.setattr(previews, "PREVIEWS_BY_ACCOUNT", replace(previews.PREVIEWS_BY_ACCOUNT, attempts=2))
    statuses = [app.post(path, json=JOB, headers=killa).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    change(app, admin, f"employers/{employer_id}", "suspend")
    assert app.post(path, json=JOB, headers=killa).status_code == 403
