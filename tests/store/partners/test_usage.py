"""Counted requests add up, whoever counts them, and past minutes are dropped."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import partial
from threading import Thread

from sqlalchemy import Engine, text

from store.database import writing
from store.partners.usage import Periods, add_usage, forget_minutes, read_usage
from store.upserts import in_transaction


def test_periods_are_of_utc(now: datetime) -> None:
    in_lima = now.astimezone(timezone(timedelta(hours=-5)))
    assert Periods.of(now) == Periods.of(in_lima) == Periods("2026-11-25T19:05", "2026-11-25")


def test_counts_of_writers_at_once_add_up(database: Engine, now: datetime) -> None:
    periods = Periods.of(now)
    counts = {("a", periods.minute): 1, ("a", periods.day): 1, ("b", periods.day): 2}

    def add() -> None:
        for _ in range(20):
            in_transaction(database, partial(add_usage, counts=counts))

    threads = [Thread(target=add) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.connect() as connection:
        read = read_usage(connection, ["a", "b", "c"], periods)
    assert read == {("a", periods.minute): 60, ("a", periods.day): 60, ("b", periods.day): 120}


def test_past_minutes_are_dropped_and_days_stay(database: Engine, now: datetime) -> None:
    moments = [now - timedelta(days=1), now - timedelta(minutes=2), now - timedelta(minutes=1), now]
    with writing(database).begin() as connection:
        for moment in moments:
            periods = Periods.of(moment)
            add_usage(connection, {("a", periods.minute): 1, ("a", periods.day): 1, ("b", periods.minute): 1})
        assert forget_minutes(connection, ["a"], now) == 2
        left = {(row.partner_id, row.period) for row in connection.execute(text("select * from partner_usage"))}
    days = {("a", "2026-11-24"), ("a", "2026-11-25")}
    minutes = {("a", "2026-11-25T19:04"), ("a", "2026-11-25T19:05")}
    assert {row for row in left if row[0] == "a"} == days | minutes
    assert len(left) == 4 + 4
