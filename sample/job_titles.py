"""Words a sample ad's title: the specialty's name, and perhaps its trade, shift, rank or language."""

from __future__ import annotations

from sample.dice import Dice
from sample.occupations import ENGLISH_ADS, SPANISH_ADS, SpecialtyKey
from sample.sectors import SECTORS
from sample.shifts import SHIFT_TITLE_WORDS_EN, SHIFT_TITLE_WORDS_ES
from sample.wording import capitalised, name_both_genders

_EXTRAS_ES = ("vacante urgente", "inicio inmediato", "remoto", "home office", "desde casa", "teletrabajo", "provincias")
_EXTRAS_EN = ("Remote", "LatAm", "Work from Home", "Immediate Start", "100% Remote", "Contract")


def spanish_title(dice: Dice, key: SpecialtyKey, sector: str, shift_kind: str, needs_english: bool) -> tuple[str, str]:
    """The bare name of the post, and the whole title."""
    words = SPANISH_ADS[key.occupation].specialties[key.specialty]
    name = name_both_genders(dice.one(words.titles), dice)
    title = name
    if dice.happens(0.35):
        title += dice.one((" para {}", " - {}", " | rubro {}", " ({})")).format(SECTORS[sector].es.short)
    if needs_english and dice.happens(0.6):
        title += dice.one((" bilingüe", " con inglés", " (inglés)"))
    if dice.happens(0.4):
        title += dice.one((" - {}", " ({})", ", {}")).format(dice.one(SHIFT_TITLE_WORDS_ES[shift_kind]))
    elif dice.happens(0.35):
        title += dice.one((" - {}", " ({})")).format(dice.one(_EXTRAS_ES))
    return name, title.upper() if dice.happens(0.07) else title


def english_title(dice: Dice, key: SpecialtyKey, sector: str, shift_kind: str) -> tuple[str, str]:
    """The bare name of the post, and the whole title."""
    name = dice.one(ENGLISH_ADS[key.occupation].specialties[key.specialty].titles)
    title = name
    if dice.happens(0.1):
        title = f"{dice.one(('Bilingual', 'Spanish-speaking'))} {title}"
    if dice.happens(0.3):
        title += dice.one((", {}", " - {}", " ({})")).format(capitalised(SECTORS[sector].en.short))
    if dice.happens(0.4):
        title += dice.one((" - {}", " ({})")).format(dice.one(SHIFT_TITLE_WORDS_EN[shift_kind]))
    elif dice.happens(0.4):
        title += dice.one((" ({})", " - {}", ", {}")).format(dice.one(_EXTRAS_EN))
    return name, title
