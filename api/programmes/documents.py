"""Programmes and answers as documents, in the language of whoever reads them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection

from api.http.pagination import Page, page_of
from api.programmes.schemas import (
    DecisionShown,
    MissingProof,
    OwnScreening,
    ProgrammeDetail,
    Programmes,
    ProgrammeSummary,
    RuleAnswer,
    RuleOutcome,
    RuleShown,
    VersionShown,
)
from api.services.services import Services
from engine.errors import ConflictError, Message
from engine.explain import Locale
from engine.programmes.form import ConsentRule, HouseholdIncomePerHead, ProgrammeRules, RuleGroup, SisfohClassRule
from engine.programmes.judging import Proof, RuleResult, figure_of
from engine.programmes.sentences import (
    eligibility_sentence,
    outcome_sentence,
    over_sentence,
    proof_sentence,
    result_sentence,
    rule_sentence,
)
from store.analytics.rows import lima_day
from store.people.consents import ConsentPurpose
from store.programmes.programmes import Programme, get_programme, list_programmes
from store.programmes.screenings import Screening
from store.programmes.versions import in_force, versions_of
from store.retention.times import Retained, retention_times

READ_BY_KIND = {
    "household_income_per_head": (Proof.HOUSEHOLD_INCOME, Proof.HOUSEHOLD_SIZE),
    "sisfoh_class": (Proof.SISFOH_CLASS, Proof.SISFOH_DATE),
    "age": (Proof.BIRTH_DATE,),
    "place": (Proof.REGION,),
    "device": (Proof.DEVICE,),
    "consent": (Proof.CONSENT,),
}
TOLD_AT = {Proof.DEVICE: "/v1/me/profile", Proof.CONSENT: "/v1/me/consents"}
PRIVATE_DETAILS = "/v1/me/private-details"
APPEAL = "/v1/me/screenings/{screening_id}/appeal"


def today(services: Services) -> date:
    """The day in Lima, which rules go by."""
    return lima_day(services.now())


def programme_summary(connection: Connection, programme: Programme, services: Services) -> ProgrammeSummary:
    """A programme as a list shows it."""
    rules = rules_in_force(connection, programme, today(services))
    return ProgrammeSummary(**_summary(programme, rules))


def programmes_page(
    connection: Connection, page: Page, services: Services, *, officer_id: str | None = None
) -> Programmes:
    """A page of programmes by when they were added; `officer_id`: of those that an account acts for."""
    found = list_programmes(connection, officer_id=officer_id, after=page.after_id(), limit=page.limit + 1)
    return page_of(
        Programmes,
        found,
        page,
        lambda one: programme_summary(connection, one, services),
        lambda one: (one.programme_id,),
    )


def programme_detail(
    connection: Connection, programme: Programme, locale: Locale, services: Services
) -> ProgrammeDetail:
    """A programme with its rules in words."""
    day = today(services)
    rules = rules_in_force(connection, programme, day)
    plain = [] if rules is None else rules.plain_rules()
    is_sensitive = any(isinstance(rule, HouseholdIncomePerHead | SisfohClassRule) for rule in plain)
    consents = [ConsentPurpose.SCREENING, *([ConsentPurpose.SENSITIVE] if is_sensitive else [])]
    consents += [ConsentPurpose(rule.purpose) for rule in plain if isinstance(rule, ConsentRule)]
    return ProgrammeDetail(
        **_summary(programme, rules),
        appeal_to=programme.facts.appeal_to,
        versions=[version_shown(one, day, locale, rules) for one in versions_of(connection, programme.programme_id)],
        reads=list(dict.fromkeys(proof for rule in plain for proof in READ_BY_KIND[rule.kind])),
        consents=list(dict.fromkeys(consents)),
        kept_months=retention_times()[Retained.SCREENINGS].months,
    )


def rules_in_force(connection: Connection, programme: Programme, day: date) -> ProgrammeRules | None:
    """Those that hold on a day; None when none do, or the programme is over."""
    return None if programme.is_over(day) else in_force(versions_of(connection, programme.programme_id), day)


def no_rules_today(connection: Connection, programme: Programme, day: date) -> ConflictError:
    """What somebody is told who asks when no rules hold: from when they do, or where to look."""
    versions = [] if programme.is_over(day) else versions_of(connection, programme.programme_id)
    coming = [one.in_force_from for one in versions if one.in_force_from > day]
    return ConflictError(
        "no rules of the programme hold today",
        expected=Message("to ask from {day} on", day=coming[0]) if coming else "",
        fix=Message("its rules and their days are at {at}", at=f"/v1/programmes/{programme.programme_id}"),
        field="programme_id",
    )


def version_shown(rules: ProgrammeRules, day: date, locale: Locale, holding: ProgrammeRules | None) -> VersionShown:
    """A version in words, with the figures of a day."""
    return VersionShown(
        version=rules.version,
        in_force_from=rules.in_force_from,
        in_force_to=rules.in_force_to,
        valid_months=rules.valid_months,
        is_in_force=holding is not None and holding.version == rules.version,
        rules=[_rule_shown(rule, day, locale) for rule in rules.rules],
    )


def own_screening(connection: Connection, screening: Screening, locale: Locale, services: Services) -> OwnScreening:
    """An answer as the person herself reads it."""
    facts = get_programme(connection, screening.programme_id).facts
    judgement, holds = screening.judgement, screening.holds(today(services))
    said = eligibility_sentence(screening.eligibility, locale)
    return OwnScreening(
        screening_id=screening.screening_id,
        programme_id=screening.programme_id,
        programme=facts.name,
        organisation=facts.organisation,
        version=screening.version,
        eligibility=screening.eligibility,
        by_the_rules=judgement.eligibility,
        message=said if holds else over_sentence(screening.holds_until, locale),
        rules=[_rule_answer(result, judgement.day, locale) for result in judgement.results],
        missing=[] if screening.decisions else [_missing(proof, locale) for proof in judgement.missing],
        decisions=decisions_shown(screening),
        shares_contact=screening.shares_contact,
        asked_at=screening.asked_at.isoformat(),
        holds_until=screening.holds_until,
        holds=holds,
        appeal_at=APPEAL.format(screening_id=screening.screening_id),
        appeal_to=facts.appeal_to,
    )


def decisions_shown(screening: Screening) -> list[DecisionShown]:
    """What people decided, the first first."""
    return [
        DecisionShown(
            eligibility=one.eligibility,
            reason=one.reason,
            decided_by=one.decided_by,
            decided_at=one.decided_at.isoformat(),
        )
        for one in screening.decisions
    ]


def rule_outcomes(screening: Screening, locale: Locale) -> list[RuleOutcome]:
    """What came of each rule, for those who may not read what the person told."""
    return [_rule_outcome(result, screening.judgement.day, locale) for result in screening.judgement.results]


def _summary(programme: Programme, rules: ProgrammeRules | None) -> dict[str, Any]:
    facts = programme.facts
    return {
        "programme_id": programme.programme_id,
        "name": facts.name,
        "organisation": facts.organisation,
        "description": facts.description,
        "ends_on": facts.ends_on,
        "version_in_force": None if rules is None else rules.version,
    }


def _rule_shown(rule: Any, day: date, locale: Locale) -> RuleShown:
    return RuleShown(
        kind=rule.kind,
        text=rule_sentence(rule, day, locale),
        figure=figure_of(rule, day) if isinstance(rule, HouseholdIncomePerHead) else None,
        rules=[_rule_shown(inner, day, locale) for inner in rule.rules] if isinstance(rule, RuleGroup) else [],
    )


def _rule_answer(result: RuleResult, day: date, locale: Locale) -> RuleAnswer:
    return RuleAnswer(
        kind=result.rule.kind,
        outcome=result.outcome,
        text=result_sentence(result, day, locale),
        value=result.value,
        figure=result.figure,
        rules=[_rule_answer(part, day, locale) for part in result.parts],
    )


def _rule_outcome(result: RuleResult, day: date, locale: Locale) -> RuleOutcome:
    return RuleOutcome(
        kind=result.rule.kind,
        outcome=result.outcome,
        text=outcome_sentence(result.outcome, result.rule, day, locale, result.figure),
        rules=[_rule_outcome(part, day, locale) for part in result.parts],
    )


def _missing(proof: Proof, locale: Locale) -> MissingProof:
    return MissingProof(proof=proof, text=proof_sentence(proof, locale), at=TOLD_AT.get(proof, PRIVATE_DETAILS))
