"""A PostgreSQL that says nothing is not waited for without end, whatever holds it up.

The server itself ends statements that take too long; one that is stopped, or behind a network that swallows packets,
ends nothing. So each wait for it has an end here too, after which the connection is closed.
"""

from __future__ import annotations

from collections.abc import Generator
from time import monotonic
from typing import Any

from sqlalchemy import Engine, event

# The server ends what takes longer. Large results come over minutes, and are not silent.
STATEMENT_SECONDS = 60
# By the kernel: a peer that is gone without a word, and bytes that nobody acknowledges.
KEEPALIVES = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 15_000}

Waiting = Generator[Any, Any, Any]


def limit_silence(engine: Engine, seconds: float) -> None:
    """Have every connection of a PostgreSQL engine end with an OperationalError after so much silence."""
    import psycopg

    class ImpatientConnection(psycopg.Connection[Any]):  # type: ignore[misc]  # psycopg may not be installed
        """psycopg's, each of whose waits ends."""

        def wait(self, gen: Waiting, *args: Any, **options: Any) -> Any:
            """As psycopg's; raises OperationalError, and is closed, when nothing came for too long."""
            return super().wait(self._ended_in_time(gen), *args, **options)

        def _ended_in_time(self, gen: Waiting) -> Waiting:
            heard_at = monotonic()
            try:
                wanted = next(gen)
                while True:
                    ready = yield wanted
                    if ready:
                        heard_at = monotonic()
                    elif monotonic() - heard_at > seconds:
                        gen.close()
                        self.pgconn.finish()
                        raise psycopg.OperationalError(f"the server has said nothing for {seconds:.0f} s")
                    wanted = gen.send(ready)
            except StopIteration as end:
                return end.value

    def connect(_dialect: object, _record: object, args: list[Any], options: dict[str, Any]) -> Any:
        return ImpatientConnection.connect(*args, **KEEPALIVES | options)

    def limit_statements(connection: Any, _record: object) -> None:
        connection.execute(f"SET statement_timeout = '{STATEMENT_SECONDS}s'")
        connection.commit()

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "connect", limit_statements)
