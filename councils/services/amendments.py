"""条例改正: written with its 新旧対照表, enacted, and filed with the national commission."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from councils.comparing import align
from councils.models import Amendment, AmendmentStage, Body, ComparedProvision
from history.errors import DomainError
from history.writing import Actor
from organization import rules

EDITABLE = (
    "ordinance", "title", "dated", "sender", "lead", "reason", "content", "effective", "effective_on",
)  # fmt: skip


class NothingChanges(DomainError):
    """変わるところのない改正."""

    def __init__(self) -> None:
        super().__init__("現行と改正案が同じです。変わる条文を確かめてください。")


@transaction.atomic
def create_amendment(
    body: Body, *, values: Mapping[str, Any], old: str, new: str, shorten: bool, token: UUID, actor: Actor,
    source_note: str = "",
) -> Amendment:  # fmt: skip
    """条例改正の登録: `values` of EDITABLE, the texts of both sides. The same `token` gives the first back.

    Raises NothingChanges, ValidationError.
    """
    rules.require_action(actor, "create_amendment")
    if (there := Amendment.objects.filter(token=token).first()) is not None:
        return there
    row = Amendment(body=body, token=token, source_note=source_note, shortens=shorten, **values)
    row.full_clean()
    try:
        with transaction.atomic():
            row.save_as(actor, action="create_amendment")
    except IntegrityError:  # two clicks at the same moment
        return Amendment.objects.get(token=token)
    _compare(row, old, new, actor, "create_amendment")
    return row


@transaction.atomic
def edit_amendment(
    row: Amendment, *, values: Mapping[str, Any], old: str, new: str, shorten: bool, lock: int, actor: Actor
) -> Amendment:
    """条例改正の編集; the 新旧対照表 is made anew. Raises StaleEdit, NothingChanges, ValidationError."""
    row = _locked(row, actor, "edit_amendment")
    row.check_lock(lock)
    for name in EDITABLE:
        setattr(row, name, values[name])
    row.shortens = shorten
    _compare(row, old, new, actor, "edit_amendment")
    return _written(row, actor, "edit_amendment")


@transaction.atomic
def enact_amendment(row: Amendment, *, enacted_on: date, effective_on: date, actor: Actor) -> Amendment:
    """公布: from here on it is only told of, before the council or after the fact.

    Raises ValidationError (a day ahead, 施行 before 公布).
    """
    row = _locked(row, actor, "enact_amendment")
    row.stage = AmendmentStage.ENACTED
    _set_days(row, enacted_on, effective_on)
    return _written(row, actor, "enact_amendment")


@transaction.atomic
def correct_enactment(row: Amendment, *, enacted_on: date, effective_on: date, reason: str, actor: Actor) -> Amendment:
    """公布日・施行日の訂正, with the reason. Raises ReasonRequired, ValidationError."""
    row = _locked(row, actor, "correct_enactment")
    _set_days(row, enacted_on, effective_on)
    row.full_clean()
    return row.save_as(actor, action="correct_enactment", reason=reason)


def _set_days(row: Amendment, enacted_on: date, effective_on: date) -> None:
    if enacted_on > timezone.localdate():
        raise ValidationError({"enacted_on": "公布日は、きょうまでの日にしてください。"})
    if effective_on < enacted_on:
        raise ValidationError({"effective_on": "施行日は、公布日より前にはできません。"})
    row.enacted_on, row.effective_on = enacted_on, effective_on


@transaction.atomic
def file_amendment(row: Amendment, *, filed_on: date, filing_note: str, actor: Actor) -> Amendment:
    """国の委員会への届出 (法167条). Raises ValidationError for a day before the 公布 or ahead."""
    row = _locked(row, actor, "file_amendment")
    if filed_on > timezone.localdate():
        raise ValidationError({"filed_on": "届出日は、きょうまでの日にしてください。"})
    row.filed_on, row.filing_note = filed_on, filing_note
    return _written(row, actor, "file_amendment")


def texts_of(row: Amendment) -> tuple[str, str]:
    """Both sides as they were typed, a provision a line."""
    rows = list(row.provisions.filter(is_removed=False))
    return tuple("\n".join(filter(None, (getattr(one, side) for one in rows))) for side in ("old_text", "new_text"))  # type: ignore[return-value]


def _compare(row: Amendment, old: str, new: str, actor: Actor, action: str) -> None:
    pairs = align(old, new)
    if all(before == after for before, after in pairs):
        raise NothingChanges
    there = list(row.provisions.filter(is_removed=False))
    if [(one.old_text, one.new_text) for one in there] == pairs:
        return
    for one in there:
        one.is_removed = True
        one.save_as(actor, action=action)
    for position, (before, after) in enumerate(pairs):
        made = ComparedProvision(amendment=row, position=position, old_text=before, new_text=after)
        made.full_clean()
        made.save_as(actor, action=action)


def _locked(row: Amendment, actor: Actor, action: str) -> Amendment:
    row = Amendment.objects.select_for_update(of=("self",)).select_related("body").get(pk=row.pk)
    rules.require(actor, action, row)
    return row


def _written(row: Amendment, actor: Actor, action: str) -> Amendment:
    row.full_clean()
    return row.save_as(actor, action=action)
