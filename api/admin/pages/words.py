"""What codes are called on administrators' pages."""

from __future__ import annotations

from api.credentials.callers import Scope
from api.hiring.state_texts import Cause
from api.web.translations import marked
from store.hiring.employers import EmployerStatus
from store.people.accounts import AccountStatus, Role
from store.people.cases import CaseKind, CaseState, Decision

KINDS = {
    CaseKind.REPORT: marked("Denuncia de un aviso"),
    CaseKind.POSTING: marked("Aviso publicado aquí"),
    CaseKind.IMPORT: marked("Aviso importado"),
    CaseKind.JOB_APPEAL: marked("Apelación por un aviso"),
    CaseKind.EMPLOYER: marked("Organización por verificar"),
    CaseKind.ORGANISATION_APPEAL: marked("Apelación de una organización"),
    CaseKind.HUMAN_REVIEW: marked("Reclamo por una respuesta"),
    CaseKind.CORRECTION: marked("Corrección de datos"),
    CaseKind.APPEAL: marked("Apelación de una cuenta"),
    CaseKind.ELIGIBILITY: marked("Reclamo por un programa"),
}
DECISIONS = {
    Decision.JOB_SHOWN: marked("Mostrar el aviso"),
    Decision.JOB_TAKEN_DOWN: marked("Retirar el aviso"),
    Decision.JOB_STAYS: marked("Dejar el aviso como está"),
    Decision.JOB_STAYS_DOWN: marked("Dejarlo retirado"),
    Decision.ORGANISATION_VERIFIED: marked("Verificar la organización"),
    Decision.ORGANISATION_REFUSED: marked("No aceptar la organización"),
    Decision.ORGANISATION_RESTORED: marked("Restaurar la organización"),
    Decision.ORGANISATION_STAYS_SUSPENDED: marked("Dejarla suspendida"),
    Decision.ANSWER_CORRECTED: marked("La persona tiene razón"),
    Decision.ANSWER_STANDS: marked("La respuesta era correcta"),
    Decision.DATA_CORRECTED: marked("Los datos se corrigieron"),
    Decision.DATA_STAYS: marked("Los datos quedan como están"),
    Decision.ACCOUNT_RESTORED: marked("Restaurar la cuenta"),
    Decision.ACCOUNT_STAYS_SUSPENDED: marked("Dejar la cuenta suspendida"),
    Decision.SCREENING_CHANGED: marked("Puede entrar al programa"),
    Decision.SCREENING_STANDS: marked("La respuesta del programa queda"),
}
STATES = {
    CaseState.OPEN: marked("Nadie lo tiene"),
    CaseState.TAKEN: marked("Alguien lo tiene"),
    CaseState.DECIDED: marked("Decidido"),
}
JOB_STATES = {
    "open": marked("Se muestra"),
    "closed": marked("Cerrado"),
    "hidden": marked("Oculto con su dueño"),
    "waiting": marked("Espera a una persona"),
    "rejected": marked("Retirado"),
    "taken_down": marked("Retirado"),
    "deleted": marked("Borrado"),
}
ORIGINS = {
    "employer": marked("Una organización de aquí"),
    "partner": marked("Una aplicación asociada"),
    "import": marked("Importado"),
    "nobody": marked("De nadie"),
}
EMPLOYER_STATES = {
    EmployerStatus.UNVERIFIED: marked("Sin verificar"),
    EmployerStatus.VERIFIED: marked("Verificada"),
    EmployerStatus.SUSPENDED: marked("Suspendida"),
}
ACCOUNT_STATES = {
    AccountStatus.ACTIVE: marked("Activa"),
    AccountStatus.SUSPENDED: marked("Suspendida"),
}
MODERATIONS = {
    "approved": marked("aceptados"),
    "waiting": marked("en espera"),
    "rejected": marked("retirados"),
    "open": marked("abiertos"),
    "closed": marked("cerrados"),
}
ROLES = {
    Role.SEEKER: marked("Busca trabajo"),
    Role.EMPLOYER: marked("Ofrece trabajo"),
    Role.ADMINISTRATOR: marked("Administra"),
    Role.ANALYST: marked("Analiza"),
    Role.OFFICER: marked("Lleva programas"),
    Role.DEVELOPER: marked("Desarrolla para una aplicación"),
}
# Why an account or an organisation is suspended or restored.
REASONS = {
    "fraud": marked("Fraude"),
    "abuse": marked("Maltrato o mal uso"),
    "security": marked("Seguridad de la cuenta"),
    "asked_for": marked("Lo pidió"),
    "mistake": marked("Fue un error"),
    "other": marked("Otro motivo"),
}
CAUSES = {
    Cause.FRAUD: marked("Parece un fraude"),
    Cause.MISLEADING: marked("Promete lo que no es"),
    Cause.UNLAWFUL: marked("Pide u ofrece lo que la ley no permite"),
    Cause.NO_JOB: marked("No es una oferta de trabajo"),
    Cause.DUPLICATE: marked("Ya está publicado"),
    Cause.ASKED_FOR: marked("Lo pidió su dueño o la empresa que nombra"),
    Cause.MISTAKE: marked("Lo decidido antes fue un error"),
    Cause.OTHER: marked("Otro motivo"),
}
SCOPES = {
    Scope.RECOMMEND: marked("Pedir recomendaciones"),
    Scope.SEEKERS: marked("Guardar personas"),
    Scope.JOBS: marked("Publicar avisos"),
    Scope.EVENTS: marked("Contar lo que pasa"),
    Scope.WEBHOOKS: marked("Recibir avisos en su sistema"),
}
WORDS = {
    "scopes": SCOPES,
    "kinds": KINDS,
    "decisions": DECISIONS,
    "case_states": STATES,
    "job_states": JOB_STATES,
    "origins": ORIGINS,
    "employer_states": EMPLOYER_STATES,
    "account_states": ACCOUNT_STATES,
    "moderations": MODERATIONS,
    "roles": ROLES,
    "suspension_reasons": REASONS,
    "causes": CAUSES,
}
