"""The time zone of a place. No posting states one: it follows from the country, or from the region where a country
keeps several; a place that leaves it open has none."""

from __future__ import annotations

from engine.reading.places import us_states
from engine.reading.text_cleaning import plain
from engine.reading.world import world

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
        zone: str | None = world()["countries"].get(country, {}).get("zone")
        return REGION_ZONES.get((country, name), zone)
    for of_region, regions in ZONES_OF_REGIONS[country].items():
        names = regions.split("," if "," in regions else " ")
        if name in names or any(us_states().get(short) == name for short in names if country == "US"):
            return of_region
    return None
