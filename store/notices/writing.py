"""A notice put into words for its reader: subject, text and link, and its short form.

written(Notice("application_received", {"job": job.title}), Reader("rosa@correo.pe", Locale.ES), Site(""))
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from engine.explain import Locale
from store.notices.quoting import quoted, shortened
from store.notices.short_texts import ONE_PART_OF_ANY_SCRIPT, short_text
from store.notices.texts import NoticeGroup, NoticeText, frame, notice_texts, values_in, ways
from store.people.mail import Mail

_TWO_STOPS = re.compile(r"(…|(?<!\.)\.)\.(?!\.)")
LONGEST_SUBJECT, LONGEST_VALUE = 110, 80
LONGEST = {"name": 40, "employer": 60, "reason": 400}


@dataclass(frozen=True, slots=True)
class Site:
    """Where people reach Chamba: `https://chamba.pe`; empty: no address is told, mails name the place in words."""

    address: str = ""

    def link(self, path: str) -> str | None:
        """The address of a path of ours."""
        return f"{self.address.rstrip('/')}{path}" if self.address else None


NOWHERE = Site()


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a notice: the stored address, language and, if told, name."""

    address: str
    locale: Locale
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines of a list in a notice, with the place that they lead to; they are ours or quoted already."""

    lines: Sequence[str]
    way: str | None = None
    ids: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told. `said` is what others wrote, which is quoted with care; `facts` are our own words and numbers,
    `terms` words of the frame and `worded` our words in each language, in the reader's.

    `ids` are those of the place that it leads to.
    """

    kind: str
    said: Mapping[str, str | None] = field(default_factory=dict)
    facts: Mapping[str, str | None] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    blocks: Sequence[Block] = ()
    terms: Mapping[str, str] = field(default_factory=dict)
    worded: Mapping[str, Mapping[Locale, str]] = field(default_factory=dict)

    @property
    def text(self) -> NoticeText:
        """Its words."""
        return notice_texts()[self.kind]


def written(notice: Notice, reader: Reader, site: Site, unsubscribe_url: str | None = None) -> Mail:
    """The mail; `unsubscribe_url` stops such notices, without a login."""
    text, around = notice.text, frame()[reader.locale]
    words, values = text.words[reader.locale], _values(notice, reader.locale)
    said = [_ended(paragraph.format_map(values)) for paragraph in words.body if values_in(paragraph) <= values.keys()]
    listed = [_block(block, site) for block in notice.blocks]
    # What to do comes last, after what there is to do something about.
    told = [*said[:-1], *listed, *said[-1:]] if listed else said
    paragraphs = [_greeting(reader), *told, *_way(text, notice.ids, reader.locale, site)]
    last = [around["safety"], around["service"]]
    if text.group is not NoticeGroup.SERVICE:
        last[1] = around["choose"] if unsubscribe_url is None else f"{around['unsubscribe']}\n{unsubscribe_url}"
    body = "\n\n".join([*paragraphs, around["signature"], "--\n" + "\n\n".join(last)]) + "\n"
    return Mail(reader.address, _subject(words.subject, values), body, unsubscribe_url)


def written_short(notice: Notice, locale: Locale) -> str:
    """The notice in at most 160 characters of the GSM alphabet."""
    return short_text(notice.text.words[locale].short, _values(notice, locale))


def written_message(notice: Notice, locale: Locale) -> str:
    """The same for a gateway: with all accents where it is so short that they cost nothing (70 places of UCS-2)."""
    template, values = notice.text.words[locale].short, _values(notice, locale)
    whole = template.format_map(values)
    return whole if len(whole) <= ONE_PART_OF_ANY_SCRIPT else short_text(template, values)


def link_to(way: str, ids: Mapping[str, str], site: Site) -> str | None:
    """The address of a place; None where the site's is not set."""
    return site.link(ways()[way].path.format_map({name: quote(value, safe="") for name, value in ids.items()}))


def _values(notice: Notice, locale: Locale) -> dict[str, str]:
    """The values that are there, each fit to be put into a text."""
    around = frame()[locale]
    said = {name: quoted(text, LONGEST.get(name, LONGEST_VALUE)) for name, text in notice.said.items()}
    employer = said.get("employer")
    found = said | dict(notice.facts) | {name: around[term] for name, term in notice.terms.items()}
    found |= {name: words[locale] for name, words in notice.worded.items()}
    found["of_employer"] = "" if employer is None else around["of_employer"].format(employer=employer)
    for name in ("job", "employer"):
        if name in notice.said:
            found[name] = said[name] or around[f"no_{name}"]
    return {name: value for name, value in found.items() if value is not None}


def _ended(paragraph: str) -> str:
    """The paragraph with one full stop where a name that ends in one, or was cut, ends its sentence."""
    return _TWO_STOPS.sub(r"\1", paragraph)


def _subject(template: str, values: Mapping[str, str]) -> str:
    return shortened(template.format_map(values), LONGEST_SUBJECT)


def _greeting(reader: Reader) -> str:
    around, name = frame()[reader.locale], quoted(reader.name, LONGEST["name"])
    return around["greeting"] if name is None else around["greeting_by_name"].format(name=name)


def _block(block: Block, site: Site) -> str:
    link = None if block.way is None else link_to(block.way, block.ids, site)
    return "\n".join([*block.lines, *([] if link is None else [link])])


def _way(text: NoticeText, ids: Mapping[str, str], locale: Locale, site: Site) -> list[str]:
    if text.way is None:
        return []
    link, around, names = link_to(text.way, ids, site), frame()[locale], ways()[text.way].names
    if link is None:
        return [] if names is None else [around["place"].format(place=names[locale])]
    above = text.words[locale].link or around["log_in" if names is None else "link"]
    return [f"{above}\n{link}"]
