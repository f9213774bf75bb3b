"""What somebody who opened a case reads of it: until when it waits, or what was decided and what they can do."""

from __future__ import annotations

from collections.abc import Mapping

from engine.explain import Locale
from store.people.cases import Decision

WAITS: Mapping[Locale, str] = {
    Locale.ES: "Una persona lo revisa y te escribe la respuesta con la razón, a más tardar el {until}.",
    Locale.EN: "A person looks at it and writes the answer to you with the reason, by {until}.",
}
DECIDED: Mapping[Locale, Mapping[Decision, str]] = {
    Locale.ES: {
        Decision.JOB_SHOWN: "El aviso se muestra.",
        Decision.JOB_TAKEN_DOWN: "Tenías razón: el aviso ya no se muestra. Si pagaste o diste tus datos, puedes "
        "denunciarlo en la comisaría más cercana; no borres los mensajes.",
        Decision.JOB_STAYS: "El aviso sigue en Chamba. Si te piden dinero o algo raro, denúncialo otra vez.",
        Decision.ORGANISATION_VERIFIED: "Tu empresa está verificada.",
        Decision.ORGANISATION_REFUSED: "Tu empresa no fue aceptada: sus avisos no se muestran.",
        Decision.JOB_STAYS_DOWN: "El aviso sigue retirado. Puedes corregirlo y publicarlo de nuevo: una persona "
        "lo vuelve a mirar.",
        Decision.ORGANISATION_RESTORED: "Tu empresa puede actuar otra vez, y se muestran sus avisos abiertos.",
        Decision.ORGANISATION_STAYS_SUSPENDED: "Tu empresa sigue suspendida. Puedes pedir otra revisión y contar "
        "algo que no sabíamos.",
        Decision.ANSWER_CORRECTED: "Tenías razón. Pide otra vez tus trabajos y mira si ahora salen mejor.",
        Decision.ANSWER_STANDS: "No se encontró un error. Si cuentas más de lo que sabes hacer o de tus horas, te "
        "saldrán otros trabajos.",
        Decision.DATA_CORRECTED: "Tu pedido se aceptó. Mira en tu cuenta que tus datos estén bien.",
        Decision.DATA_STAYS: "Tus datos quedan como están. Si no estás de acuerdo, puedes reclamar ante la Autoridad "
        "Nacional de Protección de Datos Personales.",
        Decision.ACCOUNT_RESTORED: "Tu cuenta está activa otra vez.",
        Decision.ACCOUNT_STAYS_SUSPENDED: "Tu cuenta sigue suspendida. Puedes pedir otra revisión y contar algo que no "
        "sabíamos.",
        Decision.SCREENING_CHANGED: "Te dieron la razón: la respuesta del programa cambió. Mírala en tus programas.",
        Decision.SCREENING_STANDS: "La respuesta del programa sigue igual. En ella dice a quién más puedes acudir.",
    },
    Locale.EN: {
        Decision.JOB_SHOWN: "The job is shown.",
        Decision.JOB_TAKEN_DOWN: "You were right: the job is not shown any more. If you paid or gave your data, you "
        "can report it at the nearest police station; do not delete the messages.",
        Decision.JOB_STAYS: "The job stays at Chamba. If they ask you for money or something strange, report it again.",
        Decision.ORGANISATION_VERIFIED: "Your organisation is verified.",
        Decision.ORGANISATION_REFUSED: "Your organisation was not accepted: its jobs are not shown.",
        Decision.JOB_STAYS_DOWN: "The job stays down. You can correct it and post it again: a person looks at it anew.",
        Decision.ORGANISATION_RESTORED: "Your organisation may act again, and its open jobs are shown.",
        Decision.ORGANISATION_STAYS_SUSPENDED: "Your organisation stays suspended. You can ask for another review and "
        "tell something that we did not know.",
        Decision.ANSWER_CORRECTED: "You were right. Ask for your jobs again and see whether they fit better.",
        Decision.ANSWER_STANDS: "No mistake was found. If you tell more of what you can do or of your hours, you get "
        "other jobs.",
        Decision.DATA_CORRECTED: "Your request was accepted. See in your account whether your data are right.",
        Decision.DATA_STAYS: "Your data stay as they are. If you disagree, you can complain to the Autoridad Nacional "
        "de Protección de Datos Personales.",
        Decision.ACCOUNT_RESTORED: "Your account is active again.",
        Decision.ACCOUNT_STAYS_SUSPENDED: "Your account stays suspended. You can ask for another review and tell "
        "something that we did not know.",
        Decision.SCREENING_CHANGED: "You were found right: the programme's answer has changed. See it there.",
        Decision.SCREENING_STANDS: "The programme's answer stays as it is. It says whom else you can turn to.",
    },
}
