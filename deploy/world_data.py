"""Writes engine/reading/world.json: what the world's countries are called, where their clocks stand, what they pay in.

    python deploy/world_data.py

Names, currencies and cities are Unicode CLDR's, through Babel; zones are those of tzdata's zone.tab. Run it when
either has a new release, and read the difference before it is committed.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name

from engine.reading.text_cleaning import plain

TARGET = Path("engine/reading/world.json")
LOCALES = [Locale.parse(name) for name in ("en", "es", "pt")]
NO_COUNTRIES = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
MAIN_AREA = re.compile(r"most of |.*\((?:mainland|peninsula)\)$")
COMPARED = [datetime(2026, month, 1, tzinfo=UTC) for month in range(1, 13)]
ALPHA_2, ALPHA_3 = re.compile("[A-Z]{2}"), re.compile("[A-Z]{3}")


def names_of(display: str) -> list[str]:
    """A display name as people write it: "Myanmar (Birmania)" is two, "St. Lucia" and "Bosnia & Herzegovina" more."""
    words = plain(display).replace("’", "'")
    if words.endswith(")"):
        parts = [part.strip() for part in re.split(r"[()]", words) if part.strip()]
    else:  # "Cocos (Keeling) Islands"
        parts = [re.sub(r"[()]", "", words)]
    found = []
    for part in parts:
        part = part.removesuffix(" sar china").removeprefix("rae de ").removesuffix(" (china)")
        found += [part, part.replace("st. ", "saint "), part.replace(" & ", " and "), part.replace("-", " ")]
    return list(dict.fromkeys(found))


def zone_lines() -> list[tuple[str, str, str]]:
    """Country, zone and comment of each line of zone.tab."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return [(line[0], line[2], line[3] if len(line) > 3 else "") for line in lines]


def main_zone(zones: list[tuple[str, str]]) -> str | None:
    """The zone of a country whose clocks agree, or of nearly all of it; None where its regions settle it."""
    main = [zone for zone, comment in zones if MAIN_AREA.match(comment)]
    clocks = {tuple(moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in COMPARED) for zone, _ in zones}
    return main[0] if len(main) == 1 else zones[0][0] if len(clocks) == 1 else None


def currency_of(country: str) -> str | None:
    """The currency a country pays in today: its own, where others are tender too."""
    held = get_global("territory_currencies").get(country, [])
    today = sorted(
        (code for code, _, end, is_tender in held if end is None and is_tender), key=lambda code: code == "USD"
    )
    return today[0] if today else None


def cities() -> dict[str, str]:
    """The cities that zones are named for, and their countries; no name that two countries have."""
    found: dict[str, set[str]] = {}
    for country, zone, _ in zone_lines():
        for locale in LOCALES:
            city = locale.time_zones.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
            found.setdefault(plain(city), set()).add(country)
    countries = {name for locale in LOCALES for name in map(plain, locale.territories.values())}
    return {city: codes.pop() for city, codes in sorted(found.items()) if len(codes) == 1 and city not in countries}


def world() -> dict[str, object]:
    """All of it."""
    aliases = get_global("territory_aliases")
    alpha3 = {codes[0]: code for code, codes in aliases.items() if ALPHA_3.fullmatch(code) and len(codes) == 1}
    alpha3["TL"] = "TLS"  # whose older one is an alias too
    zones: dict[str, list[tuple[str, str]]] = {}
    for country, zone, comment in zone_lines():
        zones.setdefault(country, []).append((zone, comment))
    countries, regions = {}, {}
    in_english = {plain(name): code for code, name in LOCALES[0].territories.items()}
    for code in sorted(LOCALES[0].territories):
        names = list(dict.fromkeys(name for locale in LOCALES for name in names_of(locale.territories.get(code, code))))
        names = [name for name in names if in_english.get(name, code) == code]  # not the "China" of "Macao (China)"
        if code.isdigit():
            regions[code] = names
        elif ALPHA_2.fullmatch(code) and code not in NO_COUNTRIES:
            zone = main_zone(zones[code]) if code in zones else None
            countries[code] = {"names": names, "alpha3": alpha3.get(code), "currency": currency_of(code), "zone": zone}
    paid_in = sorted({country["currency"] for country in countries.values() if country["currency"]})
    currencies = {
        code: list(
            dict.fromkeys(plain(get_currency_name(code, count, locale)) for locale in LOCALES[:2] for count in (1, 2))
        )
        for code in paid_in
    }
    return {"regions": regions, "countries": countries, "currencies": currencies, "cities": cities()}


def main() -> None:
    """Write the file, an entry a line."""
    sources = {"names": f"Unicode CLDR, by Babel {version('babel')}", "zones": f"tzdata {version('tzdata')}, zone.tab"}
    sections = [f'"sources": {json.dumps(sources)}']
    for name, entries in world().items():
        lines = ",\n".join(
            f"{json.dumps(key, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False)}"
            for key, value in entries.items()
        )
        sections.append(f'"{name}": {{\n{lines}\n}}')
    TARGET.write_text("{\n" + ",\n".join(sections) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
