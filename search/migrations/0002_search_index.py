"""検索の索引: what finds the documents by their words, on each of the two databases.

SQLite: an FTS5 table that reads its words from the documents and follows them by triggers; runs hold only letters,
figures, - and _, and every other character is no letter of a word. A later change of the documents' table on SQLite
makes the table anew and must make the triggers anew with it. PostgreSQL: GIN indexes, written at once (fastupdate
off), so that no search pays for the writes before it.
"""

from django.db import migrations

COLUMNS = ["name_words", "purpose_words", "all_words"]
TABLE, INDEX = "search_searchdocument", "search_words"


def make_index(apps, schema_editor):
    statements = _sqlite() if schema_editor.connection.vendor == "sqlite" else _postgresql()
    for statement in statements:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for event in ("insert", "update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {INDEX}_{event}")
        schema_editor.execute(f"DROP TABLE {INDEX}")
    else:
        for column in COLUMNS:
            schema_editor.execute(f"DROP INDEX search_{column}")


def _sqlite():
    names = ", ".join(COLUMNS)
    new, old = (", ".join(f"{row}.{name}" for name in COLUMNS) for row in ("new", "old"))
    put = f"INSERT INTO {INDEX} (rowid, {names}) VALUES (new.id, {new});"
    take = f"INSERT INTO {INDEX} ({INDEX}, rowid, {names}) VALUES ('delete', old.id, {old});"
    return [
        f"CREATE VIRTUAL TABLE {INDEX} USING fts5({names}, content='{TABLE}', content_rowid='id', "
        "tokenize=\"ascii tokenchars '-_'\")",
        f"CREATE TRIGGER {INDEX}_insert AFTER INSERT ON {TABLE} BEGIN {put} END",
        f"CREATE TRIGGER {INDEX}_update AFTER UPDATE ON {TABLE} BEGIN {take} {put} END",
        f"CREATE TRIGGER {INDEX}_delete AFTER DELETE ON {TABLE} BEGIN {take} END",
    ]


def _postgresql():
    return [
        f"CREATE INDEX search_{column} ON {TABLE} USING gin ({column}) WITH (fastupdate = off)" for column in COLUMNS
    ]


class Migration(migrations.Migration):
    dependencies = [("search", "0001_search_documents")]
    operations = [migrations.RunPython(make_index, drop_index)]
