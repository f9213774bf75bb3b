"""Templates: words are those of the page's language, wherever in a template they stand."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from api.web.templating import templates
from api.web.translations import Language


@pytest.fixture
def english() -> Environment:
    """The templates of English pages."""
    return templates(Language.EN)


@pytest.mark.parametrize(
    ("template", "made"),
    [
        ('{{ _("Guardar") }}', "Save"),
        ('{{ _("Guardar") ~ " (" ~ _("Guardar") ~ ")" }}', "Save (Save)"),
        ('{{ [_("Guardar"), (_("Guardar"))] | join(", ") }}', "Save, Save"),
        ('{% set words = _("Guardar") %}<i title="{{ words }}">{{ words }}</i>', '<i title="Save">Save</i>'),
        ('{{ _("hace %(days)s días", days=3) }}', "3 days ago"),
        ('{{ _("hace %(days)s días", days="<b>") }}', "&lt;b&gt; days ago"),
        ('{% set saved = "Guardar" %}{{ _(saved) }}', "Save"),
        ('{{ _("Nadie dice esto <b>") }}', "Nadie dice esto &lt;b&gt;"),
    ],
)
def test_words_are_those_of_the_language(english: Environment, template: str, made: str) -> None:
    assert english.from_string(template).render() == made


def test_words_that_are_known_beforehand_are_looked_for_once(
    english: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = english.from_string('{% for _name in names %}{{ _("Guardar") }} {% endfor %}')
    monkeypatch.setitem(english.globals, "gettext", None)
    assert page.render(names=[1, 2, 3]) == "Save Save Save "
