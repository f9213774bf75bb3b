"""Signs of a fraudulent offer: what each quotes, what it blocks, and that no ad stops the judge."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.jobs import Job
from engine.moderation.fraud.signs import offer_signs
from engine.offer_signs import Severity, SignKind
from engine.pay import Pay, PayPeriod
from sample.world import World

LONG = 40_000
CHAT_AD = "Trabajo desde casa. Interesados escribir al WhatsApp 987 654 321"


def ad(description: str, title: str = "Trabajo desde casa", employer: str | None = None) -> Job:
    return Job("job", title, description, employer)


def severities(job: Job) -> dict[SignKind, Severity]:
    return {sign.kind: sign.severity for sign in offer_signs(job)}


def test_a_sign_quotes_the_ad_as_it_is_written_with_some_words_around() -> None:
    (sign,) = offer_signs(ad("Horario libre. Para empezar solo pagas S/ 35 por tu kit. Escríbenos."))
    assert sign.kind is SignKind.ASKS_FOR_MONEY
    assert sign.severity is Severity.BLOCK
    assert sign.quote == "Para empezar solo pagas S/ 35 por tu kit"


@pytest.mark.parametrize("contact", ["987 654 321", "ana@example.org", "wa.me/51987654321", "nueve ocho siete 654 321"])
def test_a_quote_never_shows_a_private_contact_not_even_a_part_of_it(contact: str) -> None:
    signs = offer_signs(ad(f"Deposita 50 soles al {contact} para separar tu vacante"))
    quoted = " ".join(sign.quote for sign in signs)
    assert "[contacto]" in quoted
    assert not any(part in quoted for part in contact.split() if len(part) > 2)


def test_of_each_kind_a_few_short_quotes_are_enough() -> None:
    signs = offer_signs(ad("\n".join(["Deposita 50 soles hoy mismo"] * 20 + ["gana por cada like"] * 20)))
    assert [sign.kind for sign in signs] == [SignKind.ASKS_FOR_MONEY] * 3 + [SignKind.PAID_CLICKS] * 3
    long_words = " ".join(["palabralarguísima" * 10] * 4)
    assert all(len(sign.quote) <= 200 for sign in offer_signs(ad(f"{long_words} deposita 50 soles {long_words}")))


def test_title_and_skills_are_read_too() -> None:
    assert SignKind.PAID_CLICKS in severities(ad("", title="Dale me gusta a videos y gana"))
    assert SignKind.PYRAMID in severities(replace(ad(""), skills=("marketing multinivel",)))
    assert offer_signs(ad("")) == ()


def test_a_chat_as_the_only_way_blocks_an_ad_that_names_no_employer() -> None:
    assert severities(ad(CHAT_AD)) == {SignKind.PRIVATE_CHAT_ONLY: Severity.BLOCK}
    for nobody in ("Confidencial", "Importante empresa del sector", " - ", ""):
        assert severities(ad(CHAT_AD, employer=nobody))[SignKind.PRIVATE_CHAT_ONLY] is Severity.BLOCK


def test_a_chat_is_noted_where_the_employer_gives_a_name() -> None:
    signs = offer_signs(ad(CHAT_AD, employer="Panadería San Blas"))
    assert [(sign.kind, sign.severity) for sign in signs] == [(SignKind.PRIVATE_CHAT_ONLY, Severity.NOTE)]


@pytest.mark.parametrize(
    "other_way",
    ["o envía tu CV a seleccion@example.org", "o postula por este medio", "o en www.example.org/empleos",
     "o acércate a nuestra oficina"],
)  # fmt: skip
def test_a_chat_beside_another_way_to_apply_is_no_sign(other_way: str) -> None:
    assert offer_signs(ad(f"{CHAT_AD} {other_way}")) == ()


def test_a_link_to_a_chat_is_a_chat() -> None:
    assert SignKind.PRIVATE_CHAT_ONLY in severities(ad("Más información: https://wa.me/51987654321"))
    assert SignKind.PRIVATE_CHAT_ONLY in severities(ad("Entrevistas por t.me/empleos_hoy"))


def test_what_the_law_forbids_is_noted_and_does_not_block() -> None:
    signs = offer_signs(ad("Señoritas de buena presencia, de 18 a 25 años, enviar CV con foto"))
    assert {sign.severity for sign in signs} == {Severity.NOTE}
    assert {sign.kind for sign in signs} == {SignKind.ASKS_SEX, SignKind.ASKS_LOOKS, SignKind.ASKS_AGE}


@pytest.mark.parametrize(
    ("words", "is_implausible"),
    [
        ("gana S/ 300 diarios", True),
        ("pago semanal de S/ 1,200", True),
        ("S/ 4 600 al mes", True),
        ("US$ 25 por hora", True),
        ("entre 5 y 9 mil soles mensuales", True),
        ("ingresos de 2k dolares al mes", True),
        ("S/ 1,130 al mes", False),
        ("S/ 4,400 mensuales", False),
        ("S/ 60 por día", False),
        ("S/ 15 la hora", False),
    ],
)
def test_pay_is_held_against_the_minimum_wage_where_no_skill_is_asked(words: str, *, is_implausible: bool) -> None:
    with_no_skill = offer_signs(ad(f"Sin experiencia, {words}. Desde casa"))
    assert any(sign.kind is SignKind.IMPLAUSIBLE_PAY for sign in with_no_skill) == is_implausible
    assert offer_signs(ad(f"Experiencia de 3 años, {words}. Desde casa")) == ()


def test_stated_pay_counts_as_pay_in_the_words_do() -> None:
    job = replace(ad("No se requiere experiencia"), pay=Pay(9000, "PEN", PayPeriod.MONTH))
    assert severities(job) == {SignKind.IMPLAUSIBLE_PAY: Severity.BLOCK}
    assert offer_signs(replace(job, pay=Pay(1500, "PEN", PayPeriod.MONTH))) == ()
    assert offer_signs(replace(job, country="US")) == ()  # other wages
    assert offer_signs(replace(job, description="Médico titulado, no se requiere experiencia")) == ()
    assert offer_signs(replace(job, description="No se requiere experiencia, seguro médico")) != ()
    one_hour_a_week = replace(job, pay=Pay(40, "USD", PayPeriod.HOUR), hours_per_week=1.0)
    assert offer_signs(one_hour_a_week) == ()


def test_hardly_an_ad_of_the_sample_world_has_a_sign(tiny_world: World) -> None:
    flagged = [job.job_id for job in tiny_world.jobs if offer_signs(job)]
    assert len(flagged) <= len(tiny_world.jobs) // 100


@given(st.text(), st.text(), st.one_of(st.none(), st.text()))
def test_no_ad_stops_the_judge(title: str, description: str, employer: str | None) -> None:
    for sign in offer_signs(Job("job", title, description, employer)):
        assert sign.quote


PIECES = ("deposita ", "S/ 50 ", "por ", "no ", "tu ", "kit ", "gana ", "like ", "sin experiencia ", "al dia ",
          "whatsapp ", "987654321 ", ". ", ", ", "clave ", "w h a t s ", "cuenta ", "recibe ", "1.1.1", "@",
          "$", "\n")  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_mixture_of_telling_words_stops_the_judge(text: str) -> None:
    assert all(sign.quote in " ".join(text.split()) or "[contacto]" in sign.quote for sign in offer_signs(ad(text, "")))


@pytest.mark.parametrize("part", [*PIECES, "gana por 1 ", "si alguien pid ", "tareas simples ", "1 soles ", "s/ 1 a "])
def test_a_long_ad_made_against_the_phrases_is_read_to_its_end(part: str) -> None:
    text = (part * LONG)[:LONG]
    signs = offer_signs(ad(f"{text}.\nFinalmente: envíanos foto de tu DNI por ambos lados"))
    assert signs[-1].kind is SignKind.ASKS_FOR_SECRETS
