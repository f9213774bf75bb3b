"""What trying rules came to, as an analyst reads it: plots of who would pass, a table, and the same as a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from api.programmes.groups import GROUPS, group_words
from api.programmes.simulating import SimulatedGroup, Simulation
from api.web.translations import marked
from engine.explain import Locale
from store.analytics.report.labels import number_text, share_text
from store.analytics.report.page import Part, drawn
from store.analytics.report.plots import Interval, interval_plot
from store.analytics.report.section_plots import percent_text
from store.analytics.report.sheet import file_of, with_unit
from store.analytics.report.texts import localised
from store.programmes.simulation import GroupKind

# A column's name, and what it has of a group.
COUNTS: tuple[tuple[str, Callable[[SimulatedGroup], int | None]], ...] = (
    (marked("Personas"), lambda one: one.people),
    (marked("Pasarían"), lambda one: one.eligible),
    (marked("No pasarían"), lambda one: one.not_eligible),
    (marked("Falta saber"), lambda one: one.undecided),
    (marked("Pasan con las de hoy"), lambda one: one.eligible_in_force),
)
SHARES: tuple[tuple[str, Callable[[SimulatedGroup], float | None]], ...] = (
    (marked("Parte que pasaría"), lambda one: one.pass_rate),
    (marked("Parte que pasaría, desde"), lambda one: one.low),
    (marked("Parte que pasaría, hasta"), lambda one: one.high),
)
PEOPLE, PERCENT = marked("personas"), marked("en porcentaje")
PLOTS = {
    GroupKind.REGION: marked("Parte que pasaría, según la región"),
    GroupKind.DEVICE: marked("Parte que pasaría, según el equipo"),
    GroupKind.LANGUAGE: marked("Parte que pasaría, según la lengua materna"),
    GroupKind.AGE: marked("Parte que pasaría, según la edad"),
}


@dataclass(frozen=True, slots=True)
class TriedRules:
    """A simulation in words of a language."""

    simulation: Simulation
    locale: Locale
    words: Callable[[str], str]

    def plots(self) -> list[Part]:
        """The share of each group that would pass, with its interval, beside that of all."""
        overall = self.simulation.groups[0].pass_rate
        found = []
        for kind, title in PLOTS.items():
            groups = [one for one in self.simulation.groups if one.kind is kind]
            if any(one.pass_rate is not None for one in groups):
                rows = [self._interval(one) for one in groups]
                found.append(drawn(interval_plot(kind.value, self.words(title), rows, percent_text, overall)))
        return found

    def heads(self) -> list[tuple[str, str]]:
        """The name of each column and its unit."""
        counts = [(self.words(name), self.words(PEOPLE) if place else "") for place, (name, _) in enumerate(COUNTS)]
        return [(self.words(marked("Grupo")), ""), *counts, (self.words(SHARES[0][0]), self.words(PERCENT))]

    def rows(self) -> list[list[str]]:
        """Each group with its counts, and its share with the interval."""
        return [[self._name(one), *self._counts(one), self._share(one)] for one in self.simulation.groups]

    def file(self) -> bytes:
        """The same for spreadsheets: the ends of intervals in columns of their own."""
        named = self.heads()[:-1]
        shares = [(self.words(name), self.words(PERCENT)) for name, _ in SHARES]
        lines: list[list[object]] = [[with_unit(*head) for head in [*named, *shares]]]
        for one in self.simulation.groups:
            counts = [of(one) for _, of in COUNTS]
            percents = [None if (share := of(one)) is None else round(100 * share, 1) for _, of in SHARES]
            lines.append([self._name(one), *(self._hidden if each is None else each for each in (*counts, *percents))])
        return file_of(lines)

    def _interval(self, one: SimulatedGroup) -> Interval:
        shown = self._hidden if one.pass_rate is None else share_text(one.pass_rate, self.locale)
        group = group_words(one.kind, one.group, self.locale, self.words)
        return Interval(group, one.pass_rate, one.low, one.high, shown)

    def _name(self, one: SimulatedGroup) -> str:
        kind = self.words(GROUPS[one.kind])
        if one.kind is GroupKind.ALL:
            return kind
        return f"{kind}: {group_words(one.kind, one.group, self.locale, self.words)}"

    def _counts(self, one: SimulatedGroup) -> list[str]:
        counted = [of(one) for _, of in COUNTS]
        return [self._hidden if each is None else number_text(each) for each in counted]

    def _share(self, one: SimulatedGroup) -> str:
        if one.pass_rate is None or one.low is None or one.high is None:
            return self._hidden
        low, high = share_text(one.low, self.locale), share_text(one.high, self.locale)
        return f"{share_text(one.pass_rate, self.locale)} ({low} – {high})"

    @property
    def _hidden(self) -> str:
        return localised("hidden", self.locale)
