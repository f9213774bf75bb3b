"""The report as somebody opens it: one file, whole, in their language, and nothing in it runs or is fetched."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from jinja2 import UndefinedError

from engine.explain import Locale
from engine.jobs import Job, LanguageLevel
from engine.schedules import Weekday, Window
from engine.seekers import Availability, Seeker
from store.analytics.erasing import erase_from_snapshots
from store.analytics.report.document import report_html, write_report
from store.analytics.report.labels import column_label, value_label
from store.analytics.report.plot_parts import ticks
from store.analytics.report.templating import environment
from store.analytics.snapshots import current_snapshot
from store.analytics.tables import Filters

HOSTILE = '"><script>alert(1)</script><b>&amp;'
VOID = {"meta"}


class Page(HTMLParser):
    """Reads a page strictly: each element that is opened is closed, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.fixture
def busy(story: Any) -> Any:
    """Thirty people over three weeks: shown, applying, some hired; a skill with a hostile name."""
    evening = (Window((Weekday.MON, Weekday.WED), 19 * 60, 23 * 60),)
    story.jobs([Job(f"job-{n}", "A", employer="E", skills=(HOSTILE, "Excel"), country="PE") for n in range(6)])
    story.people(
        Seeker(
            f"p{n}",
            text="Excel",
            languages=(("es", LanguageLevel.NATIVE),),
            availability=Availability("America/Lima", evening),
        )
        for n in range(30)
    )
    for number in range(30):
        story.shown(f"p{number}", ["job-0", "job-1", "job-2"], 20 - number / 2)
        story.event("apply", f"p{number}", "job-0", 19 - number / 2)
        if number % 3 == 0:
            story.event("hire", f"p{number}", "job-0", 2)
    return story


@pytest.mark.parametrize("locale", list(Locale))
def test_a_report_is_one_whole_page_that_fetches_and_runs_nothing(busy: Any, locale: Locale) -> None:
    html = report_html(busy.snapshot(), locale=locale)
    page = Page(html)
    assert html.startswith("<!doctype html>\n")
    assert ("lang", locale.value) in page.attributes
    assert ("charset", "utf-8") in page.attributes
    assert ("name", "viewport") in page.attributes
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(page.names)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name in ("src", "href", "style")]
    assert "url(" not in html
    assert "http" not in html.replace("http-equiv", "")
    assert "@import" not in html
    assert page.names.count("section") == 8
    assert page.names.count("svg") >= 10
    assert page.names.count("table") == 10


def test_every_plot_has_a_name_of_its_own(busy: Any) -> None:
    html = report_html(busy.snapshot())
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == html.count("<svg")
    assert re.findall(r' aria-labelledby="([^"]+)"', html) == ids
    assert html.count('role="img"') == len(ids)


def test_what_people_wrote_is_text(busy: Any) -> None:
    html = report_html(busy.snapshot())
    assert "<script" not in html
    assert "<b>" not in html
    assert any(HOSTILE in text for text in Page(html).texts)


def test_a_report_says_what_it_is_of_and_what_is_hidden(busy: Any, pseudonym: Callable[[str], str]) -> None:
    busy.people([Seeker(f"cl-{n}", country="CL") for n in range(6)])
    for number in range(6):
        busy.application(f"cl-{number}", "job-1", 3, *([("hired", 2.0)] * (number < 2)))
    snapshot = busy.snapshot()
    html = report_html(snapshot)
    assert snapshot.version in html
    assert "Datos del 2026-06-30" in html
    assert "Semanas: todas" in html
    assert "35 personas, 6 empleos" in html
    assert re.search(r"<td[^>]*>oculto</td>", html)
    assert "no se publican las celdas sobre 1 a 4 personas" in html
    assert "Reescrita" not in html
    period = report_html(snapshot, filters=Filters(date(2026, 6, 10), date(2026, 6, 18)))
    assert "Semanas: del 2026-06-08 al 2026-06-21" in period
    erase_from_snapshots(busy.folder, [pseudonym("cl-0")])
    assert "Reescrita el" in report_html(current_snapshot(busy.folder))


def test_groups_too_small_to_be_told_apart_are_not_drawn_as_one(story: Any) -> None:
    story.people(Seeker(f"pe-{n}") for n in range(6))
    story.people(Seeker(f"bo-{n}", country="BO") for n in range(3))
    for seeker_id in (*(f"pe-{n}" for n in range(6)), *(f"bo-{n}" for n in range(3))):
        story.application(seeker_id, "job-a", 3)
    html = report_html(story.snapshot())
    assert html.count("demasiado pequeños") == 1
    assert 'id="by-country-title"' not in html
    assert 'id="by-language-title"' in html


def test_the_report_of_an_empty_store_says_so(story: Any) -> None:
    html = report_html(story.snapshot())
    Page(html)
    assert html.count("Todavía no hay datos.") == 6


def test_the_report_of_few_people_does_not_say_how_many(story: Any) -> None:
    story.people([Seeker("ana"), Seeker("ben")])
    assert "1–4 personas, 0 empleos" in report_html(story.snapshot())


def test_a_report_is_written_whole(busy: Any, tmp_path: Any) -> None:
    path = tmp_path / "new" / "report.html"
    snapshot = busy.snapshot()
    write_report(snapshot, path)
    assert path.read_text("utf-8") == report_html(snapshot)
    assert [one.name for one in path.parent.iterdir()] == ["report.html"]


def test_numbers_along_an_axis_are_round() -> None:
    assert ticks(1.0) == [0, 0.5, 1]
    assert ticks(3474) == [0, 1000, 2000, 3000, 4000]
    assert ticks(0.347) == [0, 0.1, 0.2, 0.3, 0.4]
    assert ticks(7) == [0, 2, 4, 6, 8]
    assert ticks(0) == ticks(5e-324) == [0, 1]


def test_labels_are_in_both_languages() -> None:
    assert column_label("click_rate_low", Locale.ES) == "Clics de lo mostrado, desde"
    assert column_label("click_rate_low", Locale.EN) == "Clicks of shown, from"
    assert (value_label("PE Lima", Locale.ES), value_label("qu", Locale.ES)) == ("PE Lima", "quechua")


def test_templates_escape_and_refuse_what_they_are_not_given() -> None:
    templates = environment()
    page = templates.from_string("{% import 'parts.html' as parts %}{{ parts.notes(label, texts) }}")
    assert HOSTILE in Page(page.render(label=HOSTILE, texts=[HOSTILE])).texts
    with pytest.raises(UndefinedError):
        page.render(texts=[])
