"""What an app has sent by mail and to phones, read of its outbox."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import default

from api.delivering.deliveries import Deliveries
from api.services.services import Services

CODE = re.compile(r"\b\d{6}\b")


def mailed_code(services: Services, email: str) -> str:
    """The code of the newest mail to somebody."""
    _send_all(services)
    files = sorted((services.settings.data_dir / "outbox").glob("*.eml"))
    mails = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
    found = CODE.search([mail.get_content() for mail in mails if mail["To"] == email][-1])
    assert found is not None
    return found[0]


def texted_code(services: Services, number: str) -> str:
    """The code of the newest message to a phone."""
    _send_all(services)
    files = sorted((services.settings.data_dir / "outbox").glob("*.sms"))
    texts = [file.read_text("utf-8").partition("\n\n") for file in files]
    found = CODE.search([text for head, _, text in texts if number in head][-1])
    assert found is not None
    return found[0]


def _send_all(services: Services) -> None:
    worker = Deliveries(services)
    while worker.send_due():  # some at a time
        pass
    worker.close()
