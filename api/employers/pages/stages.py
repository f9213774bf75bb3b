"""The words of stages and of how well somebody fits, as the pages of applications say them."""

from __future__ import annotations

from api.web.translations import marked
from store.hiring.applications import Stage

# Those that a board has a column for, in order.
COLUMNS = (Stage.RECEIVED, Stage.SHORTLISTED, Stage.INTERVIEW, Stage.OFFER, Stage.HIRED)
STAGES = {
    Stage.RECEIVED: marked("Nuevas"),
    Stage.SHORTLISTED: marked("En carrera"),
    Stage.INTERVIEW: marked("Entrevista"),
    Stage.OFFER: marked("Oferta"),
    Stage.HIRED: marked("Contrataciones"),
    Stage.DECLINED: marked("No siguen"),
    Stage.WITHDRAWN: marked("Se retiraron"),
}
# Of one application: where it is, and what happened to it.
STATES = {
    Stage.RECEIVED: marked("Nueva"),
    Stage.SHORTLISTED: marked("En carrera"),
    Stage.INTERVIEW: marked("En entrevistas"),
    Stage.OFFER: marked("Con una oferta"),
    Stage.HIRED: marked("Contratación hecha"),
    Stage.DECLINED: marked("No sigue"),
    Stage.WITHDRAWN: marked("Se retiró"),
}
EVENTS = {
    Stage.RECEIVED: marked("Postuló"),
    Stage.SHORTLISTED: marked("Pasó a la siguiente ronda"),
    Stage.INTERVIEW: marked("Invitación a una entrevista"),
    Stage.OFFER: marked("Recibió una oferta"),
    Stage.HIRED: marked("Contratación hecha"),
    Stage.DECLINED: marked("No siguió"),
    Stage.WITHDRAWN: marked("Se retiró"),
}
# What is done to bring an application there.
STEPS = {
    Stage.SHORTLISTED: marked("Pasar a la siguiente ronda"),
    Stage.INTERVIEW: marked("Invitar a una entrevista"),
    Stage.OFFER: marked("Hacerle una oferta"),
    Stage.HIRED: marked("Contratar"),
    Stage.DECLINED: marked("Decirle que no sigue"),
}
STAGE_NAMES = {stage.value: words for stage, words in STAGES.items()}
STATE_NAMES = {stage.value: words for stage, words in STATES.items()}
EVENT_NAMES = {stage.value: words for stage, words in EVENTS.items()}
STEP_NAMES = {stage.value: words for stage, words in STEPS.items()}
FITS = (
    (0.75, marked("Encaja muy bien")),
    (0.5, marked("Encaja bien")),
    (0.25, marked("Encaja en parte")),
    (0.0, marked("Encaja poco")),
)


def fit_words(score: float | None) -> str:
    """How well somebody fits, in words; nothing where nothing judged it."""
    if score is None:
        return ""
    return next((words for least, words in FITS if score >= least), FITS[-1][1])
