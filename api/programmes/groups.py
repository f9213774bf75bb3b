"""What the groups that rules are tried over are called on pages."""

from __future__ import annotations

from collections.abc import Callable

from api.web.translations import marked
from engine.explain import Locale
from engine.reason_texts import LANGUAGE_NAMES
from store.analytics.small_groups import OTHER, UNKNOWN
from store.programmes.simulation import GroupKind

GROUPS = {
    GroupKind.ALL: marked("Todas las personas"),
    GroupKind.REGION: marked("Región"),
    GroupKind.DEVICE: marked("Equipo"),
    GroupKind.LANGUAGE: marked("Lengua materna"),
    GroupKind.AGE: marked("Edad"),
}
# Of those who are in a group, and of those of whom nothing is known, or who are too few.
DEVICES = {"phone": marked("celular"), "tablet": marked("tableta"), "computer": marked("computadora")}
NO_GROUP = {OTHER: marked("otros"), UNKNOWN: marked("no se sabe")}


def group_words(kind: GroupKind, group: str, locale: Locale, words: Callable[[str], str]) -> str:
    """What a group is called, a region and an age as they are; `words` has them in the language of the page."""
    if group in NO_GROUP:
        return words(NO_GROUP[group])
    if kind is GroupKind.DEVICE:
        return words(DEVICES.get(group, group))
    return LANGUAGE_NAMES[locale].get(group, group) if kind is GroupKind.LANGUAGE else group
