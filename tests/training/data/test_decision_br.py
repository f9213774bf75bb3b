"""decision-br as training data: what is known of a person on a day, and a split by the opening of jobs."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import numpy as np
import orjson
import pytest
from typer.testing import CliRunner

import chamba
from engine.errors import InvalidInputError
from tests.training.small_decision_br import write_small_decision_br
from training.data.decision_br import (
    as_placements,
    clean_title,
    from_decision_br,
    read_decision_br,
)
from training.data.splits import default_held_out, split_days

PAIRS = "job_id,job_title,modalidade,cand_id,status,date_applied,date_updated,grade,has_job_text"
CANDIDATES = "cand_id,objetivo_profissional,areas,data_atualizacao"
JOBS = (
    "job_id,data_requicisao,titulo_vaga,nivel_profissional,areas_atuacao,principais_atividades,"
    "competencia_tecnicas_e_comportamentais,nivel_ingles,cidade,faixa_etaria"
)
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(pairs: list[str], jobs: list[str] | None = None) -> Path:
        contents = {
            "pairs": [PAIRS, *pairs],
            "candidates": [
                CANDIDATES,
                "1,Analista fiscal,Financeira,2020-06-01 10:00:00",
                "2,,,2020-06-01 10:00:00",
                "3,Contador chefe,,2022-06-01 10:00:00",
            ],
            "jobs": [
                JOBS,
                *(
                    jobs
                    or [
                        "10,02-01-2021,Analista SAP - 1234567,Pleno,TI - SAP-,Atender chamados,SAP FI,Básico,Lins,18",
                        "11,20-01-2021,Contador,Sênior,Fiscal-,Fechar o mês,Fechar o mês,Nenhum,São Paulo,18 a 30",
                    ]
                ),
            ],
        }
        for name, lines in contents.items():
            (tmp_path / f"{name}.csv.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
        return tmp_path

    return write


def test_a_process_is_told_of_only_once_it_was_closed(write: Write) -> None:
    found = from_decision_br(
        write(
            [
                "10,Analista SAP,,1,Contratado,2021-01-10,2021-02-20,4,True",
                "11,Contador,,1,Prospect,2021-02-01,2021-02-05,0,True",
                "10,Analista SAP,,1,Aprovado,2021-03-01,2021-03-05,3,True",
                "11,Contador,,2,Prospect,2021-03-01,2021-03-05,0,True",
            ]
        )
    )
    assert [found.seeker_texts[seeker] for seeker in found.seekers] == [
        "Analista fiscal. Financeira",
        "Analista fiscal. Financeira",
        "Analista fiscal. Financeira. Analista SAP. Contador",
    ]
    assert found.grades.tolist() == [4, 0, 3]


def test_a_process_closed_that_very_day_is_not_told(write: Write) -> None:
    found = from_decision_br(
        write(
            [
                "10,Analista SAP,,2,Contratado,2021-01-10,2021-02-20,4,True",
                "11,Contador,,2,Aprovado,2021-02-20,2021-02-25,3,True",
                "11,Contador,,2,Aprovado,2021-02-21,2021-02-25,3,True",
            ]
        )
    )
    assert [found.seeker_texts[seeker] for seeker in found.seekers] == ["Analista SAP"]


def test_a_profile_changed_after_the_day_is_not_read(write: Write) -> None:
    outcomes = read_decision_br(write(["11,Contador,,3,Contratado,2021-02-01,2021-02-05,4,True"]))
    assert [state.text for state in outcomes.states_known] == [""]
    assert len(as_placements(outcomes).grades) == 0


def test_the_newest_title_stands_first_and_twice_the_same_once(write: Write) -> None:
    outcomes = read_decision_br(
        write(
            [
                "10,Analista SAP - 1234567,,2,Prospect,2021-01-10,2021-01-11,0,True",
                "11,Contador,,2,Prospect,2021-01-12,2021-01-13,0,True",
                "10,Analista SAP - 7654321,,2,Prospect,2021-01-14,2021-01-15,0,True",
                "11,Contador,,2,Aprovado,2021-02-20,2021-02-25,3,True",
            ]
        )
    )
    assert outcomes.states_known[-1].earlier == ("Analista SAP", "Contador")


def test_a_job_is_read_once_and_its_age_limit_never(write: Write) -> None:
    outcomes = read_decision_br(write(["11,Contador,,1,Contratado,2021-02-01,2021-02-05,4,True"]))
    assert [job.text for job in outcomes.jobs_known] == [
        "Analista SAP. Pleno. TI - SAP. Atender chamados. SAP FI",
        "Contador. Sênior. Fiscal. Fechar o mês",
    ]


def test_titles_lose_what_only_the_recruiter_can_read() -> None:
    assert clean_title("SAP ABAP Sr - 12175582") == "SAP ABAP Sr"
    assert clean_title("4236735 - Consultor SAP SD - Replace Fulano de Tal") == "Consultor SAP SD"
    assert clean_title("Dev C# / .NET - RE-269617") == "Dev C# / .NET"
    assert clean_title("12345678") == "12345678"


def test_training_ends_before_the_first_validation_job_opened(write: Write) -> None:
    jobs = [
        f"{number},{number:02d}-01-2021,Contador {number},Pleno,Fiscal-,Fechar,,Nenhum,Lima,"
        for number in range(10, 30)
    ]
    pairs = [f"{number},Contador,,1,Contratado,2021-01-{number},2021-01-{number},4,True" for number in range(10, 30)]
    late = "10,Contador,,1,Contratado,2021-01-11,2021-01-28,4,True"
    outcomes = read_decision_br(write([*pairs[1:], late], jobs))
    placements = as_placements(outcomes)
    split = default_held_out(placements).split
    days = split_days(outcomes.opened)
    assert (days.validation, days.test) == (np.datetime64("2021-01-24"), np.datetime64("2021-01-26"))
    assert placements.times[split.train].max() < days.validation
    assert outcomes.opened[placements.jobs[split.validation]].tolist() == [
        days.validation.item(),
        np.datetime64("2021-01-25").item(),
    ]
    assert len(split.train) == 13
    assert len(split.test) == 4


def test_a_folder_without_the_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"pairs\.csv\.gz"):
        from_decision_br(tmp_path)


@pytest.mark.slow
def test_the_command_fits_a_recruiters_outcomes_with_hard_negatives(tiny_hugging_face: Path, tmp_path: Path) -> None:
    data = tmp_path / "decision-br"
    data.mkdir()
    arguments = ["train", "--data", str(write_small_decision_br(data)), "--encoder", f"hf:{tiny_hugging_face}"]
    arguments += ["--epochs", "2", "--rejections", "2", "--mined-negatives", "3", "--no-export"]
    result = CliRunner().invoke(chamba.app, [*arguments, "--data-dir", str(tmp_path)])
    assert result.exit_code == 0, result.output
    (run,) = (tmp_path / "runs").iterdir()
    document = orjson.loads((run / "run.json").read_bytes())
    assert document["data"]["name"] == "decision-br"
    assert (document["config"]["rejections"], document["config"]["mined_negatives"]) == (2, 3)
    assert 0 < document["metrics"]["test_recall_at_10"] <= 1
