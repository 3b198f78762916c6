"""本人の数の記入: counts of persons, each with its day."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from common import persons
from file_register.models import FileCount, PersonalFile
from file_register.services.locks import locked_file
from history.writing import Actor
from organization import rules

COUNTED_AHEAD = "きょうより先の日です。すでに調べた日を書いてください。"


@transaction.atomic
def count_personal_file(file: PersonalFile, *, counted_on: date, text: str, actor: Actor, note: str = "") -> FileCount:
    """本人の数の記入: how many persons the file held on `counted_on`, in any spelling of common.persons.

    Sent twice with the same figure (a double click) it gives the first one back. Raises NotPermitted, ValidationError
    for an unreadable text, a day ahead of today or a day that already has another figure.
    """
    file = locked_file(file)
    rules.require(actor, "count_personal_file", file)
    _refuse_ahead(counted_on)
    found = _read(text)
    earlier = FileCount.objects.filter(file=file, counted_on=counted_on, text=found.text, note=note).first()
    if earlier is not None:
        return earlier
    count = FileCount(
        file=file, counted_on=counted_on, text=found.text, lowest=found.lowest, highest=found.highest, note=note
    )
    count.full_clean()
    return count.save_as(actor, action="count_personal_file")


@transaction.atomic
def correct_file_count(
    count: FileCount, *, counted_on: date, text: str, reason: str, actor: Actor, note: str = ""
) -> FileCount:
    """本人の数の訂正: another figure, or another day for it; the trail keeps the first.

    Raises ReasonRequired, and as count_personal_file.
    """
    locked_file(count.file)
    rules.require(actor, "correct_file_count", count.file)
    _refuse_ahead(counted_on)
    count = FileCount.objects.get(pk=count.pk)
    count.counted_on = counted_on
    found = _read(text)
    count.text, count.lowest, count.highest, count.note = found.text, found.lowest, found.highest, note
    count.full_clean()
    return count.save_as(actor, action="correct_file_count", reason=reason)


def _refuse_ahead(day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError({"counted_on": COUNTED_AHEAD})


def _read(text: str) -> persons.Persons:
    try:
        return persons.parse(text)
    except persons.PersonsTextError as error:
        raise ValidationError({"text": str(error)}) from error
