"""Who has a number and no address is told by message what is short and matters, by day, and by what way they chose."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from store.database import writing
from store.encryption.field_cipher import FieldCipher
from store.notices.choices import Choice, NoticeWay, write_ways
from store.notices.posting import Post, post_notice
from store.notices.texts import ByPhone, NoticeGroup, notice_texts
from store.notices.writing import Notice, Site
from store.people.accounts import NewAccount, Role, create_account, write_email
from store.people.mail import take_mails
from store.people.phone_messages import MESSAGES, PhoneWay, take_messages
from store.people.phones import stop_messages, write_phone

DAY, NIGHT = datetime(2027, 3, 1, 15, tzinfo=UTC), datetime(2027, 3, 2, 4, tzinfo=UTC)  # 10:00 and 23:00 in Lima
NUMBER = "+51987654321"
OF_JOB, IDS = {"job": "Cajera", "employer": "Bodega Illari", "reason": None}, {"application_id": "a1"}
STEP = Notice("step_interview", OF_JOB, {"with_message": None}, IDS)
RECEIPT = Notice("application_received", OF_JOB, ids=IDS)


class Rosa:
    """Somebody whose account has a number alone, and what she is told."""

    def __init__(self, database: Engine, cipher: FieldCipher) -> None:
        self.database, self.cipher = database, cipher
        with writing(database).begin() as connection:
            new = NewAccount(None, "hash", frozenset({Role.SEEKER}))
            self.account_id = create_account(connection, cipher, new, DAY)
            write_phone(connection, cipher, self.account_id, NUMBER, DAY)

    def told(self, notice: Notice, now: datetime = DAY) -> bool:
        with writing(self.database).begin() as connection:
            return post_notice(Post(connection, self.cipher, Site(), now), self.account_id, notice)

    def chooses(self, choice: Choice) -> None:
        with writing(self.database).begin() as connection:
            write_ways(connection, self.account_id, {NoticeGroup.APPLICATIONS: choice}, DAY)

    def gets(self, now: datetime = DAY) -> list[tuple[PhoneWay, str]]:
        with writing(self.database).begin() as connection:
            taken = take_messages(connection, self.cipher, now, 10)
            connection.execute(MESSAGES.delete().where(MESSAGES.c.message_id.in_([one.message_id for one in taken])))
        return [(one.message.way, one.message.text) for one in taken]


@pytest.fixture
def rosa(database: Engine, cipher: FieldCipher) -> Rosa:
    return Rosa(database, cipher)


def test_a_step_is_told_by_sms_and_a_receipt_is_read_at_chamba(rosa: Rosa) -> None:
    assert rosa.told(STEP)
    assert not rosa.told(RECEIPT)
    ((way, text),) = rosa.gets()
    assert (way, text.startswith("Chamba: "), "Cajera" in text) == (PhoneWay.SMS, True, True)


def test_at_night_nothing_comes_but_what_is_about_their_safety(rosa: Rosa) -> None:
    rosa.told(STEP, NIGHT)
    rosa.told(Notice("new_log_in", {"device": "Chrome"}), NIGHT)
    ((_, text),) = rosa.gets(NIGHT)
    assert "aparato nuevo" in text
    assert rosa.gets(datetime(2027, 3, 2, 11, 59, tzinfo=UTC)) == []
    assert len(rosa.gets(datetime(2027, 3, 2, 12, 0, tzinfo=UTC))) == 1, "seven in the morning"


def test_what_was_chosen_is_what_it_comes_by(rosa: Rosa) -> None:
    rosa.chooses(Choice(is_wanted=False))
    assert not rosa.told(STEP)
    rosa.chooses(Choice(way=NoticeWay.WHATSAPP))
    rosa.told(RECEIPT)
    ((way, _),) = rosa.gets()
    assert way is PhoneWay.WHATSAPP
    rosa.chooses(Choice(way=NoticeWay.MAIL))
    rosa.told(STEP)
    assert [way for way, _ in rosa.gets()] == [PhoneWay.SMS], "there is no address"
    with writing(rosa.database).begin() as connection:
        write_email(connection, rosa.cipher, rosa.account_id, "rosa@correo.pe", DAY)
    rosa.told(STEP)
    assert rosa.gets() == []
    with writing(rosa.database).begin() as connection:
        (mail,) = take_mails(connection, rosa.cipher, DAY, 10)
    assert mail.mail.recipient == "rosa@correo.pe"


def test_who_stopped_messages_is_told_by_mail_or_not_at_all(rosa: Rosa) -> None:
    with writing(rosa.database).begin() as connection:
        stop_messages(connection, rosa.cipher, NUMBER, DAY)
    assert not rosa.told(STEP)
    assert not rosa.told(Notice("new_log_in", {"device": "Chrome"}))
    rosa.chooses(Choice(way=NoticeWay.SMS))
    with writing(rosa.database).begin() as connection:
        write_email(connection, rosa.cipher, rosa.account_id, "rosa@correo.pe", DAY)
    assert rosa.told(STEP)
    with writing(rosa.database).begin() as connection:
        assert connection.execute(select(MESSAGES)).all() == []
        assert len(take_mails(connection, rosa.cipher, DAY, 10)) == 1


def test_what_is_told_at_once_is_codes_and_safety_alone() -> None:
    texts = notice_texts()
    at_once = {kind for kind, text in texts.items() if text.by_phone is ByPhone.NOW}
    assert {texts[kind].group for kind in at_once} == {NoticeGroup.SERVICE}
    assert {"sign_up", "new_password", "new_phone", "new_log_in", "password_changed"} <= at_once
    by_day = {kind for kind, text in texts.items() if text.by_phone is ByPhone.BY_DAY}
    assert {"step_offer", "case_decided_answer_stands", "message_to_seeker", "inactive", "job_alerts"} <= by_day
    assert not at_once & by_day


def test_a_message_of_the_morning_is_of_use_as_long_as_one_of_the_day(rosa: Rosa) -> None:
    rosa.told(STEP, NIGHT)
    with rosa.database.connect() as connection:
        row = connection.execute(select(MESSAGES)).one()
    assert row.expires_at - row.next_attempt_at == timedelta(days=3)
