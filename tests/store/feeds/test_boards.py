"""The public boards as their documentation shapes them: read whole, page after page, through their mappings."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.jobs import HoursType, Job, Modality
from store.feeds import run as run_module
from store.feeds.counts import Outcome
from store.feeds.feed_files import Feed
from store.records.records import Records
from tests.local_site import Reply
from tests.store.feeds.conftest import Desk, board, posting

GREENHOUSE = {
    "id": 127817,
    "internal_job_id": 144381,
    "title": "Asistente de soporte (Part Time)",
    "updated_at": "2026-11-14T10:55:28-05:00",
    "location": {"name": "Lima, Lima, Peru"},
    "absolute_url": "https://boards.greenhouse.io/taller/jobs/127817",
    "metadata": None,
    "content": "&lt;p&gt;Turno de lunes a viernes de 9:00 a 13:00&lt;/p&gt;",
}
LEVER = {
    "id": "5ac21346-8e0c-4494-8e7a-3eb92ff77902",
    "text": "Redactora",
    "categories": {"commitment": "Part-time", "location": "Lima, Lima, Peru", "team": "Textos"},
    "workplaceType": "remote",
    "descriptionPlain": "Escribe avisos.",
    "lists": [{"text": "Pide", "content": "<li>Ortografía</li><li>Excel</li>"}],
    "additionalPlain": "",
    "hostedUrl": "https://jobs.lever.co/taller/5ac21346",
    "salaryRange": {"min": 1500, "max": 2000, "currency": "PEN", "interval": "per-month-salary"},
}
ASHBY = {
    "id": "7458d4e9-da2e-47bd-98cb-adfda43d42b2",
    "title": "Soporte",
    "isRemote": True,
    "isListed": True,
    "workplaceType": "Remote",
    "employmentType": "PartTime",
    "address": {"postalAddress": {"addressCountry": "Peru", "addressLocality": "Lima"}},
    "publishedAt": "2026-03-04T14:29:08.532+00:00",
    "jobUrl": "https://jobs.ashbyhq.com/taller/7458d4e9",
    "descriptionPlain": "Atender.",
}
GETONBOARD = {
    "id": "soporte-taller-lima",
    "type": "job",
    "attributes": {
        "title": "Soporte",
        "description": "<p>Atender.</p>",
        "functions": "<ul><li>Responder</li></ul>",
        "remote": True,
        "remote_modality": "remote_local",
        "countries": ["Peru"],
        "min_salary": 800,
        "max_salary": 1200,
        "company": {"data": {"id": 1, "type": "company", "attributes": {"name": "Taller Andino"}}},
    },
    "links": {"public_url": "https://www.getonbrd.com/jobs/soporte-taller-lima"},
}
REMOTEOK = {
    "slug": "remote-soporte-taller-1093",
    "id": "1093",
    "epoch": 1767225600,
    "date": "2026-01-01T00:00:00+00:00",
    "company": "Taller",
    "position": "Soporte",
    "tags": ["excel"],
    "description": "<p>Atender.</p>",
    "location": "Peru",
    "salary_min": 20000,
    "salary_max": 30000,
    "url": "https://remoteok.com/remote-jobs/remote-soporte-taller-1093",
}


def feed_of(desk: Desk, kind: str, path: str = "/api") -> Feed:
    text = f'kind = "{kind}"\naddress = "SITE{path}"\ngap_seconds = 0.1\n[facts]\nemployer = "Taller"\ncountry = "PE"\n'
    return desk.write(kind, text)


def only_job(desk: Desk) -> Job:
    (job,) = Records(desk.database).iter_jobs()
    return job


def test_greenhouse(desk: Desk) -> None:
    desk.site.set("/api", json.dumps({"jobs": [GREENHOUSE], "meta": {"total": 1}}))
    assert desk.run(feed_of(desk, "greenhouse"))[1].new == 1
    job = only_job(desk)
    assert (job.job_id, job.source, job.employer) == ("greenhouse:127817", "greenhouse", "Taller")
    assert (job.city, job.country, job.hours_type) == ("Lima", "PE", HoursType.PART_TIME)
    assert job.url == "https://boards.greenhouse.io/taller/jobs/127817"


def test_lever_page_after_page(desk: Desk) -> None:
    desk.site.set("/api?mode=json&skip=0&limit=2", json.dumps([LEVER, LEVER | {"id": "b"}]))
    desk.site.set("/api?mode=json&skip=2&limit=2", json.dumps([LEVER | {"id": "c"}]))
    desk.site.set("/api?mode=json&skip=3&limit=2", "[]")
    outcome, counts = desk.run(feed_of(desk, "lever", "/api?mode=json&skip=0&limit=2"))
    assert (outcome, counts.new, counts.documents) == (Outcome.COMPLETE, 3, 3)
    job = Records(desk.database).get_job("lever:c")
    assert (job.title, job.modality, job.hours_type) == ("Redactora", Modality.REMOTE, HoursType.PART_TIME)
    assert "Ortografía" in job.description
    assert job.pay is not None
    assert (job.pay.amount, job.pay.currency) == (1500, "PEN")


def test_ashby_without_what_it_does_not_list(desk: Desk) -> None:
    desk.site.set("/api", json.dumps({"apiVersion": "1", "jobs": [ASHBY, ASHBY | {"id": "x", "isListed": False}]}))
    _, counts = desk.run(feed_of(desk, "ashby"))
    assert (counts.read, counts.new, counts.skipped) == (2, 1, {"not listed by its employer": 1})
    job = only_job(desk)
    assert (job.modality, job.hours_type, job.country, job.city) == (Modality.REMOTE, HoursType.PART_TIME, "PE", "Lima")


def test_get_on_board_by_numbered_pages(desk: Desk) -> None:
    def answer(*items: dict[str, Any]) -> str:
        return json.dumps({"data": items, "meta": {"page": 1, "per_page": 1, "total_pages": 2}})

    desk.site.set("/api?per_page=1", answer(GETONBOARD))
    desk.site.set("/api?per_page=1&page=2", answer(GETONBOARD | {"id": "otro"}))
    desk.site.set("/api?per_page=1&page=3", answer())
    outcome, counts = desk.run(feed_of(desk, "getonboard", "/api?per_page=1"))
    assert (outcome, counts.new) == (Outcome.COMPLETE, 2)
    job = Records(desk.database).get_job("getonboard:otro")
    assert (job.employer, job.applicant_countries) == ("Taller Andino", ("PE",))
    assert job.pay is not None
    assert (job.pay.amount, job.pay.currency) == (800, "USD")


def test_a_board_that_does_not_heed_the_page_is_read_once(desk: Desk) -> None:
    for query in ("", "?page=2", "?page=3", "?page=4"):
        desk.site.set(f"/api{query}", json.dumps({"data": [GETONBOARD]}))
    outcome, counts = desk.run(feed_of(desk, "getonboard"))
    assert (outcome, counts.new, counts.skipped_count, counts.documents) == (Outcome.COMPLETE, 1, 1, 2)


def test_remote_ok_begins_with_its_terms(desk: Desk) -> None:
    desk.site.set("/api", json.dumps([{"last_updated": 1767225600, "legal": "Link back."}, REMOTEOK]))
    _, counts = desk.run(feed_of(desk, "remoteok"))
    assert (counts.read, counts.new, counts.skipped_count) == (2, 1, 1)
    job = only_job(desk)
    assert (job.title, job.applicant_countries, job.modality) == ("Soporte", ("PE",), Modality.REMOTE)
    assert job.pay is not None
    assert job.pay.currency == "USD"


def test_what_did_not_change_is_neither_sent_nor_read_again(desk: Desk, board_feed: Feed) -> None:
    desk.site.set("/api", board(1, 2, 3, etag='"a"'))
    desk.run(board_feed)
    outcome, counts = desk.run(board_feed)
    assert (outcome, counts.read, counts.same) == (Outcome.COMPLETE, 3, 3)
    assert desk.site.requests[-1].headers["if-none-match"] == '"a"'
    assert desk.run(board_feed)[1].closed == 0
    desk.run(board_feed, is_fresh=True)
    assert "if-none-match" not in desk.site.requests[-1].headers


def test_another_mapping_reads_everything_again(desk: Desk, board_feed: Feed) -> None:
    desk.site.set("/api", board(1, 2, 3, etag='"a"'))
    desk.run(board_feed)
    text = 'kind = "remotive"\naddress = "SITE/api"\ngap_seconds = 0.1\n[facts]\ncountry = "PE"\n'
    _, counts = desk.run(desk.write("tablero", text))
    assert (counts.changed, counts.same) == (3, 0)


def test_a_change_of_a_posting_is_a_change_of_its_job(desk: Desk, board_feed: Feed) -> None:
    desk.site.set("/api", board(1, 2))
    desk.run(board_feed)
    desk.site.set("/api", json.dumps({"jobs": [posting(1, title="Correctora"), posting(2)]}))
    _, counts = desk.run(board_feed)
    assert (counts.read, counts.changed, counts.same) == (2, 1, 1)
    assert Records(desk.database).get_job("tablero:1").title == "Correctora"


def test_a_field_that_cannot_be_read_is_lost_and_told(desk: Desk, board_feed: Feed) -> None:
    rows = [posting(1, publication_date="Hace 2 días"), posting(2, publication_date="quién sabe")]
    desk.site.set("/api", json.dumps({"jobs": rows}))
    _, counts = desk.run(board_feed)
    assert (counts.new, counts.unread) == (2, {"posted_at": 1})
    posted_at = Records(desk.database).get_job("tablero:1").posted_at
    assert posted_at is not None
    assert (desk.now - posted_at).days in (1, 2)  # by the day that the board was read


def test_the_same_posting_twice_counts_once(desk: Desk, board_feed: Feed) -> None:
    desk.site.set("/api", board(1, 1, 2))
    _, counts = desk.run(board_feed)
    assert (counts.read, counts.new, counts.skipped_count) == (3, 2, 1)


def test_a_json_board_of_ones_own(desk: Desk) -> None:
    (desk.folder / "propio-mapa.toml").write_text(
        '[id]\ncolumns = ["n"]\n[fields]\ntitle = { columns = ["que.titulo"] }\n'
    )
    feed = desk.write(
        "propio",
        'kind = "json"\naddress = "SITE/api"\nmapping = "propio-mapa.toml"\nitems = "datos.avisos"\n',
    )
    desk.site.set("/api", Reply(json.dumps({"datos": {"avisos": [{"n": 7, "que": {"titulo": "Guardia"}}]}})))
    assert desk.run(feed)[1].new == 1
    assert only_job(desk).job_id == "propio:7"


@pytest.mark.parametrize("count", [501, 1000])
def test_long_lists_are_stored_some_at_a_time(desk: Desk, board_feed: Feed, count: int) -> None:
    desk.site.set("/api", board(*range(count)))
    _, counts = desk.run(board_feed)
    assert (counts.read, counts.new, len(desk.jobs())) == (count, count, count)


@pytest.mark.parametrize(
    "text",
    [r"Pago \ud83d", r"Pago \u0000", "Pago \x01\n", "Pago \udcff"],
    ids=["half a pair", "NUL", "control codes", "no UTF-8"],
)
def test_a_sign_that_is_none_costs_a_sign(desk: Desk, board_feed: Feed, text: str) -> None:
    body = board(1, 2).content.decode().replace("Escribir avisos.", text, 1).encode("utf-8", "surrogateescape")
    desk.site.set("/api", Reply(body))
    outcome, counts = desk.run(board_feed)
    assert (outcome, counts.new) == (Outcome.COMPLETE, 2)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 400])
def test_a_number_that_is_none_costs_the_number(desk: Desk, board_feed: Feed, number: str) -> None:
    desk.site.set("/api", Reply(board(1, 2).content.replace(b'"Taller"', number.encode(), 1)))
    _, counts = desk.run(board_feed)
    assert counts.new == 2


@pytest.mark.parametrize("tag", ['"\xf1"', '"' + "a" * 5000 + '"', " "])
def test_a_validator_that_cannot_be_sent_is_not_kept(desk: Desk, board_feed: Feed, tag: str) -> None:
    desk.site.set("/api", Reply(board(1).content, headers={"ETag": tag}))
    for _ in range(2):
        assert desk.run(board_feed)[0] is Outcome.COMPLETE
    assert "if-none-match" not in desk.site.requests[-1].headers


def test_what_is_sent_again_as_it_was_is_not_read_again(
    desk: Desk, board_feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.site.set("/api", board(1, 2, 3))
    desk.run(board_feed)
    monkeypatch.setattr(run_module, "contents_of", None)  # whoever calls it fails
    outcome, counts = desk.run(board_feed)
    assert (outcome, counts.same, counts.read) == (Outcome.COMPLETE, 3, 3)
    monkeypatch.undo()
    assert desk.run(board_feed, is_fresh=True)[1].same == 3


@pytest.mark.parametrize(
    ("kind", "items"),
    [
        ("greenhouse", {"jobs": [GREENHOUSE | {"location": {"name": "Remote - US"}}]}),
        ("lever", [LEVER | {"categories": {"location": "Remote - US"}, "country": "US"}]),
        ("ashby", {"jobs": [ASHBY | {"location": "Remote - US", "secondaryLocations": []}]}),
    ],
)
def test_remote_work_of_a_place_is_for_those_who_live_there(desk: Desk, kind: str, items: Any) -> None:
    feed = feed_of(desk, kind)
    desk.site.set("/api", json.dumps(items))
    desk.site.set("/api?skip=1", "[]")
    assert desk.run(feed)[1].new == 1
    job = only_job(desk)
    assert (job.modality, job.applicant_countries) == (Modality.REMOTE, ("US",))
