"""The demo ward, loaded once and put back before each test: loading takes seconds, putting back milliseconds."""

import sqlite3

from django.db import connection


def _names(tables):
    return ", ".join(connection.ops.quote_name(table) for table in tables)


class SQLiteSnapshot:
    """A copy of the whole file in memory."""

    def __init__(self):
        connection.ensure_connection()
        self._copy = sqlite3.connect(":memory:")
        connection.connection.backup(self._copy)

    def restore(self):
        """Write the copy over the file."""
        connection.ensure_connection()
        self._copy.backup(connection.connection)

    def forget(self):
        """Free the copy."""
        self._copy.close()


class PostgreSQLSnapshot:
    """A schema with a copy of each table, copied back with the triggers and foreign keys asleep."""

    def __init__(self):
        self._tables = [name for name in connection.introspection.table_names() if name != "django_migrations"]
        copies = "".join(f'CREATE TABLE snapshot."{table}" AS TABLE "{table}";' for table in self._tables)
        self._run(f"CREATE SCHEMA snapshot;{copies}")
        with connection.cursor() as cursor:
            cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL")
            self._sequences = cursor.fetchall()

    def restore(self):
        """Empty every table and fill it again; its numbers go on where the ward's end."""
        filled = "".join(
            f'INSERT INTO "{table}" OVERRIDING SYSTEM VALUE TABLE snapshot."{table}";' for table in self._tables
        )
        numbers = "".join(f"SELECT setval('\"{name}\"', {value});" for name, value in self._sequences)
        self._run(
            "BEGIN; SET LOCAL session_replication_role = replica;"
            f"TRUNCATE {_names(self._tables)}; {filled} {numbers} COMMIT;"
        )

    def forget(self):
        """Drop the copies."""
        self._run("DROP SCHEMA snapshot CASCADE;")

    @staticmethod
    def _run(statements):
        with connection.cursor() as cursor:
            cursor.execute(statements)


def take():
    """A snapshot of the database as it is now."""
    return (SQLiteSnapshot if connection.vendor == "sqlite" else PostgreSQLSnapshot)()
