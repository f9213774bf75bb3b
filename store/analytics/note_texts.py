"""What is said of the analyst's tables, in Spanish and English: the notes that belong to an answer.

Names in brackets are those that a table's columns and values have in every format.
"""

from __future__ import annotations

import re

from engine.explain import Locale
from store.analytics.tables import Note

_NAMES = re.compile(r" \(…?[a-zN_]+\)")
_NOTES: dict[Locale, dict[str, str]] = {
    Locale.ES: {
        "suppression": "Lo que se cuenta de personas se dice redondeado de cinco en cinco, y no se publican las celdas "
        "sobre 1 a 4 personas: así ninguna suma ni resta las descubre. Los grupos pequeños se juntan en uno, «otros» "
        "(other). Celdas ocultas en esta tabla: {cells}.",
        "widened": "Las semanas de menos de 5 personas van con las que les siguen: aquí cuentan los días del {first} "
        "al {last}.",
        "pair_once": "Se cuentan pares de persona y empleo, cada uno una vez por paso.",
        "implied": "Un paso supone los anteriores: quien postuló sin que se viera un clic cuenta también como clic.",
        "cohort": "Cada par pertenece a la semana en que se vio por primera vez, y lo que pasó después se cuenta ahí: "
        "a las últimas semanas todavía les falta tiempo.",
        "application_week": "La semana es la de la postulación: a las últimas todavía les falta tiempo.",
        "no_region": "Chamba no pregunta en qué región vive una persona: se muestran el lugar del empleo (job_place) "
        "y el país de la persona (country). El idioma (language) es el que declara como materno.",
        "wilson": "Los intervalos son del 95 % (Wilson) y toman los pares como independientes: donde pocas personas "
        "postulan mucho, el margen real es más ancho.",
        "censored": "Quien aún no consigue trabajo cuenta como «todavía busca» hasta el día de los datos (Kaplan y "
        "Meier). La mediana de los contratados solos (…_of_placed) engaña: deja fuera a quienes llevan más tiempo "
        "buscando y sale demasiado corta.",
        "joined_in_week": "Del registro solo se guarda la semana: los días desde el registro (joined) cuentan desde "
        "su lunes, hasta 6 de más.",
        "quartiles": "Falta un cuartil mientras no haya conseguido trabajo suficiente gente; se oculta si hablaría de "
        "menos de 5 personas.",
        "points": "La curva se dibuja al final de las semanas en que al menos 5 personas más consiguieron trabajo.",
        "impression": "Un empleo puesto ante una persona cuenta una vez por día, por más que se vuelva a pedir la "
        "lista.",
        "gini": "Gini: 0 si todos se muestran igual, cerca de 1 si unos pocos se llevan todo. Cuentan los empleos "
        "abiertos hoy y los que se mostraron y ya cerraron.",
        "congestion": "Congestión: a cuántas personas por vacante encuentra quien sigue una de sus diez primeras "
        "recomendaciones, las del día más reciente de cada persona; al lado, la que habría si todas las vacantes se "
        "mostraran por igual.",
        "lorenz": "De los menos mostrados a los más: qué parte de todo lo mostrado se llevan.",
        "active": "Está activa la persona a quien ese día se le mostró un empleo, o que buscó, hizo clic o postuló.",
        "own_profile": "Cuentan las personas con perfil: de quien mira sin cuenta no se sabe si vuelve. Una búsqueda "
        "es una lista pedida; sin resultado es la que no nombró ningún empleo que encaje.",
        "first_clicks": "De cada persona y empleo cuentan el primer clic, la postulación y la contratación, el día en "
        "que pasaron.",
        "whole_days": "Cada semana y cada día se cuentan por sí solos: las personas de los días no suman las de la "
        "semana. De quién se registró (people_joined) solo se sabe la semana.",
        "no_searches": "Esta copia es de antes de que se contaran las búsquedas.",
        "today": "Como están los datos el día en que se tomaron: el periodo no se aplica.",
        "skills": "Se nombran las habilidades que piden los avisos y las que comparten al menos 5 personas. Una "
        "persona tiene una habilidad cuando sus palabras están en su perfil.",
        "free_hours": "Cuentan las personas que dicen sus horas libres.",
        "needed_hours": "{jobs} empleos abiertos no piden una hora en particular. De las horas del equipo (jobs_core) "
        "solo se piden algunas.",
        "windows": "Hora de Lima. Mañanas (mornings): lun–vie 6–12; tardes (afternoons): lun–vie 12–19; noches "
        "(nights): lun–vie 19–23; madrugadas (late_nights): lun–vie 23–6; fines de semana (weekends): sáb y dom 8–20.",
        "can_take": "Una persona puede tomar un empleo cuando este pasa los límites que usa el recomendador: idiomas, "
        "lugar, equipo, conexión y horas. No cuenta el pago mínimo que pide.",
        "changes": "Si la gente libera la franja (people_free_it): todos quedan libres también en esas horas y "
        "quieren trabajar tantas como antes. Si los empleadores mueven N horas (employers_move_N_hours): cada empleo "
        "con horario pasa N de sus horas a la franja, de las que menos gente tiene libres a las que más, y solo si "
        "así puede tomarlo más gente.",
    },
    Locale.EN: {
        "suppression": "What is counted of people is told to the nearest five, and cells about 1 to 4 people are not "
        "published: no sum or difference gives them away. Small groups are folded into one, “others” (other). Cells "
        "hidden in this table: {cells}.",
        "widened": "Weeks of fewer than 5 people go with those that follow them: the days from {first} to {last} count "
        "here.",
        "pair_once": "Pairs of a person and a job are counted, each once a step.",
        "implied": "A step implies those before it: who applied without a click that was seen counts as a click too.",
        "cohort": "A pair belongs to the week in which it was first seen, and what came later counts there: the last "
        "weeks have not had their time yet.",
        "application_week": "The week is that of the application: the last ones have not had their time yet.",
        "no_region": "Chamba does not ask which region a person lives in: shown are where the job is (job_place) and "
        "the person's country. The language is the one that they state as native.",
        "wilson": "Intervals are of 95% (Wilson) and take pairs as independent: where few people apply often, the "
        "real margin is wider.",
        "censored": "Who has no work yet counts as still looking up to the day of the data (Kaplan and Meier). The "
        "median of those placed alone (…_of_placed) misleads: it leaves out those who have looked longest, and comes "
        "out too short.",
        "joined_in_week": "Of joining only the week is kept: days from joining (joined) count from its Monday, up to "
        "6 too many.",
        "quartiles": "A quartile is missing while too few people are placed; it is hidden where it would tell about "
        "fewer than 5.",
        "points": "The curve is drawn at the ends of weeks in which at least 5 more people were placed.",
        "impression": "A job put before a person counts once a day, however often the list is asked for again.",
        "gini": "Gini: 0 where all are shown alike, near 1 where a few take all. Jobs open today count, and those "
        "that were shown and have closed.",
        "congestion": "Congestion: how many people an opening somebody meets who follows one of their ten first "
        "recommendations, those of each person's newest day; beside it, what it would be if all openings were shown "
        "alike.",
        "lorenz": "From the least shown to the most: what part of all that was shown they take.",
        "active": "Somebody is active on a day on which they were shown a job, searched, clicked or applied.",
        "own_profile": "People with a profile count: of who looks without an account it is not known whether they come "
        "back. A search is a list that was asked for; without result is one that named no job that fits.",
        "first_clicks": "Of each person and job the first click, the application and the hire count, on their day.",
        "whole_days": "Each week and each day is counted by itself: the people of the days do not add up to those of "
        "the week. Of who joined (people_joined) only the week is known.",
        "no_searches": "This copy is from before searches were counted.",
        "today": "As the data were on the day they were taken: the period does not apply.",
        "skills": "Skills that ads ask for are named, and those that at least 5 people share. A person has a skill "
        "when its words stand in their profile.",
        "free_hours": "People who state their free hours count.",
        "needed_hours": "{jobs} open jobs need no hour in particular. Of the team's hours (jobs_core) only some are "
        "needed.",
        "windows": "Lima time. Mornings: Mon–Fri 6–12; afternoons: Mon–Fri 12–19; nights: Mon–Fri 19–23; late nights "
        "(late_nights): Mon–Fri 23–6; weekends: Sat and Sun 8–20.",
        "can_take": "A person can take a job when it passes the limits that recommendations use: languages, place, "
        "device, connection and hours. The least pay that they ask for does not count.",
        "changes": "If people free the window (people_free_it): all are free in those hours too and want to work as "
        "many as before. If employers move N hours (employers_move_N_hours): each job with a schedule moves N of its "
        "hours into the window, from those in which fewest people are free to those in which most are, and only if "
        "more people can take it then.",
    },
}


def note_text(note: Note, locale: Locale = Locale.ES) -> str:
    """What a note says."""
    return _NOTES[locale][note.key].format(**note.values)


def note_words(note: Note, locale: Locale = Locale.ES) -> str:
    """What it says beside a table in words: without the names in brackets, which stand nowhere there."""
    return _NAMES.sub("", note_text(note, locale))
