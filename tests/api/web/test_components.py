"""`/diseño` is there for who develops, and for nobody else."""

from __future__ import annotations

from fastapi.testclient import TestClient

from api.web.components import tokens
from api.web.static_files import static_files
from tests.api.conftest import OpenApp
from tests.api.web.browser import Reader


def test_components_are_shown_in_development_only(client: TestClient, open_app: OpenApp) -> None:
    assert Reader(client).opens("/diseño").status_code == 404
    reader = Reader(open_app(development_pages=True))
    assert reader.opens("/diseño").status_code == 200
    assert "brand" in reader.words


def test_the_style_has_no_colour_but_its_tokens() -> None:
    style = static_files()["chamba.css"].content.decode()
    rules = style.partition("}")[2]
    assert len(tokens()) > 15
    assert "#" not in rules
    assert "rgb" not in rules
