"""A small recruiter's history in the files of decision-br: three trades, people who stay in theirs."""

from __future__ import annotations

import gzip
from datetime import date, timedelta
from pathlib import Path

import numpy as np

TRADES = {
    "Analista SAP FI": "Configurar o módulo financeiro e fechar o mês",
    "Desenvolvedor Java": "Programar serviços com Spring e testes",
    "Analista de suporte": "Atender chamados e instalar computadores",
}
LEVELS = ("Pleno", "Sênior")


def write_small_decision_br(folder: Path, jobs: int = 120, people: int = 40) -> Path:
    """Write the three files; a job opens every third day, and those of its trade are put to it in the days after."""
    random = np.random.default_rng(1)
    trades = list(TRADES.items())
    job_lines, pair_lines = [], []
    for number in range(jobs):
        title, duties = trades[number % 3]
        opened = date(2020, 1, 1) + timedelta(days=3 * number)
        job_lines.append(
            f"{number},{opened:%d-%m-%Y},{title} - {4000000 + number},{LEVELS[number % 2]},TI-,{duties},,Básico,Lins"
        )
        for person in random.choice(people // 3, 3, replace=False) * 3 + number % 3:
            applied = opened + timedelta(days=int(random.integers(0, 5)))
            closed = applied + timedelta(days=int(random.integers(0, 4)))
            grade = int(random.choice([-1, 0, 1, 2, 4]))
            pair_lines.append(f"{number},{title},,{person},x,{applied},{closed},{grade},True")
    contents = {
        "jobs": [
            "job_id,data_requicisao,titulo_vaga,nivel_profissional,areas_atuacao,principais_atividades,"
            "competencia_tecnicas_e_comportamentais,nivel_ingles,cidade",
            *job_lines,
        ],
        "pairs": [
            "job_id,job_title,modalidade,cand_id,status,date_applied,date_updated,grade,has_job_text",
            *pair_lines,
        ],
        "candidates": [
            "cand_id,objetivo_profissional,areas,data_atualizacao",
            *(
                f"{person},{trades[person % 3][0] if person % 2 else ''},,2019-12-01 00:00:00"
                for person in range(people)
            ),
        ],
    }
    for name, lines in contents.items():
        (folder / f"{name}.csv.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    return folder
