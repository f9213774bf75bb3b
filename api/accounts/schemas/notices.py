"""Which notices somebody gets, and by what."""

from __future__ import annotations

from enum import StrEnum

from pydantic import ConfigDict, Field, JsonValue

from api.schemas.fields import Document, Flag
from store.notices.choices import Choice, NoticeWay
from store.notices.texts import NoticeGroup

_ALWAYS: dict[str, JsonValue] = {
    "group": "service",
    "text": "Códigos, seguridad de tu cuenta, decisiones y respuestas a tus pedidos.",
    "is_wanted": True,
    "by": "mail",
    "may_be_changed": False,
}
_ALERTS: dict[str, JsonValue] = {
    "group": "alerts",
    "text": "Trabajos nuevos para tus búsquedas guardadas",
    "is_wanted": False,
    "by": "none",
    "may_be_changed": True,
}


class NoticeBy(StrEnum):
    """What somebody gets a group of notices by; none: they read of it at Chamba alone."""

    MAIL = "mail"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    NONE = "none"


class NoticeChoice(Document):
    """One group of notices; those of `service` are always sent, as the law or the person's safety asks for them."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ALERTS]})

    group: NoticeGroup
    text: str
    is_wanted: bool
    by: NoticeBy = Field(description="what was chosen, else what there is: mail, or SMS for who has a number alone")
    may_be_changed: bool


class NoticeChoices(Document):
    """Every group of notices."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [_ALWAYS, _ALERTS]}]})

    items: list[NoticeChoice]


class NoticeWays(Document):
    """What each group comes by; SMS and WhatsApp go to the number that one logs in by."""

    applications: NoticeBy | None = None
    messages: NoticeBy | None = None
    new_applications: NoticeBy | None = None
    jobs: NoticeBy | None = None
    alerts: NoticeBy | None = None


class NoticeChoicesRequest(Document):
    """True for what is wanted, false for what is not; what is left out stays as it is. `by` says what it comes by."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"alerts": False, "messages": True}, {"by": {"alerts": "sms"}}]}
    )

    applications: Flag | None = None
    messages: Flag | None = None
    new_applications: Flag | None = None
    jobs: Flag | None = None
    alerts: Flag | None = None
    by: NoticeWays | None = None

    def chosen(self) -> dict[NoticeGroup, Choice]:
        """What is said."""
        flags = {name: Choice(value) for name, value in self if name != "by" and value is not None}
        ways = {} if self.by is None else {name: _choice(way) for name, way in self.by if way is not None}
        return {NoticeGroup(name): choice for name, choice in (flags | ways).items()}


def _choice(by: NoticeBy) -> Choice:
    return Choice(is_wanted=False) if by is NoticeBy.NONE else Choice(way=NoticeWay(by.value))
