"""How one applies for a job: what a person is told, and whose page is named."""

from __future__ import annotations

from dataclasses import replace

import orjson
import pytest

from engine.catalogue.job_cards import card_bytes, read_reason_inputs, reason_input_bytes, shown_card
from engine.catalogue.job_hours import job_hours
from engine.documents.how_to_apply import ApplyWay, how_to_apply
from engine.documents.jobs import job_document, job_from_document
from engine.explain import Locale
from engine.jobs import Job

JOB = Job("job", "Costurera de polos")
PAGE = "https://avisos.example.pe/77"


def told(url: str, locale: Locale = Locale.ES) -> str:
    found = how_to_apply(url, locale, takes_applications=False)
    assert (found.how, found.url) == (ApplyWay.URL, url)
    return found.text


def test_who_posted_here_reads_applications_whatever_the_ad_names() -> None:
    assert how_to_apply(PAGE, Locale.EN, takes_applications=True) == (ApplyWay.HERE, "Apply through Chamba", None)
    assert how_to_apply(None, Locale.ES, takes_applications=False).how is ApplyWay.NOT_TOLD


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://avisos.example.pe/77?a=b", "avisos.example.pe"),
        ("HTTP://Empleos.Example:8080", "empleos.example:8080"),
        ("https://banco.example@otro.example/", None),
        ("https://otro.example\\@banco.example/", None),
        ("https://b\u0430nco.example/", None),
        ("https://banco.example\u202e.otro.example/", None),
        ("https://[::1", None),
        (f"https://{'a' * 101}/", None),
        ("https://#banco.example", None),
    ],
)
def test_a_page_is_named_where_its_name_cannot_be_read_as_another_s(url: str, host: str | None) -> None:
    assert told(url) == "Postula en la página del aviso" + (f": {host}" if host else "")
    assert (host or "page") in told(url, Locale.EN)


@pytest.mark.parametrize("job", [JOB, replace(JOB, url=PAGE), replace(JOB, takes_applications=True)])
@pytest.mark.parametrize("locale", Locale)
def test_a_card_says_it_in_the_reader_s_language(job: Job, locale: Locale) -> None:
    card, inputs = card_bytes(job, None), reason_input_bytes(job, job_hours(job))
    shown = orjson.loads(shown_card(card, read_reason_inputs(inputs, locale).apply))
    how = how_to_apply(job.url, locale, takes_applications=job.takes_applications)
    assert shown.pop("apply") == {"how": how.how, "text": how.text} | ({"url": how.url} if how.url else {})
    assert shown == orjson.loads(card)


def test_a_card_of_an_older_bundle_says_nothing_rather_than_something_false() -> None:
    line, _, words = reason_input_bytes(JOB, job_hours(JOB)).partition(b"\n")
    older = {name: value for name, value in orjson.loads(line).items() if name != "apply"}
    assert read_reason_inputs(orjson.dumps(older) + b"\n" + words, Locale.ES).apply == b""
    assert shown_card(card_bytes(JOB, None), b"") == card_bytes(JOB, None)


def test_no_document_says_that_applications_are_taken() -> None:
    document = job_document(replace(JOB, takes_applications=True))
    assert "takes_applications" not in document
    sent = document | {"apply": {"how": "here", "text": "Postula por Chamba"}}
    assert job_from_document(sent, JOB.job_id) == JOB
