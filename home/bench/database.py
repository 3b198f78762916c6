"""測定用のデータベース: made for one run and removed after it; the ward's own data is never opened for writing."""

import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection


@contextmanager
def throw_away_database() -> Iterator[None]:
    """The default connection on an empty database with all tables; it is removed at the end, also after an error.

    SQLite: a file in a temporary folder. PostgreSQL: a database of a new random name in the configured server, for
    which the configured user needs the right to create databases (else DatabaseError).
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        new = f"bench_{uuid.uuid4().hex[:12]}"
        configured = connection.settings_dict["NAME"]
        test_name = connection.settings_dict["TEST"]["NAME"]
        _disconnect()
        connection.settings_dict["TEST"]["NAME"] = (
            str(Path(folder) / f"{new}.sqlite3") if connection.vendor == "sqlite" else new
        )
        try:
            connection.creation.create_test_db(verbosity=0, serialize=False)
            yield
        finally:
            _disconnect()
            # The name changes only once the new database is there, and only that one is ever removed.
            if connection.settings_dict["NAME"] != configured:
                connection.creation.destroy_test_db(configured, verbosity=0)
            connection.settings_dict["TEST"]["NAME"] = test_name


def _disconnect() -> None:
    """Leave neither connection nor pool: both would go on speaking to the database that was there before."""
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()
