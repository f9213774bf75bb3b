"""Countries and zones of places."""

from __future__ import annotations

import pytest

from engine.reading.countries import countries_in, country_code
from engine.reading.time_zones import time_zone_of


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("United States", ("US",)),
        ("?? Worldwide", ()),
        ("?? Upgrade to Premium to see salary", ()),
        ("United States + International (Remote)", ()),
        ("Anywhere in the U.S.", ("US",)),
        ("Austin, TX", ("US",)),
        ("remote within canada or united states", ("CA", "US")),
        ("New Mexico", ("US",)),
        ("Remote Mexico City", ("MX",)),
        ("North Macedonia, Serbia", ("MK", "RS")),
        ("Georgia", ()),
        ("Springfield, or nearby", ()),
    ],
)
def test_the_countries_of_a_text(text: str, codes: tuple[str, ...]) -> None:
    assert countries_in(text) == codes


def test_a_part_of_the_world_is_its_countries() -> None:
    latin = countries_in("LATAM")
    assert {"PE", "EC", "AR", "MX"} <= set(latin)
    assert not {"US", "ES"} & set(latin)
    assert {"ES", "PE"}.isdisjoint(countries_in("Asia"))


@pytest.mark.parametrize(
    ("text", "code"),
    [("Perú", "PE"), ("pe", "PE"), ("Estados Unidos", "US"), ("Texas", None), ("LATAM", None), ("ZZ", None)],
)
def test_one_country_by_name_or_code(text: str, code: str | None) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize(
    ("country", "region", "zone"),
    [
        ("PE", "Lima", "America/Lima"),
        ("PE", None, "America/Lima"),
        ("EC", "Galápagos", "Pacific/Galapagos"),
        ("BR", None, None),
        ("BR", "São Paulo", "America/Sao_Paulo"),
        ("US", None, None),
        ("US", "CA", "America/Los_Angeles"),
        ("US", "California", "America/Los_Angeles"),
        ("US", "Florida", None),  # two zones
        ("MX", "Jalisco", "America/Mexico_City"),
        (None, "Lima", None),
        ("XX", None, None),
    ],
)
def test_a_zone_follows_only_from_a_place_that_has_one(
    country: str | None, region: str | None, zone: str | None
) -> None:
    assert time_zone_of(country, region) == zone
