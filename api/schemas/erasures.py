"""The receipt of an erasure, for whoever asked for it."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from api.schemas.fields import EXAMPLE_ID, WHEN, Document
from store.people.erasure.receipts import ErasureReceipt, ErasureState, receipt_document


class ErasureReceiptDocument(Document):
    """Proof of an erasure that names nobody.

    `pending`: the database has forgotten the person; copies beside it (snapshots of data, files of mails) are gone
    through within a day. `complete`: nothing is left anywhere.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "receipt_id": EXAMPLE_ID,
                    "state": "pending",
                    "removed": {"accounts": 1, "applications": 2, "consents": 2, "seekers": 1},
                    "checked": {},
                    "erased_at": WHEN,
                    "completed_at": None,
                }
            ]
        }
    )

    receipt_id: str
    state: ErasureState
    removed: dict[str, int] = Field(description="rows of the database, by what they were")
    checked: dict[str, int] = Field(description="files that were gone through, by kind; none knows the person any more")
    erased_at: str
    completed_at: str | None


def receipt_of(receipt: ErasureReceipt) -> ErasureReceiptDocument:
    """The receipt as it is shown."""
    return ErasureReceiptDocument(**receipt_document(receipt))
