"""The app as its other tests open it, for the record of what it did."""

from __future__ import annotations

from tests.api.conftest import evening_designer, open_app, sign_in

__all__ = ["evening_designer", "open_app", "sign_in"]
