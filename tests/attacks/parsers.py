"""Every parser of text from outside, by the module that it stands in, and what is hard for it."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pydantic_core import PydanticCustomError

from api.employers.service.pasted_ads import pasted_reads
from api.employers.service.table_ads import read_table
from api.hiring.career import _portfolio_link as portfolio_link
from api.routing.json_bodies import read_json
from api.texting.reading import read_command
from engine.catalogue.builder import build_catalogue
from engine.catalogue.inverted_index import terms, word_stem
from engine.comparable_pay import comparable_pay
from engine.documents.how_to_apply import how_to_apply
from engine.documents.jobs import job_from_document
from engine.encoder.texts import tidy as encoder_tidy
from engine.errors import InvalidInputError
from engine.explain import Locale
from engine.jobs import Job
from engine.moderation.contacts.masking import masked
from engine.moderation.contacts.profiles import without_contacts
from engine.moderation.fraud.signs import offer_signs
from engine.moderation.plain_words import PlainWords
from engine.moderation.same_ads import ad_words
from engine.pay import Pay, PayPeriod
from engine.programmes.form import read_rules
from engine.programmes.regions import region_named
from engine.reading import terms as posting_terms
from engine.reading.age_limits import without_age_limits
from engine.reading.conditions.contract import read_contract
from engine.reading.conditions.hours_type import read_hours_type
from engine.reading.conditions.modality import read_modality
from engine.reading.countries import country_code
from engine.reading.dates import read_date, states_no_date
from engine.reading.experience import read_experience
from engine.reading.home_costs import read_home_costs
from engine.reading.pay_prose import read_pay_in_prose
from engine.reading.pay_text import read_pay
from engine.reading.place_limits import read_place_limit
from engine.reading.place_prose import read_place_limit_in_prose
from engine.reading.schedules.free_hours import free_hours
from engine.reading.schedules.schedule_text import read_schedule
from engine.reading.schedules.weekly_hours import read_hours_per_week
from engine.reading.schedules.working_days import read_working_days
from engine.reading.text_cleaning import plain, tidy, tidy_line, without_markdown
from engine.recommendation.fit_texts import headline_of
from engine.retrieval.lexical_search import _typed_words as typed_words
from engine.schedules import parse_window
from engine.search.lexicon import CatalogueLexicon
from engine.search.understanding import understood
from engine.seekers import Seeker
from engine.skills import normalised_words
from store.feeds.documents import _CHARSET
from store.feeds.xml_items import xml_items
from store.fetching.errors import FetchError
from store.fetching.requests import address_of
from store.fetching.robots import parse_robots
from store.importers.calendars.availability import availability_from_calendar
from store.importers.calendars.lines import MOST_BYTES
from store.importers.cv.packages import _kind_of_ooxml as kind_of_ooxml
from store.importers.cv.pdf import require_plain_pdf
from store.importers.postings.json_pay import read_json_pay
from store.importers.postings.mapping import load_mapping
from store.importers.postings.markup import without_markup
from store.importers.postings.readers import READERS
from store.importers.postings.reading import _labelled as labelled
from store.importers.postings.reading import read_posting
from store.importers.postings.rows import read_rows
from store.notices.quoting import quoted
from store.notices.writing import _ended

Parser = Callable[[str], object]
LIMA = "America/Lima"
MONTHLY_PAY = Pay(2000, "PEN", PayPeriod.MONTH)
LEXICON = CatalogueLexicon(build_catalogue([Job("1", "Diseñadora", "Ventas por horas")]))
# Hard for somebody: a row of one sign, what opens and is not closed, marks to be put in order, numbers without end.
HARD = (
    *("a", "1", " ", "\n", "\t", ".", ",", "-", "@", "&#1", "<a", "<!--", "<a b='", "[", '{"a":', "\\", "**", "=", "/"),
    *(
        "a ",
        "1 ",
        "1.",
        "1,",
        "w.",
        "a@",
        "\n-",
        ", ",
        "\u0323\u0301",
        "\u0f73",
        "\u200b",
        "¿",
        "\0",
        '"',
        "(",
        "+51 9",
    ),
)


@dataclass(frozen=True, slots=True)
class ParserCase:
    """A parser, the modules whose patterns it goes through, and texts that are hard for it besides `HARD`.

    What it reads stands between `before` and `after`.
    """

    parser: Parser
    modules: tuple[str, ...]
    hard: tuple[str, ...] = ()
    before: str = ""
    after: str = ""


def _reader(name: str, **options: Any) -> Parser:
    parts = READERS[name].parts
    return lambda text: READERS[name].read(dict.fromkeys(parts, text) if parts else [text], options, LIMA)


def _calendar(text: str) -> object:
    content, hours = text.encode("utf-8", "replace")[: MOST_BYTES - 100], [parse_window("mon-sun 00:00-24:00")]
    return availability_from_calendar(content, around=date(2026, 1, 7), hours=hours)


def _file(suffix: str) -> Parser:
    folder = tempfile.TemporaryDirectory()

    def parser(text: str) -> object:
        path = Path(folder.name) / f"postings{suffix}"
        path.write_text(text, encoding="utf-8", errors="replace")
        return list(read_rows(path))

    return parser


def _refused(parse: Callable[[], object]) -> object:
    with suppress(InvalidInputError, PydanticCustomError):
        return parse()
    return None


def _pdf(text: str) -> object:
    return _refused(lambda: require_plain_pdf(text.encode("utf-8", "replace") + b"/Root startxref %%EOF"))


def _relations(text: str) -> object:
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {"[Content_Types].xml": main, "word/document.xml": b"", "a.rels": text.encode("utf-8", "replace")}
    return _refused(lambda: kind_of_ooxml(parts))


def _linked(text: str) -> object:
    return read_posting({"title": text[:300], "description": text, "workHours": text}, load_mapping("jobposting"))


def _body(text: str) -> object:
    waiting = [{"type": "http.request", "body": text.encode("utf-8", "replace"), "more_body": False}]

    async def receive() -> dict[str, Any]:
        return waiting.pop()

    return asyncio.run(read_json({"headers": [(b"content-type", b"application/json")]}, receive, 10**9))


def _rules(text: str) -> None:
    """As an officer may send them: the text as a day, as a region and as what a consent is for."""
    consent = {"kind": "consent", "purpose": text, "text_version": text}
    rules = [{"kind": "place", "regions": [text]}, consent, {"kind": text}]
    with suppress(InvalidInputError):
        read_rules({"version": 1, "in_force_from": text, "rules": rules})
    with suppress(InvalidInputError):
        region_named(text)


def _address(text: str) -> object:
    try:
        return address_of(text)
    except FetchError:
        return None


def _xml(text: str) -> object:
    return list(xml_items(text.encode("utf-8", "replace"), frozenset({"item"})))


def _job(text: str) -> Job:
    return Job("job", title=text[:300], description=text)


_POSTINGS, _CALENDARS, _ENGINE = "store.importers.postings.", "store.importers.calendars.", "engine."
_READING = "engine.reading."
_CONTACTS, _FRAUD = "engine.moderation.contacts.", "engine.moderation.fraud."
_PAGE = '<script type="application/ld+json">'
_CALENDAR = "BEGIN:VCALENDAR\nBEGIN:VAVAILABILITY\nBEGIN:AVAILABLE\nDTSTART:20260105T090000\nDTEND:20260105T100000\n"
_EVENT = "BEGIN:VEVENT\nDTSTART:20260105T090000\nDURATION:PT1H\n"
_CALENDAR_END = "\nEND:AVAILABLE\nEND:VAVAILABILITY\nEND:VCALENDAR\n"
_SCHEDULES = ("mon-", "lunes a ", "l-v ", "9 a 18 lunes y ", "lunes de 9 a 18, ", "flexiba", "20 horas ")
_CONDITIONS = ("remoto ", "modalidad ", "de forma remota y ", "contrato de ", "no ", "2 dias home ", "practicante de ")
_OF_SCHEDULES = tuple(
    _READING + "schedules." + name
    for name in (
        "personal_hours",
        "said_free",
        "schedule_text",
        "passages",
        "tokens",
        "clocks",
        "day_names",
        "marks",
        "rotation",
        "flexible_hours",
        "gathering",
        "rest_days",
        "clock_zones",
    )
)

_CV = "store.importers.cv."
CASES: dict[str, ParserCase] = {
    "schedule": ParserCase(lambda text: read_schedule(text, LIMA), _OF_SCHEDULES, _SCHEDULES),
    "text message": ParserCase(
        read_command, ("api.texting.reading",), ("postular ", "no mas ", "1 y ", "aa", "1ro ", "n°")
    ),
    "PDF": ParserCase(
        _pdf, (_CV + "pdf",), ("stream\n", "stream\nendstream ", "/Type /ObjStm stream\nendstream", "#2f")
    ),
    "relations": ParserCase(
        _relations,
        (_CV + "packages",),
        ("<relationship ", "relationships/attachedtemplate' ", " target='file:///c:"),
        before="<relationship ",
    ),
    "portfolio": ParserCase(
        lambda text: _refused(lambda: portfolio_link(text)), ("api.hiring.career",), ("a.", "a-"), before="https://"
    ),
    "several pasted ads": ParserCase(
        lambda text: _refused(lambda: pasted_reads(text, datetime(2026, 11, 25, tzinfo=UTC))[0]()),
        ("api.employers.service.pasted_ads",),
        ("\n---", "-", " \n", "\n-----\nVendedora\n"),
    ),
    "table of ads": ParserCase(
        lambda text: _refused(lambda: read_table(text, (), datetime(2026, 11, 25, tzinfo=UTC))),
        ("api.employers.service.table_ads", "api.employers.service.table_columns"),
        ('"', '",', ";", "\t", "puesto,", "sep=", 'a"b,'),
    ),
    "row of a table of ads": ParserCase(
        lambda text: _refused(lambda: read_table(text, (), datetime(2026, 11, 25, tzinfo=UTC))),
        (),
        ('"', '""', '"\n', "costurera;", "12 por hora "),
        before="Puesto;Pago\n",
    ),
    "headline": ParserCase(
        lambda text: headline_of(Seeker(text=text)), ("engine.recommendation.fit_texts",), (". ", "\n")
    ),
    "schedule after days": ParserCase(lambda text: read_schedule(text, LIMA), (), _SCHEDULES, before="lunes "),
    "working days": ParserCase(
        read_working_days,
        (_READING + "schedules.working_days",),
        (
            "horario de lunes a viernes\n",
            "lunes a sabado\n",
            "descanso los martes ",
            "un dia a la semana ",
            "solo sabados ",
        ),
    ),
    "free hours": ParserCase(
        lambda text: free_hours(text, LIMA),
        (_READING + "schedules.free_hours",),
        ("por las ", "hasta la 1 ", "4 horas "),
    ),
    "modality": ParserCase(
        read_modality,
        tuple(_READING + "conditions." + name for name in ("modality", "other_modalities", "statements")),
        _CONDITIONS,
    ),
    "contract": ParserCase(
        read_contract,
        tuple(
            _READING + "conditions." + name
            for name in ("contract", "contract_words", "fixed_terms", "freelancers", "apprentices")
        ),
        _CONDITIONS,
    ),
    "hours type": ParserCase(read_hours_type, (_READING + "conditions.hours_type",), _CONDITIONS),
    "hours a week": ParserCase(read_hours_per_week, (_READING + "schedules.weekly_hours",), _SCHEDULES),
    "markup": ParserCase(
        without_markup,
        (_POSTINGS + "markup",),
        ("<!x", "<?", "</a", "<a b='>' ", "<script>", "<li>", "&lt;b&gt;", "&amp;lt;", "]]>"),
        before="<b>",
    ),
    "markup closed": ParserCase(without_markup, (), ("<a", "<a b='", "<!--", "<a b='>' ", "<?"), after="-->'\">"),
    "markdown": ParserCase(without_markdown, (_READING + "text_cleaning",), ("\n---x", " \n* ", "# ")),
    "tidy": ParserCase(tidy, (_READING + "text_cleaning",)),
    "tidy line": ParserCase(tidy_line, (_READING + "text_cleaning",)),
    "plain": ParserCase(plain, (_READING + "text_cleaning",)),
    "age limits": ParserCase(
        without_age_limits,
        (_READING + "age_limits",),
        ("edad ", "18 años ", "hasta 18 ", "( \n"),
        after=" 18 años de edad",
    ),
    "pay": ParserCase(
        read_pay,
        tuple(_READING + name for name in ("pay_text", "pay_periods", "amounts", "currencies", "number_words")),
        ("s/ 1 ", "1k", "1 000 ", "1 - ", "+ bono ", "$", "mil ", "dos a mil ", "1 mil 500 ", "dos rmv y "),
    ),
    "pay in prose": ParserCase(
        read_pay_in_prose, (_READING + "pay_prose",), ("sueldo s/ 1 ", "sueldo s/ 1\n", "1 1 1 . "), before="sueldo "
    ),
    "experience": ParserCase(
        read_experience, (_READING + "experience",), ("1 año ", "experiencia ", "1 a 1 ", "no requiere ", "con "), "xp "
    ),
    "search": ParserCase(
        lambda text: understood(text, LEXICON),
        tuple(
            "engine.search." + name
            for name in (
                *("lexicon", "limit_hours", "limit_pay", "limit_phrases", "limit_places", "limit_terms", "tokens"),
                "understanding",
                "unwanted_words",
            )
        ),
        ("s/ 1 ", "mil ", "no ", "sin ", "lima ", "medio ", "1 1", "por la ", "que no sea de ", "sin ventas ni "),
    ),
    "window": ParserCase(parse_window, ("engine.schedules",), ("lun", "lun-", "- ", "lun,")),
    "pay in JSON": ParserCase(lambda text: read_json_pay([text, {"value": text}]), (_POSTINGS + "json_pay",), ("1e9",)),
    "countries": ParserCase(
        read_place_limit,
        tuple(_READING + name for name in ("countries", "places", "place_codes", "place_limits")),
        (", ca", "us ", "(not "),
    ),
    "country": ParserCase(country_code, (_READING + "countries",)),
    "home costs": ParserCase(read_home_costs, (_READING + "home_costs",), ("internet ", "bono ", "bono internet\n")),
    "where one applies": ParserCase(
        lambda text: how_to_apply(text, Locale.ES, takes_applications=False),
        (_ENGINE + "documents.how_to_apply",),
        ("https://", "https://a@", "a.", "https://[", ":1"),
    ),
    "how pay arrives": ParserCase(
        lambda text: comparable_pay(Job("job", "a", description=text, country="PE", pay=MONTHLY_PAY)),
        (_ENGINE + "comparable_pay",),
        ("recibo por ", "planilla "),
    ),
    "place in prose": ParserCase(
        read_place_limit_in_prose,
        (_READING + "place_prose",),
        ("residir en ", "vivir en a\n", "open to all "),
        "reside ",
    ),
    "terms": ParserCase(lambda text: posting_terms.meanings(text, posting_terms.HOURS), (_READING + "terms",)),
    "posting": ParserCase(
        _linked, (_POSTINGS + "reading", _POSTINGS + "mapping"), ("mon-", "w.", "Conocimientos: ", "edad ")
    ),
    "label": ParserCase(
        lambda text: labelled(text, "Idiomas"), (_POSTINGS + "reading",), (", A", ", Abc", "Idiomas:"), "Idiomas:"
    ),
    "page": ParserCase(
        _file(".html"),
        (_POSTINGS + "pages",),
        (
            _PAGE,
            _PAGE + "</script>",
            "<script ",
            "<script a='",
            '<script a="',
            "<!-->",
            "<title>",
            "</script",
            "<style a",
        ),
        after=">",
    ),
    "page's JSON": ParserCase(
        _file(".html"), (), ("<!--", "//<![CDATA[", "]]>", "&quot;", ",", '"\\', "/*", "//", "# "), before=_PAGE
    ),
    "linked data": ParserCase(_file(".jsonld"), (_POSTINGS + "json_text",), ("{},", "{},\n"), before="[", after="{}]"),
    "linked data mended": ParserCase(
        _file(".jsonld"), (), ('"\\q",', '"a",', ", ,", "// ", "/* -->", ',"'), before='["\\q",', after="]"
    ),
    "graph": ParserCase(
        _file(".jsonld"),
        (_POSTINGS + "linked_data",),
        ('{"@id":"a","b":1},', '{"@graph":[', '{"@type":"X"},'),
        before='{"@graph":[',
        after="{}]}",
    ),
    "lines of JSON": ParserCase(
        _file(".jsonl"), (_POSTINGS + "rows",), ("{}\n", '{"a":NaN}\n', "{\n", "{\n\n\n", '{"\n"\n')
    ),
    "table": ParserCase(
        _file(".csv"),
        (_POSTINGS + "tables", _POSTINGS + "decoding"),
        ('"a",', '""', '"x""\n', 'a""b\n', ',"x\n', '"\n', '",","x\n', "\r", ",,\n", '"a" b\n', "ñ"),
        before="a,b\n",
    ),
    "table after an open quote": ParserCase(
        _file(".csv"), (), ("a\n", 'a""b\n', "a,b\n", '"x""\n', '","\n', ',"x\n'), before='a,b\nc,"'
    ),
    "date": ParserCase(
        lambda text: read_date(text, datetime(2026, 1, 7, tzinfo=UTC)),
        (_READING + "dates",),
        ("1/", "hace 1 ", "1 de ", "abril 1", "0", "2026-01-01"),
    ),
    "no date": ParserCase(states_no_date, (), ("0", "9999-12-31", "1/")),
    "id": ParserCase(
        lambda text: read_posting({"title": "a", "identifier": text, "url": text}, load_mapping("jobposting")),
        (_POSTINGS + "ids",),
        ("http://",),
    ),
    **{f"reader {name}": ParserCase(_reader(name), (_POSTINGS + "readers",), ("entrevista a y ",)) for name in READERS},
    "plain words": ParserCase(
        PlainWords,
        ("engine.moderation.plain_words", "engine.moderation.styled_letters"),
        ("🔥", "🔥 ", "_a", "aa_", "ⓐ", "a 1 1 1 ", "watsap" + "p" * 60),
    ),
    "fraud": ParserCase(
        lambda text: offer_signs(_job(text)),
        tuple(
            _FRAUD + name
            for name in (
                "phrases",
                "pay_promised",
                "signs",
                "cues",
                "stated_hours",
                "working_terms",
                "unlawful_demands",
            )
        ),
        (
            "deposita ",
            "yapea 1 ",
            "s/ 1 000 ",
            "tareas muy ",
            "solo necesitas tu ",
            "envianos foto de ",
            "si alguien a ",
            "8 a 9 pm lunes a ",
            "doce horas diarias ",
            "- mujeres ",
            "codigo sms ",
            "voce deve pagar ",
            "faça um pix de R$ 1 ",
        ),
    ),
    "fraud of an employer": ParserCase(
        lambda text: offer_signs(Job("job", title="a", employer=text)), (_FRAUD + "signs",)
    ),
    "ads said again": ParserCase(
        lambda text: ad_words(text, text), ("engine.moderation.plain_words",), ("w.", "p4g4 ")
    ),
    "contacts": ParserCase(
        masked,
        tuple(
            _CONTACTS + name
            for name in (
                "links",
                "numbers",
                "number_groups",
                "plain_text",
                "digit_runs",
                "identity_numbers",
                "phone_numbers",
            )
        ),
        (
            *("@a", "a@a.", " arroba a.", "nueve ocho ", "ochenta y ", "wa.me/", "dni 1 ", "(01) 2 ", "novecientos "),
            *(
                "dni de a: 1",
                "1 es mi ",
                "gmail: a.",
                "a1 de gmail",
                "a @ g ",
                "9🔥",
                "9O",
                "⁹",
                "9\u0336",
                "[contacto]",
            ),
        ),
    ),
    "quoted in a mail": ParserCase(
        lambda text: quoted(text, len(text) + 1), ("store.notices.quoting",), ("a.b", "a.bc/", "www.", "tel:", "\u202e")
    ),
    "sentence of a mail": ParserCase(_ended, ("store.notices.writing",), (".", "….")),
    "contacts of a person": ParserCase(lambda text: without_contacts(Seeker("one", text)), (_CONTACTS + "profiles",)),
    "words": ParserCase(normalised_words, ("engine.skills",), ("a.b", "c++", ".a")),
    "terms of the word index": ParserCase(terms, ("engine.catalogue.inverted_index",), ("os", "as ces ")),
    "stem": ParserCase(word_stem, ("engine.catalogue.inverted_index",), ("os", "es", "ces")),
    "words looked for": ParserCase(typed_words, ("engine.retrieval.lexical_search",), ("¿a",)),
    "encoder's text": ParserCase(encoder_tidy, ("engine.encoder.texts", "engine.normal_forms")),
    "document": ParserCase(
        lambda text: job_from_document({"title": text, "url": text, "country": text, "posted_at": text}),
        ("engine.documents.kinds",),
    ),
    "robots.txt": ParserCase(
        lambda text: parse_robots(text.encode("utf-8", "replace").decode()).allows("https://a.example/" + "a" * 200),
        ("store.fetching.robots",),
        ("User-agent: a\n", "user agent a\n", "Disallow: /*a\n", "*a", "Crawl-delay: 1\n", "User-agent: *\n"),
        before="User-agent: *\nDisallow: /",
    ),
    "XML of a feed": ParserCase(
        _xml,
        ("store.feeds.xml_items",),
        ("<a>", "<a/>", "<item>", "<item/>", "&nbsp;", "&a;", "<a b='c'/>", "<b>x</b>", "<!--", "<![CDATA[", "</a>"),
        before="<rss><item>",
        after="</item></rss>",
    ),
    "charset of a page": ParserCase(
        lambda text: _CHARSET.search(text), ("store.feeds.documents",), ("charset", "charset= ", "charset='")
    ),
    "address": ParserCase(
        _address, ("store.fetching.requests", "store.fetching.visiting"), ("https://", "a.", "%2"), before="https://"
    ),
    "rules of a programme": ParserCase(
        _rules, ("engine.programmes.days", "engine.programmes.regions"), ("2027-01-", "la libertad ", "á", "\u0301")
    ),
    "JSON body": ParserCase(_body, ("api.routing.json_bodies",), ('"a",', "[],", "1e9,"), before="["),
    "calendar": ParserCase(
        _calendar,
        tuple(_CALENDARS + name for name in ("lines", "values", "rules", "hours", "attendance")),
        ("RDATE:20260105T090000\n", "EXDATE:20260105\n", "BEGIN:X\nEND:X\n", 'A;B="', "A;B=", "DTSTART;TZID=a", "\n "),
        _CALENDAR,
        _CALENDAR_END,
    ),
    "busy calendar": ParserCase(
        _calendar,
        (),
        (
            *(
                "RDATE;VALUE=PERIOD:20260105T090000/PT1H\n",
                "EXDATE:20260105\n",
                "END:VEVENT\n",
                "BEGIN:VEVENT\n",
                ",20260105",
                "ATTENDEE;PARTSTAT=DECLINED:mailto:a@b\n",
                "ATTENDEE;PARTSTAT=DECLINED:mailto:a@b\nEND:VEVENT\nBEGIN:VEVENT\n",
            ),
            *("BEGIN:VEVENT\nDTSTART:20260105T090000\nDURATION:PT1H\nEND:VEVENT\n", "END:X\n", "BEGIN:VTIMEZONE\n"),
            *(
                _EVENT + "RRULE:FREQ=DAILY;COUNT=9999\nEND:VEVENT\n",
                _EVENT + "RECURRENCE-ID:20260105T090000\nEND:VEVENT\n",
            ),
            _EVENT + "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31\nEND:VEVENT\n",
            "BEGIN:VFREEBUSY\nFREEBUSY:20260105T090000Z/PT1H,20260112T090000Z/PT1H\nEND:VFREEBUSY\n",
            "BEGIN:VTIMEZONE\nTZID:a\nBEGIN:STANDARD\nTZOFFSETTO:-0500\nEND:STANDARD\nEND:VTIMEZONE\n",
            "BEGIN:VAVAILABILITY\nEND:VAVAILABILITY\n",
            ";TZID=a://",
        ),
        before="BEGIN:VCALENDAR\n",
        after="\nEND:VCALENDAR\n",
    ),
}
