"""What states and decisions mean, in the languages of those who read them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from engine.explain import Locale
from store.people.cases import CaseKind, Decision


class StateCode(StrEnum):
    """Why something waits, or is not shown; beside these there are the kinds of signs of fraud."""

    EMPLOYER_NOT_VERIFIED = "employer_not_verified"
    CHANGED_AFTER_TAKE_DOWN = "changed_after_take_down"
    LIKE_TAKEN_DOWN = "like_taken_down"
    TO_BE_LOOKED_AT = "to_be_looked_at"
    TAKEN_DOWN = "taken_down"
    OWNER_SUSPENDED = "owner_suspended"
    NOBODY_ACTS = "nobody_acts"
    CLOSED_BY_OWNER = "closed_by_owner"
    OVER = "over"


OWNER_TEXTS: Mapping[Locale, Mapping[StateCode, str]] = {
    Locale.ES: {
        StateCode.EMPLOYER_NOT_VERIFIED: "Una persona todavía tiene que verificar tu empresa. Después se muestra "
        "sin que hagas nada.",
        StateCode.CHANGED_AFTER_TAKE_DOWN: "Lo cambiaste después de que lo retiráramos: una persona lo vuelve a mirar.",
        StateCode.LIKE_TAKEN_DOWN: "Dice lo mismo que un aviso tuyo que retiramos: una persona lo mira antes.",
        StateCode.TO_BE_LOOKED_AT: "Una persona lo mira antes de que se muestre.",
        StateCode.TAKEN_DOWN: "Una persona de Chamba lo retiró. Su motivo: {reason}",
        StateCode.OWNER_SUSPENDED: "La empresa está suspendida: sus avisos no se muestran.",
        StateCode.NOBODY_ACTS: "Nadie con una cuenta activa responde por la empresa: sus avisos no se muestran.",
        StateCode.CLOSED_BY_OWNER: "Lo cerraste: se puede volver a abrir.",
        StateCode.OVER: "Pasó la fecha en que se cierra.",
    },
    Locale.EN: {
        StateCode.EMPLOYER_NOT_VERIFIED: "A person still has to verify your organisation; then it is shown without "
        "anything that you do.",
        StateCode.CHANGED_AFTER_TAKE_DOWN: "You changed it after we took it down: a person looks at it again.",
        StateCode.LIKE_TAKEN_DOWN: "It says the same as an ad of yours that we took down: a person looks first.",
        StateCode.TO_BE_LOOKED_AT: "A person looks at it before it is shown.",
        StateCode.TAKEN_DOWN: "A person of Chamba took it down. Their reason: {reason}",
        StateCode.OWNER_SUSPENDED: "The organisation is suspended: its jobs are not shown.",
        StateCode.NOBODY_ACTS: "Nobody with an active account answers for the organisation: its jobs are not shown.",
        StateCode.CLOSED_BY_OWNER: "You closed it: it can be opened again.",
        StateCode.OVER: "Its closing date has passed.",
    },
}


# The same for administrators, who are not its owner.
MODERATOR_TEXTS: Mapping[Locale, Mapping[StateCode, str]] = {
    Locale.ES: {
        StateCode.EMPLOYER_NOT_VERIFIED: "Su organización no está verificada.",
        StateCode.CHANGED_AFTER_TAKE_DOWN: "Su dueño lo cambió después de que se retirara.",
        StateCode.LIKE_TAKEN_DOWN: "Se parece a un aviso de su dueño que se retiró.",
        StateCode.TO_BE_LOOKED_AT: "Espera a que alguien lo mire.",
        StateCode.TAKEN_DOWN: "Se retiró. El motivo: {reason}",
        StateCode.OWNER_SUSPENDED: "Su dueño está suspendido.",
        StateCode.NOBODY_ACTS: "Nadie con una cuenta activa responde por su organización.",
        StateCode.CLOSED_BY_OWNER: "Su dueño lo cerró.",
        StateCode.OVER: "Pasó la fecha en que se cierra.",
    },
    Locale.EN: {
        StateCode.EMPLOYER_NOT_VERIFIED: "Its organisation is not verified.",
        StateCode.CHANGED_AFTER_TAKE_DOWN: "Its owner changed it after it was taken down.",
        StateCode.LIKE_TAKEN_DOWN: "It is like a job of its owner that was taken down.",
        StateCode.TO_BE_LOOKED_AT: "It waits for somebody to look at it.",
        StateCode.TAKEN_DOWN: "It was taken down. The reason: {reason}",
        StateCode.OWNER_SUSPENDED: "Its owner is suspended.",
        StateCode.NOBODY_ACTS: "Nobody with an active account answers for its organisation.",
        StateCode.CLOSED_BY_OWNER: "Its owner closed it.",
        StateCode.OVER: "Its closing date has passed.",
    },
}


class Cause(StrEnum):
    """What kind of reason an administrator has to take a job down or put it back without a case."""

    FRAUD = "fraud"
    MISLEADING = "misleading"
    UNLAWFUL = "unlawful"
    NO_JOB = "no_job"
    DUPLICATE = "duplicate"
    ASKED_FOR = "asked_for"
    MISTAKE = "mistake"
    OTHER = "other"


CAUSE_TEXTS: Mapping[Locale, Mapping[str, str]] = {
    Locale.ES: {
        Cause.FRAUD: "Parece un fraude",
        Cause.MISLEADING: "Promete o describe algo que no es",
        Cause.UNLAWFUL: "Pide u ofrece algo que la ley no permite",
        Cause.NO_JOB: "No es una oferta de trabajo",
        Cause.DUPLICATE: "Ya está publicado",
        Cause.ASKED_FOR: "Lo pidió su dueño o la empresa que nombra",
        Cause.MISTAKE: "Lo decidido antes fue un error",
        Cause.OTHER: "Otro motivo",
        "abuse": "Hubo maltrato o mal uso",
        "security": "La seguridad de la cuenta",
        "looks_false": "Alguien dice que es falso",
    },
    Locale.EN: {
        Cause.FRAUD: "It looks like a fraud",
        Cause.MISLEADING: "It promises or describes what it is not",
        Cause.UNLAWFUL: "It asks or offers what the law forbids",
        Cause.NO_JOB: "It is no job offer",
        Cause.DUPLICATE: "It is posted already",
        Cause.ASKED_FOR: "Its owner, or the company that it names, asked for it",
        Cause.MISTAKE: "What was decided before was a mistake",
        Cause.OTHER: "Another reason",
        "abuse": "There was abuse",
        "security": "The safety of the account",
        "looks_false": "Somebody says that it is false",
    },
}
ORGANISATION_TEXTS: Mapping[Locale, Mapping[str, str]] = {
    Locale.ES: {
        "to_be_verified": "Una persona de Chamba revisa tu empresa. Hasta entonces sus avisos esperan.",
        "suspended": "Una persona de Chamba la suspendió: sus avisos no se muestran. Su motivo: {reason}",
        "refused": "Una persona de Chamba no la aceptó: sus avisos no se muestran. Su motivo: {reason}",
    },
    Locale.EN: {
        "to_be_verified": "A person looks at your organisation; until then its jobs wait.",
        "suspended": "A person of Chamba suspended it: its jobs are not shown. Their reason: {reason}",
        "refused": "A person of Chamba did not accept it: its jobs are not shown. Their reason: {reason}",
    },
}
NO_REASON = {Locale.ES: "no se anotó", Locale.EN: "none was noted"}

# What follows from each decision, for whoever takes it.
EFFECTS: Mapping[Locale, Mapping[Decision, str]] = {
    Locale.ES: {
        Decision.JOB_SHOWN: "El aviso se muestra desde ahora, mientras su dueño lo quiera abierto.",
        Decision.JOB_TAKEN_DOWN: "El aviso deja de mostrarse desde ahora y nadie más que un administrador lo devuelve; "
        "su dueño lee el motivo.",
        Decision.JOB_STAYS: "La denuncia no era correcta: el aviso queda como está.",
        Decision.JOB_STAYS_DOWN: "El aviso sigue retirado; su dueño lee el motivo.",
        Decision.ORGANISATION_RESTORED: "La organización vuelve a actuar y se muestran los avisos que se ocultaron con "
        "ella. Si no estaba verificada, espera a que la verifiquen.",
        Decision.ORGANISATION_STAYS_SUSPENDED: "La organización sigue suspendida; quien apeló lee el motivo.",
        Decision.ORGANISATION_VERIFIED: "La organización queda verificada y se muestran sus avisos que solo esperaban "
        "eso.",
        Decision.ORGANISATION_REFUSED: "La organización queda suspendida: sus avisos se ocultan y su gente no puede "
        "hacer nada por ella.",
        Decision.ANSWER_CORRECTED: "La persona tiene razón; lo que estaba mal se corrigió y lee el motivo.",
        Decision.ANSWER_STANDS: "La respuesta estaba bien; la persona lee el motivo.",
        Decision.DATA_CORRECTED: "Los datos se corrigieron; la persona lee el motivo.",
        Decision.DATA_STAYS: "Los datos quedan como están; la persona lee el motivo.",
        Decision.ACCOUNT_RESTORED: "La persona puede volver a entrar, y se muestra lo que se ocultó con su cuenta.",
        Decision.ACCOUNT_STAYS_SUSPENDED: "La cuenta sigue suspendida; la persona lee el motivo.",
        Decision.SCREENING_CHANGED: "La persona puede entrar al programa aunque las reglas digan que no; lee por qué.",
        Decision.SCREENING_STANDS: "La respuesta del programa queda como está; la persona lee el motivo.",
    },
    Locale.EN: {
        Decision.JOB_SHOWN: "The job is shown from now on, while its owner wants it open.",
        Decision.JOB_TAKEN_DOWN: "The job is shown no more from now on, and only an administrator brings it back; its "
        "owner reads the reason.",
        Decision.JOB_STAYS: "The report was not right: the job stays as it is.",
        Decision.JOB_STAYS_DOWN: "The job stays down; its owner reads the reason.",
        Decision.ORGANISATION_RESTORED: "The organisation acts again, and the jobs that were hidden with it are shown. "
        "If it was not verified, it waits for that.",
        Decision.ORGANISATION_STAYS_SUSPENDED: "The organisation stays suspended; whoever appealed reads the reason.",
        Decision.ORGANISATION_VERIFIED: "The organisation is verified, and those of its jobs are shown that waited for "
        "nothing else.",
        Decision.ORGANISATION_REFUSED: "The organisation is suspended: its jobs are hidden and its people can do "
        "nothing for it.",
        Decision.ANSWER_CORRECTED: "The person is right; what was wrong was corrected, and they read the reason.",
        Decision.ANSWER_STANDS: "The answer was as it should be; the person reads the reason.",
        Decision.DATA_CORRECTED: "The data were corrected; the person reads the reason.",
        Decision.DATA_STAYS: "The data stay as they are; the person reads the reason.",
        Decision.ACCOUNT_RESTORED: "The person may log in again, and what was hidden with their account is shown.",
        Decision.ACCOUNT_STAYS_SUSPENDED: "The account stays suspended; the person reads the reason.",
        Decision.SCREENING_CHANGED: "The person may enter the programme, whatever its rules say, and reads the reason.",
        Decision.SCREENING_STANDS: "The programme's answer stays as it is; the person reads the reason.",
    },
}

# What a case of each kind waits for, where its own reasons do not say it.
CASE_TEXTS: Mapping[Locale, Mapping[CaseKind, str]] = {
    Locale.ES: {
        CaseKind.POSTING: "Un aviso espera a que una persona lo mire.",
        CaseKind.IMPORT: "Un aviso importado muestra señales de fraude.",
        CaseKind.REPORT: "Alguien dice que un aviso es falso.",
        CaseKind.EMPLOYER: "Una organización espera a que la verifiquen.",
        CaseKind.HUMAN_REVIEW: "Una persona no está de acuerdo con una respuesta del sistema.",
        CaseKind.CORRECTION: "Una persona pide que se corrijan sus datos.",
        CaseKind.APPEAL: "Una persona apela la suspensión de su cuenta.",
        CaseKind.ORGANISATION_APPEAL: "Una organización apela su suspensión.",
        CaseKind.JOB_APPEAL: "El dueño de un aviso no está de acuerdo con que se retirara.",
        CaseKind.ELIGIBILITY: "Una persona no está de acuerdo con lo que respondió un programa.",
    },
    Locale.EN: {
        CaseKind.POSTING: "A job waits for a person to look at it.",
        CaseKind.IMPORT: "An imported job shows signs of fraud.",
        CaseKind.REPORT: "Somebody says that a job is false.",
        CaseKind.EMPLOYER: "An organisation waits to be verified.",
        CaseKind.HUMAN_REVIEW: "A person contests an answer of the system.",
        CaseKind.CORRECTION: "A person asks for their data to be corrected.",
        CaseKind.APPEAL: "A person appeals against the suspension of their account.",
        CaseKind.ORGANISATION_APPEAL: "An organisation appeals against its suspension.",
        CaseKind.JOB_APPEAL: "The owner of a job appeals against its being taken down.",
        CaseKind.ELIGIBILITY: "A person contests what a programme answered.",
    },
}

# What somebody who saved or applied for a job is told of it; an open one needs no words.
SEEKER_TEXTS: Mapping[Locale, Mapping[str, str]] = {
    Locale.ES: {
        "taken_down": "Retiramos este aviso después de revisarlo. No pagues ni envíes datos por él.",
        "held": "Este aviso no se muestra por ahora: una persona lo está revisando.",
        "closed": "Este aviso se cerró.",
        "gone": "Este aviso ya no existe.",
    },
    Locale.EN: {
        "taken_down": "We looked at this job and took it down. Pay nothing and send no data for it.",
        "held": "This job is not shown for now: a person is looking at it.",
        "closed": "This job has closed.",
        "gone": "This job is gone.",
    },
}
