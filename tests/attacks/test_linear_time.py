"""No text that somebody sends holds a worker up: the time of every parser grows with the length of what it reads."""

from __future__ import annotations

import pytest

from store.importers.schedule_text import read_schedule
from tests.attacks.growth import require_linear


@pytest.mark.parametrize("fragment", ["mon-", "lunes a ", "9 a 18 lunes y ", "l-v ", "lunes de 9 a 18, "])
def test_schedules_are_read_in_linear_time(fragment: str) -> None:
    require_linear(lambda text: read_schedule(text, "America/Lima"), fragment)
