"""What a sign means, in words: for whoever posted, whoever moderates, and beside a recommended job."""

from __future__ import annotations

from typing import NamedTuple

from engine.explain import Locale
from engine.jobs import Job
from engine.offer_signs import Severity, SignKind

SIGN_TEXTS: dict[Locale, dict[SignKind, str]] = {
    Locale.ES: {
        SignKind.ASKS_FOR_MONEY: "Pide dinero para postular o empezar",
        SignKind.CHARGES_MEDICAL_EXAM: "Cobra el examen médico, que por ley paga el empleador",
        SignKind.ASKS_FOR_SECRETS: "Pide datos bancarios, documentos o claves antes de contratar",
        SignKind.ASKS_FOR_CODES: "Pide el código que llega a tu celular: con él entran a tus cuentas",
        SignKind.REMOTE_CONTROL: "Pide instalar una aplicación que maneja tu celular o computadora a distancia",
        SignKind.BORROWS_IDENTITY: "Pide prestar o alquilar tu identidad, tu DNI o tus cuentas",
        SignKind.MONEY_MULE: "Pide recibir o mover dinero o paquetes de otros",
        SignKind.PAID_CLICKS: "Paga por clics, reseñas o tareas en una aplicación",
        SignKind.PYRAMID: "Pide afiliar o vender a otras personas para ganar",
        SignKind.IMPLAUSIBLE_PAY: "Promete un pago que nadie da por un trabajo sin experiencia",
        SignKind.PRIVATE_CHAT_ONLY: "Solo se puede postular por un chat privado",
        SignKind.ESCORT_LIKE: "Puede ser acompañamiento o trabajo sexual presentado como empleo",
        SignKind.ASKS_AGE: "Pide una edad, lo que la ley no permite",
        SignKind.ASKS_SEX: "Pide que sea hombre o mujer, lo que la ley no permite",
        SignKind.ASKS_LOOKS: "Pide foto, buena presencia o cierta apariencia, lo que la ley no permite",
        SignKind.ASKS_MARITAL_STATUS: "Pide un estado civil o no tener hijos, lo que la ley no permite",
        SignKind.PAY_BELOW_MINIMUM: "Paga menos que el sueldo mínimo por las horas que pide",
        SignKind.TOO_MANY_HOURS: "Pide más de 48 horas a la semana, el máximo de la ley",
    },
    Locale.EN: {
        SignKind.ASKS_FOR_MONEY: "It asks for money to apply or to start",
        SignKind.CHARGES_MEDICAL_EXAM: "It charges for the medical exam, which by law the employer pays",
        SignKind.ASKS_FOR_SECRETS: "It asks for bank details, documents or passwords before hiring",
        SignKind.ASKS_FOR_CODES: "It asks for the code sent to your phone: with it they enter your accounts",
        SignKind.REMOTE_CONTROL: "It asks to install an app that controls your phone or computer from afar",
        SignKind.BORROWS_IDENTITY: "It asks to lend or rent your identity, your ID or your accounts",
        SignKind.MONEY_MULE: "It asks to receive or move money or parcels of others",
        SignKind.PAID_CLICKS: "It pays for clicks, reviews or tasks in an app",
        SignKind.PYRAMID: "One has to enrol or sell to others to earn",
        SignKind.IMPLAUSIBLE_PAY: "It promises a pay that nobody gives for work without experience",
        SignKind.PRIVATE_CHAT_ONLY: "One can apply only in a private chat",
        SignKind.ESCORT_LIKE: "It may be escort or sex work presented as a job",
        SignKind.ASKS_AGE: "It asks for an age, which the law forbids",
        SignKind.ASKS_SEX: "It asks for a man or a woman, which the law forbids",
        SignKind.ASKS_LOOKS: "It asks for a photo or a certain appearance, which the law forbids",
        SignKind.ASKS_MARITAL_STATUS: "It asks for a marital status or no children, which the law forbids",
        SignKind.PAY_BELOW_MINIMUM: "It pays less than the minimum wage for the hours it asks",
        SignKind.TOO_MANY_HOURS: "It asks for more than 48 hours a week, the most that the law allows",
    },
}


class JobWarning(NamedTuple):
    """A sign as a person is told it: `sentence` is the ad's own."""

    kind: SignKind
    text: str
    sentence: str


def warnings(job: Job, locale: Locale) -> list[JobWarning]:
    """What whoever sees a job is warned of.

    Signs that keep an ad from being shown are not among them: it is shown only after a person has looked at them.
    """
    texts = SIGN_TEXTS[locale]
    return [JobWarning(sign.kind, texts[sign.kind], sign.quote) for sign in job.signs if sign.severity is Severity.NOTE]
