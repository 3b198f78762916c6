"""SQLite と PostgreSQL: the one place where searching differs between them (the index itself: the migrations).

SQLite: an FTS5 table over the document's words, whose pairs must follow each other. PostgreSQL: a GIN index over
vectors of words without positions (a vector keeps only 256 of them for a word); what has more than one pair is looked
for again in the key. Both therefore find exactly what LIKE finds in the key.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper

from search.words import pairs, tokens

TABLE, INDEX = "search_searchdocument", "search_words"


class Sql(NamedTuple):
    """A piece of SQL and its parameters."""

    text: str
    parameters: tuple[Any, ...] = ()


class WordsField(models.Field):
    """検索の語の欄: the words of the key in the field `of`; written with the row, only ever read by the index."""

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, editable=False, **kwargs)

    def deconstruct(self) -> Any:
        """As every field, with `of`."""
        name, path, args, kwargs = super().deconstruct()
        del kwargs["editable"]
        return name, path, args, kwargs | {"of": self.of}

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """A vector, or the words with blanks between."""
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, value: Any, compiler: Any, connection: BaseDatabaseWrapper) -> str:
        """PostgreSQL makes the vector from a list of words."""
        return "array_to_tsvector(%s::text[])" if connection.vendor == "postgresql" else "%s"

    def pre_save(self, model_instance: models.Model, add: bool) -> list[str]:
        """The words of the key."""
        return tokens(getattr(model_instance, self.of))

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        """As the placeholder wants it."""
        return sorted(set(value)) if connection.vendor == "postgresql" else " ".join(value)


def order_is_free() -> bool:
    """Whether the index answers in the order of the primary key, however many it finds."""
    return connection.vendor == "sqlite"


def id_column() -> str:
    """The name of the primary key in what `matching` selects from."""
    return "rowid" if connection.vendor == "sqlite" else "id"


def matching(column: str, phrases: Sequence[str], *, in_order: bool = False) -> Sql:
    """`FROM … WHERE …` of the documents whose `column` (name, purpose, all) holds every one of `phrases`.

    `in_order`: PostgreSQL shall walk along the primary key and test each row, which is quick for a common word.
    """
    if connection.vendor == "sqlite":
        return Sql(f"FROM {INDEX} WHERE {INDEX} MATCH %s", (_fts5(column, phrases),))
    long = [phrase for phrase in phrases if len(phrase) > 2]
    test = f"{column}_words @@ %s::tsquery" + f" AND strpos({column}_key, %s) > 0" * len(long)
    return Sql(f"FROM {TABLE} WHERE {unguessed(test) if in_order else test}", (_tsquery(phrases), *long))


def unguessed(condition: str) -> str:
    """`condition` as PostgreSQL takes for half of the rows and for no index, whatever it says.

    Of a common word it would else expect a handful, and read and sort the whole table instead of walking along the key.
    """
    return f"CASE WHEN id >= 0 THEN {condition} END"


def tidy() -> None:
    """After everything was written anew: merge the index's parts; let PostgreSQL count its words."""
    statement = "INSERT INTO search_words (search_words) VALUES ('optimize')"
    if connection.vendor == "postgresql":
        statement = "ANALYZE search_searchdocument"
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _fts5(column: str, phrases: Sequence[str]) -> str:
    """保健課 → "保健 健課", 保 → "保"*; runs hold neither quotes nor blanks."""
    wanted = [f'"{" ".join(pairs(phrase))}"' if len(phrase) > 1 else f'"{phrase}"*' for phrase in phrases]
    return f"{column}_words : ({' AND '.join(wanted)})"


def _tsquery(phrases: Sequence[str]) -> str:
    """保健課 → '保健' & '健課', 保 → '保':*; runs hold neither quotes nor backslashes."""
    wanted = {f"'{pair}'" for phrase in phrases for pair in pairs(phrase)}
    wanted |= {f"'{phrase}':*" for phrase in phrases if len(phrase) == 1}
    return " & ".join(sorted(wanted))
