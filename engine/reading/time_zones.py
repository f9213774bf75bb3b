"""The time zone of a place. No posting states one: it follows from the country, or from the region where a country
keeps several; a place that leaves it open has none."""

from __future__ import annotations

from engine.reading.countries import US_STATE_NAMES
from engine.reading.text_cleaning import plain

ZONES = dict(
    entry.split(" ")
    for entry in """
PE America/Lima|EC America/Guayaquil|AR America/Argentina/Buenos_Aires|CO America/Bogota|BO America/La_Paz
CL America/Santiago|PY America/Asuncion|UY America/Montevideo|VE America/Caracas|PA America/Panama
CR America/Costa_Rica|GT America/Guatemala|HN America/Tegucigalpa|NI America/Managua|SV America/El_Salvador
DO America/Santo_Domingo|PR America/Puerto_Rico|ES Europe/Madrid|GB Europe/London|IE Europe/Dublin|FR Europe/Paris
DE Europe/Berlin|IT Europe/Rome|NL Europe/Amsterdam|BE Europe/Brussels|CH Europe/Zurich|AT Europe/Vienna
PL Europe/Warsaw|RO Europe/Bucharest|BG Europe/Sofia|GR Europe/Athens|SE Europe/Stockholm|NO Europe/Oslo
DK Europe/Copenhagen|FI Europe/Helsinki|IN Asia/Kolkata|PH Asia/Manila|SG Asia/Singapore|JP Asia/Tokyo|KR Asia/Seoul
""".strip()
    .replace("\n", "|")
    .split("|")
)
# Regions whose clocks differ from the rest of their country.
REGION_ZONES = {
    ("EC", "galapagos"): "Pacific/Galapagos",
    ("CL", "magallanes"): "America/Punta_Arenas",
    ("ES", "canarias"): "Atlantic/Canary",
    ("ES", "las palmas"): "Atlantic/Canary",
    ("ES", "santa cruz de tenerife"): "Atlantic/Canary",
}
# Countries with no zone of their own. The US states that lie in two zones are left out.
ZONES_OF_REGIONS = {
    "US": {
        "America/New_York": "ct de ga me md ma nh nj ny nc oh pa ri sc vt va wv dc",
        "America/Chicago": "al ar il ia la mn ms mo ok wi",
        "America/Denver": "co mt nm ut wy",
        "America/Phoenix": "az",
        "America/Los_Angeles": "ca wa",
        "Pacific/Honolulu": "hi",
    },
    "BR": {
        "America/Sao_Paulo": "sao paulo,sp,rio de janeiro,rj,minas gerais,mg,espirito santo,es,parana,pr,"
        "santa catarina,sc,rio grande do sul,rs,distrito federal,df,goias,go",
        "America/Bahia": "bahia,ba",
        "America/Recife": "pernambuco,pe",
        "America/Fortaleza": "ceara,ce,rio grande do norte,rn,paraiba,pb,piaui,pi,maranhao,ma",
        "America/Maceio": "alagoas,al,sergipe,se",
        "America/Belem": "amapa,ap",
        "America/Cuiaba": "mato grosso,mt",
        "America/Campo_Grande": "mato grosso do sul,ms",
        "America/Rio_Branco": "acre,ac",
    },
    "MX": {
        "America/Mexico_City": "ciudad de mexico,cdmx,estado de mexico,jalisco,puebla,queretaro,guanajuato,veracruz,"
        "michoacan,san luis potosi,aguascalientes,hidalgo,morelos,oaxaca,guerrero,tlaxcala,zacatecas,colima",
        "America/Monterrey": "nuevo leon",
        "America/Merida": "yucatan",
        "America/Cancun": "quintana roo",
        "America/Hermosillo": "sonora",
        "America/Mazatlan": "sinaloa",
    },
}


def time_zone_of(country: str | None, region: str | None) -> str | None:
    """The IANA zone of a region of a country (ISO 3166-1); None when the place does not settle it."""
    if country is None:
        return None
    name = plain(region or "")
    if country not in ZONES_OF_REGIONS:
        return REGION_ZONES.get((country, name), ZONES.get(country))
    for zone, regions in ZONES_OF_REGIONS[country].items():
        names = regions.split("," if "," in regions else " ")
        if name in names or any(US_STATE_NAMES.get(short) == name for short in names if country == "US"):
            return zone
    return None
