"""A password in the settings is in none of their texts, whatever variable it was put in; only its use gets it."""

from __future__ import annotations

import logging
import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from api.configuration.settings import Settings

PASSWORD = "lluvia-de-Huaraz-4711"
DATABASE = f"postgresql://chamba:{PASSWORD}@db/chamba"
SMTP = f"smtp://chamba:{PASSWORD}@mail:587"
SECRETS = {name for name, field in Settings.model_fields.items() if field.annotation is SecretStr}


def texts_of(settings: Settings) -> list[str]:
    """Every way in which settings are commonly written down."""
    written = logging.makeLogRecord({"msg": "settings: %s %r", "args": (settings, settings.model_dump())})
    return [repr(settings), str(settings), settings.model_dump_json(), f"{settings.model_dump()}", written.getMessage()]


def test_what_names_a_login_is_secret() -> None:
    response = {
        name
        for name, field in Settings.model_fields.items()
        if "url" in name or "token" in name or ":password@" in (field.description or "")
    }
    assert response == {"database_url", "smtp_url", "metrics_token", "sms_url", "whatsapp_url", "whatsapp_token"}
    assert response | {"sms_password", "sms_header", "incoming_secret"} == SECRETS


def test_no_text_of_the_settings_holds_a_password() -> None:
    checked = {"sms_url": f"https://sms.example/{PASSWORD}", "whatsapp_url": f"https://graph.example/{PASSWORD}"}
    checked |= {"sms_header": f"X-Key: {PASSWORD}", "incoming_secret": PASSWORD * 4}
    settings = Settings.model_validate(dict.fromkeys(SECRETS, PASSWORD) | checked)
    assert all(PASSWORD in getattr(settings, name).get_secret_value() for name in SECRETS)
    assert not [text for text in texts_of(settings) if PASSWORD in text]


def test_passwords_reach_what_needs_them_and_the_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    stated = Settings(database_url=DATABASE, smtp_url=SMTP)
    assert stated.database == DATABASE
    for name, value in stated.environment().items():
        monkeypatch.setenv(name, value)
    assert Settings() == stated
    assert Settings().smtp_url.get_secret_value() == SMTP


@pytest.mark.parametrize("name", [name for name in Settings.model_fields if name not in SECRETS])
def test_a_password_in_the_wrong_variable_is_in_no_error(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"CHAMBA_{name.upper()}", DATABASE)
    try:
        Settings()
    except ValidationError as error:
        said = "".join(traceback.format_exception(error))
        assert PASSWORD not in said
        assert name in said
        return
    assert Settings.model_fields[name].annotation in (str, Path, Path | None)


@pytest.mark.parametrize("wrong", [{"database_url": [DATABASE]}, {"smtp_url": {"url": SMTP}}, {"database_url": 3.5}])
def test_secrets_of_another_type_are_refused_without_being_repeated(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as raised:
        Settings.model_validate(wrong)
    said = "".join(traceback.format_exception(raised.value))
    assert PASSWORD not in said
    assert "input_value" not in said


def test_a_start_that_fails_prints_no_password(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "chamba", "serve", "--data-dir", str(tmp_path)]
    environment = {
        "CHAMBA_DATABASE_URL": f"nonsense+{DATABASE}",
        "CHAMBA_SMTP_URL": SMTP,
        "PYTHONPATH": ":".join(sys.path),
    }
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "SQLAlchemy URL" in done.stderr
    assert PASSWORD not in done.stdout + done.stderr
