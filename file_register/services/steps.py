"""手続: submission, return, withdrawal, registration, change and abolition of a file."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from common import regime
from file_register.defaults import organ_name
from file_register.kinds import UNDECIDED, FileStatus
from file_register.models import PersonalFileVersion
from file_register.services.drafting import EDITABLE, link_activities
from file_register.services.errors import Abolished, AlreadyChanged, ChangeUnderWay, FileIncomplete
from file_register.services.locks import locked_file, locked_version
from history.writing import Actor
from organization import rules
from organization.scoping import heir_for

# What a draft may leave empty but a submitted one may not: the four items of the ordinance (domain §1.9), …
REQUIRED_TO_SUBMIT = ["name", "purpose", "items", "scope"]
# … and what the law demands of every entry (法第74条第1項第2・5・9号, 令第21条第6項第1号).
REQUIRED_BY_ACT = ["organ_name", "section_name", "collection_method", "has_sensitive", "request_office", "kind"]


def required_on(day: date) -> list[str]:
    """The fields that a submission needs on `day`, in the order of the 単票."""
    needed = {*REQUIRED_TO_SUBMIT, *(REQUIRED_BY_ACT if regime.files_on(day) else [])}
    return [name for name in EDITABLE if name in needed]


@transaction.atomic
def submit_personal_file(version: PersonalFileVersion, *, actor: Actor, on: date | None = None) -> PersonalFileVersion:
    """個人情報ファイルの提出: to the disclosure office; `on` (today) says whose rules it must satisfy.

    Raises NotPermitted, FileIncomplete.
    """
    version = locked_version(version)
    rules.require(actor, "submit_personal_file", version)
    missing = [name for name in required_on(on or timezone.localdate()) if _is_empty(getattr(version, name))]
    if missing:
        raise FileIncomplete([str(version._meta.get_field(name).verbose_name) for name in missing])
    version.status, version.return_reason = FileStatus.SUBMITTED, ""
    version.full_clean()
    return version.save_as(actor, action="submit_personal_file")


@transaction.atomic
def return_personal_file(version: PersonalFileVersion, *, reason: str, actor: Actor) -> PersonalFileVersion:
    """個人情報ファイルの差戻し: back to a draft, with the reason for the department."""
    version = locked_version(version)
    rules.require(actor, "return_personal_file", version)
    version.status, version.return_reason = FileStatus.DRAFT, reason
    return version.save_as(actor, action="return_personal_file", reason=reason)


@transaction.atomic
def withdraw_personal_file(version: PersonalFileVersion, *, reason: str, actor: Actor) -> PersonalFileVersion:
    """個人情報ファイルの取下げ: an undecided version ends without effect; what is in force stays so.

    A first draft leaves a file that never was. Raises NotPermitted, ReasonRequired.
    """
    version = locked_version(version)
    rules.require(actor, "withdraw_personal_file", version)
    version.status = FileStatus.WITHDRAWN
    version.full_clean()
    return version.save_as(actor, action="withdraw_personal_file", reason=reason)


@transaction.atomic
def register_personal_file(
    version: PersonalFileVersion, *, on: date, actor: Actor, reason: str = "", registered_on: date | None = None
) -> PersonalFileVersion:
    """個人情報ファイルの登録: put a submitted version into force from `on`, and end the one that it replaces.

    Raises NotPermitted, ValidationError when it would start before what it replaces.
    """
    version = locked_version(version)
    rules.require(actor, "register_personal_file", version)
    if version.replaces is not None:
        version.replaces.valid_to = on
        version.replaces.full_clean()
        version.replaces.save_as(actor, action="register_personal_file", reason=reason)
    version.status, version.valid_from, version.registered_on = FileStatus.REGISTERED, on, registered_on or on
    version.full_clean()
    return version.save_as(actor, action="register_personal_file", reason=reason)


@transaction.atomic
def revise_personal_file(version: PersonalFileVersion, *, reason: str, actor: Actor) -> PersonalFileVersion:
    """個人情報ファイルの変更の起案: a new draft that starts as a copy of the version in force, businesses included.

    After a reorganisation it is the successor's, under its name.
    The same person with the same reason again (a double click) gets the first draft back. Raises NotPermitted,
    ChangeUnderWay, AlreadyChanged, Abolished.
    """
    locked_file(version.file)
    version = locked_version(version)
    rules.require(actor, "revise_personal_file", version)
    under_way = version.file.versions.filter(status__in=UNDECIDED).first()
    if under_way is not None and _is_second_click(under_way, version, actor, reason):
        return under_way
    refuse_unless_newest(version, under_way)
    department = heir_for(actor, version.department, timezone.localdate())
    draft = PersonalFileVersion(file=version.file, replaces=version, department=department)
    for name in EDITABLE:
        setattr(draft, name, getattr(version, name))
    if department != version.department:
        draft.organ_name, draft.section_name = organ_name(department), department.full_name
    draft.full_clean()
    draft.save_as(actor, action="revise_personal_file", reason=reason)
    link_activities(draft, version.activities, actor=actor, action="revise_personal_file", reason=reason)
    return draft


@transaction.atomic
def abolish_personal_file(version: PersonalFileVersion, *, on: date, reason: str, actor: Actor) -> PersonalFileVersion:
    """個人情報ファイルの廃止: the ward no longer holds the file from `on`; its newest version ends on that day.

    Raises NotPermitted, ChangeUnderWay, AlreadyChanged, Abolished, ReasonRequired, ValidationError for a day that is
    not after the version's start.
    """
    file = locked_file(version.file)
    version = locked_version(version)
    version.file = file  # the locked row, so that the caller sees what was written
    rules.require(actor, "abolish_personal_file", version)
    refuse_unless_newest(version, file.versions.filter(status__in=UNDECIDED).first())
    version.valid_to = on
    version.full_clean()
    version.save_as(actor, action="abolish_personal_file", reason=reason)
    file.abolished_on, file.abolition_reason = on, reason.strip()
    file.full_clean()
    file.save_as(actor, action="abolish_personal_file", reason=reason)
    return version


def refuse_unless_newest(version: PersonalFileVersion, under_way: PersonalFileVersion | None) -> None:
    """A step starts from the last version of a file that still exists, with nothing else under way."""
    if version.file.abolished_on is not None:
        raise Abolished
    if under_way is not None:
        raise ChangeUnderWay
    if version.replaced_by.exclude(status=FileStatus.WITHDRAWN).exists():
        raise AlreadyChanged


def _is_second_click(draft: PersonalFileVersion, version: PersonalFileVersion, actor: Actor, reason: str) -> bool:
    started = draft.history.filter(
        action="revise_personal_file", history_user_id=actor.pk, history_change_reason=reason.strip()
    )
    return draft.status == FileStatus.DRAFT and draft.replaces_id == version.pk and started.exists()


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
