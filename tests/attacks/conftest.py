"""The app as its other tests open it, for whoever attacks it."""

from __future__ import annotations

from tests.api.conftest import mails, open_app, other_partner, real, served, sign_in

__all__ = ["mails", "open_app", "other_partner", "real", "served", "sign_in"]
