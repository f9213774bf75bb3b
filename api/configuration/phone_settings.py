"""What an operator may set of messages to phones: gateways, and what they may cost."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

import orjson
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_COUNTRIES = re.compile(r"[A-Z]{2}(,[A-Z]{2}){0,49}")
_STATUSES = re.compile(r"[1-5][0-9]{2}(,[1-5][0-9]{2}){0,9}")
_HEADER = re.compile(r"[A-Za-z0-9-]{1,60}: ?[\x21-\x7e][\x20-\x7e]{0,999}")


class PhoneSettings(BaseSettings):
    """A part of `Settings`."""

    model_config = SettingsConfigDict(env_prefix="CHAMBA_", frozen=True, hide_input_in_errors=True)

    sms_url: SecretStr = Field(
        SecretStr(""),
        description="where SMS are handed over: http://127.0.0.1:13013/cgi-bin/sendsms; empty: they are files in "
        "data_dir/outbox",
    )
    sms_gateway: Literal["kannel", "http"] = Field("kannel", description="Kannel's smsbox, or any gateway by HTTP")
    sms_user: str = Field("", description="username of Kannel's sendsms-user")
    sms_password: SecretStr = Field(SecretStr(""), description="its password")
    sms_sender: str = Field("", max_length=20, description="the number or name that SMS are from")
    sms_body: Literal["json", "form", "query"] = Field(
        "json", description="how another gateway is sent its parameters: query asks by GET, the others by POST"
    )
    sms_parameters: str = Field(
        '{"to": "{recipient}", "from": "{sender}", "text": "{text}"}',
        description="those parameters, as JSON; {recipient}, {digits}, {text}, {sender}, {id} and {coding} are filled",
    )
    sms_header: SecretStr = Field(SecretStr(""), description="a header with its secret: Authorization: Bearer abc")
    sms_accepted_statuses: str = Field("200,201,202", description="by which statuses that gateway takes a message")
    sms_accepted_text: str = Field("", description="what its answer has to say as well")
    sms_most_parts: int = Field(2, ge=1, le=6, description="parts that one SMS may cost; longer ones are cut")
    sms_countries: str = Field("PE", description="countries whose mobile numbers codes are sent to, with commas")
    sms_codes_per_day: int = Field(2_000, ge=1, description="codes by SMS a day in all; then 429 until the next")
    whatsapp_url: SecretStr = Field(
        SecretStr(""),
        description="WhatsApp's Cloud API: https://graph.facebook.com/v23.0/NUMBER_ID/messages; empty: files",
    )
    whatsapp_token: SecretStr = Field(SecretStr(""), description="its access token")
    whatsapp_template: str = Field(
        "", max_length=512, description="a template with the text as its one parameter; empty: texts alone"
    )
    whatsapp_language: str = Field("es", max_length=20, description="the language of that template")
    incoming_secret: SecretStr = Field(
        SecretStr(""), description="what gateways show at /v1/messages/incoming; empty: nothing comes in"
    )

    @field_validator("sms_url", "whatsapp_url")
    @classmethod
    def _is_a_gateway(cls, stated: SecretStr) -> SecretStr:
        if stated.get_secret_value() and not _is_gateway(stated.get_secret_value()):
            raise ValueError("expected https://…, or http:// of this machine or a private network")
        return stated

    @field_validator("sms_parameters")
    @classmethod
    def _are_parameters(cls, stated: str) -> str:
        try:
            document = orjson.loads(stated)
        except ValueError:
            document = None
        if not isinstance(document, dict) or "{text}" not in stated:
            raise ValueError('expected a JSON object such as {"to": "{recipient}", "text": "{text}"}')
        return stated

    @field_validator("sms_header")
    @classmethod
    def _is_a_header(cls, stated: SecretStr) -> SecretStr:
        if stated.get_secret_value() and not _HEADER.fullmatch(stated.get_secret_value()):
            raise ValueError("expected one header such as Authorization: Bearer abc")
        return stated

    @field_validator("sms_accepted_statuses")
    @classmethod
    def _are_statuses(cls, stated: str) -> str:
        if not _STATUSES.fullmatch(stated):
            raise ValueError("expected statuses with commas, such as 200,202")
        return stated

    @field_validator("sms_countries")
    @classmethod
    def _are_countries(cls, stated: str) -> str:
        if not _COUNTRIES.fullmatch(stated):
            raise ValueError("expected ISO 3166-1 codes with commas, such as PE,BO")
        return stated

    @field_validator("incoming_secret")
    @classmethod
    def _is_long(cls, stated: SecretStr) -> SecretStr:
        if 0 < len(stated.get_secret_value()) < 16:
            raise ValueError("expected at least 16 characters")
        return stated

    @property
    def accepted_statuses(self) -> frozenset[int]:
        """The statuses of `sms_accepted_statuses`."""
        return frozenset(map(int, self.sms_accepted_statuses.split(",")))

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries of `sms_countries`."""
        return tuple(self.sms_countries.split(","))


def _is_gateway(stated: str) -> bool:
    """Whether an address is https, or http where nobody else listens: this machine, a private network, a bare name."""
    try:
        url = urlsplit(stated)
        host, is_whole = url.hostname or "", url.port is None or url.port > 0
    except ValueError:
        return False
    if not host or not is_whole or "@" in url.netloc or not stated.isascii() or not stated.isprintable():
        return False
    if url.scheme == "https":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return url.scheme == "http" and "." not in host
    return url.scheme == "http" and (address.is_loopback or address.is_private)
