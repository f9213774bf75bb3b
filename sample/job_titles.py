"""Words a sample ad's title: the specialty's name, and perhaps its trade, shift, rank or language."""

from __future__ import annotations

from sample.dice import Dice
from sample.occupations import SpecialtyKey
from sample.vocabulary import vocabulary
from sample.wording import capitalised, name_both_genders


def spanish_title(dice: Dice, key: SpecialtyKey, sector: str, shift_kind: str, needs_english: bool) -> tuple[str, str]:
    """The bare name of the post, and the whole title."""
    words = vocabulary().titles
    name = title = name_both_genders(dice.one(key.words.titles.es), dice)
    if dice.happens(0.35):
        short = vocabulary().sectors.sectors[sector].short.es
        title = dice.one(words.with_sector.es).format(title=title, sector=short)
    if needs_english and dice.happens(0.6):
        title = dice.one(words.with_language.es).format(title=title)
    if dice.happens(0.4):
        title = dice.one(words.with_shift.es).format(title=title, shift=dice.one(words.shifts[shift_kind].es))
    elif dice.happens(0.35):
        title = dice.one(words.with_extra.es).format(title=title, extra=dice.one(words.extras.es))
    return name, title.upper() if dice.happens(0.07) else title


def english_title(dice: Dice, key: SpecialtyKey, sector: str, shift_kind: str) -> tuple[str, str]:
    """The bare name of the post, and the whole title."""
    words = vocabulary().titles
    name = title = dice.one(key.words.titles.en)
    if dice.happens(0.1):
        title = dice.one(words.with_language.en).format(title=title)
    if dice.happens(0.3):
        short = capitalised(vocabulary().sectors.sectors[sector].short.en)
        title = dice.one(words.with_sector.en).format(title=title, sector=short)
    if dice.happens(0.4):
        title = dice.one(words.with_shift.en).format(title=title, shift=dice.one(words.shifts[shift_kind].en))
    elif dice.happens(0.4):
        title = dice.one(words.with_extra.en).format(title=title, extra=dice.one(words.extras.en))
    return name, title
