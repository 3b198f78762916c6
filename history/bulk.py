"""まとめて書く: many rows of one table with their history rows, in a few statements. The only writes in bulk.

For imports: row by row each write costs two statements and a transaction of its own. What `save_as` guarantees holds
here too: an actor, a reason, one history row for each row, all or nothing.
"""

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from history import actions
from history.signals import describe, rows_written
from history.writing import Actor, Write

BATCH = 500  # rows a statement; SQLite allows 32,766 parameters


@transaction.atomic
def create_all_as(rows: Sequence[Any], actor: Actor, *, action: str, reason: str = "") -> None:
    """Insert `rows`, new ones of one table that were cleaned already, as `actor` for `action`; fills their keys.

    Raises ReasonRequired, and IntegrityError for what the database refuses; then none of them is there.
    """
    if rows:
        write = Write(actor, action, actions.reason_or_label(action, reason))
        models.QuerySet(type(rows[0])).bulk_create(rows, batch_size=BATCH)
        _leave_trail(rows, write, "+")


@transaction.atomic
def save_all_as(rows: Sequence[Any], actor: Actor, *, action: str, reason: str = "") -> None:
    """Write every field of `rows`, standing ones of one table that were cleaned already. Raises as `create_all_as`."""
    if rows:
        write = Write(actor, action, actions.reason_or_label(action, reason))
        key = rows[0]._meta.pk.name
        fields = [field.name for field in rows[0]._meta.concrete_fields if not field.primary_key]
        # INSERT … ON CONFLICT, because bulk_update builds a CASE for every field of every row: some fifty times slower.
        models.QuerySet(type(rows[0])).bulk_create(
            rows, batch_size=BATCH, update_conflicts=True, unique_fields=[key], update_fields=fields
        )
        _leave_trail(rows, write, "~")


def _leave_trail(rows: Sequence[Any], write: Write, kind: str) -> None:
    model: Any = rows[0].history.model
    now, tracked = timezone.now(), list(model.tracked_fields)
    trail = []
    for row in rows:
        values = {field.attname: getattr(row, field.attname) for field in tracked}
        entry = model(history_date=now, history_type=kind, history_user_id=write.actor.pk, **values)
        describe(entry, write)
        trail.append(entry)
    models.QuerySet(model).bulk_create(trail, batch_size=BATCH)
    rows_written.send(type(rows[0]), rows=rows)
