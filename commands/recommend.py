"""`chamba recommend`: the best jobs for a person who is told in a line, without a server.

chamba recommend "Diseñadora gráfica, Illustrator" --free "mon-fri 19:00-23:00"
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import DATA_DIR, DataDir
from engine.errors import ArtifactError, InvalidInputError

if TYPE_CHECKING:
    from engine.recommendation.recommend import Recommendations
    from engine.recommendation.recommendation import RecommendedJob
    from engine.schedules import Window
    from engine.search.chips import Chip
    from engine.seekers import Availability, Seeker
    from index.serving import ServedBundle

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog='Example: chamba recommend "Diseñadora gráfica, Illustrator" --free "mon-fri 19:00-23:00"')
def recommend(
    text: Annotated[str, typer.Argument(help="The person in their own words.")],
    free: Annotated[
        list[str],
        typer.Option(help="Free hours, such as 'mon-fri 19:00-23:00'; repeat it. Without it: those the text states."),
    ] = [],  # noqa: B006
    calendar: Annotated[
        Path | None,
        typer.Option(help="A calendar (.ics): what comes back in it is taken off the hours of --free.", exists=True),
    ] = None,
    skill: Annotated[list[str], typer.Option(help="A skill; repeat it.")] = [],  # noqa: B006
    time_zone: Annotated[str, typer.Option()] = "America/Lima",
    limit: Annotated[int, typer.Option(min=1, max=100)] = 5,
    any_modality: Annotated[bool, typer.Option(help="Also work that is done on site.")] = False,
    data_dir: DataDir = DATA_DIR,
) -> None:
    """Print the best jobs of the published bundle for a person, with reasons."""
    from engine.encoder.encoder import Tower
    from engine.encoder.texts import seeker_text
    from engine.explain import Locale
    from engine.filtering.filters import JobFilter
    from engine.recommendation.query import Query
    from engine.search.chip_labels import chip_label
    from engine.search.chips import ChipKind, with_chips
    from engine.search.understanding import understood

    if not text.strip() and not skill:
        raise InvalidInputError(
            "nothing is said of the person",
            expected="what they can do in their own words, or a --skill",
            got=repr(text),
            field="text",
        )
    bundle = _published_bundle(data_dir)
    availability = _availability(text, free, calendar, time_zone)
    wanted = JobFilter(modalities=None) if any_modality else JobFilter()
    read = understood(text, bundle.recommender.lexicon, kinds=frozenset(ChipKind) - {ChipKind.SPELLING})
    # Words that state limits do not say who somebody is; hours are those of `_availability`.
    seeker = _seeker(read.rest if read.chips and read.rest else text, skill, availability)
    chips = [chip for chip in read.chips if chip.kind not in (ChipKind.TIMES, ChipKind.WEEKLY_HOURS)]
    limits = with_chips(chips, seeker, wanted, frozenset({"modalities"}) if any_modality else frozenset())
    vector = bundle.encoder.encode([seeker_text(seeker)], Tower.SEEKER)[0]
    found = bundle.recommender.recommend(Query(limits.seeker, vector, limit, limits.wanted), bundle.now())
    told = [*chips, *(() if free or calendar else _hours_read(availability))]
    if told:
        typer.echo(f"understood: {'; '.join(chip_label(chip, Locale.ES) for chip in told)}")
    for line in _lines(found):
        typer.echo(line)
    for line in _skill_lines(found, limits.seeker, data_dir):
        typer.echo(line)


def _published_bundle(data_dir: Path) -> ServedBundle:
    from index.bundle import current_folder
    from index.serving import open_bundle

    folder = current_folder(data_dir / "bundles")
    if folder is None:
        raise ArtifactError(f"no bundle in {data_dir / 'bundles'}", fix="build one: chamba index")
    return open_bundle(folder)


def _seeker(text: str, skills: list[str], availability: Availability | None) -> Seeker:
    from engine.seekers import Seeker

    return Seeker(text=text, skills=tuple(skills), availability=availability)


def _availability(text: str, free: list[str], calendar: Path | None, time_zone: str) -> Availability | None:
    """The hours of a calendar or those that are given; else those that the text states."""
    from engine.reading.schedules.free_hours import free_hours
    from engine.schedules import parse_window
    from engine.seekers import Availability

    windows = tuple(parse_window(window) for window in free)
    if calendar is not None:
        return _of_calendar(calendar, windows, time_zone)
    return Availability(time_zone, windows) if windows else free_hours(text, time_zone)


def _hours_read(availability: Availability | None) -> Iterator[Chip]:
    """The hours that a text states, to show."""
    from engine.search.chips import Chip, ChipKind

    if availability is not None and availability.windows:
        yield Chip(ChipKind.TIMES, "", availability.windows, availability.time_zone)
    if availability is not None and availability.hours_per_week is not None:
        yield Chip(ChipKind.WEEKLY_HOURS, "", availability.hours_per_week)


def _of_calendar(calendar: Path, windows: tuple[Window, ...], time_zone: str) -> Availability:
    from engine.explain import Locale
    from store.importers.calendars.availability import availability_from_calendar

    found = availability_from_calendar(
        calendar.read_bytes(),
        default_time_zone=time_zone,
        around=datetime.now(UTC).date(),
        locale=Locale.ES,
        hours=windows,
    )
    for note in found.notes:
        typer.echo(f"- {note.text}", err=True)
    return found.availability


def _lines(found: Recommendations) -> Iterator[str]:
    from engine.explain import Locale
    from engine.recommendation.unlock_texts import unlock_text

    for rank, job in enumerate(found.jobs, 1):
        yield f"{rank}. {_described(job)}"
        yield from (f"   - {reason.text}" for reason in job.reasons)
        yield from (f"   ! {warning.text}: «{warning.sentence}»" for warning in job.warnings)
        yield from (f"   = {similar.title}" for similar in job.similar)
    if found.nearest:
        yield "no match, but nearest:"
    for near in found.nearest:
        yield f"~ {_described(near.job)}"
        yield from (f"   - {missing.text}" for missing in near.missing)
    for unlock in found.unlocks or ():
        yield f"+ {unlock_text(unlock.what_if, unlock.opens, Locale.ES)}"
    yield f"({found.eligible_count} of {found.catalogue_size} jobs can be done by this person)"


def _skill_lines(found: Recommendations, seeker: Seeker, data_dir: Path) -> Iterator[str]:
    """The skill that most of the nearest ads ask for, and the path to it where there is one."""
    from engine.explain import Locale
    from engine.learning_paths.classification import FILE, Classification
    from engine.learning_paths.path_texts import ATTRIBUTION, path_text
    from engine.learning_paths.paths import learning_path
    from engine.recommendation.unlock_texts import skill_text

    lacked = found.lacked_skill
    if lacked is None:
        return
    yield f"+ {skill_text(lacked.skill, lacked.asking, lacked.among, Locale.ES)}"
    if not (data_dir / FILE).exists():
        return
    path = learning_path(Classification.open(data_dir / FILE), lacked.skill, lacked.titles, seeker, Locale.ES)
    if path is not None:
        yield f"  {path_text(path, Locale.ES)}"
        yield from (f"    {step.label}: {step.uri}" for step in path.steps)
        yield f"  {ATTRIBUTION[Locale.ES]}"


def _described(job: RecommendedJob) -> str:
    place = ", ".join(filter(None, (job.card.get("city"), job.card.get("country"))))
    title = " · ".join(filter(None, (job.card["title"], job.card.get("employer"), place)))
    return f"{title}  [{job.score:.2f}: relevance {job.relevance:.2f}, hours {job.availability:.2f}]"
