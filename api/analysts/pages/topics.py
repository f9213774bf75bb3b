"""The questions as pages tell them: an address, a title, and what each answers in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from api.http.problems import ProblemError, ProblemKind
from api.web.translations import marked
from engine.explain import Locale
from store.analytics.report import section_plots, usage_plots
from store.analytics.report.page import Part
from store.analytics.tables import Question, Table

Draw = Callable[[Table, Locale], list[Part]]


@dataclass(frozen=True, slots=True)
class Topic:
    """A question on a page of its own.

    `drawn`: the question whose table the plots are of; `split_by`: a column of the table that one value may be chosen
    of; `is_searched`: its rows are many, and are found by words.
    """

    question: Question
    title: str
    about: str
    draw: Draw
    drawn: Question
    split_by: str = ""
    is_searched: bool = False
    has_period: bool = True


TOPICS: dict[str, Topic] = {
    "embudo": Topic(
        Question.FUNNEL,
        marked("De lo mostrado a la contratación"),
        marked("De los empleos que se ponen ante las personas, cuántos llegan al clic, a postular y a contratar."),
        section_plots.funnel_plots,
        Question.FUNNEL,
    ),
    "uso": Topic(
        Question.USAGE,
        marked("Uso: personas, búsquedas y lo que sale de ellas"),
        marked("Cuánta gente entra, busca, no encuentra nada, postula y consigue trabajo, por semana y por día."),
        usage_plots.usage_plots,
        Question.USAGE,
        split_by="every",
    ),
    "postulaciones": Topic(
        Question.MATCH_SUCCESS,
        marked("Qué pasa con las postulaciones"),
        marked("Cuántas terminan en contratación, según el lugar del empleo, el país, el idioma y las horas libres."),
        section_plots.matching_plots,
        Question.MATCH_SUCCESS,
        split_by="dimension",
    ),
    "tiempo": Topic(
        Question.TIME_TO_PLACEMENT,
        marked("Tiempo hasta el trabajo"),
        marked("A los cuántos días consigue trabajo un cuarto, la mitad y tres cuartos de las personas."),
        section_plots.time_plots,
        Question.TIME_TO_PLACEMENT_CURVE,
    ),
    "curva-de-tiempo": Topic(
        Question.TIME_TO_PLACEMENT_CURVE,
        marked("Quiénes todavía buscan"),
        marked("Qué parte de las personas sigue buscando según pasan los días, punto por punto."),
        section_plots.time_plots,
        Question.TIME_TO_PLACEMENT_CURVE,
        split_by="origin",
    ),
    "reparto": Topic(
        Question.EXPOSURE,
        marked("A quién se muestra y cuánto se amontona"),
        marked("Cómo se reparten las recomendaciones entre empleos y empleadores, y cuánta gente compite por vacante."),
        section_plots.exposure_plots,
        Question.EXPOSURE_CURVE,
    ),
    "curva-de-reparto": Topic(
        Question.EXPOSURE_CURVE,
        marked("La curva del reparto"),
        marked("Qué parte de todo lo mostrado se llevan los empleos y empleadores menos mostrados, punto por punto."),
        section_plots.exposure_plots,
        Question.EXPOSURE_CURVE,
        split_by="subject",
    ),
    "habilidades": Topic(
        Question.SKILLS,
        marked("Habilidades que sobran y que faltan"),
        marked("Cuántas personas tienen cada habilidad y cuántos empleos abiertos la piden."),
        section_plots.skill_plots,
        Question.SKILLS,
        is_searched=True,
        has_period=False,
    ),
    "horas": Topic(
        Question.HOURS,
        marked("Horas libres y horas de trabajo"),
        marked("En cada hora de la semana, cuánta gente está libre y cuántos empleos abiertos necesitan a alguien."),
        section_plots.hours_plots,
        Question.HOURS,
        split_by="day",
        has_period=False,
    ),
    "que-se-abriria": Topic(
        Question.FREED_HOURS,
        marked("Qué se abriría con otras horas"),
        marked("Cuántos empleos se abrirían si la gente liberara otras horas o si los empleadores movieran las suyas."),
        section_plots.freed_hours_plots,
        Question.FREED_HOURS,
        split_by="window",
        has_period=False,
    ),
}


def topic_of(name: str) -> Topic:
    """The topic of an address; raises the 404 problem."""
    found = TOPICS.get(name)
    if found is None:
        raise ProblemError(ProblemKind.NOT_FOUND, "no such question")
    return found
