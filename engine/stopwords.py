"""Words that say nothing of which job is looked for, in Spanish and English."""

from __future__ import annotations

from collections.abc import Iterable

_GRAMMAR = """
a al algo algun alguna algunas alguno algunos ante aqui as bajo cada casi como con cual cuales cualquier cuando de del
desde donde dos e el ella ellas ellos en entre era eres es esa esas ese eso esos esta estas este esto estos estoy fue ha
hacer hacia hasta hay la las le les lo los mas me mi mis mucho muy nada ni no nos o otra otras otro otros para pero poco
por porque pues que quien se sea ser si sin sobre solo son soy su sus tal tambien tan te tener tengo ti tiene toda todas
todo todos tu tus u un una unas uno unos va y ya yo x q
an and any are at be by can do for from have i im in is it me my of on or some that the this to want with you your
"""
_OF_SEARCHES = """
ahora anos anuncio anuncios aviso avisos bien buen buena buenas buenos busca buscamos buscando buscar busco cachuelo
cachuelos chamba chambas chambear chambita conseguir contra deseo dia dias disponibilidad edad empleo empleos
encontrar facil faciles favor ganar gano gracias gustaria hola hora horario horarios horas hoy importa inmediata
inmediato interesa laboral laborar laburo mensual mensuales mensualmente mes mismo necesito oferta ofertas oportunidad
oportunidades paga pagan pago pague paguen peru plaza plazas postular puedo puesto puestos quiero quisiera rapido
saber salario saludos semana semanal semanales solicito sueldo tienes trabajar trabajito trabajo trabajos urgente
urgentes vacante vacantes
employment find gig hiring hour hours job jobs looking month monthly need opening openings pay position positions
salary search searching shift shifts vacancies vacancy wanted week weekly work working
"""
STOPWORDS = frozenset((_GRAMMAR + _OF_SEARCHES).split())


def without_stopwords(words: Iterable[str]) -> list[str]:
    """The normalised words that say something of a job."""
    return [word for word in words if word not in STOPWORDS]
