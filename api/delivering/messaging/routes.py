"""Which gateway a message goes by, as the settings say; where none is set, into the outbox."""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from api.configuration.settings import Settings
from api.delivering.messaging.gateways import (
    Gateway,
    HttpGateway,
    KannelGateway,
    MessageOutbox,
    WhatsAppGateway,
)
from store.people.phone_messages import PhoneWay


def gateways_of(settings: Settings) -> Mapping[PhoneWay, Gateway]:
    """The way out of each kind of message."""
    outbox = MessageOutbox(settings.data_dir / "outbox", settings.sms_most_parts)
    whatsapp_url = settings.whatsapp_url.get_secret_value()
    whatsapp = whatsapp_url and WhatsAppGateway(
        whatsapp_url,
        settings.whatsapp_token.get_secret_value(),
        settings.whatsapp_template,
        settings.whatsapp_language,
    )
    return {PhoneWay.SMS: _sms(settings) or outbox, PhoneWay.WHATSAPP: whatsapp or outbox}


def _sms(settings: Settings) -> Gateway | None:
    url = settings.sms_url.get_secret_value()
    if not url:
        return None
    if settings.sms_gateway == "kannel":
        password = settings.sms_password.get_secret_value()
        return KannelGateway(url, settings.sms_user, password, settings.sms_sender, settings.sms_most_parts)
    name, _, value = settings.sms_header.get_secret_value().partition(":")
    return HttpGateway(
        "GET" if settings.sms_body == "query" else "POST",
        url,
        settings.sms_body,
        orjson.loads(settings.sms_parameters),
        {name.strip(): value.strip()} if name else {},
        settings.sms_sender,
        settings.accepted_statuses,
        settings.sms_accepted_text,
        settings.sms_most_parts,
    )
