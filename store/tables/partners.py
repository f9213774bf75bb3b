"""Partner apps: their keys, what they used of their quota, and the webhooks that tell them what happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class PartnerRow(Base):
    """An app that asks for its own users; `status` is active or suspended."""

    __tablename__ = "partners"

    partner_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    status: Mapped[str]
    contact_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    requests_per_day: Mapped[int] = mapped_column(Integer)
    requests_per_minute: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class ApiKeyRow(Base):
    """A key by the SHA-256 of its secret; `scopes` says what it opens."""

    __tablename__ = "api_keys"
    __table_args__ = (Index("ix_api_keys_partner_id", "partner_id"),)

    key_id: Mapped[str] = mapped_column(primary_key=True)
    partner_id: Mapped[str] = mapped_column(ForeignKey("partners.partner_id", ondelete="CASCADE"))
    secret_hash: Mapped[str] = mapped_column(String(64))
    scopes: Mapped[list[str]]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class PartnerUsageRow(Base):
    """How many requests a partner made in a minute or a day: `period` is its beginning, `2026-11-25T19:05`."""

    __tablename__ = "partner_usage"

    partner_id: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(String(16), primary_key=True)
    request_count: Mapped[int] = mapped_column(Integer)


class PartnerAnswersRow(Base):
    """How many answers a partner got in a day (UTC) by the class of their status: 2 for 200 to 299, and so on."""

    __tablename__ = "partner_answers"

    partner_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    status_class: Mapped[int] = mapped_column(Integer, primary_key=True)
    answer_count: Mapped[int] = mapped_column(Integer)


class PartnerDeveloperRow(Base):
    """An account that acts for a partner on the pages of developers; one acts for one."""

    __tablename__ = "partner_developers"
    __table_args__ = (Index("ix_partner_developers_partner_id", "partner_id"),)

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.account_id", ondelete="CASCADE"), primary_key=True)
    partner_id: Mapped[str] = mapped_column(ForeignKey("partners.partner_id", ondelete="CASCADE"))
    added_at: Mapped[datetime]


class WebhookRow(Base):
    """An address that is told of some kinds of events, signed with its secret."""

    __tablename__ = "webhooks"
    __table_args__ = (Index("ix_webhooks_partner_id", "partner_id"),)

    webhook_id: Mapped[str] = mapped_column(primary_key=True)
    partner_id: Mapped[str] = mapped_column(ForeignKey("partners.partner_id", ondelete="CASCADE"))
    url: Mapped[str]
    secret_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    kinds: Mapped[list[str]]
    is_active: Mapped[bool]
    created_at: Mapped[datetime]


class WebhookDeliveryRow(Base):
    """One event for one webhook until it is delivered or given up; `state` is waiting, delivered or failed."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        Index("ix_webhook_deliveries_state_next_attempt_at", "state", "next_attempt_at"),
        Index("ix_webhook_deliveries_webhook_id", "webhook_id"),
    )

    delivery_id: Mapped[str] = mapped_column(primary_key=True)
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhooks.webhook_id", ondelete="CASCADE"))
    kind: Mapped[str]
    body: Mapped[dict[str, Any]]
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(Integer)
    next_attempt_at: Mapped[datetime]
    last_status: Mapped[int | None] = mapped_column(Integer)
    created_at: Mapped[datetime]
