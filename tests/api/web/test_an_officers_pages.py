"""Whoever runs a programme, on pages: rules tried and published, who may enter, and an answer that is contested."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from api.programmes.rule_forms import form_of_rules, rules_of_form
from api.web.forms import SentForm
from engine.errors import InvalidInputError
from engine.programmes.form import read_rules
from store.people.accounts import Role
from tests.api.stories.town import Someone, Town
from tests.api.web.browser import Reader

FACTS = {"name": "Conectados", "organisation": "Ministerio", "description": "Un curso", "appeal_to": "Mesa de partes"}
PASSWORD = "tambor de hojalata 8"
GROUP = {
    "kind": "any_of",
    "rules": [
        {"kind": "household_income_per_head", "at_most": "poverty_line", "factor": 1.5},
        {"kind": "sisfoh_class", "one_of": ["poor"], "not_older_than_months": 24},
    ],
}


@pytest.fixture
def nora(town: Town) -> Someone:
    """Who runs the programme."""
    ana = town.staff("ana@chamba.pe", Role.ADMINISTRATOR)
    nora = town.staff("nora@ministerio.example", Role.OFFICER)
    at = "/v1/admin/programmes"
    made = ana.asks("POST", at, FACTS, 201)["programme_id"]
    ana.asks("PUT", f"{at}/{made}/officers/{nora.asks('GET', '/v1/me')['account_id']}")
    return nora


def asks(town: Town, at: str) -> Someone:
    """Somebody who asks whether she may enter, is told no, and contests it."""
    rosa = town.somebody("rosa@correo.pe", PASSWORD, "seeker", "matching", "sensitive", "screening")
    rosa.asks("PUT", "/v1/me/private-details", {"birth_date": "2012-05-01"})
    url = f"/v1/me{at.replace('/programas', '/programmes')}/screenings"
    answer = rosa.asks("POST", url, {"shares_contact": True}, 201)
    assert answer["eligibility"] == "not_eligible"
    rosa.asks("POST", f"/v1/me/screenings/{answer['screening_id']}/appeal", {"text": "Nací en 1992, no en 2012"}, 201)
    return rosa


def test_rules_are_tried_published_and_withdrawn_and_a_request_is_decided(town: Town, nora: Someone) -> None:
    reader = Reader(town.app, nora.asks("GET", "/v1/me")["account_id"])
    page = reader.opens("/programas")
    at = page.text.split('<h2><a href="')[1].split('"')[0]
    assert "sin reglas que valgan hoy" in reader.words
    reader.opens(f"{at}/reglas")
    assert reader.sends(f"{at}/reglas/probar", in_force_from="ayer", age_at_least="x").status_code == 422
    assert 'value="ayer"' in reader.page.text  # type: ignore[union-attr]
    day = town.now.date().isoformat()
    wanted: dict[str, Any] = {"in_force_from": day, "valid_months": "12", "age_at_least": "18"}
    reader.sends(f"{at}/reglas/probar", **wanted)
    assert "Lo que pasaría con ellas" in reader.words
    assert "Todas las personas" in reader.words
    reader.sends(f"{at}/reglas", **wanted)
    assert "Publicadas" in reader.words
    assert "18 años o más" in reader.words

    rosa = asks(town, at)
    reader.opens(f"{at}/pedidos")
    assert "Nací en 1992" in reader.words
    assert reader.page is not None
    one = reader.page.text.split('<h2><a href="')[1].split('"')[0]
    reader.opens(one)
    assert "No puede entrar" in reader.words
    assert "2012" not in reader.words.replace("no en 2012", "")
    assert reader.sends(one, eligibility="eligible", reason="").status_code == 422
    reader.sends(one, eligibility="eligible", reason="Trajo su DNI: tiene la edad")
    assert "No queda ninguno" in reader.words
    (told,) = rosa.asks("GET", "/v1/me/screenings")["items"]
    assert (told["eligibility"], told["decisions"][0]["reason"]) == ("eligible", "Trajo su DNI: tiene la edad")
    assert reader.sends(one, eligibility="not_eligible", reason="Otra vez").status_code == 409
    assert "rosa@correo.pe" in reader.opens(f"{at}/personas").text

    later = (town.now + timedelta(days=40)).date().isoformat()
    reader.opens(f"{at}/reglas")
    reader.sends(f"{at}/reglas", **wanted | {"in_force_from": later, "age_at_least": "21"})
    assert "21 años o más" in reader.words
    reader.sends(f"{at}/reglas/2/retirar")
    assert "21 años o más" not in reader.words


def test_no_other_officer_reads_a_programme_and_a_proof_comes_first(town: Town, nora: Someone) -> None:
    reader = Reader(town.app, nora.asks("GET", "/v1/me")["account_id"])
    at = reader.opens("/programas").text.split('<h2><a href="')[1].split('"')[0]
    stranger = Reader(town.app, town.staff("otra@ministerio.example", Role.OFFICER).asks("GET", "/v1/me")["account_id"])
    stranger.opens("/programas")
    assert "Todavía no llevas ninguno" in stranger.words
    for path in ("", "/reglas", "/personas", "/pedidos"):
        assert stranger.opens(f"{at}{path}").status_code == 404
    assert stranger.sends(f"{at}/reglas", in_force_from="2027-03-02").status_code == 404
    town.later(minutes=14)
    assert reader.client.get(f"{at}/reglas").headers["location"] == f"/confirmar?sigue={at}/reglas"
    assert reader.client.get(at).status_code == 200


@pytest.mark.parametrize(
    ("rules", "is_by_fields"),
    [
        ([{"kind": "age", "at_least": 18, "at_most": 65}, {"kind": "place", "regions": ["Puno", "Cusco"]}], True),
        ([{"kind": "device", "one_of": ["phone", "tablet"]}, GROUP], True),
        (GROUP["rules"], True),
        ([{"kind": "household_income_per_head", "at_most": "amount", "amount": 700.5, "source": "Su norma"}], True),
        ([{"kind": "age", "at_least": 18}, {"kind": "age", "at_most": 30}], False),
        ([{"kind": "device", "one_of": ["phone"]}, {"kind": "device", "one_of": ["tablet"]}], False),
        ([{"kind": "any_of", "rules": [{"kind": "age", "at_least": 60}, GROUP["rules"][1]]}], False),
        ([{"kind": "all_of", "rules": GROUP["rules"]}], False),
        ([{"kind": "consent", "purpose": "be_found", "text_version": "2026-11"}], False),
        ([GROUP, {"kind": "sisfoh_class", "one_of": ["not_poor"]}], False),
    ],
)
def test_a_form_asks_for_the_rules_that_it_was_made_of(rules: list[Any], is_by_fields: bool) -> None:
    known = read_rules({"version": 3, "in_force_from": "2027-01-01", "valid_months": 6, "rules": rules})
    form = form_of_rules(known)
    assert bool(form.text("document")) is not is_by_fields
    again = read_rules(rules_of_form(form, 3) | {"in_force_from": "2027-01-01"})
    assert sorted(map(str, again.rules)) == sorted(map(str, known.rules))
    assert again.valid_months == 6


@pytest.mark.parametrize(
    "field", [("age_at_least", "18"), ("regions", "Puno"), ("devices", "phone"), ("sisfoh", "poor")]
)
def test_rules_by_fields_and_a_list_of_rules_are_not_taken_together(field: tuple[str, str]) -> None:
    form = SentForm((("document", '[{"kind": "age", "at_least": 30}]'), field))
    with pytest.raises(InvalidInputError, match="written twice"):
        rules_of_form(form, 1)
