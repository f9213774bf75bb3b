"""When sample seekers are free, and how they say it in Spanish and English."""

from __future__ import annotations

from dataclasses import dataclass

from sample.shifts import TO_SATURDAY, WEEKDAYS, WEEKEND, Hours


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A kind of week: how common it is, its windows, caps on hours drawn from, and how people say it."""

    share: float
    windows: tuple[tuple[Hours, ...], ...]
    caps: tuple[float | None, ...]
    says_es: tuple[str, ...]
    says_en: tuple[str, ...]


_EVENINGS = Hours(WEEKDAYS, "19:00", "23:00")
_SCHOOL_HOURS = Hours(WEEKDAYS, "08:00", "13:00")
_WHOLE_WEEKEND = Hours(WEEKEND, "07:00", "22:00")

NIGHTS = FreeTime(
    9,
    (
        (Hours(WEEKDAYS, "21:00", "07:00"),),
        (Hours(TO_SATURDAY, "22:00", "06:00"),),
        (Hours(WEEKDAYS, "18:00", "02:00"),),
    ),
    (None, 40, 30, 20),
    ("prefiero la madrugada", "de noche rindo más, puedo amanecerme", "duermo de día, trabajo de noche"),
    ("nights suit me best", "I would rather work through the night"),
)

FREE_TIMES: tuple[FreeTime, ...] = (
    FreeTime(
        20,
        ((_EVENINGS,), (Hours(WEEKDAYS, "18:00", "23:00"),), (Hours(TO_SATURDAY, "18:30", "23:30"),)),
        (None, 20, 15, 12),
        (
            "puedo de noche, después de las siete",
            "trabajo de día, así que busco algo para la noche",
            "libre en las noches de lunes a viernes",
        ),
        ("I am free in the evenings", "after seven at night works for me"),
    ),
    FreeTime(
        16,
        ((_SCHOOL_HOURS,), (Hours(WEEKDAYS, "08:00", "12:30"),), (Hours(WEEKDAYS, "07:30", "13:30"),)),
        (None, 20, 25, 15),
        ("solo mientras mis hijos están en el colegio", "tengo las mañanas libres", "de ocho a una puedo"),
        ("only while my kids are at school", "mornings are mine"),
    ),
    FreeTime(
        10,
        ((_WHOLE_WEEKEND,), (Hours(WEEKEND, "08:00", "18:00"),), (_WHOLE_WEEKEND, Hours(WEEKDAYS, "20:00", "23:00"))),
        (None, 16, 12),
        ("solo sábado y domingo", "los fines de semana estoy disponible", "entre semana estudio, quedo libre el finde"),
        ("weekends only", "I can work Saturdays and Sundays"),
    ),
    FreeTime(
        17,
        (
            (Hours(TO_SATURDAY, "07:00", "20:00"),),
            (Hours(WEEKDAYS, "07:00", "19:00"),),
            (Hours(WEEKDAYS, "08:00", "18:00"), Hours(WEEKEND, "09:00", "13:00")),
        ),
        (None, 48, 45, 40),
        ("tiempo completo", "todo el día disponible", "busco jornada completa"),
        ("full time", "I am free all day"),
    ),
    NIGHTS,
    FreeTime(
        13,
        (
            (Hours(WEEKDAYS, "13:00", "19:00"),),
            (Hours(WEEKDAYS, "14:00", "20:00"),),
            (Hours(TO_SATURDAY, "14:00", "22:00"),),
        ),
        (None, 30, 20, 15),
        ("después del almuerzo estoy libre", "por las tardes", "estudio en la mañana y tengo libres las tardes"),
        ("afternoons are free", "I study in the morning and can work after lunch"),
    ),
    FreeTime(
        15,
        ((), (Hours(WEEKDAYS, "06:00", "24:00"), _WHOLE_WEEKEND)),
        (10, 15, 20, 25, 30, 40),
        ("me acomodo a cualquier hora", "necesito horario libre", "puedo a ratos durante el día, según se pueda"),
        ("any hour works", "I need hours I can move around"),
    ),
)
