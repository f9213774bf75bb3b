"""The ways out for messages to phones. Each is asked within seconds, and followed nowhere; addresses are settings."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import httpx2
import orjson

from api.delivering.messaging.sms_parts import sms
from engine.artifacts import write_atomically
from store.people.phone_messages import PhoneWay, TakenMessage

CONNECT_SECONDS, TOTAL_SECONDS = 3.0, 8.0
MOST_ANSWER_BYTES = 64 * 1024
OWNER_ONLY = 0o700
AGENT = "Chamba-Messages/1"
KANNEL_ACCEPTED = ("0:", "3:")  # delivered to the centre; waits for it
_VALUE = re.compile(r"\{(recipient|digits|text|sender|id|coding)\}")
_BREAKS = re.compile(r"\s+")

log = logging.getLogger("chamba.deliveries")


class GatewayError(Exception):
    """A gateway did not take a message, or did not say that it did; in words for the log, which name nobody."""


class Gateway(Protocol):
    """A way out for messages to phones."""

    def send(self, taken: TakenMessage) -> None:
        """Hand one over; raises GatewayError when it was not taken, OSError where it cannot be written."""


class MessageOutbox:
    """A folder that only its owner may look into, beside mails that are files."""

    def __init__(self, folder: Path, most_parts: int) -> None:
        self._folder, self._most_parts = folder, most_parts

    def send(self, taken: TakenMessage) -> None:
        """Write the message to a file of its own."""
        self._folder.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        message, file = taken.message, self._folder / f"{taken.message_id}.sms"
        text = sms(message.text, self._most_parts).text if message.way is PhoneWay.SMS else message.text
        write_atomically(file, f"To: {message.number}\nBy: {message.way}\n\n{text}\n".encode())
        log.info("no gateway is set: a message was written to %s", file)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a gateway is asked: one request."""

    method: str
    url: str
    headers: Mapping[str, str]
    query: Mapping[str, str] | None = None
    form: Mapping[str, str] | None = None
    document: Any = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What it said: the status, and the beginning of the body."""

    status: int
    text: str


@dataclass(frozen=True, slots=True)
class HttpGateway:
    """Any gateway by HTTP. `parameters`: what it is sent, in which {recipient}, {digits}, {text}, {sender}, {id} and
    {coding} stand for values; `body`: as a form, as JSON, or in the address (`query`).
    """

    method: str
    url: str
    body: str
    parameters: Mapping[str, Any]
    headers: Mapping[str, str]
    sender: str
    accepted_statuses: Collection[int]
    accepted_text: str
    most_parts: int

    def send(self, taken: TakenMessage) -> None:
        """Hand an SMS over; it is taken by a status that counts, and a text in the answer if one is set."""
        filled = _filled(self.parameters, self._values(taken))
        key = {"query": "query", "form": "form", "json": "document"}[self.body]
        answer = ask(Asked(self.method, self.url, self.headers, **{key: filled}))
        if answer.status not in self.accepted_statuses or self.accepted_text not in answer.text:
            raise GatewayError(f"status {answer.status}")

    def _values(self, taken: TakenMessage) -> dict[str, str]:
        written, number = sms(taken.message.text, self.most_parts), taken.message.number
        return {
            "recipient": number,
            "digits": number.lstrip("+"),
            "text": written.text,
            "sender": self.sender,
            "id": taken.message_id,
            "coding": written.coding.value,
        }


@dataclass(frozen=True, slots=True)
class KannelGateway:
    """Kannel's smsbox, by its `cgi-bin/sendsms`."""

    url: str
    user: str
    password: str
    sender: str
    most_parts: int

    def send(self, taken: TakenMessage) -> None:
        """Hand an SMS over; Kannel says by 202 whether it is on its way or waits for the centre."""
        written = sms(taken.message.text, self.most_parts)
        query = {
            "username": self.user,
            "password": self.password,
            "to": taken.message.number,
            "text": written.text,
            "charset": "UTF-8",
            "coding": written.coding.value,
        }
        if self.sender:
            query["from"] = self.sender
        answer = ask(Asked("GET", self.url, {}, query=query))
        if answer.status != 202 or not answer.text.startswith(KANNEL_ACCEPTED):
            raise GatewayError(f"status {answer.status} of Kannel")


@dataclass(frozen=True, slots=True)
class WhatsAppGateway:
    """The Cloud API of WhatsApp: a template with the text as its one parameter, which may begin a conversation, or a
    text alone where no template is set, which goes within a day of the person's own message."""

    url: str
    token: str
    template: str
    language: str

    def send(self, taken: TakenMessage) -> None:
        """Hand a message over; it is taken when the answer has its id."""
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = ask(Asked("POST", self.url, headers, document=self._document(taken)))
        try:
            is_taken = answer.status == 200 and bool(orjson.loads(answer.text)["messages"][0]["id"])
        except (ValueError, KeyError, IndexError, TypeError):
            is_taken = False
        if not is_taken:
            raise GatewayError(f"status {answer.status} of WhatsApp")

    def _document(self, taken: TakenMessage) -> dict[str, Any]:
        message = taken.message
        to = {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": message.number.lstrip("+"),
            "biz_opaque_callback_data": taken.message_id,
        }
        if not self.template:
            return to | {"type": "text", "text": {"preview_url": False, "body": message.text}}
        value = {"type": "text", "text": _BREAKS.sub(" ", message.text)}  # a parameter holds no line breaks
        template = {
            "name": self.template,
            "language": {"code": self.language},
            "components": [{"type": "body", "parameters": [value]}],
        }
        return to | {"type": "template", "template": template}


def ask(asked: Asked) -> Answered:
    """What the address answers; raises GatewayError where it answers nothing in time."""
    try:
        return asyncio.run(_ask_in_time(asked))
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, TimeoutError) as error:
        # The error's own words may hold the address, and with it the number.
        raise GatewayError(f"no answer: {type(error).__name__}") from None


async def _ask_in_time(asked: Asked) -> Answered:
    async with asyncio.timeout(TOTAL_SECONDS):
        timeout = httpx2.Timeout(TOTAL_SECONDS, connect=CONNECT_SECONDS)
        async with httpx2.AsyncClient(timeout=timeout, trust_env=False, follow_redirects=False) as client:
            headers = {"User-Agent": AGENT, **asked.headers}
            url = httpx2.URL(asked.url)
            if asked.query is not None:
                url = url.copy_merge_params(asked.query)
            content = None if asked.document is None else orjson.dumps(asked.document)
            if content is not None:
                headers["Content-Type"] = "application/json"
            request = client.build_request(asked.method, url, headers=headers, data=asked.form, content=content)
            answer, read = await client.send(request, stream=True), b""
            async for part in answer.aiter_bytes():
                read += part
                if len(read) > MOST_ANSWER_BYTES:
                    break
            await answer.aclose()
            return Answered(answer.status_code, read[:MOST_ANSWER_BYTES].decode("utf-8", "replace"))


def _filled(template: Any, values: Mapping[str, str]) -> Any:
    """A document with values in the places of its texts; what a value says is no place again."""
    if isinstance(template, str):
        return _VALUE.sub(lambda found: values[found[1]], template)
    if isinstance(template, Mapping):
        return {name: _filled(value, values) for name, value in template.items()}
    return [_filled(one, values) for one in template] if isinstance(template, list) else template
