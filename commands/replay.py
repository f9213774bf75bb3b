"""`chamba replay`: gives a logged recommendation again, and says whether it is the same to the last bit.

chamba replay 01a21513-8e81-7f24-90b1-0ffe6a058744
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from commands.opening import migrated_database
from commands.options import DATA_DIR, DatabaseUrl, DataDir

if TYPE_CHECKING:
    from api.recommendations.service.replaying import Replayed
    from engine.filtering.filters import JobFilter

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog="Example: chamba replay 01a21513-8e81-7f24-90b1-0ffe6a058744")
def replay(
    recommendation_id: Annotated[str, typer.Argument(help="The `recommendation_id` of an answer.")],
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Give a logged recommendation again, from the versions it came from; exit status 1 when it is not the same."""
    from api.recommendations.service.replaying import replay as replay_answer
    from store.evidence.log_shipping import ship_all

    with migrated_database(data_dir, database_url) as database:
        ship_all(data_dir / "journal", database)  # it may have been answered just now
        with database.connect() as connection:
            replayed = replay_answer(recommendation_id, connection, data_dir / "bundles")
    for line in described(replayed):
        typer.echo(line)
    if not replayed.is_identical:
        raise typer.Exit(1)


def described(replayed: Replayed) -> Iterator[str]:
    """What was asked, from what it was answered, and how the replay went, a line each."""
    from index.replaying import differing_software

    record, query = replayed.logged.record, replayed.logged_query
    person = f"the person {record.seeker_id}" if record.seeker_id else "a profile that came with the request"
    by = f", by partner {record.partner_id}" if record.partner_id else ""
    yield f"recommendation {record.recommendation_id}, for the moment {record.answered_at.isoformat()}"
    yield f"asked: at most {query.limit} jobs for {person}{by}; {_filters(query.wanted, query.excluded)}"
    yield f"from: bundle {record.bundle} with the changes of jobs up to {record.job_change_number}"
    yield f"by: model {record.model_id}, reranker {record.reranker}, {_versions(query.software)}"
    for difference in differing_software(query.software):
        yield f"differs: {difference}"
    yield _vector(replayed.vector_distance)
    if replayed.is_identical:
        yield f"replay: identical, {len(replayed.shown)} jobs and their scores to the last bit"
    else:
        yield f"replay: NOT identical; {replayed.difference}"


def _filters(wanted: JobFilter, excluded: frozenset[str]) -> str:
    terms = {"modalities": wanted.modalities, "contracts": wanted.contracts, "hours types": wanted.hours_types}
    parts = [f"{name} {', '.join(sorted(allowed))}" for name, allowed in terms.items() if allowed is not None]
    parts.append("unstated terms pass" if wanted.allow_unstated else "unstated terms do not pass")
    parts.append(f"{wanted.min_hours_coverage:.0%} of the hours")
    if wanted.max_experience_years is not None:
        parts.append(f"at most {wanted.max_experience_years:g} years of experience")
    if wanted.min_hours_per_week is not None:
        parts.append(f"at least {wanted.min_hours_per_week:g} hours a week")
    if wanted.currencies is not None:
        parts.append(f"paid in {', '.join(sorted(wanted.currencies))}")
    if wanted.place is not None:
        parts.append(f"in {wanted.place} or remote")
    if wanted.without_languages:
        parts.append(f"without the languages {', '.join(sorted(wanted.without_languages))}")
    if wanted.without_words:
        parts.append(f"without the words {', '.join(sorted(wanted.without_words))}")
    if excluded:
        parts.append(f"without {', '.join(sorted(excluded))}")
    return "; ".join(parts)


def _versions(software: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in software.items())


def _vector(distance: float) -> str:
    if distance == 0:
        return "vector: the model makes the same of the profile, to the last bit"
    return (
        f"vector: the model now makes one that differs by {distance:.2g} at most; "
        "the replay used the logged one, which may have been encoded together with others"
    )
