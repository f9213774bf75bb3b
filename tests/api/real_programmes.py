"""A programme with an officer, rules that hold and rules to come, and an answer that somebody contests."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from store.analytics.rows import lima_day
from store.people.accounts import Role
from store.people.cases import CaseKind, NewCase, open_case
from store.programmes.screenings import newest_screening
from store.programmes.versions import versions_of

if TYPE_CHECKING:
    from tests.api.real_things import RealThings

CONSENTS_OF = "2026-11"


class RealProgrammes:
    """Those of the same few people."""

    def __init__(self, real: RealThings) -> None:
        self._real = real

    @cached_property
    def officer(self) -> str:
        """An account that acts for the programme."""
        return self._real._account(Role.OFFICER)

    @cached_property
    def programme_id(self) -> str:
        """A programme of the officer, with rules that hold for everybody with a consent that all give."""
        facts = {"name": "Conectados", "organisation": "Ministerio", "description": "Un curso", "appeal_to": "Mesa"}
        made = str(self._real._as(self._real.administrator, "POST", "/v1/admin/programmes", facts)["programme_id"])
        self._real._as(self._real.administrator, "PUT", f"/v1/admin/programmes/{made}/officers/{self.officer}")
        rule = {"kind": "consent", "purpose": "matching", "text_version": CONSENTS_OF}
        rules = {"version": 1, "in_force_from": self._day(0), "rules": [rule]}
        self._real._as(self.officer, "POST", f"/v1/officers/programmes/{made}/versions", rules)
        return made

    @property
    def screening_id(self) -> str:
        """An answer that the seeker got of the programme and contests, a new one each time."""
        asked = {"shares_contact": True}
        now, cipher = self._real.services.now(), self._real.services.cipher
        known = self._real.services.read(
            lambda each: newest_screening(
                each, cipher, self.programme_id, self._real.seeker
            )  # which may have been decided
        )
        if known is None or not known.decisions:
            made = self._real._as(self._real.seeker, "POST", f"/v1/me/programmes/{self.programme_id}/screenings", asked)
            screening_id = str(made["screening_id"])
        else:
            screening_id = known.screening_id
        new = NewCase(CaseKind.ELIGIBILITY, screening_id, self._real.seeker, (), "Revísenlo")
        self._real.services.write(lambda each: open_case(each, cipher, new, now))
        return screening_id

    def rules_version(self, *, is_next: bool) -> int:
        """The number of the programme's newest rules, which are yet to hold, or of the next."""
        programme_id = self.programme_id
        known = self._real.services.read(lambda each: versions_of(each, programme_id))
        if is_next:
            return known[-1].version + 1
        if known[-1].in_force_from.isoformat() <= self._day(1):
            rules = known[-1].model_dump(mode="json") | {"version": known[-1].version + 1}
            rules["in_force_from"] = self.later_day
            self._real._as(self.officer, "POST", f"/v1/officers/programmes/{programme_id}/versions", rules)
            return known[-1].version + 1
        return known[-1].version

    @property
    def later_day(self) -> str:
        """A day after those of all rules that there are."""
        known = self._real.services.read(lambda each: versions_of(each, self.programme_id))
        return max(date.fromisoformat(self._day(400)), known[-1].in_force_from + timedelta(days=1)).isoformat()

    def _day(self, later: int) -> str:
        return (lima_day(self._real.services.now()) + timedelta(days=later)).isoformat()
