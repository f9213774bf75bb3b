"""By whose clock hours are told: "de 9 a 18 hora CDMX", "9am-5pm EST", "horario de Madrid"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLACES = {
    "America/Lima": "peru peruana peruano lima peruvian",
    "America/Mexico_City": "mexico mexicana mexicano cdmx df mexican",
    "America/New_York": "miami|new york|nueva york|nyc|ny|washington|boston|atlanta|florida|toronto|este|eastern"
    "|costa este|east coast"
    "|eastern us|us eastern",
    "America/Chicago": "chicago|texas|houston|dallas|us central|central us",
    "America/Denver": "denver|mountain|montana",
    "America/Los_Angeles": "los angeles|california|san francisco|seattle|pacifico|pacific|us pacific|oeste"
    "|costa oeste|west coast",
    "Europe/Madrid": "espana|espanola|espanol|madrid|barcelona|peninsular|spain|spanish",
    "Europe/London": "london|londres|uk|reino unido|inglaterra|british|united kingdom|england",
    "Europe/Paris": "paris|francia|france|francesa|french",
    "Europe/Berlin": "berlin|alemania|germany|alemana|german",
    "Europe/Rome": "roma|rome|italia|italy|italiana|italian",
    "Europe/Lisbon": "lisboa|lisbon|portugal",
    "Europe/Brussels": "central european|europa central|centroeuropea",
    "America/Argentina/Buenos_Aires": "argentina|argentino|argentinian|buenos aires|arg",
    "America/Santiago": "chile|chilena|chileno|chilean|santiago|santiago de chile",
    "America/Bogota": "colombia|colombiana|colombiano|colombian|bogota",
    "America/Guayaquil": "ecuador|ecuatoriana|ecuatoriano|quito|guayaquil",
    "America/La_Paz": "bolivia|boliviana|la paz",
    "America/Asuncion": "paraguay|paraguaya|asuncion",
    "America/Montevideo": "uruguay|uruguaya|montevideo",
    "America/Caracas": "venezuela|venezolana|caracas",
    "America/Panama": "panama|panamena",
    "America/Costa_Rica": "costa rica|costarricense",
    "America/Guatemala": "guatemala",
    "America/El_Salvador": "el salvador|salvadorena",
    "America/Tegucigalpa": "honduras|tegucigalpa",
    "America/Managua": "nicaragua|managua",
    "America/Santo_Domingo": "republica dominicana|dominicana",
    "America/Puerto_Rico": "puerto rico",
    "America/Sao_Paulo": "brasilia|brasil|brazil|sao paulo|brasilena",
    "Australia/Sydney": "sydney|sidney|australian eastern|melbourne",
    "Asia/Tokyo": "tokyo|tokio|japan|japon",
    "Asia/Kolkata": "india|indian|mumbai|bangalore",
    "Asia/Manila": "manila|ph|philippines|philippine|filipinas",
    "Asia/Singapore": "singapore|singapur",
    "Asia/Dubai": "dubai",
    "Asia/Hong_Kong": "hong kong",
    "Asia/Shanghai": "china|beijing|pekin|shanghai",
}
_ZONE_OF_PLACE = {
    name: zone for zone, names in _PLACES.items() for name in (names.split("|") if "|" in names else names.split(" "))
}
# Each is one clock only. CST, IST, BST, AST and the like are several countries' (None).
_ABBREVIATIONS: dict[str, str | None] = {
    **dict.fromkeys(("est", "edt"), "America/New_York"),
    **dict.fromkeys(("pst", "pdt"), "America/Los_Angeles"),
    **dict.fromkeys(("mst", "mdt"), "America/Denver"),
    "cdt": "America/Chicago",
    **dict.fromkeys(("art", "brt", "clt", "clst", "cot", "pet"), ""),
    "cet": "Europe/Brussels",
    "cest": "Europe/Brussels",
    "wet": "Europe/Lisbon",
    "aest": "Australia/Sydney",
    "aedt": "Australia/Sydney",
    "jst": "Asia/Tokyo",
    "pht": "Asia/Manila",
    "sgt": "Asia/Singapore",
    "hkt": "Asia/Hong_Kong",
    **dict.fromkeys(("cst", "ist", "bst", "ast", "ect", "gst", "sast", "msk", "eet", "eest", "nzst", "nzdt")),
} | {"art": "America/Argentina/Buenos_Aires", "brt": "America/Sao_Paulo", "clt": "America/Santiago"} | {
    "clst": "America/Santiago", "cot": "America/Bogota", "pet": "America/Lima",
}  # fmt: skip
# Two letters are other things too ("PT": part time), so they count only right after a time of day.
_SHORT = {"et": "America/New_York", "pt": "America/Los_Angeles", "mt": "America/Denver", "ct": "America/Chicago"} | {
    "mx": "America/Mexico_City", "eastern": "America/New_York", "pacific": "America/Los_Angeles",
    "mountain": "America/Denver",
}  # fmt: skip
CLOCK_NAMES = frozenset(_ABBREVIATIONS.keys() | _SHORT.keys())
_CONTEXT = {
    "ist": (("india|bangalore|bengaluru|mumbai|delhi|hyderabad|pune|chennai", "Asia/Kolkata"),
            ("ireland|irlanda|dublin", "Europe/Dublin"), ("israel|tel aviv", "Asia/Jerusalem")),
    "cst": (("estados unidos|ee\\.? ?uu|\\busa?\\b|u\\.s\\.|\\best\\b|\\bpst\\b|texas|chicago|american",
             "America/Chicago"),
            ("china|beijing|shanghai", "Asia/Shanghai"), ("mexico|cdmx", "America/Mexico_City")),
    "bst": (("\\buk\\b|london|londres|england|united kingdom|reino unido", "Europe/London"),
            ("bangladesh|dhaka", "Asia/Dhaka")),
}  # fmt: skip
_NAMES = "|".join(sorted(map(re.escape, _ZONE_OF_PLACE), key=len, reverse=True))
_ABBREVIATED = "|".join(sorted(_ABBREVIATIONS, key=len, reverse=True))
_OF = r"(?: (?:de|del|de la|en|local(?: de)?|oficial de|estandar de|of|segun)){0,2}(?: (?:la|los|las|el|ciudad de))?"
_TOLD = re.compile(
    r"\b(?:horas?|horarios?|huso horario|zona horaria|tiempo"
    rf"|time ?zone){_OF}[ (:]{{1,2}}(?P<place>{_NAMES})\b(?! (?:centro|norte|sur|empresarial|office))"
    rf"|\b(?P<time>{_NAMES}) (?:standard |daylight |local )?(?:time|hours)\b(?! ?(?:full|part))"
    rf"|(?<=[\d m.(/,]) ?\(?(?P<short>{'|'.join(_SHORT)})\b(?=[\s).,;/]|$)"
    r"(?! (?:standard |daylight )?time)"
    rf"|\b(?P<abbreviation>{_ABBREVIATED})\b"
    r"|\b(?:gmt|utc) ?(?P<offset>[+-] ?\d{1,2}(?::?[03]0)?)?"
    r"|\b(?P<central>hora (?:del )?central|horario central|tiempo (?:del )?centro|hora (?:del )?centro"
    r"|hora de la montana)\b"
    r"|\b(?P<chicago>central (?:standard |daylight )?time|(?<=[\dm] )central(?=[).,;\n]|$))\b"
    r"|\b(?P<vague>horarios? (?:de(?:l)? )?(?:estados unidos|ee\.? ?uu|usa?\b|europ\w*|american\w*|gringo|asia\w*"
    r"|internacional)"
    r"|hora (?:de )?(?:estados unidos|ee\.? ?uu|usa?\b|europ\w*|american\w*|asia\w*|africa\w*)|\b(?:us|u\.s\.|usa|eu"
    r"|european|american) (?:business |working |office |time |daytime )?(?:hours|time)\b"
    r"|time ?zones?\b|huso horario|zonas? horarias?|client'?s (?:time|hours))"
)
_UNKNOWN_HOUR = re.compile(
    r"\d ?(?:[ap]\.? ?m\b\.?|hs|hrs?|h)? ?[(,-]{0,2} ?\bhora (?:de |del |local de )?(?!(?:de |del )?(?:almuerzo"
    r"|refrigerio|break|lunch|comida|descanso|extra|y|de|a|por|diaria|para|ingreso|entrada|salida|inicio|fin|punta"
    r"|libre|colacion|com|academica|pedagogica|cronologica|semanal|mas|adicional|flexible)\b)(?P<word>[a-z]{3,})"
)
_NEAR_TIME = re.compile(r"\d|am\b|pm\b|m\.|\btime\b|\bhora\b|\(|/|\bhours?\b|business|horario|standard")

_TIME_NEXT = re.compile(r" (?:time )?(?:de |from )?\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.? ?m\b|a |hs\b|-)")
_RIGHT_AFTER_TIME = re.compile(r"\d ?(?:[ap]\.? ?m\b\.?|hs|hrs?|h)?[ (]{0,2}$")
_AFTER_TIME = re.compile(r"\d ?(?:[ap]\.? ?m\.?|hs|hrs?|h)?\.?\)?[ ,(/-]{0,3}$")


@dataclass(frozen=True, slots=True)
class ClockTold:
    """The clock that a text tells: its IANA zone, None where it tells none; `is_unknown` where it cannot be told.

    `is_told_twice`: hours may be told by another clock too.
    """

    time_zone: str | None = None
    is_unknown: bool = False
    is_told_twice: bool = False


def clock_told(words: str) -> ClockTold:
    """The clock that plain `words` tell hours by."""
    zones: set[str | None] = set()
    by_a_time: set[str | None] = set()  # just after a time: "horario español (7:00 a 15:00, hora Argentina)"
    several: set[str | None] = set()  # letters of several clocks, which "CST (GMT-6)" settles
    for found in _TOLD.finditer(words):
        if found["abbreviation"] and not _is_a_clock(words, found):
            continue
        if found["short"] and not re.search(
            r"\d ?(?:[ap]\.? ?m\.?|hs|hrs?)?$", words[: found.start() + 1][-12:].rstrip(" (")
        ):
            continue
        zone = _zone(words, found)
        (several if zone is None and found["abbreviation"] else zones).add(zone)
        if _AFTER_TIME.search(words[max(0, found.start() - 12) : found.start()]):
            by_a_time.add(zone)
    zones = zones or several
    if not zones:
        unknown = _UNKNOWN_HOUR.search(words)
        return ClockTold(is_unknown=unknown is not None)
    known = zones - {None}
    are_several = len(known) > 1
    if len(known) > 1 and len(by_a_time) == 1:
        zones = known = by_a_time - {None}
    if len(known) == 1 and None not in zones:
        return ClockTold(known.pop(), is_told_twice=are_several)
    return ClockTold(is_unknown=True)


def _is_a_clock(words: str, found: re.Match[str]) -> bool:
    """Whether letters such as "est" stand by a time, not in other words ("est." of a name, "art. 5")."""
    if words[found.end() : found.end() + 1] == ".":
        return _RIGHT_AFTER_TIME.search(words[max(0, found.start() - 12) : found.start()]) is not None
    is_before_time = found["abbreviation"] in _CONTEXT and _TIME_NEXT.match(words, found.end()) is not None
    return is_before_time or _NEAR_TIME.search(words[max(0, found.start() - 12) : found.start()]) is not None


def _zone(words: str, found: re.Match[str]) -> str | None:
    if found["place"] or found["time"]:
        return _ZONE_OF_PLACE[found["place"] or found["time"]]
    if found["chicago"]:
        return "America/Chicago"
    if found["short"]:
        return _SHORT[found["short"]]
    if found["abbreviation"]:
        name = found["abbreviation"]
        for context, zone in _CONTEXT.get(name, ()):
            if re.search(context, words):
                return zone
        return _ABBREVIATIONS[name]
    if found[0].startswith(("gmt", "utc")):
        return _fixed_zone(found["offset"])
    return None


def _fixed_zone(offset: str | None) -> str | None:
    if offset is None:
        return "UTC"
    hours, _, minutes = offset.replace(" ", "").partition(":")
    number = int(hours)
    if minutes not in ("", "00") or not -12 <= number <= 14:
        return None
    return "UTC" if number == 0 else f"Etc/GMT{-number:+d}"
