"""Countries and zones of places, and where applicants may live."""

from __future__ import annotations

import pytest

from engine.reading.countries import country_code
from engine.reading.place_limits import PlaceLimit, read_place_limit
from engine.reading.place_prose import read_place_limit_in_prose
from engine.reading.places import everywhere, region
from engine.reading.time_zones import time_zone_of
from engine.reading.world import world


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
        ("Atlanta, Georgia", ("US",)),
        ("Remote, Georgia, USA", ("US",)),
        ("Armenia, Georgia", ("AM", "GE")),
        ("Tbilisi, Georgia", ("GE",)),
        ("Russia", ("RU",)),
        ("Kuwait", ("KW",)),
        ("DEU", ("DE",)),
        ("Remote (Saudi Arabia, Qatar, Iceland)", ("IS", "QA", "SA")),
        ("Join us in Lima", ("PE",)),
        ("work with us in Peru", ("PE",)),
        ("contact us", ()),
        ("us / remote", ("US",)),
        ("us, canada", ("CA", "US")),
        ("LIM", ("PE",)),
        ("Bogotá, CO", ("CO",)),
        ("Buenos Aires, AR", ("AR",)),
        ("Denver, CO", ("US",)),
        ("Lima, Ohio", ("US",)),
        ("Paris, TX", ("US",)),
        ("US, CA, Santa Clara", ("US",)),
        ("CA, US, MX", ("CA", "MX", "US")),
        ("PE, CO, MX, AR", ("AR", "CO", "MX", "PE")),
        ("Remote - PA, NY, or NJ", ("US",)),
        ("CAN-Remote", ("CA",)),
        ("PERU AND ECUADOR CAN APPLY", ("EC", "PE")),
        ("US citizens", ("US",)),
        ("solo peruanos o colombianas", ("CO", "PE")),
        ("residentes en México", ("MX",)),
        ("EE. UU.", ("US",)),
        ("Côte d’Ivoire, Bosnia & Herzegovina", ("BA", "CI")),
        ("Guinea-Bissau", ("GW",)),
        ("Papua New Guinea", ("PG",)),
        ("Canada, but not Quebec", ("CA",)),
        ("GA, USA", ("US",)),
        ("COL, PER, CHL", ("CL", "CO", "PE")),
        ("Spain (Canary Islands)", ("ES",)),
        ("Lao PDR", ("LA",)),
        ("Springfield, or nearby", ()),
    ],
)
def test_the_countries_of_a_text(text: str, codes: tuple[str, ...]) -> None:
    assert read_place_limit(text).countries == codes


def test_a_part_of_the_world_is_its_countries() -> None:
    latin = read_place_limit("LATAM").countries
    assert {"PE", "EC", "AR", "MX"} <= set(latin)
    assert not {"US", "ES"} & set(latin)
    assert {"ES", "PE"}.isdisjoint(read_place_limit("Asia").countries)


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
        ("RU", None, None),
        ("NZ", None, "Pacific/Auckland"),
        ("KZ", "Almaty", "Asia/Almaty"),
        ("AR", "Mendoza", "America/Argentina/Buenos_Aires"),
        ("XX", None, None),
    ],
)
def test_a_zone_follows_only_from_a_place_that_has_one(
    country: str | None, region: str | None, zone: str | None
) -> None:
    assert time_zone_of(country, region) == zone


EXCEPTIONS = [
    ("Anywhere except US", everywhere() - {"US"}),
    ("Non-US", everywhere() - {"US"}),
    ("Outside the US", everywhere() - {"US"}),
    ("No US", everywhere() - {"US"}),
    ("All countries except the United States and Canada", everywhere() - {"US", "CA"}),
    ("Worldwide (excluding India, Pakistan); no agencies", everywhere() - {"IN", "PK"}),
    ("Todo el mundo salvo Rusia y Bielorrusia", everywhere() - {"RU", "BY"}),
    ("Latin America (excluding Peru)", region("419") - {"PE"}),
    ("LATAM, excepto Brasil", region("419") - {"BR"}),
    ("Sudamérica menos Venezuela", region("005") - {"VE"}),
    ("Europe except UK", region("150") - {"GB"}),
    ("Global (ex. US)", everywhere() - {"US"}),
    ("LATAM only, no Brazil", region("419") - {"BR"}),
    ("Latin America (excluding Peru), Spain", (region("419") - {"PE"}) | {"ES"}),
]


@pytest.mark.parametrize(("text", "countries"), EXCEPTIONS)
def test_exceptions_are_left_out_and_all_others_are_meant(text: str, countries: frozenset[str]) -> None:
    assert frozenset(read_place_limit(text).countries) == countries & everywhere()


@pytest.mark.parametrize(
    "text",
    [
        "Freedonia",
        "Georgia",
        "Columbia",
        "remote, west coast",
        "GMT-5",
        "within 3 hours of EST",
        "European timezones",
        "fuera de Lima",
        "Zona 3",
    ],
)
def test_a_limit_that_is_not_understood_is_never_anywhere(text: str) -> None:
    assert read_place_limit(text) == PlaceLimit((), text)


@pytest.mark.parametrize(
    "text", ["Remote", "Worldwide", "?? Probably worldwide", "Anywhere (Open Globally)", "Work From Home", "any", ""]
)
def test_what_limits_nothing_is_anywhere(text: str) -> None:
    assert read_place_limit(text) == PlaceLimit()


def test_every_country_is_known_by_its_names_and_codes() -> None:
    for code, facts in world()["countries"].items():
        assert country_code(code) == code
        assert facts["alpha3"] is None or country_code(facts["alpha3"]) == code
        assert {country_code(name) for name in facts["names"]} == {code}


def test_every_country_lies_in_one_region_of_each_size() -> None:
    regions = [region(code) for code in ("002", "019", "142", "150", "009")]
    assert sum(map(len, regions)) == len(frozenset().union(*regions))
    assert frozenset().union(*regions) >= everywhere()


@pytest.mark.parametrize(
    ("sentence", "countries"),
    [
        ("US citizens only.", ("US",)),
        ("You must live within the continental United States (+ Hawaii) to apply.", ("US",)),
        ("Nacionalidad peruana o residente legal", ("PE",)),
        ("Solo candidatos de Colombia o Ecuador", ("CO", "EC")),
        ("You must be a US citizen", ("US",)),
        ("Open to candidates in Latin America only", None),
        ("Applicants must be authorized to work in Canada", ("CA",)),
    ],
)
def test_a_sentence_that_limits_the_place_is_read(sentence: str, countries: tuple[str, ...] | None) -> None:
    found = read_place_limit_in_prose(f"Buscamos a alguien.\n{sentence}\nOfrecemos planilla.")
    assert found is not None
    assert found.value.countries == (countries or tuple(sorted(region("419") & everywhere())))
    assert found.sentence in sentence


@pytest.mark.parametrize(
    "sentence",
    ["Residir en la ciudad de SULLANA", "Vivir en zonas aledañas a Comas", "que resida en la zona norte del Perú"],
)
def test_less_than_a_country_is_told_as_it_stands(sentence: str) -> None:
    found = read_place_limit_in_prose(f"- {sentence}\n- Excel")
    assert found is not None
    assert found.value.countries == ()
    assert found.value.unread is not None
    assert found.value.unread in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "De preferencia residir en Chosica",
        "Ingeniero residente en obras de saneamiento",
        "Disponibilidad para vivir en campamento",
        "Sin importar su nacionalidad o residencia en el país",
        "Open communication with IT and TI POC",
        "You can be based anywhere",
        "Help US residents file their taxes",
        "People of all backgrounds will be considered",
        "Residencia en medicina interna",
        "Trabajamos con clientes en LATAM",
        "Quieres vivir nuestra cultura en equipo",
    ],
)
def test_other_sentences_limit_no_place(sentence: str) -> None:
    assert read_place_limit_in_prose(sentence) is None


@pytest.mark.parametrize(
    ("text", "in_and_out"),
    [
        ("Anywhere but the US", "PE -US"),
        ("Everywhere besides Peru", "US -PE"),
        ("Anywhere, with the exception of Peru", "US -PE"),
        ("Worldwide, apart from Brazil", "PE -BR"),
        ("America Latina, exceto Brasil", "PE -BR -US"),
        ("Qualquer lugar fora do Brasil", "PE -BR"),
        ("Latinoamérica exceptuando Perú", "BR -PE"),
        ("US excluded", "PE -US"),
        ("LATAM (Peru not included)", "BR -PE -US"),
        ("LATAM - US and Peru excluded", "BR -PE -US"),
        ("Remote - no US/Canada", "PE -US -CA"),
        ("Non-US or UK", "PE -US -GB"),
        ("LATAM, no Peru, Spain", "BR ES -PE"),
        ("We cannot hire in Peru", "US -PE"),
        ("Ineligible: Peru", "US -PE"),
        ("Not available in the US", "PE -US"),
    ],
)
def test_what_is_left_out_is_out_however_it_is_said(text: str, in_and_out: str) -> None:
    countries = read_place_limit(text).countries
    assert all((code.strip("-") in countries) != code.startswith("-") for code in in_and_out.split())


@pytest.mark.parametrize("text", ["Worldwide - except sanctioned countries", "Antarctica", "Anywhere except Narnia"])
def test_an_exception_that_nobody_understands_is_told(text: str) -> None:
    assert read_place_limit(text) == PlaceLimit((), text)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Republic of Peru", "PE"),
        ("República del Perú", "PE"),
        ("Österreich", "AT"),
        ("Syrian Arab Republic", "SY"),
        ("LATAM", None),
        ("Lima", None),
    ],
)
def test_a_country_has_more_names_than_one(name: str, code: str | None) -> None:
    assert country_code(name) == code


@pytest.mark.parametrize(
    ("text", "in_and_out"),
    [
        ("Must be located outside the US.", "PE -US"),
        ("We are not hiring in the US.", "PE -US"),
        ("Open to candidates anywhere except the US.", "PE -US"),
        ("Aceptamos candidatos de LATAM salvo Brasil.", "PE -BR -US"),
        ("No aceptamos candidatos de Brasil.", "PE US -BR"),
    ],
)
def test_a_sentence_leaves_out_what_it_says(text: str, in_and_out: str) -> None:
    found = read_place_limit_in_prose(f"Sobre el puesto. {text} Sueldo a tratar.")
    assert found is not None
    assert all((code.strip("-") in found.value.countries) != code.startswith("-") for code in in_and_out.split())
