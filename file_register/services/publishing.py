"""公表: what was done with the public registers, written down by the office when it is done (令第21条).

What is written down has happened: no day lies ahead of today. A day that was written wrongly is corrected in
`file_register.services.entry_days`.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from file_register import duties
from file_register.kinds import FileStatus, PublicRegister
from file_register.models import FilePolicy, PersonalFile, PersonalFileVersion, PublicEntry, PublishedState
from file_register.publication import Decision, Outcome
from file_register.services.errors import (
    AgainstRule,
    CorrectedLater,
    MustNotBePublished,
    NothingToCorrect,
    NotInForce,
    NotPublished,
    OrdinanceRegisterClosed,
    SectionGone,
)
from file_register.services.locks import locked_file
from history.errors import ReasonRequired
from history.writing import Actor
from organization import rules

AHEAD = "きょうより先の日です。すでに行った日を書いてください。"


@transaction.atomic
def publish_file_entry(
    file: PersonalFile, *, register: str, on: date, actor: Actor, confirmed: bool = False, reason: str = ""
) -> PublicEntry:
    """個人情報ファイル簿への掲載: the version in force on `on` stands in `register` from that day.

    What the rule does not ask for needs `confirmed` and a reason; what can never be right is refused. Sent twice it
    gives the first entry back. Raises NotPermitted, NotInForce, SectionGone, MustNotBePublished, AgainstRule,
    ReasonRequired, OrdinanceRegisterClosed, ValidationError for a day ahead or while another entry is open.
    """
    file = locked_file(file)
    rules.require(actor, "publish_file_entry", file)
    refuse_ahead("on", on)
    version = in_force(file, on)
    again = PublicEntry.objects.filter(file=file, register=register, published_on=on, removed_on=None).first()
    if again is not None:
        return again
    entry = PublicEntry(file=file, register=register, version=version, published_on=on)
    entry.full_clean()
    refuse_overlap(entry)
    refuse_old_section(version, on)
    decision = refuse_forbidden(file, on)
    refuse_closed_register(register, on)
    if _is_against(decision, register):
        if not confirmed:
            raise AgainstRule(decision, PublicRegister(register).label)
        if not reason.strip():
            raise ReasonRequired(rules.RULES["publish_file_entry"].label)
    entry.save_as(actor, action="publish_file_entry", reason=reason)
    _says(entry, since=on, actor=actor, action="publish_file_entry", reason=reason)
    return entry


@transaction.atomic
def correct_file_entry(file: PersonalFile, *, on: date, actor: Actor) -> PublicEntry:
    """個人情報ファイル簿の修正 (令第21条第3項): the open entry says, from `on`, what is in force on that day.

    Raises NotPermitted, NotPublished, NotInForce, NothingToCorrect, SectionGone, MustNotBePublished, CorrectedLater for
    a day before the last correction, ValidationError for a day ahead or before the publication.
    """
    file = locked_file(file)
    rules.require(actor, "correct_file_entry", file)
    refuse_ahead("on", on)
    entry, version = _open_entry(file), in_force(file, on)
    if entry.version_id == version.pk:
        raise NothingToCorrect
    refuse_old_section(version, on)
    refuse_forbidden(file, on)
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

    Raises NotPermitted, NotPublished, ReasonRequired, ValidationError for a day ahead or before the publication.
    """
    file = locked_file(file)
    rules.require(actor, "remove_file_entry", file)
    refuse_ahead("on", on)
    entry = _open_entry(file)
    entry.removed_on = on
    entry.full_clean()
    return entry.save_as(actor, action="remove_file_entry", reason=reason)


def refuse_ahead(field: str, day: date | None) -> None:
    """What is written down has been done (ValidationError at `field`)."""
    if day is not None and day > timezone.localdate():
        raise ValidationError({field: AHEAD})


def refuse_forbidden(file: PersonalFile, day: date) -> Decision | None:
    """What the rule says on `day`. Raises MustNotBePublished where no entry can be right."""
    decision = duties.decision_on(file, day)
    if decision is not None and decision.forbids:
        raise MustNotBePublished(decision)
    return decision


def refuse_closed_register(register: str, day: date) -> None:
    """The register of small files exists on days on which the ward has chosen it."""
    if register != PublicRegister.ORDINANCE:
        return
    if not FilePolicy.objects.as_of(day).filter(publishes_small=True).exists():
        raise OrdinanceRegisterClosed


def refuse_overlap(entry: PublicEntry) -> None:
    """A file stands in one register at a time (ValidationError)."""
    others = PublicEntry.objects.filter(Q(removed_on=None) | Q(removed_on__gt=entry.published_on), file=entry.file)
    if entry.removed_on is not None:
        others = others.filter(published_on__lt=entry.removed_on)
    if others.exclude(pk=entry.pk).exists():
        raise ValidationError("このファイルは、この期間の一部に、ほかの記載で公表されています。")


def refuse_old_section(version: PersonalFileVersion, day: date) -> None:
    """A 単票 is not put before the public under a department that is no more on `day`."""
    ends = version.department.valid_to
    if ends is not None and ends <= day:
        raise SectionGone


def in_force(file: PersonalFile, day: date) -> PersonalFileVersion:
    """The registration whose words are published on `day`. Raises NotInForce."""
    version = file.versions.as_of(day).filter(status=FileStatus.REGISTERED).order_by("-pk").first()
    if version is None:
        raise NotInForce
    return version


def _is_against(decision: Decision | None, register: str) -> bool:
    """Whether the rule knows better; where the number of persons is unknown it knows nothing."""
    if decision is None or decision.outcome is Outcome.UNDECIDED:
        return False
    wanted = {Outcome.REQUIRED: PublicRegister.ACT, Outcome.ORDINANCE: PublicRegister.ORDINANCE}
    return wanted.get(decision.outcome) != register


def _says(entry: PublicEntry, *, since: date, actor: Actor, action: str, reason: str = "") -> None:
    """What the entry says from `since` on: the public pages show by it what was changed when."""
    state = PublishedState(entry=entry, version=entry.version, since=since)
    state.full_clean()
    state.save_as(actor, action=action, reason=reason)


def _open_entry(file: PersonalFile) -> PublicEntry:
    """The entry that everybody can still read today; a removal that was written for a later day does not count yet."""
    entry = file.public_entries.open_on(timezone.localdate()).order_by("-published_on", "-pk").first()
    if entry is None:
        raise NotPublished
    return entry
