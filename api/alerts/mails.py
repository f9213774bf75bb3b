"""What tells somebody of new jobs: a mail with five at most, each with employer, hours, pay and a link, or a message to
their phone with three, numbered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.alerts.asking import FoundJob
from api.texting.writing import alert_text
from engine.explain import Locale, ReasonKind
from engine.recommendation.recommendation import RecommendedJob
from store.notices.quoting import quoted
from store.notices.texts import frame
from store.notices.writing import Block, Notice

MOST_JOBS, MOST_TEXTED = 5, 3
LONGEST_TITLE, LONGEST_EMPLOYER, LONGEST_REASON = 80, 60, 160


def best_of(found: Sequence[FoundJob]) -> list[FoundJob]:
    """Each job once, the best first."""
    first: dict[str, FoundJob] = {}
    for one in sorted(found, key=lambda one: (-one.job.score, one.job.job_id)):
        first.setdefault(one.job.job_id, one)
    return list(first.values())


def alert_message(found: Sequence[FoundJob], numbered: Mapping[int, str], locale: Locale) -> str:
    """A message with some of them, by the numbers that are answered."""
    titles = {one.job.job_id: quoted(one.job.card["title"], LONGEST_TITLE) for one in found}
    no_job = frame()[locale]["no_job"]
    return alert_text({number: titles[job_id] or no_job for number, job_id in numbered.items()}, locale)


def alert_notice(found: Sequence[FoundJob], locale: Locale) -> Notice:
    """What is told of jobs that are new to somebody, the best first."""
    shown, searches = found[:MOST_JOBS], {one.search.search_id: one.search.asked.name for one in found}
    names = list(searches.values())
    said = {
        "job": shown[0].job.card["title"],
        "search": names[0] if len(names) == 1 else None,
    }
    facts = {
        "searches": None if len(names) == 1 else "",
        "count": str(len(found)),
        "more": str(len(found) - len(shown)) if len(found) > len(shown) else None,
    }
    blocks = [_block(number, one.job, locale) for number, one in enumerate(shown, 1)]
    return Notice("job_alert" if len(found) == 1 else "job_alerts", said, facts, blocks=blocks)


def _block(number: int, job: RecommendedJob, locale: Locale) -> Block:
    card = job.card
    title, employer = quoted(card["title"], LONGEST_TITLE), quoted(card.get("employer"), LONGEST_EMPLOYER)
    lines = [f"{number}. {title or frame()[locale]['no_job']}" + (f" ({employer})" if employer else "")]
    for kind in (ReasonKind.HOURS, ReasonKind.PAY):
        told = (quoted(reason.text, LONGEST_REASON) for reason in job.reasons if reason.kind is kind)
        lines += [f"   {text}" for text in list(told)[:1] if text]
    return Block(lines, "job", {"job_id": job.job_id})
