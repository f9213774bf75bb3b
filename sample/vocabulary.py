"""All words and figures of the sample world, read from `sample/words` when they are first asked for.

To add an occupation: its figures at the end of `figures.toml`, its words in a file of `occupations/`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from sample.clauses import AdClauses, HourWords, ProfileClauses, TitleWords
from sample.served_words import ServedWords
from sample.shifts import SHIFT_KINDS
from sample.terms import LifeBackground, OccupationFigures, OccupationWords, Sectors, Skills, TraitPhrases
from sample.word_lists import InBoth, read_list, wrong


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every word list. `occupations` are the words of those whose `figures` stand, in the same order."""

    figures: dict[str, OccupationFigures]
    occupations: dict[str, OccupationWords]
    backgrounds: dict[str, LifeBackground]
    sectors: Sectors
    skills: Skills
    ad_phrases: InBoth[TraitPhrases]
    seeker_phrases: InBoth[TraitPhrases]
    ads: AdClauses
    titles: TitleWords
    profiles: ProfileClauses
    hours: HourWords
    served: ServedWords


@cache
def vocabulary() -> Vocabulary:
    """The words that Chamba comes with."""
    return read_vocabulary(files("sample") / "words")


def read_vocabulary(folder: Traversable) -> Vocabulary:
    """The words of a folder, checked one by one and against each other; raises InvalidInputError."""
    figures = read_list(folder, "figures.toml", dict[str, OccupationFigures])
    words = Vocabulary(
        figures=figures,
        occupations={name: read_list(folder, f"occupations/{name}.toml", OccupationWords) for name in figures},
        backgrounds=read_list(folder, "backgrounds.toml", dict[str, LifeBackground]),
        sectors=read_list(folder, "sectors.toml", Sectors),
        skills=read_list(folder, "skills.toml", Skills),
        ad_phrases=read_list(folder, "trait_phrases_ads.toml", InBoth[TraitPhrases]),
        seeker_phrases=read_list(folder, "trait_phrases_seekers.toml", InBoth[TraitPhrases]),
        ads=read_list(folder, "ads.toml", AdClauses),
        titles=read_list(folder, "titles.toml", TitleWords),
        profiles=read_list(folder, "profiles.toml", ProfileClauses),
        hours=read_list(folder, "hours.toml", HourWords),
        served=read_list(folder, "served.toml", ServedWords),
    )
    _check_figures(words)
    _check_specialties(words)
    _check_rest(words)
    return words


def _check_figures(words: Vocabulary) -> None:
    for name, figures in words.figures.items():
        _all_known("figures.toml", f"{name}.skills", figures.skills, words.skills.names)
        _all_known("figures.toml", f"{name}.shifts", figures.shifts, SHIFT_KINDS)
        _all_known("figures.toml", f"{name}.neighbours", figures.neighbours, words.figures)
        for specialty, own in figures.specialties.items():
            place = f"{name}.specialties.{specialty}"
            _all_known("figures.toml", f"{place}.skills", own.skills, words.skills.names)
            _all_known("figures.toml", f"{place}.sectors", own.sectors, words.sectors.sectors)


def _check_specialties(words: Vocabulary) -> None:
    for name, occupation_words in words.occupations.items():
        file, specialties = f"occupations/{name}.toml", words.figures[name].specialties
        _all_known(file, "specialties", occupation_words.specialties, specialties)
        for missing in set(specialties) - set(occupation_words.specialties):
            raise wrong(file, f"specialties.{missing}", "its words", "nothing", "write them, or take its figures out")


def _check_rest(words: Vocabulary) -> None:
    _all_known("skills.toml", "soft", words.skills.soft, words.skills.names)
    for name, life in words.backgrounds.items():
        _all_known("backgrounds.toml", f"{name}.leads_to", life.leads_to, words.figures)
        _all_known("backgrounds.toml", f"{name}.sectors", life.sectors, words.sectors.sectors)
        _all_known("backgrounds.toml", f"{name}.skills", life.skills, words.skills.names)


def _all_known(file: str, key: str, names: Iterable[str], known: Iterable[str]) -> None:
    unknown = [name for name in names if name not in set(known)]
    if unknown:
        fix = "mend its spelling, or add it where the others stand"
        raise wrong(file, key, f"names among {', '.join(known)}", unknown[0], fix)
