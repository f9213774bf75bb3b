"""The record's sections about people: consents, fairness, human reviews, false offers, and what people asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select

from commands.dossier.document import Block, Paragraph, grid
from commands.dossier.figures import Source, durations, moment, number
from engine.explain import Locale
from store.analytics.note_texts import note_text
from store.analytics.questions.answers import answer
from store.analytics.report.labels import column_label, written
from store.analytics.snapshots import current_snapshot
from store.analytics.tables import Question, Table
from store.audit import AuditAction
from store.audit_chain import ENTRIES
from store.hiring.postings import POSTINGS
from store.people.cases import ABOUT_JOBS, CASES, DECISIONS, CaseKind, CaseState, Decision
from store.people.consents import CONSENTS
from store.people.erasure.receipts import RECEIPTS, ErasureState
from store.tables import JOBS

MATCH_COLUMNS = ("dimension", "group", "applied", "interviewed", "hired", "applied_to_hired_rate")
MATCH_COLUMNS_WITH_INTERVAL = (*MATCH_COLUMNS, "applied_to_hired_rate_low", "applied_to_hired_rate_high")
FAIR_DIMENSIONS = ("all", "language", "job_place", "country", "hours")
EXPOSURE_COLUMNS = ("subject", "number", "never_shown_share", "gini", "congestion_at_10", "congestion_if_even")
PURPOSES = {
    "matching": "recomendar (perfilado automático)",
    "be_found": "ser encontrado por empleadores",
    "training": "que los modelos aprendan",
    "sensitive": "datos sensibles (ingresos, clasificación)",
    "screening": "que un programa diga si es para la persona",
}
STATES = {"open": "abiertos", "taken": "en manos de alguien", "decided": "decididos"}
MODERATIONS = {"approved": "aprobados", "waiting": "esperan a una persona", "rejected": "retirados"}
DECIDED = {
    Decision.JOB_SHOWN: "Se muestra",
    Decision.JOB_TAKEN_DOWN: "Retirado",
    Decision.JOB_STAYS: "Queda como estaba",
    Decision.JOB_STAYS_DOWN: "Sigue retirado",
    Decision.ORGANISATION_VERIFIED: "Verificada",
    Decision.ORGANISATION_REFUSED: "No aceptada",
    Decision.ORGANISATION_RESTORED: "Organización restaurada",
    Decision.ORGANISATION_STAYS_SUSPENDED: "Sigue suspendida",
    Decision.ANSWER_CORRECTED: "La persona tenía razón: se corrigió",
    Decision.ANSWER_STANDS: "La respuesta era la que correspondía",
    Decision.DATA_CORRECTED: "Se corrigió",
    Decision.DATA_STAYS: "Queda como estaba",
    Decision.ACCOUNT_RESTORED: "Cuenta restaurada",
    Decision.ACCOUNT_STAYS_SUSPENDED: "Sigue suspendida",
    Decision.SCREENING_CHANGED: "Se cambió la respuesta del programa",
    Decision.SCREENING_STANDS: "La respuesta del programa queda",
}


def consents(source: Source) -> list[Block]:
    """The legal basis, and how many people agree to what, by the text that they read."""
    ranked = select(
        CONSENTS,
        func.row_number()
        .over(
            partition_by=(CONSENTS.c.account_id, CONSENTS.c.purpose),
            order_by=(CONSENTS.c.recorded_at.desc(), CONSENTS.c.consent_id.desc()),
        )
        .label("age"),
    ).subquery()
    newest = ranked.c
    tally = source.tally(newest.purpose, newest.text_version, newest.is_given, where=newest.age == 1)
    counts = {(purpose, version, bool(is_given)): count for purpose, version, is_given, count in tally}
    pairs = sorted({(purpose, version) for purpose, version, _ in counts})
    rows = [
        (
            PURPOSES.get(purpose, purpose),
            version,
            *(number(counts.get((purpose, version, one), 0)) for one in (True, False)),
        )
        for purpose, version in pairs
    ]
    return [
        Paragraph(
            "Base legal: consentimiento previo, informado, expreso e inequívoco, por cada finalidad (Ley 29733 y su "
            "reglamento, DS 016-2024-JUS). La selección de trabajadores es un uso de alto riesgo de la inteligencia "
            "artificial (DS 115-2025-PCM): supervisión humana, aviso previo, evaluación de impacto y registros por "
            "tres años. Los textos que se muestran antes de aceptar están en /v1/consent-texts."
        ),
        grid(
            ("Finalidad", "Texto", "Aceptan hoy", "No aceptan o se retiraron"), rows, "Nadie ha declarado nada todavía."
        ),
    ]


def fairness(source: Source) -> list[Block]:
    """What comes of applications by language, place and hours, from the newest analytics snapshot; small cells hidden.

    Raises ArtifactError without a snapshot.
    """
    snapshot = current_snapshot(source.data_dir / "analytics")
    matched = answer(snapshot, Question.MATCH_SUCCESS)
    exposed = answer(snapshot, Question.EXPOSURE)
    chosen = [row for row in range(len(matched.rows)) if matched.rows[row][0] in FAIR_DIMENSIONS]
    notes = dict.fromkeys(note_text(note, Locale.ES) for table in (matched, exposed) for note in table.notes)
    return [
        Paragraph(f"De la fotografía analítica {snapshot.version}, del {moment(snapshot.taken_at)}, con seudónimos."),
        Paragraph("Qué resulta de las postulaciones, por grupo:"),
        _table(matched, MATCH_COLUMNS_WITH_INTERVAL, chosen),
        Paragraph("Cómo se reparte lo que se muestra, y cuántas personas compiten por cada vacante (congestión):"),
        _table(exposed, EXPOSURE_COLUMNS, range(len(exposed.rows))),
        *(Paragraph(note) for note in notes),
    ]


def reviews(source: Source) -> list[Block]:
    """How many recommendations were contested, what was decided by people, and how long that took."""
    return [
        Paragraph(
            "Cada respuesta dice por qué recomienda cada trabajo y puede impugnarse; una persona la repite, decide y "
            "explica por qué."
        ),
        grid(("Revisiones humanas", ""), _decided(source, CaseKind.HUMAN_REVIEW), "–"),
    ]


def moderation(source: Source) -> list[Block]:
    """What people decided about ads that showed signs of fraud or were reported."""
    about_ads = CASES.c.kind.in_(ABOUT_JOBS)
    reasons: Counter[str] = Counter()
    for found in source.connection.execute(select(CASES.c.reasons).where(about_ads)).scalars():
        reasons.update(found)
    by_state = source.tally(POSTINGS.c.moderation, where=POSTINGS.c.job_id.in_(select(JOBS.c.job_id)))
    states = [(MODERATIONS.get(state, state), number(count)) for state, count in by_state]
    return [
        Paragraph(
            "Un aviso que pide dinero, datos o confianza de más espera a que lo mire una persona antes de mostrarse; "
            "cualquiera puede denunciar uno."
        ),
        grid(("Avisos de empleadores y asociados", ""), states, "Ninguno todavía."),
        grid(("Avisos retenidos", ""), _decided(source, CaseKind.POSTING), "–"),
        grid(("Avisos importados que se retuvieron", ""), _decided(source, CaseKind.IMPORT), "–"),
        grid(("Avisos denunciados", ""), _decided(source, CaseKind.REPORT), "–"),
        grid(("Avisos retirados que su dueño apeló", ""), _decided(source, CaseKind.JOB_APPEAL), "–"),
        grid(("Organizaciones que apelaron su suspensión", ""), _decided(source, CaseKind.ORGANISATION_APPEAL), "–"),
        grid(("Señal", "Casos"), sorted(reasons.items()), "Ninguna señal todavía."),
    ]


def rights(source: Source) -> list[Block]:
    """What people did with their rights, and how fast it was done."""
    exports = source.count(ENTRIES, ENTRIES.c.action == AuditAction.DATA_EXPORTED)
    receipts = source.connection.execute(select(RECEIPTS).order_by(RECEIPTS.c.erased_at)).all()
    done = [row.completed_at - row.erased_at for row in receipts if row.completed_at is not None]
    pending = [row for row in receipts if row.state == ErasureState.PENDING]
    rows = [
        ("Descargas de todos los datos propios (al momento)", number(exports)),
        ("Personas borradas de la base de datos (al momento)", number(len(receipts))),
        ("De ellas, también de todas las copias", number(len(receipts) - len(pending))),
        ("Tiempo hasta no quedar ninguna copia", durations(done)),
        ("Pendientes en copias, la más antigua", moment(pending[0].erased_at) if pending else "ninguna"),
    ]
    return [
        grid(("Acceso, portabilidad y cancelación", ""), rows, "–"),
        grid(("Rectificaciones pedidas a una persona", ""), _decided(source, CaseKind.CORRECTION), "–"),
    ]


def _decided(source: Source, kind: CaseKind) -> list[tuple[str, str]]:
    """Cases of a kind: how many, in which state, how decided, and how long that took."""
    of_kind = CASES.c.kind == kind
    states = {str(state): int(count) for state, count in source.tally(CASES.c.state, where=of_kind)}
    decisions = {str(made): int(count) for made, count in source.tally(CASES.c.decision, where=of_kind)}
    times = select(CASES.c.opened_at, CASES.c.decided_at).where(of_kind, CASES.c.decided_at.is_not(None))
    lengths = [row.decided_at - row.opened_at for row in source.connection.execute(times)]
    waiting: ColumnElement[bool] = of_kind & (CASES.c.state != CaseState.DECIDED)
    oldest = source.connection.execute(select(func.min(CASES.c.opened_at)).where(waiting)).scalar()
    return [
        ("Pedidas", number(sum(states.values()))),
        *((STATES[state].capitalize(), number(states.get(state, 0))) for state in CaseState),
        *((DECIDED[decision], number(decisions.get(decision, 0))) for decision in DECISIONS[kind]),
        ("Tiempo hasta decidir", durations(lengths)),
        ("La más antigua sin decidir", moment(oldest)),
    ]


def _table(table: Table, names: Sequence[str], rows: Sequence[int]) -> Block:
    """Some columns and rows of an analyst's table, as it hides and writes them."""
    places = [[column.name for column in table.columns].index(name) for name in names]
    cells = [
        [
            "oculto (menos de 5)"
            if (row, place) in table.hidden
            else written(table.rows[row][place], table.columns[place], Locale.ES)
            for place in places
        ]
        for row in rows
    ]
    return grid([column_label(name, Locale.ES) for name in names], cells, "Nada todavía.")
