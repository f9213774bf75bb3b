"""How many would pass rules that do not hold yet, by region and group, beside those in force: nobody is told apart.

    found = simulate(connection, cipher, rules, in_force, day)

It reads those alone who agree to `screening`, whose text says so, and what they would be judged by, in memory; nothing
of it is written. What leaves is counts: of one to four people none is told, groups of so few are told as `other`, and
all else is rounded to the nearest five, so that neither a total nor another rule tells about one person. That bounds
what one answer tells; of many answers to rules that differ by a little, the limit by day and the audit log are the
guard. Pass rates by group are for people to look at: nothing reads them, least of all a ranking.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, select

from engine.documents.seekers import seeker_from_document
from engine.documents.terms import term_name
from engine.jobs import LanguageLevel
from engine.programmes.days import age_on
from engine.programmes.form import ProgrammeRules
from engine.programmes.judging import Eligibility, Proof, judge
from engine.programmes.people import ScreenedPerson
from store.analytics.questions.rates import wilson_interval
from store.analytics.small_groups import UNKNOWN, folded, in_fives, is_small
from store.encryption.field_cipher import FieldCipher
from store.people.accounts import ACCOUNTS, AccountStatus
from store.people.consents import CONSENTS, ConsentPurpose, agreed_texts
from store.people.seeker_accounts import SEEKER_ACCOUNTS
from store.programmes.person_reads import screened_person
from store.tables import SEEKERS

AGES = ((18, "0-17"), (30, "18-29"), (45, "30-44"), (65, "45-64"))
OLDEST = "65+"
ALL = "all"


class GroupKind(StrEnum):
    """What people are told apart by."""

    ALL = "all"
    REGION = "region"
    DEVICE = "device"
    LANGUAGE = "language"  # the mother tongue that the profile states; of several, the first that is not Spanish
    AGE = "age"


@dataclass(frozen=True, slots=True)
class TriedPerson:
    """What one person would be answered, and is by the rules in force (None: none are); never leaves this process."""

    groups: Mapping[GroupKind, str]
    tried: Eligibility
    in_force: Eligibility | None
    missing: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """Rounded counts of a group, None where hidden; `pass_rate` is of all in it, within `low` and `high` (95%).

    `stands_out` is `lower` or `higher` where the rate of all is outside of that interval.
    """

    kind: GroupKind
    group: str
    people: int | None
    eligible: int | None
    not_eligible: int | None
    undecided: int | None
    eligible_in_force: int | None
    pass_rate: float | None
    low: float | None
    high: float | None
    stands_out: str | None


@dataclass(frozen=True, slots=True)
class SimulatedRules:
    """The counts of all people, then of each group; who would gain or lose; the share that lacks which proof."""

    day: date
    groups: list[GroupCounts]
    gain: int | None
    lose: int | None
    lacking: dict[Proof, float | None]


def simulate(
    connection: Connection, cipher: FieldCipher, rules: ProgrammeRules, in_force: ProgrammeRules | None, day: date
) -> SimulatedRules:
    """Hold rules against everybody who agreed to it, as of a day; `in_force`: those to compare them with."""
    people = [_tried(connection, cipher, account_id, rules, in_force, day) for account_id in _agreeing(connection)]
    return told(people, day)


def told(people: Sequence[TriedPerson], day: date) -> SimulatedRules:
    """What may be told of some people."""
    everybody = _counts(GroupKind.ALL, ALL, people, None)
    groups = [everybody]
    for kind in GroupKind:
        if kind is not GroupKind.ALL:
            groups += _by_group(kind, people, everybody.pass_rate)
    yes = Eligibility.ELIGIBLE
    gain = sum(one.tried is yes and one.in_force not in (None, yes) for one in people)
    lose = sum(one.tried is not yes and one.in_force is yes for one in people)
    lacking = Counter(proof for one in people for proof in one.missing)
    return SimulatedRules(
        day=day,
        groups=groups,
        gain=rounded(gain),
        lose=rounded(lose),
        lacking={proof: _share(lacking[proof], len(people)) for proof in Proof if lacking[proof]},
    )


def rounded(people: int) -> int | None:
    """A count that may be told: the nearest multiple of five; None for one to four."""
    return None if is_small(people) else in_fives(people)


def _agreeing(connection: Connection) -> Iterator[str]:
    said = select(CONSENTS.c.account_id).where(CONSENTS.c.purpose == ConsentPurpose.SCREENING)
    active = select(ACCOUNTS.c.account_id).where(ACCOUNTS.c.status == AccountStatus.ACTIVE)
    query = select(SEEKER_ACCOUNTS.c.account_id).where(
        SEEKER_ACCOUNTS.c.account_id.in_(said), SEEKER_ACCOUNTS.c.account_id.in_(active)
    )
    for account_id in connection.execute(query.order_by(SEEKER_ACCOUNTS.c.account_id)).scalars().all():
        if ConsentPurpose.SCREENING in agreed_texts(connection, account_id):
            yield account_id


def _tried(
    connection: Connection,
    cipher: FieldCipher,
    account_id: str,
    rules: ProgrammeRules,
    in_force: ProgrammeRules | None,
    day: date,
) -> TriedPerson:
    person = screened_person(connection, cipher, account_id)
    judged = judge(rules, person, day)
    return TriedPerson(
        groups=_groups(person, _language(connection, account_id), day),
        tried=judged.eligibility,
        in_force=None if in_force is None else judge(in_force, person, day).eligibility,
        missing=judged.missing,
    )


def _groups(person: ScreenedPerson, language: str | None, day: date) -> dict[GroupKind, str]:
    age = None if person.birth_date is None else age_on(person.birth_date, day)
    found = {
        GroupKind.REGION: person.region,
        GroupKind.DEVICE: term_name(person.device),
        GroupKind.LANGUAGE: language,
        GroupKind.AGE: None if age is None else next((name for under, name in AGES if age < under), OLDEST),
    }
    return {kind: UNKNOWN if group is None else group for kind, group in found.items()}


def _language(connection: Connection, account_id: str) -> str | None:
    of_account = select(SEEKER_ACCOUNTS.c.seeker_id).where(SEEKER_ACCOUNTS.c.account_id == account_id)
    query = select(SEEKERS.c.document).where(SEEKERS.c.seeker_id == of_account.scalar_subquery())
    document = connection.execute(query).scalar()
    if document is None:
        return None
    spoken = seeker_from_document(document).languages
    native = sorted(code for code, level in spoken if level is LanguageLevel.NATIVE)
    return next((code for code in native if code != "es"), native[0] if native else None)


def _by_group(kind: GroupKind, people: Sequence[TriedPerson], rate_of_all: float | None) -> list[GroupCounts]:
    sizes = Counter(one.groups[kind] for one in people)
    told_as = folded(sizes, lambda groups: sum(sizes[group] for group in groups))
    members: dict[str, list[TriedPerson]] = {}
    for one in people:
        members.setdefault(told_as[one.groups[kind]], []).append(one)
    return [_counts(kind, group, members[group], rate_of_all) for group in sorted(members)]


def _counts(kind: GroupKind, group: str, people: Sequence[TriedPerson], rate_of_all: float | None) -> GroupCounts:
    def count(is_counted: Callable[[TriedPerson], bool]) -> int | None:
        return rounded(sum(map(is_counted, people)))

    total, eligible = rounded(len(people)), count(lambda one: one.tried is Eligibility.ELIGIBLE)
    rate = low = high = None
    if total and eligible is not None:
        eligible_shown = min(eligible, total)
        rate, (low, high) = eligible_shown / total, wilson_interval(eligible_shown, total)
    return GroupCounts(
        kind=kind,
        group=group,
        people=total,
        eligible=eligible,
        not_eligible=count(lambda one: one.tried is Eligibility.NOT_ELIGIBLE),
        undecided=count(lambda one: one.tried is Eligibility.UNDECIDED),
        eligible_in_force=count(lambda one: one.in_force is Eligibility.ELIGIBLE),
        pass_rate=rate,
        low=low,
        high=high,
        stands_out=_stands_out(low, high, rate_of_all),
    )


def _stands_out(low: float | None, high: float | None, rate_of_all: float | None) -> str | None:
    if low is None or high is None or rate_of_all is None:
        return None
    return "lower" if high < rate_of_all else "higher" if low > rate_of_all else None


def _share(people: int, of: int) -> float | None:
    counted, total = rounded(people), rounded(of)
    return None if counted is None or not total else min(1.0, counted / total)
