"""Which ads are one job, told of one pair after the other: what answers are held against."""

from __future__ import annotations

from engine.catalogue.duplicates import NO_OWNER, AdMarks, ad_marks
from engine.jobs import Job, LanguageNeed
from engine.pay import soles_per_month
from engine.reranking.copies import LIKENESSES, MOST_PAY_RATIO
from engine.working_hours import likely_hours_type, stated_hours_per_week, working_hours


def is_copy(one: Job, other: Job, cosine: float) -> bool:
    """Whether two ads, whose vectors have that cosine, are one job."""
    marks = ad_marks(one), ad_marks(other)
    if any(_is_against(*pair) for pair in _stated(one, other)) or marks[0].title_level != marks[1].title_level:
        return False
    if marks[0].duplicate_group == marks[1].duplicate_group:
        return True
    return marks[0].owner == marks[1].owner != NO_OWNER and _is_reworded(*marks, cosine)


def _stated(one: Job, other: Job) -> list[tuple[object, object]]:
    pairs: list[tuple[object, object]] = [(one.modality, other.modality)]
    pairs.append((_hours(one), _hours(other)))
    pairs.append((_languages(one.languages), _languages(other.languages)))
    pays = [soles_per_month(job.pay, stated_hours_per_week(job)) if job.pay else None for job in (one, other)]
    if None not in pays and max(pays) > MOST_PAY_RATIO * min(pays):  # type: ignore[type-var, operator]
        pairs.append((1, 2))
    return pairs


def _hours(job: Job) -> object:
    return job.hours_type or likely_hours_type(job, working_hours(job))


def _languages(needs: tuple[LanguageNeed, ...]) -> object:
    return (frozenset(need.code for need in needs) - {"es"}, "stated") if needs else None


def _is_against(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _is_reworded(one: AdMarks, other: AdMarks, cosine: float) -> bool:
    masks = ((one.title_words, other.title_words), (one.title_words_again, other.title_words_again))
    share = min((a & b).bit_count() / max(min(a.bit_count(), b.bit_count()), 1) for a, b in masks)
    overlap = min((a & b).bit_count() / max((a | b).bit_count(), 1) for a, b in masks)
    bits = (one.text_signature ^ other.text_signature).bit_count()
    return any(
        share >= like.title_share and overlap >= like.title_overlap and bits <= like.bits and cosine >= like.cosine
        for like in LIKENESSES
    )
