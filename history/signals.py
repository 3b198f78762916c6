"""What listens to writes: the trail's own columns, filled just before a history row is written, and `rows_written`.

Every history row of the application passes through here, inside the transaction of the write it belongs to; the
signature chain of a later part follows on `post_create_historical_record`, for which `Trail` is already complete.
"""

from typing import Any

from django.dispatch import Signal, receiver
from simple_history.signals import pre_create_historical_record

from history import actions
from history.errors import WriteWithoutActor
from history.writing import Write, current_request_id, current_write

# Sent with `rows` (of one table, `sender`) once they and their history rows are written, inside the transaction of the
# write: what is derived from rows (search documents) is renewed with them or not at all.
rows_written = Signal()


@receiver(pre_create_historical_record)
def fill_trail(sender: Any, history_instance: Any, **kwargs: Any) -> None:
    """Copy actor, action, reason and request id as text onto the history row."""
    write = current_write()
    if write is None:
        raise WriteWithoutActor(f"{sender.__name__}: a history row needs an actor; use save_as")
    describe(history_instance, write)


def describe(history_instance: Any, write: Write) -> None:
    """Actor, action, reason and request id of `write` onto a history row that is not saved yet."""
    actor = write.actor.acting_as(write.action)
    history_instance.action = write.action
    history_instance.action_label = actions.label(write.action)
    history_instance.actor_name = actor.name
    history_instance.actor_department = actor.department
    history_instance.actor_role = actor.role
    history_instance.history_change_reason = write.reason
    history_instance.request_id = current_request_id()
