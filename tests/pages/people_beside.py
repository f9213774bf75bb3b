"""What other people do while somebody is at the pages: by the API, as their own apps would."""

from __future__ import annotations

from typing import Any

from store.people.consents import ConsentPurpose, consent_texts
from tests.api.real_things import RealThings


class PeopleBeside:
    """People who look for work with names of their own, and who verifies organisations."""

    def __init__(self, real: RealThings) -> None:
        self._real = real

    def seeker(self, name: str, *, is_findable: bool = False) -> str:
        """An account with a designer's profile, whose evenings are free."""
        account_id = self._real.leaver
        self._ask(account_id, "PATCH", "/v1/me", {"name": name})
        if not is_findable:
            self.wants_to_be_found_no_more(account_id)
        return account_id

    def wants_to_be_found_no_more(self, account_id: str) -> None:
        """No employer sees them from now on, but for those whom they applied to."""
        purpose = ConsentPurpose.BE_FOUND
        given = {"purpose": purpose, "is_given": False, "text_version": consent_texts()[purpose].version}
        self._ask(account_id, "POST", "/v1/me/consents", given)

    def accepts_the_invitation(self, account_id: str) -> None:
        """Their only one."""
        (invitation,) = self._ask(account_id, "GET", "/v1/me/invitations")["items"]
        accepted = f"/v1/me/invitations/{invitation['invitation_id']}/acceptance"
        self._ask(account_id, "POST", accepted, {"text": "Gracias por escribirme. Puedo desde el lunes."})

    def applies(self, account_id: str, job_id: str, text: str) -> None:
        """For a job that is shown."""
        self._ask(account_id, "POST", "/v1/me/applications", {"job_id": job_id, "text": text})

    def verifies(self, employer_id: str) -> None:
        """An administrator has looked at an organisation."""
        reason = {"reason": "El RUC y el celular son suyos"}
        self._ask(self._real.administrator, "POST", f"/v1/admin/employers/{employer_id}/verify", reason)

    def _ask(self, account_id: str, method: str, path: str, body: Any = None) -> Any:
        return self._real.served.ask(method, path, self._real.headers(account_id), body)
