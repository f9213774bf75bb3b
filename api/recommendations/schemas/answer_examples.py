"""One answer, as OpenAPI shows it."""

from __future__ import annotations

from pydantic import JsonValue

from api.schemas.problems import VERSIONS

SCORE_BREAKDOWN_EXAMPLE: dict[str, JsonValue] = {
    "relevance": 0.9913,
    "availability": 1.0,
    "hours_shared": 9.0,
    "hours_needed": 9.0,
    "core_hours_shared": None,
    "core_hours_needed": None,
    "contributions": {
        "base": -0.0264,
        "relevance": 1.7279,
        "hours": 0.3241,
        "pay": 0.0049,
        "languages": 0.1806,
        "skills": 0.3847,
        "recency": -0.0568,
    },
}
UNLOCK_EXAMPLE: dict[str, JsonValue] = {
    "kind": "hours_of_day",
    "opens": 14,
    "text": "Con 4 horas más los martes (18:00 a 22:00) se abren 14 trabajos que encajan contigo",
    "change": {"extra_hours": 4.0, "window": {"days": ["tue"], "start": "18:00", "end": "22:00"}},
}
SKILL_UNLOCK_EXAMPLE: dict[str, JsonValue] = {
    "kind": "skill",
    "opens": None,
    "text": "7 de los 9 avisos cercanos que nombran habilidades piden Planillas, que no mencionas",
    "change": {"skill": "Planillas"},
    "path": {
        "text": "Es esencial para trabajar como auxiliar de planillas. Paso a paso: 1) cálculo básico; 2) planillas.",
        "steps": [
            {"uri": "http://data.europa.eu/esco/skill/1f0d", "label": "cálculo básico"},
            {"uri": "http://data.europa.eu/esco/skill/7c2e", "label": "planillas"},
        ],
        "leads_to": {"uri": "http://data.europa.eu/esco/occupation/55ab", "label": "auxiliar de planillas"},
        "has": [],
        "attribution": "Este servicio utiliza la clasificación ESCO de la Comisión Europea.",
    },
}
ANSWER_EXAMPLE: dict[str, JsonValue] = {
    "recommendation_id": "0197a6b2-5c1e-7d4a-9b3f-2f6c1d0e8a47",
    "recommendations": [
        {
            "job_id": "web-1",
            "job": {
                "title": "Diseñadora gráfica de marca, de noche",
                "skills": ["Photoshop", "Adobe Illustrator"],
                "modality": "remote",
                "pay": {"amount": 400, "currency": "PEN", "period": "month"},
                "comparable_pay": {
                    "per_hour": [10.26, 10.26],
                    "per_month": [400.0, 400.0],
                    "hours_per_week": 9.0,
                    "hours_basis": "stated",
                },
                "summary": "Piezas para redes sociales, tres noches por semana.",
                "apply": {"how": "here", "text": "Postula por Chamba"},
            },
            "score": 0.9268,
            "score_breakdown": SCORE_BREAKDOWN_EXAMPLE,
            "matched_skills": ["Adobe Illustrator", "Photoshop"],
            "reasons": [
                {"kind": "hours", "text": "Tienes libres las 9 horas que pide"},
                {"kind": "pay", "text": "Paga S/ 400 al mes"},
                {"kind": "pay", "text": "Son S/ 10.26 la hora, por 9 horas a la semana"},
            ],
            "warnings": [
                {
                    "kind": "asks_age",
                    "text": "Pide una edad, lo que la ley no permite",
                    "sentence": "Edad: 20 a 35 años",
                }
            ],
            "similar_jobs": [{"job_id": "web-7", "title": "Diseñadora de marca (noches, ingreso inmediato)"}],
        }
    ],
    **VERSIONS,
    "candidates": {"catalogue": 3000, "eligible": 433, "reranked": 200},
    "notice": "Solo 1 de los 10 trabajos que pediste cumple con todo y encaja bien. Aparte va lo más cercano, con lo "
    "que le falta. Con 4 horas más los martes (18:00 a 22:00) se abren 14 trabajos que encajan contigo.",
    "nearest": [
        {
            "job_id": "web-2",
            "job": {
                "title": "Diseñador gráfico",
                "hours_type": "full_time",
                "modality": "remote",
                "url": "https://empleos.example.com/web-2",
                "apply": {
                    "how": "url",
                    "text": "Postula en la página del aviso: empleos.example.com",
                    "url": "https://empleos.example.com/web-2",
                },
            },
            "score": 0.6121,
            "score_breakdown": SCORE_BREAKDOWN_EXAMPLE
            | {"availability": 0.75, "hours_shared": 36.0, "hours_needed": 48.0},
            "matched_skills": [],
            "reasons": [
                {"kind": "ask", "text": "Se publicó hace 4 meses: pregunta si sigue abierto"},
            ],
            "warnings": [],
            "similar_jobs": [],
            "missing": [{"kind": "hours", "text": "Te faltan 12 horas: pide 48 y tienes 36"}],
        }
    ],
    "unlocks": [UNLOCK_EXAMPLE, SKILL_UNLOCK_EXAMPLE],
}

CHIP_EXAMPLE: dict[str, JsonValue] = {
    "kind": "hours_type",
    "label": "Medio tiempo",
    "quote": "medio tiempo",
    "filters": {"hours_types": ["part_time"]},
}
