"""What an app has mailed, read of its outbox."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import default

from api.delivering.deliveries import Deliveries
from api.services.services import Services

CODE = re.compile(r"^\d{6}\b", re.MULTILINE)


def mailed_code(services: Services, email: str) -> str:
    """The code of the newest mail to somebody."""
    worker = Deliveries(services)
    while worker.send_due():  # some at a time
        pass
    worker.close()
    files = sorted((services.settings.data_dir / "outbox").glob("*.eml"))
    mails = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
    found = CODE.search([mail.get_content() for mail in mails if mail["To"] == email][-1])
    assert found is not None
    return found[0]
