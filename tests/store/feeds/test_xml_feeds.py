"""RSS, Atom and the XML that job sites send to search engines, as they come: with faults that browsers forgive."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.jobs import HoursType, Job, Modality
from store.feeds.counts import Outcome
from store.feeds.feed_files import Feed
from store.records.records import Records
from tests.local_site import Reply
from tests.store.feeds.conftest import Desk

ITEM = """<item><title>Redactora &amp; correctora</title><link>https://a.pe/1</link><guid isPermaLink="false">n-1</guid>
<pubDate>Sun, 01 Nov 2026 10:00:00 -0500</pubDate><description><![CDATA[<p>Trabajo remoto,&nbsp;medio tiempo.</p>]]>
</description><dc:creator>Taller</dc:creator></item>"""
RSS = '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{}</channel></rss>'
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><title type="html">Guardia</title>
<link rel="self" href="https://a.pe/api/1"/><link href="https://a.pe/1"/><published>2026-11-01T10:00:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>De noche.</p></div></content></entry></feed>"""
JOBS = """<?xml version="1.0" encoding="ISO-8859-1"?><source><publisher>Taller</publisher><job>
<title><![CDATA[Cajera]]></title><date>Sun, 01 Nov 2026 10:00:00 GMT</date><referencenumber>r-1</referencenumber>
<url>https://a.pe/1</url><company>Botica Niña</company><city>Lima</city><state>Lima</state><country>PE</country>
<salary>S/ 1,200 al mes</salary><jobtype>part time</jobtype><description>Atender la caja.</description></job>
</source>"""


def feed_of(desk: Desk, kind: str) -> Feed:
    return desk.write("canal", f'kind = "{kind}"\naddress = "SITE/feed"\ngap_seconds = 0.1\n')


def only_job(desk: Desk) -> Job:
    (job,) = Records(desk.database).iter_jobs()
    return job


def test_rss(desk: Desk) -> None:
    desk.site.set("/feed", RSS.format(ITEM))
    assert desk.run(feed_of(desk, "rss"))[1].new == 1
    job = only_job(desk)
    assert (job.title, job.employer, job.url) == ("Redactora & correctora", "Taller", "https://a.pe/1")
    assert job.posted_at == datetime(2026, 11, 1, 15, tzinfo=UTC)
    assert job.hours_type is HoursType.PART_TIME
    assert "<p>" not in job.description


def test_atom(desk: Desk) -> None:
    desk.site.set("/feed", ATOM)
    assert desk.run(feed_of(desk, "rss"))[1].new == 1
    job = only_job(desk)
    assert (job.title, job.url, job.description) == ("Guardia", "https://a.pe/1", "De noche.")


def test_xml_of_jobs_in_other_letters(desk: Desk) -> None:
    desk.site.set("/feed", Reply(JOBS.encode("iso-8859-1")))
    assert desk.run(feed_of(desk, "xml"))[1].new == 1
    job = only_job(desk)
    assert (job.job_id, job.employer, job.city, job.country) == ("canal:r-1", "Botica Niña", "Lima", "PE")
    assert job.hours_type is HoursType.PART_TIME
    assert job.pay is not None
    assert (job.pay.amount, job.pay.currency) == (1200, "PEN")


@pytest.mark.parametrize(
    "text",
    [
        "\n\n" + RSS.format(ITEM),
        "\ufeff" + RSS.format(ITEM),
        RSS.format(ITEM.replace("<p>", "&nbsp;\x0b\x00<p>")),
        RSS.format(ITEM.replace("Redactora", "Dise&ntilde;adora&nbsp;")),
        RSS.format(ITEM).replace('<?xml version="1.0"?>', ""),
        "<!DOCTYPE rss>" + RSS.format(ITEM).replace('<?xml version="1.0"?>', ""),
    ],
)
def test_faults_that_do_no_harm_do_none(desk: Desk, text: str) -> None:
    desk.site.set("/feed", text)
    outcome, counts = desk.run(feed_of(desk, "rss"))
    assert (outcome, counts.new) == (Outcome.COMPLETE, 1)


@pytest.mark.parametrize("cut", [3, 30, 200])
def test_what_is_whole_before_a_fault_is_read_and_nothing_is_missed(desk: Desk, cut: int) -> None:
    items = [ITEM.replace("n-1", f"n-{number}") for number in range(6)]
    desk.site.set("/feed", RSS.format("".join(items)))
    feed = feed_of(desk, "rss")
    desk.run(feed)
    desk.site.set("/feed", RSS.format("".join(items[:5]))[:-cut])
    for _ in range(3):
        outcome, counts = desk.run(feed)
        assert (outcome, counts.rejected, counts.closed) == (Outcome.PARTIAL, 1, 0)
        assert counts.same >= 4
    assert len(desk.open_ids()) == 6


def test_entities_are_not_opened(desk: Desk) -> None:
    grown = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    desk.site.set("/feed", f'<!DOCTYPE x [<!ENTITY e0 "ja">{grown}]>' + RSS.format(ITEM).partition("?>")[2])
    outcome, counts = desk.run(feed_of(desk, "rss"))
    assert (outcome, counts.new) != (Outcome.COMPLETE, 1)


def test_an_empty_channel_is_whole(desk: Desk) -> None:
    desk.site.set("/feed", RSS.format(""))
    outcome, counts = desk.run(feed_of(desk, "rss"))
    assert (outcome, counts.read) == (Outcome.COMPLETE, 0)


@pytest.mark.parametrize("text", ["<html><p>Hola</p></html>", "no", ""])
def test_what_is_no_feed_is_no_empty_one(desk: Desk, text: str) -> None:
    desk.site.set("/feed", text)
    assert desk.run(feed_of(desk, "rss"))[0] is not Outcome.COMPLETE


def test_deep_xml_is_read_no_deeper_than_it_means(desk: Desk) -> None:
    deep = ITEM.replace("</item>", "<x>" * 20_000 + "</x>" * 20_000 + "</item>")
    desk.site.set("/feed", RSS.format(deep))
    assert desk.run(feed_of(desk, "rss"))[1].new == 1


def test_modality_is_read_from_the_title(desk: Desk) -> None:
    desk.site.set("/feed", RSS.format(ITEM.replace("Redactora", "Redactora (remoto)")))
    desk.run(feed_of(desk, "rss"))
    assert only_job(desk).modality is Modality.REMOTE
