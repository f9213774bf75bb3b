"""Every object × every stranger: nothing of it is read, nothing in the database changes, and its owner may go on."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from tests.api.conftest import real, served
from tests.api.real_things import RealThings
from tests.api.served_app import ServedApp
from tests.attacks.named_objects import ALL_OPERATIONS, CONSTANTS, NUMBERS, OBJECTS, Operation, Whose
from tests.attacks.strangers import PRIVATE_WORDS, Rows, Stranger, owner_of, rows, strangers

__all__ = ["real", "served"]

OF_OWNERS = [name for name, whose in OBJECTS.items() if whose not in (Whose.SECRET, Whose.ANYBODY)]
SEVERAL = [name for name in OF_OWNERS if OBJECTS[name] is not Whose.ROLE and len(Operation(name).names) > 1]
# An id of a job is taken for everybody but whose it is, and that is told.
TAKEN = "PUT /v1/jobs/{job_id}"


@pytest.fixture(scope="module")
def other(served: ServedApp) -> RealThings:
    """The things of others."""
    found = RealThings(served)
    assert found.employers_application != found.partners_application  # before they apply for jobs by themselves
    return found


def test_every_operation_that_names_an_object_says_whose_it_is() -> None:
    named = {name for name in ALL_OPERATIONS if Operation(name).names}
    assert named == OBJECTS.keys(), "say in named_objects.py whose the object is"


@pytest.mark.parametrize("name", OF_OWNERS)
def test_no_stranger_reads_or_changes_an_object(name: str, real: RealThings, other: RealThings) -> None:
    operation = Operation(name)
    request = operation.request(real, operation.ids(real))
    real.served.clock.move(hours=1)  # limits by the hour begin anew
    callers = [one for one in strangers(name, real, other) if not may_ask(name, one)]
    before = rows(real)
    for stranger in callers:
        require_nothing_told(name, stranger, request.answer(stranger.headers))
    require_unchanged(name, before, rows(real))
    owner = request.answer(owner_of(name, real))
    assert owner.status_code < 300, f"its owner: {owner.status_code} {owner.text}"


@pytest.mark.parametrize("name", SEVERAL)
def test_nor_with_one_thing_of_somebody_else_s_among_their_own(name: str, real: RealThings, other: RealThings) -> None:
    operation, ids, own = Operation(name), Operation(name).ids(real), Operation(name).ids(other)
    mixed = [
        operation.request(real, own | {named: ids[named]})
        for named in ids.keys() - CONSTANTS.keys() - NUMBERS
        if not operation.is_asked(named)
    ]
    real.served.clock.move(hours=1)
    callers = [one for one in strangers(name, real, other) if one.things is not None and one.is_let_in(name)]
    before = rows(real)
    for stranger, request in product(callers, mixed):
        require_nothing_told(name, stranger, request.answer(stranger.headers))
    require_unchanged(name, before, rows(real))


def test_owners_who_are_suspended_read_and_change_nothing(served: ServedApp) -> None:
    real = RealThings(served)
    asked = {
        name: Operation(name).request(real, Operation(name).ids(real))
        for name in OF_OWNERS
        if OBJECTS[name] is not Whose.ROLE
    }
    owners, admin = {name: owner_of(name, real) for name in asked}, real.headers(RealThings(served).administrator)
    for account_id in (real.seeker, real.employer, real.officer):
        served.ask("POST", f"/v1/admin/accounts/{account_id}/suspend", admin, {"reason": "other"})
    served.ask("PATCH", f"/v1/admin/partners/{real.partner_id}", admin, {"status": "suspended"})
    before = rows(real)
    for name, request in asked.items():
        answer = request.answer(owners[name])
        assert answer.status_code in (401, 403), (name, answer.status_code, answer.text)
        assert not told(answer.text), name
    require_unchanged("suspended", before, rows(real))


def may_ask(name: str, stranger: Stranger) -> bool:
    """Whether it is theirs to ask: the object is of everybody with their role."""
    return OBJECTS[name] is Whose.ROLE and stranger.is_let_in(name)


def require_nothing_told(name: str, stranger: Stranger, answer: Any) -> None:
    """Fails where an answer lets a stranger in, or holds a word of what is private."""
    what = f"{stranger.who}: {answer.status_code} {answer.text[:400]}"
    assert not told(answer.text), what
    if not stranger.is_let_in(name):
        assert answer.status_code == (403 if stranger.has else 401), what
    elif OBJECTS[name] is Whose.OWNER:
        assert answer.status_code in ((404, 409) if name == TAKEN else (403, 404)), what
    else:
        assert answer.status_code < 500, what


def told(text: str) -> list[str]:
    """The private words in a text."""
    return [word for word in PRIVATE_WORDS if word in text]


def require_unchanged(name: str, before: Rows, after: Rows) -> None:
    """Fails where a row is gone or another, or is new though nobody has names of their own here."""
    assert before - after == Rows(), f"{name}: gone or changed"
    if OBJECTS.get(name) is not Whose.NAMES:
        assert after - before == Rows(), f"{name}: new or changed"
