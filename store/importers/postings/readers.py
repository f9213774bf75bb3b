"""The readers a mapping may name: each turns the texts of a posting's columns into the value of a job's field.

A reader gives None (or nothing) for what it cannot tell, and `Found` where it can say which sentence tells it; only an
unreadable date is an error, as it is a sign that the mapping does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from math import inf
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from engine.errors import InvalidInputError
from engine.jobs import ContractType, HoursType, LanguageNeed, Modality
from engine.pay import Pay, PayPeriod
from engine.reading import dates, terms
from engine.reading.conditions.contract import read_contract
from engine.reading.conditions.hours_type import hours_types_in, read_hours_type
from engine.reading.conditions.modality import read_modality
from engine.reading.countries import country_code
from engine.reading.found import Found
from engine.reading.pay_prose import read_pay_in_prose
from engine.reading.pay_text import read_pay
from engine.reading.place_limits import LONGEST_LIMIT, PlaceLimit, read_place_limit
from engine.reading.place_prose import read_place_limit_in_prose
from engine.reading.text_cleaning import plain, tidy, tidy_line, without_markdown
from store.importers.postings.columns import JsonNumber
from store.importers.postings.hours_readers import read_schedule_text, read_weekly_hours_text
from store.importers.postings.json_pay import read_json_pay
from store.importers.postings.markup import running_text, without_markup

Options = Mapping[str, Any]
Texts = list[str]  # what the columns say, none of them empty

PIECES = re.compile(r"[,;|•\n]+")
LANGUAGE_PIECES = re.compile(r"[,;./|]+|\by\b|\band\b")
LONGEST_SKILL = 80
LONGEST_COUNT = 10  # digits
TRUTHS = {"true": True, "1": True, "yes": True, "si": True, "false": False, "0": False, "no": False}
LONGEST_CODE = 3  # "LIM" is a code; "LIMA" is a name in capitals


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader, and the options that a mapping may give it; beside them it gets the posting's `country`.

    `takes_values`: it gets what columns hold (objects, lists and numbers of JSON too) in place of their texts.
    """

    read: Callable[[Any, Options, str | None], Any]
    options: frozenset[str] = frozenset()
    takes_values: bool = False
    parts: frozenset[str] = frozenset()  # of a value that is told in several columns
    is_dated: bool = False  # it takes `now` as an option
    may_be_nothing: bool = False  # nothing found may be what is said: "worldwide" names no country
    takes_flags: bool = False  # true and false of JSON too
    states_nothing: Callable[[str], bool] = lambda _text: False


def read_text(texts: Texts, _options: Options, _zone: str | None) -> str | None:
    """One line of text; None when the columns say different things (a post in two cities)."""
    lines = {line: None for text in texts if (line := tidy_line(without_markup(text)))}
    return next(iter(lines)) if len(lines) == 1 else None


def read_prose(texts: Texts, options: Options, _zone: str | None) -> str | None:
    """Paragraphs. `line_break`: a character that stands for a line's end; `markdown`: marks are removed."""
    clean = []
    for text in texts:
        text = text.replace(options["line_break"], "\n") if "line_break" in options else text
        text = without_markdown(text) if options.get("markdown") else text
        clean.append(tidy(without_markup(text)))
    return "\n".join(clean) or None


def read_split(texts: Texts, options: Options, _zone: str | None) -> tuple[str, ...]:
    """A list: several texts as they are, one text cut at commas (or at `separator`)."""
    separator = re.compile(re.escape(options["separator"])) if "separator" in options else PIECES
    texts = list(map(without_markup, texts))
    pieces = separator.split(texts[0]) if len(texts) == 1 else texts
    found: dict[str, str] = {}
    for piece in pieces:
        item = tidy_line(piece).strip(" .-*")
        if item and len(item) <= LONGEST_SKILL:
            found.setdefault(item.casefold(), item)
    return tuple(found.values())


def read_date(texts: Texts, options: Options, zone: str | None) -> datetime | None:
    """A time in the place's zone: ISO 8601, one of `formats`, or in words, as of `now`.

    `end_of_day`: it is when something ends, and a date lasts until its midnight.
    """
    now = (options.get("now") or datetime.now(UTC)).astimezone(ZoneInfo(zone or "UTC"))
    is_end = bool(options.get("end_of_day") or options.get("is_end"))
    moment = dates.read_date(without_markup(texts[0]), now, options.get("formats", ()), is_end=is_end)
    if moment is None:
        raise InvalidInputError("unreadable date", expected="such as 2026-04-16", got=repr(texts[0][:40]))
    if options.get("end_of_day") and moment.time() == time(0):
        moment = moment.replace(hour=23, minute=59, second=59)
    return moment


def read_pay_text(texts: Texts, options: Options, _zone: str | None) -> Pay | None:
    """Pay in words; `currency` and `period` are the source's, for texts that name none.

    An amount under `least` or over `most` is a slip of whoever filled the form: it says nothing.
    """
    period = PayPeriod(options["period"]) if "period" in options else None
    # A fourth decimal says that the point of a program's number parts no thousands.
    written = [f"{text}0" if isinstance(text, JsonNumber) and "." in text else text for text in texts]
    pay = read_pay(running_text(written), options.get("currency"), period, options.get("country"))
    stated = (pay.amount or pay.max_amount or 0) if pay is not None else 0
    return pay if options.get("least", 0) <= stated <= options.get("most", inf) else None


def read_pay_prose(texts: Texts, options: Options, _zone: str | None) -> Found[Pay] | None:
    """Pay that a sentence of running text tells; `currency` is the source's, for signs that several share."""
    text = "\n".join(without_markup(without_markdown(text)) for text in texts)
    return read_pay_in_prose(text, options.get("country"), options.get("currency"))


def read_salary(values: list[Any], options: Options, _zone: str | None) -> Pay | None:
    """Pay as schema.org's `baseSalary` holds it, with the currency of `salaryCurrency` where it names none."""
    return read_json_pay(values, options.get("country"))


def read_salary_parts(parts: Mapping[str, str], options: Options, _zone: str | None) -> Pay | None:
    """Pay whose least, most, currency and period stand in columns of their own, as a program writes numbers."""
    value = {"minValue": parts.get("least"), "maxValue": parts.get("most"), "unitText": parts.get("period")}
    return read_json_pay([{"currency": parts.get("currency"), "value": value}], options.get("country"))


def read_place(texts: Texts, options: Options, _zone: str | None) -> dict[str, str]:
    """Country, region and city of a text such as "Miraflores, Lima", whose parts come in `order`."""
    order = list(options.get("order", ("city", "region")))
    pieces = [tidy_line(piece) for piece in re.split(options.get("separator", ","), without_markup(texts[0]))]
    pieces = [piece for piece in pieces if piece and terms.meaning_of(piece, terms.MODALITY) is None]
    for unit in ("city", "region"):  # a shorter text leaves the smaller part out
        if len(pieces) < len(order) and unit in order:
            order.remove(unit)
    if not pieces or not order:
        return {}
    pieces = [*pieces[: len(order) - 1], pieces[-1]]
    parts = {
        unit: piece.title() if piece.isupper() and len(piece) > LONGEST_CODE else piece
        for unit, piece in zip(order, pieces, strict=True)
    }
    if "country" in parts:
        parts["country"] = country_code(parts["country"]) or ""
    return {unit: part for unit, part in parts.items() if part}


def read_country(texts: Texts, _options: Options, _zone: str | None) -> str | None:
    """A country's name or code."""
    return terms.agreed(country_code(without_markup(text)) for text in texts)


def read_countries(texts: Texts, _options: Options, _zone: str | None) -> Found[tuple[str, ...]] | None:
    """Every country where applicants may live; none for "worldwide". What is not understood limits the place too."""
    limits = [read_place_limit(without_markup(text)) for text in texts]
    countries = tuple(sorted({code for limit in limits for code in limit.countries}))
    unread = next((limit.unread for limit in limits if limit.unread), None)
    return _place_found(PlaceLimit(countries, unread), "", 1.0)


def read_place_prose(texts: Texts, _options: Options, _zone: str | None) -> Found[tuple[str, ...]] | None:
    """Where a sentence of running text says that applicants must live."""
    found = read_place_limit_in_prose("\n".join(without_markup(without_markdown(text)) for text in texts))
    return None if found is None else _place_found(found.value, found.sentence, found.confidence)


def _place_found(limit: PlaceLimit, sentence: str, confidence: float) -> Found[tuple[str, ...]] | None:
    if not limit.countries and limit.unread is None:
        return None
    unread = None if limit.countries or limit.unread is None else tidy_line(limit.unread)[:LONGEST_LIMIT]
    return Found(limit.countries, sentence, confidence, {"unread_place_limit": unread})


def read_hours_terms(texts: Texts, _options: Options, _zone: str | None) -> HoursType | None:
    """The hours type among the terms of a list; None for "full time or part time"."""
    found = {kind for piece in _pieces(texts) for kind in hours_types_in(piece) or terms.meanings(piece, terms.HOURS)}
    return terms.agreed(found)


def read_contract_terms(texts: Texts, _options: Options, _zone: str | None) -> ContractType | None:
    """The contract among the terms of a list."""
    return terms.agreed(terms.meaning_of(piece, terms.CONTRACT) for piece in _pieces(texts))


def read_modality_terms(texts: Texts, options: Options, _zone: str | None) -> Modality | None:
    """The modality among the terms of a list; `yes` is that of a column that says true or false."""
    if "yes" in options and plain(texts[0]).strip() in TRUTHS:
        return Modality(options["yes"]) if TRUTHS[plain(texts[0]).strip()] else None
    return terms.agreed(terms.meaning_of(piece, terms.MODALITY) for piece in _pieces(texts))


def read_hours_text(texts: Texts, _options: Options, _zone: str | None) -> Found[HoursType] | None:
    """Full time, part time or an internship where running text says so, and does not offer both."""
    return read_hours_type(running_text(texts))


def read_contract_text(texts: Texts, _options: Options, _zone: str | None) -> Found[ContractType] | None:
    """The contract that running text offers."""
    return read_contract(running_text(texts))


def read_modality_text(texts: Texts, _options: Options, _zone: str | None) -> Found[Modality] | None:
    """The modality where running text states it ("modalidad presencial"), and states one only."""
    return read_modality(running_text(texts))


def read_language_terms(texts: Texts, _options: Options, _zone: str | None) -> tuple[LanguageNeed, ...]:
    """Languages of a list such as "Español, Inglés avanzado (C1)"; the level only where one is written."""
    found: dict[str, LanguageNeed] = {}
    for text in texts:
        for piece in LANGUAGE_PIECES.split(without_markup(text)):
            code = terms.meaning_of(piece, terms.LANGUAGES)
            if code is not None:
                found.setdefault(code, LanguageNeed(code, terms.meaning_of(piece, terms.LEVELS)))
    return tuple(found.values())


def read_count(texts: Texts, _options: Options, _zone: str | None) -> int | None:
    """A whole number from 1 up."""
    text = texts[0].strip().removesuffix(".0")
    is_whole = text.isascii() and text.isdigit() and len(text) <= LONGEST_COUNT
    return int(text) if is_whole and 1 <= int(text) < 2**31 else None


def read_url(texts: Texts, _options: Options, _zone: str | None) -> str | None:
    """A web address, without its fragment: that says how a visitor came there, not where it is."""
    address = texts[0].replace("&amp;", "&").strip().partition("#")[0]
    address = re.sub(r"\s", lambda space: quote(space[0]), address)
    return address if re.fullmatch(r"https?://\S+", address) else None


def _pieces(texts: Texts) -> Texts:
    return [piece for text in texts for piece in PIECES.split(without_markup(text))]


READERS: Mapping[str, Reader] = {
    "text": Reader(read_text),
    "prose": Reader(read_prose, frozenset({"line_break", "markdown"})),
    "split": Reader(read_split, frozenset({"separator"})),
    "date": Reader(
        read_date, frozenset({"formats", "end_of_day", "is_end"}), is_dated=True, states_nothing=dates.states_no_date
    ),
    "pay_text": Reader(read_pay_text, frozenset({"currency", "period", "least", "most"})),
    "pay_prose": Reader(read_pay_prose, frozenset({"currency"})),
    "salary": Reader(read_salary, takes_values=True),
    "salary_parts": Reader(read_salary_parts, parts=frozenset({"least", "most", "currency", "period"})),
    "place": Reader(read_place, frozenset({"order", "separator"})),
    "country": Reader(read_country),
    "countries": Reader(read_countries, may_be_nothing=True),
    "place_prose": Reader(read_place_prose),
    "hours_terms": Reader(read_hours_terms),
    "contract_terms": Reader(read_contract_terms),
    "contract_text": Reader(read_contract_text),
    "modality_terms": Reader(read_modality_terms, frozenset({"yes"}), takes_flags=True),
    "hours_text": Reader(read_hours_text),
    "modality_text": Reader(read_modality_text),
    "modality_title": Reader(read_modality_text),
    "language_terms": Reader(read_language_terms),
    "schedule_text": Reader(read_schedule_text),
    "weekly_hours_text": Reader(read_weekly_hours_text),
    "count": Reader(read_count),
    "url": Reader(read_url),
}
