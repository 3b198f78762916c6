"""公表: what was done with the public registers, written down by the office when it is done (令第21条)."""

from datetime import date

from django.db import transaction

from file_register.kinds import FileStatus
from file_register.models import PersonalFile, PersonalFileVersion, PublicEntry, PublishedState
from file_register.services.errors import CorrectedLater, NothingToCorrect, NotInForce, NotPublished, SectionGone
from file_register.services.locks import locked_file
from history.writing import Actor
from organization import rules


@transaction.atomic
def publish_file_entry(file: PersonalFile, *, register: str, on: date, actor: Actor) -> PublicEntry:
    """個人情報ファイル簿への掲載: the version in force on `on` stands in `register` from that day.

    The law's duty is shown beside it, not enforced: what was published is written down as it was. Sent twice it gives
    the first entry back. Raises NotPermitted, NotInForce, SectionGone, ValidationError while another entry is open.
    """
    file = locked_file(file)
    rules.require(actor, "publish_file_entry", file)
    version = _in_force(file, on)
    again = PublicEntry.objects.filter(file=file, register=register, published_on=on, removed_on=None).first()
    if again is not None:
        return again
    _refuse_old_section(version, on)
    entry = PublicEntry(file=file, register=register, version=version, published_on=on)
    entry.full_clean()
    entry.save_as(actor, action="publish_file_entry")
    _says(entry, since=on, actor=actor, action="publish_file_entry")
    return entry


@transaction.atomic
def correct_file_entry(file: PersonalFile, *, on: date, actor: Actor) -> PublicEntry:
    """個人情報ファイル簿の修正 (令第21条第3項): the open entry says, from `on`, what is in force on that day.

    Raises NotPermitted, NotPublished, NotInForce, NothingToCorrect, SectionGone, CorrectedLater for a day before
    the last correction, ValidationError for a day before the publication.
    """
    file = locked_file(file)
    rules.require(actor, "correct_file_entry", file)
    entry, version = _open_entry(file), _in_force(file, on)
    if entry.version_id == version.pk:
        raise NothingToCorrect
    _refuse_old_section(version, on)
    if entry.corrected_on is not None and on < entry.corrected_on:
        raise CorrectedLater(entry.corrected_on)
    entry.version, entry.corrected_on = version, on
    entry.full_clean()
    entry.save_as(actor, action="correct_file_entry")
    _says(entry, since=on, actor=actor, action="correct_file_entry")
    return entry


@transaction.atomic
def remove_file_entry(file: PersonalFile, *, on: date, reason: str, actor: Actor) -> PublicEntry:
    """個人情報ファイル簿からの消除 (令第21条第4項): the open entry can no longer be read from `on`.

    Raises NotPermitted, NotPublished, ReasonRequired, ValidationError for a day before the publication.
    """
    file = locked_file(file)
    rules.require(actor, "remove_file_entry", file)
    entry = _open_entry(file)
    entry.removed_on = on
    entry.full_clean()
    return entry.save_as(actor, action="remove_file_entry", reason=reason)


def _says(entry: PublicEntry, *, since: date, actor: Actor, action: str) -> None:
    """What the entry says from `since` on: the public pages show by it what was changed when."""
    state = PublishedState(entry=entry, version=entry.version, since=since)
    state.full_clean()
    state.save_as(actor, action=action)


def _open_entry(file: PersonalFile) -> PublicEntry:
    entry = file.public_entries.filter(removed_on=None).first()
    if entry is None:
        raise NotPublished
    return entry


def _in_force(file: PersonalFile, day: date) -> PersonalFileVersion:
    version = file.versions.as_of(day).filter(status=FileStatus.REGISTERED).order_by("-pk").first()
    if version is None:
        raise NotInForce
    return version


def _refuse_old_section(version: PersonalFileVersion, day: date) -> None:
    """A 単票 is not put before the public under a department that is no more on `day`."""
    ends = version.department.valid_to
    if ends is not None and ends <= day:
        raise SectionGone
