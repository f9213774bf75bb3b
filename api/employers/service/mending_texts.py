"""How whoever posts a job mends what it shows: one line for each sign of a fraudulent or unlawful offer."""

from __future__ import annotations

from engine.explain import Locale
from engine.facts import facts
from engine.offer_signs import SignKind

_WAGE, _HOURS = facts("peru")["minimum_wage"]["soles_per_month"], facts("peru")["working_time"]["max_hours_per_week"]

MENDING_TEXTS: dict[Locale, dict[SignKind, str]] = {
    Locale.ES: {
        SignKind.ASKS_FOR_MONEY: "Quita todo cobro: nadie paga por postular, capacitarse ni empezar a trabajar.",
        SignKind.CHARGES_MEDICAL_EXAM: "Di que tú pagas el examen médico, o no lo pidas.",
        SignKind.ASKS_FOR_SECRETS: "Pide cuentas y documentos recién al contratar. Las claves no se piden nunca.",
        SignKind.ASKS_FOR_CODES: "Quita el pedido del código. Nadie necesita uno para trabajar.",
        SignKind.REMOTE_CONTROL: "No pidas instalar programas para manejar el equipo de otra persona.",
        SignKind.BORROWS_IDENTITY: "No pidas que presten su nombre, su DNI ni sus cuentas.",
        SignKind.MONEY_MULE: "Di qué se vende o se entrega, de quién es y cómo se paga.",
        SignKind.PAID_CLICKS: "Explica el trabajo de verdad: qué hace la persona, para quién y cuánto se le paga.",
        SignKind.PYRAMID: "El pago no puede depender de traer a más personas. Di cuánto pagas por el trabajo.",
        SignKind.IMPLAUSIBLE_PAY: "Revisa el pago: parece demasiado para lo que pides. Escribe lo que pagas de verdad.",
        SignKind.PRIVATE_CHAT_ONLY: "Deja que postulen por Chamba. El chat puede ir después.",
        SignKind.ESCORT_LIKE: "Describe el trabajo con claridad: qué se hace, dónde y en qué horario.",
        SignKind.ASKS_AGE: "Quita la edad. Di qué hay que saber hacer.",
        SignKind.ASKS_SEX: "Escribe para todos: «vendedor o vendedora», «persona para ventas».",
        SignKind.ASKS_LOOKS: "Quita la foto, la «buena presencia» y la apariencia. Si hay uniforme, dilo.",
        SignKind.ASKS_MARITAL_STATUS: "Quita el estado civil y los hijos. Di el horario y cada quien verá si puede.",
        SignKind.PAY_BELOW_MINIMUM: f"Sube el pago o baja las horas: el sueldo mínimo es S/ {_WAGE:,} al mes por "
        "tiempo completo, y por menos horas su parte.",
        SignKind.TOO_MANY_HOURS: f"Baja a {_HOURS} horas a la semana o menos. Lo que pase se paga como horas extra.",
    },
    Locale.EN: {
        SignKind.ASKS_FOR_MONEY: "Take every charge out: nobody pays to apply, to be trained or to start.",
        SignKind.CHARGES_MEDICAL_EXAM: "Say that you pay the medical exam, or do not ask for one.",
        SignKind.ASKS_FOR_SECRETS: "Ask for accounts and documents once you hire. Passwords are never asked for.",
        SignKind.ASKS_FOR_CODES: "Take out the request for a code. Nobody needs one to work.",
        SignKind.REMOTE_CONTROL: "Do not ask to install programs that control another person's device.",
        SignKind.BORROWS_IDENTITY: "Do not ask people to lend their name, their ID or their accounts.",
        SignKind.MONEY_MULE: "Say what is sold or delivered, whose it is and how it is paid.",
        SignKind.PAID_CLICKS: "Tell the real work: what the person does, for whom and for how much.",
        SignKind.PYRAMID: "Pay cannot depend on bringing in others. Say what you pay for the work.",
        SignKind.IMPLAUSIBLE_PAY: "Check the pay: it seems too much for what you ask. Write what you really pay.",
        SignKind.PRIVATE_CHAT_ONLY: "Let people apply at Chamba. A chat can come later.",
        SignKind.ESCORT_LIKE: "Describe the work plainly: what is done, where and at which hours.",
        SignKind.ASKS_AGE: "Take the age out. Say what one has to be able to do.",
        SignKind.ASKS_SEX: "Write for everybody: a person for sales, whoever they are.",
        SignKind.ASKS_LOOKS: "Take out the photo and the looks. If there is a uniform, say so.",
        SignKind.ASKS_MARITAL_STATUS: "Take out marital status and children. Say the hours, and each will see.",
        SignKind.PAY_BELOW_MINIMUM: f"Raise the pay or lower the hours: the minimum wage is S/ {_WAGE:,} a month full "
        "time, and its share for fewer hours.",
        SignKind.TOO_MANY_HOURS: f"Go down to {_HOURS} hours a week or fewer. What is beyond is paid as overtime.",
    },
}
