"""Rules of a programme as a form asks for them: the usual ones by fields, others as the document that is published."""

from __future__ import annotations

from typing import Any

import orjson

from api.web.forms import SentForm
from engine.errors import InvalidInputError
from engine.programmes.form import SISFOH_MONTHS, ProgrammeRules, read_rules

MOST_DOCUMENT = 20_000


def rules_of_form(form: SentForm, version: int) -> dict[str, Any]:
    """The document of the next version; raises InvalidInputError for a text that is none.

    Rules by fields and a list of rules are not taken together.
    """
    period = {
        "version": version,
        "in_force_from": form.text("in_force_from"),
        "valid_months": _whole(form, "valid_months"),
    }
    if form.text("in_force_to"):
        period["in_force_to"] = form.text("in_force_to")
    of_fields = _rules_of_fields(form)
    if not form.text("document"):
        return period | {"rules": of_fields}
    if of_fields:  # some of them would hold for nobody, and nothing would say so
        raise InvalidInputError(
            "the rules are written twice, in the fields and in the list",
            fix="leave one of both empty",
            field="document",
        )
    return period | {"rules": _rules_of_text(form.text("document"))}


def _rules_of_fields(form: SentForm) -> list[dict[str, Any]]:
    income, sisfoh = _income(form), _sisfoh(form)
    either = [*income, *sisfoh]
    if form.is_on("either") and income and sisfoh:
        either = [{"kind": "any_of", "rules": either}]
    return [*_age(form), *_place(form), *_devices(form), *either]


def form_of_rules(rules: ProgrammeRules) -> SentForm:
    """The form that asks for the same; what its fields do not say is in its document."""
    months = ("valid_months", str(rules.valid_months))
    document = rules.model_dump(mode="json", exclude_none=True)
    groups = [rule for rule in document["rules"] if rule["kind"] == "any_of"]
    parts = [part for rule in document["rules"] for part in (rule["rules"] if rule in groups else [rule])]
    form = SentForm((months, *_fields(parts), *([("either", "1")] if groups else [])))
    if _written(rules_of_form(form, 1)["rules"]) == _written(document["rules"]):
        return form
    text = orjson.dumps(document["rules"], option=orjson.OPT_INDENT_2).decode()
    return SentForm((months, ("document", text)))


def _written(rules: list[dict[str, Any]]) -> list[str]:
    """Rules as they are published, in an order of their own."""
    try:
        read = read_rules({"version": 1, "in_force_from": "2026-01-01", "rules": rules})
    except InvalidInputError:
        return []
    return sorted(rule.model_dump_json() for rule in read.rules)


def _fields(rules: list[dict[str, Any]]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for rule in rules:
        match rule:
            case {"kind": "age"}:
                found += [(f"age_{name}", str(rule[name])) for name in ("at_least", "at_most") if name in rule]
            case {"kind": "place", "regions": regions}:
                found.append(("regions", ", ".join(regions)))
            case {"kind": "device", "one_of": devices}:
                found += [("devices", device) for device in devices]
            case {"kind": "household_income_per_head"}:
                named = {"at_most": "income", "factor": "income_factor", "year": "income_year"}
                named |= {"amount": "income_amount", "source": "income_source"}
                found += [(field, f"{rule[name]}") for name, field in named.items() if name in rule]
            case {"kind": "sisfoh_class", "one_of": classes}:
                found += [("sisfoh", one) for one in classes]
                found.append(("sisfoh_months", str(rule["not_older_than_months"])))
    return found


def _rules_of_text(text: str) -> Any:
    try:
        return orjson.loads(text[:MOST_DOCUMENT])
    except orjson.JSONDecodeError:
        raise InvalidInputError(
            "the rules are not written as a document", expected="a list in JSON, as before", field="document"
        ) from None


def _age(form: SentForm) -> list[dict[str, Any]]:
    bounds = {name: _whole(form, f"age_{name}") for name in ("at_least", "at_most") if form.text(f"age_{name}")}
    return [{"kind": "age", **bounds}] if bounds else []


def _place(form: SentForm) -> list[dict[str, Any]]:
    regions = form.lines("regions")
    return [{"kind": "place", "regions": regions}] if regions else []


def _devices(form: SentForm) -> list[dict[str, Any]]:
    devices = form.texts("devices")
    return [{"kind": "device", "one_of": devices}] if devices else []


def _income(form: SentForm) -> list[dict[str, Any]]:
    line = form.text("income")
    if not line:
        return []
    rule: dict[str, Any] = {"kind": "household_income_per_head", "at_most": line}
    if form.text("income_factor"):
        rule["factor"] = _number(form, "income_factor")
    if form.text("income_year"):
        rule["year"] = _whole(form, "income_year")
    if form.text("income_amount"):
        rule["amount"] = _number(form, "income_amount")
    return [rule | ({"source": form.text("income_source")} if form.text("income_source") else {})]


def _sisfoh(form: SentForm) -> list[dict[str, Any]]:
    classes = form.texts("sisfoh")
    if not classes:
        return []
    months = _whole(form, "sisfoh_months") if form.text("sisfoh_months") else SISFOH_MONTHS
    return [{"kind": "sisfoh_class", "one_of": classes, "not_older_than_months": months}]


def _whole(form: SentForm, name: str) -> int | str:
    """A number, or the text as it was typed, which is then told to be none."""
    text = form.text(name)
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else text


def _number(form: SentForm, name: str) -> float | str:
    text = form.text(name).replace(",", "")
    return float(text) if text.isascii() and text.replace(".", "", 1).isdecimal() and len(text) <= 12 else text
