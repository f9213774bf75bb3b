"""When sample jobs happen and when sample seekers are free: templates, zones and how texts put them.

A template's clock is the employer's; a New York evening is a Lima evening, a Madrid morning a Lima night.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.schedules import Weekday, Window, parse_clock

WEEKDAYS = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)
TO_SATURDAY = (*WEEKDAYS, Weekday.SAT)
WEEKEND = (Weekday.SAT, Weekday.SUN)
THREE_DAYS = (Weekday.MON, Weekday.WED, Weekday.FRI)
TWO_DAYS = (Weekday.TUE, Weekday.THU)
SATURDAY = (Weekday.SAT,)

DAY_WORDS_ES = {
    WEEKDAYS: "lunes a viernes",
    TO_SATURDAY: "lunes a sábado",
    WEEKEND: "sábados y domingos",
    THREE_DAYS: "lunes, miércoles y viernes",
    TWO_DAYS: "martes y jueves",
    SATURDAY: "sábados",
}
DAY_WORDS_EN = {
    WEEKDAYS: "Monday to Friday",
    TO_SATURDAY: "Monday to Saturday",
    WEEKEND: "Saturdays and Sundays",
    THREE_DAYS: "Monday, Wednesday and Friday",
    TWO_DAYS: "Tuesdays and Thursdays",
    SATURDAY: "Saturdays",
}


@dataclass(frozen=True, slots=True)
class Hours:
    """Clock hours on some days, as people write them."""

    days: tuple[Weekday, ...]
    start: str
    end: str

    @property
    def window(self) -> Window:
        return Window(self.days, parse_clock(self.start), parse_clock(self.end))

    @property
    def hours_per_week(self) -> float:
        length = (parse_clock(self.end) - parse_clock(self.start)) % 1440 or 1440
        return len(self.days) * length / 60


# Fixed shifts by kind; none is longer than Peru's 48 hours a week.
FIXED_SHIFTS: dict[str, tuple[tuple[Hours, ...], ...]] = {
    "day": (
        (Hours(WEEKDAYS, "09:00", "18:00"),),
        (Hours(WEEKDAYS, "08:00", "17:00"),),
        (Hours(WEEKDAYS, "09:00", "17:00"),),
        (Hours(WEEKDAYS, "09:00", "17:00"), Hours(SATURDAY, "09:00", "13:00")),
        (Hours(TO_SATURDAY, "09:00", "17:00"),),
    ),
    "morning": (
        (Hours(WEEKDAYS, "08:00", "12:00"),),
        (Hours(WEEKDAYS, "09:00", "13:00"),),
        (Hours(WEEKDAYS, "08:30", "12:30"),),
        (Hours(THREE_DAYS, "09:00", "12:00"),),
        (Hours(TO_SATURDAY, "08:00", "12:00"),),
        (Hours(TWO_DAYS, "09:00", "12:00"),),
    ),
    "afternoon": (
        (Hours(WEEKDAYS, "14:00", "18:00"),),
        (Hours(WEEKDAYS, "15:00", "19:00"),),
        (Hours(WEEKDAYS, "13:00", "19:00"),),
        (Hours(THREE_DAYS, "15:00", "18:00"),),
        (Hours(TWO_DAYS, "16:00", "18:00"),),
    ),
    "evening": (
        (Hours(WEEKDAYS, "19:00", "23:00"),),
        (Hours(WEEKDAYS, "18:00", "22:00"),),
        (Hours(WEEKDAYS, "19:00", "22:00"),),
        (Hours(TO_SATURDAY, "19:00", "23:00"),),
        (Hours(THREE_DAYS, "19:00", "22:00"),),
        (Hours(TWO_DAYS, "19:00", "21:00"),),
        (Hours(WEEKDAYS, "20:00", "23:00"),),
    ),
    "night": (
        (Hours(WEEKDAYS, "22:00", "06:00"),),
        (Hours(WEEKDAYS, "23:00", "05:00"),),
        (Hours(THREE_DAYS, "22:00", "04:00"),),
        (Hours(WEEKEND, "22:00", "06:00"),),
        (Hours(WEEKDAYS, "00:00", "06:00"),),
    ),
    "weekend": (
        (Hours(WEEKEND, "09:00", "17:00"),),
        (Hours(WEEKEND, "10:00", "16:00"),),
        (Hours(SATURDAY, "09:00", "13:00"),),
        (Hours(WEEKEND, "14:00", "20:00"),),
        (Hours(WEEKEND, "08:00", "12:00"),),
    ),
}
# Core overlap: the team's day, hours inside it, hours in all.
CORE_DAYS: tuple[tuple[Hours, float, float], ...] = (
    (Hours(WEEKDAYS, "09:00", "18:00"), 10, 20),
    (Hours(WEEKDAYS, "09:00", "18:00"), 20, 40),
    (Hours(WEEKDAYS, "09:00", "17:00"), 15, 30),
    (Hours(WEEKDAYS, "10:00", "18:00"), 5, 20),
    (Hours(WEEKDAYS, "08:00", "17:00"), 10, 25),
    (Hours(WEEKDAYS, "09:00", "18:00"), 4, 12),
)
FLEXIBLE_HOURS = (6, 8, 10, 12, 15, 20, 20, 25, 30, 40)

# Employer's country: weight, zones, currency.
COUNTRIES: dict[str, tuple[float, tuple[str, ...], str]] = {
    "PE": (62, ("America/Lima",), "PEN"),
    "US": (19, ("America/New_York", "America/New_York", "America/Chicago", "America/Los_Angeles"), "USD"),
    "MX": (8, ("America/Mexico_City",), "USD"),
    "ES": (7, ("Europe/Madrid",), "EUR"),
    "CO": (6, ("America/Bogota",), "USD"),
    "CL": (5, ("America/Santiago",), "USD"),
    "AR": (4, ("America/Argentina/Buenos_Aires",), "USD"),
    "CA": (3, ("America/Toronto",), "USD"),
}
ZONE_WORDS_ES = {
    "America/Lima": ("hora de Lima", "hora peruana"),
    "America/New_York": ("hora de Nueva York", "hora del este de EE. UU."),
    "America/Chicago": ("hora de Chicago", "hora del centro de EE. UU."),
    "America/Los_Angeles": ("hora de Los Ángeles", "hora del Pacífico"),
    "America/Mexico_City": ("hora de Ciudad de México", "hora de México"),
    "Europe/Madrid": ("hora de Madrid", "hora peninsular española"),
    "America/Bogota": ("hora de Bogotá", "hora de Colombia"),
    "America/Santiago": ("hora de Santiago", "hora de Chile"),
    "America/Argentina/Buenos_Aires": ("hora de Buenos Aires", "hora argentina"),
    "America/Toronto": ("hora de Toronto", "hora del este de Canadá"),
}
ZONE_WORDS_EN = {zone: (f"{zone.rsplit('/', 1)[-1].replace('_', ' ')} time",) for zone in ZONE_WORDS_ES} | {
    "America/New_York": ("Eastern Time", "New York time"),
    "America/Los_Angeles": ("Pacific Time",),
}

SHIFT_TITLE_WORDS_ES = {
    "day": ("tiempo completo", "jornada completa", "full time"),
    "morning": ("medio tiempo mañanas", "part time mañana", "turno mañana"),
    "afternoon": ("part time tarde", "turno tarde", "medio tiempo tardes"),
    "evening": ("turno noche", "part time noches", "por las noches"),
    "night": ("amanecida", "turno madrugada", "horario nocturno"),
    "weekend": ("fines de semana", "sábados y domingos", "part time fin de semana"),
    "core": ("horario semiflexible", "remoto", "home office"),
    "flexible": ("horario flexible", "por horas", "freelance"),
}
SHIFT_TITLE_WORDS_EN = {
    "day": ("Full-time", "Full-time, Remote"),
    "morning": ("Part-time Mornings", "Mornings"),
    "afternoon": ("Part-time Afternoons", "Afternoons"),
    "evening": ("Evenings", "Evening Shift", "Part-time Evenings"),
    "night": ("Overnight", "Night Shift"),
    "weekend": ("Weekends", "Weekend Shift"),
    "core": ("Remote LatAm", "Partial Overlap"),
    "flexible": ("Flexible Hours", "Freelance", "Work Your Own Hours"),
}
