"""All occupations of the sample world: figures and words together, and the list of their specialties."""

from __future__ import annotations

from dataclasses import dataclass

from sample.words.ads_en_creative import ENGLISH_CREATIVE
from sample.words.ads_en_office import ENGLISH_OFFICE
from sample.words.ads_en_people import ENGLISH_PEOPLE
from sample.words.ads_en_service import ENGLISH_SERVICE
from sample.words.ads_es_creative import SPANISH_CREATIVE
from sample.words.ads_es_office import SPANISH_OFFICE
from sample.words.ads_es_people import SPANISH_PEOPLE
from sample.words.ads_es_service import SPANISH_SERVICE
from sample.words.life_backgrounds_desk import DESK_BACKGROUNDS
from sample.words.life_backgrounds_trade import TRADE_BACKGROUNDS
from sample.words.occupations_creative import CREATIVE_FACTS
from sample.words.occupations_office import OFFICE_FACTS
from sample.words.occupations_service import SERVICE_FACTS
from sample.words.own_words_creative import CREATIVE_WORDS
from sample.words.own_words_office import OFFICE_WORDS
from sample.words.own_words_people import PEOPLE_WORDS
from sample.words.own_words_service import SERVICE_WORDS

OCCUPATIONS = SERVICE_FACTS | OFFICE_FACTS | CREATIVE_FACTS
SPANISH_ADS = SPANISH_SERVICE | SPANISH_OFFICE | SPANISH_PEOPLE | SPANISH_CREATIVE
ENGLISH_ADS = ENGLISH_SERVICE | ENGLISH_OFFICE | ENGLISH_PEOPLE | ENGLISH_CREATIVE
OWN_WORDS = SERVICE_WORDS | OFFICE_WORDS | PEOPLE_WORDS | CREATIVE_WORDS
BACKGROUNDS = TRADE_BACKGROUNDS | DESK_BACKGROUNDS


@dataclass(frozen=True, slots=True)
class SpecialtyKey:
    """One specialty of one occupation."""

    occupation: str
    specialty: str


SPECIALTIES: tuple[SpecialtyKey, ...] = tuple(
    SpecialtyKey(occupation, specialty) for occupation, facts in OCCUPATIONS.items() for specialty in facts.specialties
)
OCCUPATION_SHARES = {occupation: facts.share for occupation, facts in OCCUPATIONS.items()}
BACKGROUND_SHARES = {name: background.share for name, background in BACKGROUNDS.items()}
