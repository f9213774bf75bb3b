"""The record's sections about the system: its purpose, its data, models, answers, quality, and whether it replays."""

from __future__ import annotations

from collections import Counter
from typing import Any

import orjson
from sqlalchemy import func, select

from api.recommendations.service.replaying import replay
from commands.dossier.document import Block, Bullets, Paragraph, grid
from commands.dossier.figures import Source, moment, months, number, share
from engine.documents.seekers import SEEKER_KEYS
from engine.encoder.encoder import MODEL_MANIFEST
from engine.errors import ArtifactError, NotFoundError
from engine.reranking.features import FEATURES
from index.bundle import MODEL, BundleManifest, bundle_folders, current_folder
from index.replaying import software
from store.evidence.detaching import NO_INPUT
from store.evidence.recommendation_log import RECOMMENDATIONS
from store.people.accounts import ACCOUNTS
from store.tables import JOBS, SEEKERS

DATA_NAMES = {
    "text": "lo que cuenta en sus palabras, sin contactos",
    "skills": "lo que sabe hacer",
    "languages": "idiomas y nivel",
    "availability": "horas libres de la semana",
    "device": "equipo",
    "connection": "conexión",
    "min_pay": "pago mínimo que acepta",
    "country": "país",
}
NEVER_USED = (
    "ingresos",
    "clasificación socioeconómica (SISFOH)",
    "edad",
    "sexo",
    "nombre",
    "DNI",
    "teléfono",
    "correo",
)
NOT_IN_A_RANKING = frozenset(
    {
        "income",
        "poverty_class",
        "household_size",
        "birth_date",
        "age",
        "sex",
        "gender",
        "name",
        "national_id",
        "phone",
        "email",
    }
)
NO_BUNDLE = "No hay ningún paquete publicado (chamba index): no se recomienda nada."


def purpose(source: Source) -> list[Block]:
    """What the system is for, and what runs."""
    versions = ", ".join(f"{name} {version}" for name, version in software())
    return [
        Paragraph(
            "Chamba recomienda trabajos remotos a personas según lo que saben hacer y las horas que tienen. Lo hace un "
            "sistema automático que aprende de contrataciones pasadas. No decide sobre nadie: ordena avisos para una "
            "persona, que elige a cuáles postular, y muestra a un empleador a quienes aceptaron que los encuentren; "
            "quién es contratado lo decide el empleador."
        ),
        Paragraph(f"Registro hecho el {moment(source.now)} (hora de Lima) con las cifras de ese momento."),
        Paragraph(f"Versiones de lo que responde: {versions}."),
        Paragraph("Responsable del tratamiento y encargado de datos personales: (completar a mano)."),
    ]


def data_used(source: Source) -> list[Block]:
    """What is used of people, and what never is; raises ArtifactError if the code used anything else."""
    used = sorted(SEEKER_KEYS)
    known = {*SEEKER_KEYS, *(feature.name for feature in FEATURES)}
    if known & NOT_IN_A_RANKING:
        raise ArtifactError("a ranking uses what it may not", got=", ".join(sorted(known & NOT_IN_A_RANKING)))
    people = [
        ("Cuentas", source.count(ACCOUNTS)),
        ("Perfiles", source.count(SEEKERS)),
        ("Perfiles de aplicaciones asociadas", source.count(SEEKERS, SEEKERS.c.partner_id.is_not(None))),
        ("Aceptaron que los encuentren", source.count(SEEKERS, SEEKERS.c.is_findable)),
        ("Aceptaron que los modelos aprendan de su caso", source.count(SEEKERS, SEEKERS.c.may_train)),
        ("Avisos abiertos", source.count(JOBS, JOBS.c.is_open)),
    ]
    return [
        Paragraph("Se usa de una persona, para recomendar:"),
        Bullets(tuple(DATA_NAMES.get(name, name) for name in used)),
        Paragraph("Nunca se usa para recomendar:"),
        Bullets(NEVER_USED),
        Paragraph(
            "Se comprobó en el código en servicio: ni el perfil que leen los modelos ni las "
            f"{len(FEATURES)} características con las que se ordena contienen esos datos. Ingresos, clasificación y "
            "DNI se guardan cifrados y aparte, para elegibilidad y auditoría."
        ),
        grid(("Cuántos", ""), [(name, number(count)) for name, count in people], "–"),
    ]


def models(source: Source) -> list[Block]:
    """The bundle and model in service, what they were trained on, and what else has answered."""
    folder = current_folder(source.data_dir / "bundles")
    blocks: list[Block] = [Paragraph(NO_BUNDLE)]
    if folder is not None:
        manifest = BundleManifest.peek(folder)
        trained = _provenance(folder / MODEL / MODEL_MANIFEST)
        data, reranker = trained.get("data", {}), (folder / MODEL / "reranker.json").is_file()
        facts = [
            ("Paquete", manifest.version),
            ("Construido", moment(manifest.built_at)),
            ("Avisos", number(manifest.job_count)),
            ("Modelo", manifest.model_id),
            ("Entrenado con", f"{data.get('name', 'no lo dice')}, versión {data.get('version', 'no la dice')}"),
            ("Resultados de contratación en esos datos", data.get("outcomes", "no lo dice")),
            ("Entrenamiento terminado", trained.get("finished_at", "no lo dice")),
            ("Orden aprendido (reranker)", "sí" if reranker else "no: fórmula fija"),
            ("Otros paquetes guardados", len(bundle_folders(source.data_dir / "bundles")) - 1),
        ]
        blocks = [grid(("", ""), facts, NO_BUNDLE)]
    logged = RECOMMENDATIONS.c
    query = (
        select(
            logged.model_id, logged.reranker, func.count(), func.min(logged.answered_at), func.max(logged.answered_at)
        )
        .group_by(logged.model_id, logged.reranker)
        .order_by(func.max(logged.answered_at).desc())
    )
    rows = [
        (model, reranker, number(count), moment(first), moment(last))
        for model, reranker, count, first, last in source.connection.execute(query)
    ]
    head = ("Modelo", "Orden", "Respuestas", "Desde", "Hasta")
    return [*blocks, Paragraph("Lo que ha respondido, según el registro:"), grid(head, rows, "Nada todavía.")]


def answers_by_month(source: Source) -> list[Block]:
    """How many answers were given each month, and how many of them are nobody's any more."""
    logged = RECOMMENDATIONS.c
    first = source.connection.execute(select(func.min(logged.answered_at))).scalar()
    if first is None:
        return [Paragraph("Todavía no se ha recomendado nada.")]
    rows = []
    for name, start, end in months(first, source.now):
        in_month = (logged.answered_at >= start, logged.answered_at < end)
        count = source.count(RECOMMENDATIONS, *in_month)
        detached = source.count(RECOMMENDATIONS, *in_month, logged.input_hash == NO_INPUT)
        rows.append((name, number(count), number(detached)))
    return [
        grid(("Mes", "Respuestas", "De personas que se borraron"), rows, "–"),
        Paragraph("Cada respuesta queda registrada con su perfil, versiones, avisos y puntajes, y se puede repetir."),
    ]


def quality(source: Source) -> list[Block]:
    """What the model folder in service says was measured of it."""
    folder = current_folder(source.data_dir / "bundles")
    if folder is None:
        return [Paragraph(NO_BUNDLE)]
    measured = _provenance(folder / MODEL / MODEL_MANIFEST).get("metrics", {})
    rows = [(name, f"{value:.4f}") for name, value in sorted(measured.items())]
    recall = BundleManifest.peek(folder).recall_at_10
    rows.append(("recall_at_10 de la búsqueda, contra una exacta", f"{recall:.4f}"))
    return [grid(("Medida", "Valor"), rows, "–"), Paragraph("Medido con datos que el modelo no vio al entrenarse.")]


def replays(source: Source) -> list[Block]:
    """Gives a random sample of logged answers again, and counts those that are the same to the last bit."""
    logged = RECOMMENDATIONS.c
    names = select(logged.recommendation_id).where(logged.input_hash != NO_INPUT)
    query = names.order_by(func.random()).limit(source.replay_count)
    sample = source.connection.execute(query).scalars().all()
    if not sample:
        return [Paragraph("No hay respuestas registradas que repetir.")]
    outcomes: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for recommendation_id in sample:
        try:
            replayed = replay(recommendation_id, source.connection, source.data_dir / "bundles")
        except (ArtifactError, NotFoundError) as error:
            outcomes["impossible"] += 1
            reasons[error.message] += 1
        else:
            outcomes["same" if replayed.is_identical else "different"] += 1
            reasons[replayed.difference] += bool(replayed.difference)
    tried = outcomes["same"] + outcomes["different"]
    rows = [
        ("Tomadas al azar", number(len(sample))),
        ("Idénticas hasta el último bit", f"{outcomes['same']} ({share(outcomes['same'], tried)} de las repetidas)"),
        ("Distintas", number(outcomes["different"])),
        ("Imposibles de repetir", number(outcomes["impossible"])),
    ]
    why = tuple(f"{reason}: {count}" for reason, count in sorted(reasons.items()) if reason and count)
    return [grid(("Repetición de respuestas registradas", ""), rows, "–"), *([Bullets(why)] if why else [])]


def _provenance(path: Any) -> dict[str, Any]:
    """How the model came about, by its own manifest; empty where it does not say."""
    found: dict[str, Any] = orjson.loads(path.read_bytes()).get("provenance", {})
    return found
