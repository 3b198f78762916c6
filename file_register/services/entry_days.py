"""公表の日の訂正: a wrongly written 公表日, 修正日 or 消除日 of an entry; the trail keeps the first."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from common.wareki import format_date
from file_register.models import PublicEntry, PublishedState
from file_register.services.errors import NothingToCorrect
from file_register.services.locks import locked_file
from file_register.services.publishing import (
    in_force,
    refuse_ahead,
    refuse_closed_register,
    refuse_forbidden,
    refuse_old_section,
    refuse_overlap,
)
from history.writing import Actor
from organization import rules

ACTION = "correct_entry_days"


@transaction.atomic
def correct_entry_days(
    entry: PublicEntry,
    *,
    published_on: date,
    removed_on: date | None,
    reason: str,
    actor: Actor,
    corrected_on: date | None = None,
) -> PublicEntry:
    """公表日・修正日・消除日の訂正: the entry stood from and until other days than was written.

    The words follow the days: on a corrected day the entry says what was in force on it. `removed_on` None: the entry
    was not struck out. `corrected_on` is the day of the last correction, None for an entry without one. Raises
    NotPermitted, ReasonRequired, NotInForce, MustNotBePublished, OrdinanceRegisterClosed, NothingToCorrect where the
    words of a correction would be those before it, ValidationError for days ahead, in disorder or of another entry.
    """
    locked_file(entry.file)
    rules.require(actor, ACTION, entry.file)
    entry = PublicEntry.objects.select_related("file").get(pk=entry.pk)
    for field, day in (("published_on", published_on), ("corrected_on", corrected_on), ("removed_on", removed_on)):
        refuse_ahead(field, day)
    states = list(entry.states.all())
    moved = _moved(entry, states, published_on, corrected_on)
    _refuse_disorder(states, removed_on)
    entry.published_on, entry.removed_on = published_on, removed_on
    if entry.corrected_on is not None:
        entry.corrected_on = corrected_on
    entry.version = states[-1].version
    entry.full_clean()
    refuse_overlap(entry)
    entry.save_as(actor, action=ACTION, reason=reason)
    for state in moved:
        state.full_clean()
        state.save_as(actor, action=ACTION, reason=reason)
    return entry


def _moved(
    entry: PublicEntry, states: list[PublishedState], published_on: date, corrected_on: date | None
) -> list[PublishedState]:
    """The states that begin on another day, with the words of that day; no day is taken on which none may stand."""
    moved = []
    if published_on != entry.published_on:
        refuse_forbidden(entry.file, published_on)
        refuse_closed_register(entry.register, published_on)
        moved.append(_begin(states[0], published_on))
    if entry.corrected_on is not None:
        if corrected_on is None:
            raise ValidationError({"corrected_on": "修正日を書いてください。"})
        if corrected_on != entry.corrected_on:
            refuse_forbidden(entry.file, corrected_on)
            moved.append(_begin(states[-1], corrected_on))
            if len(states) > 1 and states[-1].version == states[-2].version:
                raise NothingToCorrect
    return moved


def _begin(state: PublishedState, day: date) -> PublishedState:
    state.since, state.version = day, in_force(state.entry.file, day)
    refuse_old_section(state.version, day)
    return state


def _refuse_disorder(states: list[PublishedState], removed_on: date | None) -> None:
    first, last = states[0], states[-1]
    if len(states) > 2 and first.since > states[1].since:
        raise ValidationError(
            {"published_on": f"{format_date(states[1].since)}に修正しています。それより後にはできません。"}
        )
    if len(states) > 1 and last.since < states[-2].since:
        words = f"{format_date(states[-2].since)}の公表または修正より前にはできません。"
        raise ValidationError({"corrected_on": words})
    if removed_on is not None and removed_on < last.since:
        raise ValidationError({"removed_on": f"{format_date(last.since)}の公表または修正より前にはできません。"})
