"""The way of somebody who looks for work, page by page: what she says in three steps, her account, a job."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.pages.person import Person

HOME, WHEN, WITH_WHAT = "Trabajo remoto para las horas que tienes libres", "Cuándo puedes trabajar", "Con qué trabajas"
JOBS = "Trabajos para ti"
PASSPHRASE = "tres ollas y un gato"  # noqa: S105


def tells_what_she_can(person: Person, text: str, skills: str) -> None:
    """The first step."""
    person.goes("/")
    person.sees(HOME)
    person.writes("¿Qué sabes hacer?", text)
    person.writes("Programas o herramientas que manejas", skills)
    person.presses("Seguir", WHEN)


def tells_when(person: Person, preset: str) -> None:
    """The second step, by one touch."""
    person.presses(preset, WHEN)
    person.presses("Seguir", WITH_WHAT)


def tells_with_what(person: Person, device: str, connection: str) -> None:
    """The third step: the jobs come."""
    person.chooses(device)
    person.chooses(connection)
    person.presses("Ver trabajos", JOBS)


def signs_up(person: Person, name: str, email: str, code: Callable[[], str], then: str) -> None:
    """An account by mail, from where it was asked for; she goes on where she was."""
    person.sees("Crear una cuenta")
    person.writes("Tu nombre", name)
    person.writes("Correo", email)
    person.writes("Contraseña", PASSPHRASE)
    person.chooses("Recomendarme trabajos (hace falta)")
    person.presses("Crear mi cuenta", "Escribe el código")
    person.writes("Código", code())
    person.presses("Seguir", then)


def applies(person: Person, text: str, job: str) -> None:
    """What she writes goes to the employer; the page that follows it comes."""
    person.sees("Postular")
    person.writes("Un mensaje para la empresa, si quieres", text)
    person.presses("Enviar mi postulación", job)
