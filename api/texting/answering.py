"""Answers a message from a phone, once: what it does and what it is told go in one transaction.

Who writes is known by the number that the gateway says, as everywhere in this trade: so nothing that it may do tells
anything of the account but to that number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from sqlalchemy import Connection

from api.access.auditing import audit_of_account
from api.accounts.service.phones import incoming_number
from api.services.services import Services
from api.texting.applying import Applying, applied_by_message, judged, open_job_of
from api.texting.reading import Ask, Command, read_command
from api.texting.writing import MOST_JOBS, job_texts, listed, said
from engine.explain import Locale
from store.audit import AuditAction
from store.encryption.data_keys import Purpose
from store.people.accounts import Account, AccountStatus, get_account
from store.people.phone_messages import PhoneMessage, SendingTime, drop_messages, is_first_time, post_message
from store.people.phones import find_phone_account, is_stopped, numbered_jobs, resume_messages, stop_messages
from store.requests.attempts import Limit, count_attempt

HOLDS = timedelta(hours=3)
DAY = timedelta(days=1)
# Two machines that answer each other end here.
ANSWERED, HELPED = Limit("texting-number", 40, DAY), Limit("texting-help", 1, DAY)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message from a number, and whose that is."""

    number: str
    command: Command
    account: Account | None

    @property
    def locale(self) -> Locale:
        """The language to answer in."""
        return Locale.ES if self.account is None else self.account.locale


def answer_message(sender: str, text: str, message_id: str, services: Services) -> None:
    """Do what a message says, and answer it; nothing for a sender that is no number, or a message that came before."""
    number = incoming_number(sender)
    if number is None:
        return
    message_hash = services.cipher.keyed_hash(Purpose.ATTEMPT, f"incoming {message_id}")
    command = read_command(text)
    account = services.read(partial(_account, number=number, services=services))
    incoming = Incoming(number, command, account)
    applying = judged(account, command.numbers[0], services) if account and command.ask is Ask.APPLY else None

    def work(connection: Connection) -> None:
        if is_first_time(connection, message_hash, services.now()):
            _answer(connection, incoming, applying, services)

    services.write(work)


def _account(connection: Connection, number: str, services: Services) -> Account | None:
    account_id = find_phone_account(connection, services.cipher, number)
    return None if account_id is None else get_account(connection, account_id)


def _answer(connection: Connection, incoming: Incoming, applying: Applying | None, services: Services) -> None:
    if incoming.command.ask is Ask.STOP:  # whoever it is, and however often they wrote today
        _stop(connection, incoming, services)
    elif incoming.command.ask is not Ask.START and is_stopped(connection, services.cipher, incoming.number):
        return  # nothing is done of which they would not be told
    elif _counts(connection, ANSWERED, incoming, services):
        _send(connection, incoming, _texts(connection, incoming, applying, services), services)


def _stop(connection: Connection, incoming: Incoming, services: Services) -> None:
    if stop_messages(connection, services.cipher, incoming.number, services.now()):
        drop_messages(connection, services.cipher, [incoming.number])
        _send(connection, incoming, [said("stopped", incoming.locale)], services, after_stop=True)
        _audit(connection, incoming, AuditAction.ACCOUNT_MESSAGES_STOPPED, services)


def _texts(connection: Connection, incoming: Incoming, applying: Applying | None, services: Services) -> Sequence[str]:
    """What is answered to all that stops nothing; nothing to a number that wants no messages, but that they begin."""
    command, account, locale = incoming.command, incoming.account, incoming.locale
    if command.ask is Ask.START:
        return [_resumed(connection, incoming, services)]
    if command.ask is Ask.MAY_STOP:
        return [said("ask_stop", locale)]
    if account is None or command.ask in (Ask.HELP, Ask.UNREAD):
        # Only what was asked for is said more than once a day.
        is_said = command.ask is Ask.HELP or _counts(connection, HELPED, incoming, services)
        return [said("help_nobody" if account is None else "help", locale)] if is_said else []
    if account.status is not AccountStatus.ACTIVE:
        return [said("suspended", locale)]
    return _of_jobs(connection, incoming, account, applying, services)


def _resumed(connection: Connection, incoming: Incoming, services: Services) -> str:
    if resume_messages(connection, services.cipher, incoming.number):
        _audit(connection, incoming, AuditAction.ACCOUNT_MESSAGES_RESUMED, services)
    return said("resumed", incoming.locale)


def _of_jobs(
    connection: Connection, incoming: Incoming, account: Account, applying: Applying | None, services: Services
) -> Sequence[str]:
    """What is answered to numbers, with a word for applying or without."""
    command, locale = incoming.command, incoming.locale
    told = numbered_jobs(connection, account.account_id)
    if not told:
        return [said("none_told", locale)]
    if command.ask is Ask.MAY_APPLY:
        return [_asked_back(command.numbers, told, locale)]
    there = {number: told[number] for number in command.numbers if number in told}
    if not there:
        return [said("no_such", locale, numbers=listed(_last(told), locale))]
    if applying is not None:
        return [applied_by_message(connection, account, applying, services)]
    return _shown(connection, there, locale, services)


def _shown(connection: Connection, asked: Mapping[int, str], locale: Locale, services: Services) -> Sequence[str]:
    """Each job in two messages; in one where it is open no more."""
    texts: list[str] = []
    for number, job_id in asked.items():
        job = open_job_of(connection, job_id, services.now())
        gone = [said("gone", locale, number=str(number))]
        texts += gone if job is None else job_texts(number, job, locale)
    return texts


def _asked_back(numbers: Sequence[int], told: Mapping[int, str], locale: Locale) -> str:
    """What would be applied for, if that was meant."""
    there = [number for number in numbers if number in told]
    if len(there) == 1:
        return said("ask_apply", locale, number=str(there[0]))
    return said("ask_which", locale, numbers=listed(_last(told), locale), number=str(_last(told)[0]))


def _last(told: Mapping[int, str]) -> Sequence[int]:
    """The numbers of the last message."""
    return list(told)[-MOST_JOBS:]


def _send(
    connection: Connection,
    incoming: Incoming,
    texts: Sequence[str],
    services: Services,
    *,
    after_stop: bool = False,
) -> None:
    at = SendingTime(services.now(), HOLDS)
    for text in texts:
        post_message(connection, services.cipher, PhoneMessage(incoming.number, text), at, after_stop=after_stop)


def _counts(connection: Connection, limit: Limit, incoming: Incoming, services: Services) -> bool:
    hashed = services.cipher.keyed_hash(Purpose.ATTEMPT, incoming.number)
    return count_attempt(connection, limit, hashed, services.now())


def _audit(connection: Connection, incoming: Incoming, action: AuditAction, services: Services) -> None:
    if incoming.account is not None:
        audit_of_account(connection, action, incoming.account.account_id, services, by="sms")
