"""Countries by the names postings use for them (Spanish and English), alone or as parts of the world.

Parts of the world are those of the UN's M49 list, sovereign states only; a name that is also a US state's
(Georgia) names nothing by itself.
"""

from __future__ import annotations

import re

from engine.reading.text_cleaning import plain

NAMES = """
AE united arab emirates, emiratos arabes unidos, uae, dubai | AM armenia | AR argentina | AT austria | AU australia
BA bosnia | BD bangladesh | BE belgium, belgica | BG bulgaria | BO bolivia | BR brazil, brasil | CA canada
CH switzerland, suiza | CL chile | CN china | CO colombia | CR costa rica | CZ czech republic, czechia
DE germany, alemania, deutschland | DK denmark, dinamarca | DO dominican republic, republica dominicana | EC ecuador
EE estonia | EG egypt, egipto | ES spain, espana | FI finland, finlandia | FR france, francia
GB united kingdom, reino unido, great britain, england, scotland, uk | GH ghana | GI gibraltar | GR greece, grecia
GT guatemala | HK hong kong | HN honduras | HR croatia, croacia | HU hungary, hungria | ID indonesia
IE ireland, irlanda | IL israel | IN india | IT italy, italia | JP japan, japon | KE kenya
KR south korea, corea del sur | LT lithuania
LV latvia | MA morocco, marruecos | MK north macedonia | MT malta | MX mexico | MY malaysia, malasia | NG nigeria
NI nicaragua | NL netherlands, paises bajos, holanda | NO norway, noruega | NP nepal | NZ new zealand, nueva zelanda
PA panama | PE peru | PH philippines, filipinas | PK pakistan | PL poland, polonia | PR puerto rico | PT portugal
PY paraguay | RO romania, rumania | RS serbia | SE sweden, suecia | SG singapore, singapur | SI slovenia | SK slovakia
SV el salvador | TH thailand, tailandia | TR turkey, turkiye, turquia | TW taiwan | TZ tanzania | UA ukraine, ucrania
US united states of america, united states, estados unidos, usa, us, u.s, eeuu, ee.uu | UY uruguay | VE venezuela
VN vietnam | ZA south africa, sudafrica
"""
US_STATES = """
AL alabama, AK alaska, AZ arizona, AR arkansas, CA california, CO colorado, CT connecticut, DE delaware, FL florida,
GA -, HI hawaii, ID idaho, IL illinois, IN indiana, IA iowa, KS kansas, KY kentucky, LA louisiana, ME maine,
MD maryland, MA massachusetts, MI michigan, MN minnesota, MS mississippi, MO missouri, MT montana,
NE nebraska, NV nevada,
NH new hampshire, NJ new jersey, NM new mexico, NY new york, NC north carolina, ND north dakota, OH ohio, OK oklahoma,
OR oregon, PA pennsylvania, RI rhode island, SC south carolina, SD south dakota, TN tennessee, TX texas, UT utah,
VT vermont, VA virginia, WA washington, WV west virginia, WI wisconsin, WY wyoming, DC district of columbia
"""
NORTH = "CA US"
LATIN = "AR BO BR CL CO CR CU DO EC GT HN HT MX NI PA PE PY SV UY VE"
CARIBBEAN = "AG BB BS CU DM DO GD HT JM KN LC TT VC"
SOUTH = "AR BO BR CL CO EC GY PE PY SR UY VE"
EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
EUROPE = f"{EU} AD AL BA BY CH GB IS LI MC MD ME MK NO RS RU SM UA VA"
MIDDLE_EAST = "AE BH CY EG IL IQ IR JO KW LB OM QA SA SY TR YE"
AFRICA = (
    "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG "
    "RW SC SD SL SN SO SS ST SZ TD TG TN TZ UG ZA ZM ZW"
)
ASIA = (
    "AE AF AM AZ BD BH BN BT CN CY GE ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MV MY NP OM PH PK QA SA "
    "SG SY TH TJ TL TM TR UZ VN YE"
)
OCEANIA = "AU FJ FM KI MH NR NZ PG PW SB TO TV VU WS"
PARTS = {
    "north america": f"{NORTH} MX",
    "northern america": NORTH,
    "latin america": LATIN,
    "latinoamerica": LATIN,
    "america latina": LATIN,
    "latam": LATIN,
    "south america": SOUTH,
    "americas": f"{NORTH} {LATIN} {CARIBBEAN} {SOUTH} BZ",
    "european union": EU,
    "eu": EU,
    "europe": EUROPE,
    "emea": f"{EUROPE} {MIDDLE_EAST} {AFRICA}",
    "middle east": MIDDLE_EAST,
    "africa": AFRICA,
    "asia": ASIA,
    "apac": f"{ASIA} {OCEANIA}",
    "oceania": OCEANIA,
}
ANYWHERE = re.compile(r"\binternational\b")
STATE_AFTER_COMMA = re.compile(r",\s*([a-z]{2})(?=\s*(?:$|[,;/)]))")


def _codes_by_name() -> dict[str, tuple[str, ...]]:
    codes: dict[str, tuple[str, ...]] = {}
    for entry in NAMES.replace("\n", "|").split("|"):
        code, _, names = entry.strip().partition(" ")
        codes |= {name.strip(): (code,) for name in names.split(",") if code}
    codes |= {name: ("US",) for name in _state_names().values() if name != "-"}
    return codes | {name: tuple(part.split()) for name, part in PARTS.items()}


def _state_names() -> dict[str, str]:
    entries = (entry.strip().partition(" ") for entry in US_STATES.replace("\n", " ").strip().split(","))
    return {abbreviation.lower(): name for abbreviation, _, name in entries}


CODES_BY_NAME = _codes_by_name()
US_STATE_NAMES = _state_names()
KNOWN_CODES = frozenset(code for codes in CODES_BY_NAME.values() for code in codes)
NAME = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(CODES_BY_NAME, key=len, reverse=True)))})\b")


def country_code(text: str) -> str | None:
    """The ISO 3166-1 code of one country's name or code; None for any other text."""
    words = plain(text).strip(" .")
    codes = CODES_BY_NAME.get(words, ())
    if len(codes) == 1 and words not in US_STATE_NAMES.values():
        return codes[0]
    return words.upper() if words.upper() in KNOWN_CODES else None


def countries_in(text: str) -> tuple[str, ...]:
    """The countries that `text` names, sorted; none when it names none, or says that all are welcome."""
    words = plain(text)
    if ANYWHERE.search(words):
        return ()
    found = {code for match in NAME.finditer(words) for code in CODES_BY_NAME[match[0]]}
    if any(match[1] in US_STATE_NAMES for match in STATE_AFTER_COMMA.finditer(words)):
        found.add("US")
    return tuple(sorted(found))
