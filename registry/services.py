"""業務登録の手続: every write of the registry."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from common import business_number, persons
from history import actions
from history.errors import DomainError
from history.writing import Actor
from organization import rules
from organization.models import Department
from organization.models.departments import successors_on
from organization.services import one_at_a_time
from registry import collecting, coming
from registry.coming import Course, course_of
from registry.models import UNDECIDED, Activity, ActivityStatus, ActivityVersion

# What a person fills in; number, state and dates of validity are set by the steps of the procedure.
EDITABLE = [
    "number_as_printed", "name", "purpose", "responsible", "subjects", "persons", "item_kinds", "items",
    "collected_from", "collection_note", "media", "has_sensitive", "has_deceased", "started_on",
]  # fmt: skip
# What a draft may leave empty but a submitted one may not.
REQUIRED_TO_SUBMIT = ["name", "purpose", "responsible", "subjects"]


class ActivityIncomplete(DomainError):
    """未記入: a business cannot be submitted before these are filled in."""

    def __init__(self, labels: list[str]) -> None:
        super().__init__(f"提出するには、{'、'.join(labels)}の記入が必要です。")


class NumberTaken(DomainError):
    """業務登録番号の重複: a number given out once is never given to another business."""

    def __init__(self, number: str) -> None:
        super().__init__(f"業務登録番号 {number} は、ほかの業務に付いています。")


class ChangeUnderWay(DomainError):
    """手続中の変更: at most one undecided version at a time."""

    def __init__(self) -> None:
        super().__init__("この業務には手続中の変更があります。")


class AlreadyChanged(DomainError):
    """変更済みの版: a change or an abolition starts from the newest registered version."""

    def __init__(self) -> None:
        super().__init__("この内容は、すでに変更されています。最新の内容から操作してください。")


class AlreadyAbolished(DomainError):
    """廃止済みの業務: it is neither changed nor abolished again."""

    def __init__(self) -> None:
        super().__init__("この業務は、すでに廃止されています。")


@transaction.atomic
def create_activity(
    *, department: Department, values: dict[str, Any], token: UUID, actor: Actor, source_note: str = ""
) -> ActivityVersion:
    """業務登録の起案: a business and its first draft. The same `token` again gives the first one back."""
    rules.require(actor, "create_activity", department)
    one_at_a_time(department)
    existing = ActivityVersion.objects.filter(activity__token=token).order_by("pk").first()
    if existing is not None:
        return existing
    activity = Activity(token=token)
    activity.full_clean()
    activity.save_as(actor, action="create_activity")
    version = ActivityVersion(activity=activity, department=department, source_note=source_note)
    _fill(version, values)
    return version.save_as(actor, action="create_activity")


@transaction.atomic
def edit_activity(version: ActivityVersion, *, values: dict[str, Any], lock: int, actor: Actor) -> ActivityVersion:
    """業務登録の編集: save what was typed into a draft. Raises StaleEdit when somebody saved in between."""
    version = _locked(version)
    rules.require(actor, "edit_activity", version)
    version.check_lock(lock)
    _fill(version, values)
    return version.save_as(actor, action="edit_activity")


@transaction.atomic
def submit_activity(version: ActivityVersion, *, actor: Actor) -> ActivityVersion:
    """業務登録の提出: to the disclosure office. Raises ActivityIncomplete."""
    version = _locked(version)
    rules.require(actor, "submit_activity", version)
    missing = [name for name in REQUIRED_TO_SUBMIT if not getattr(version, name).strip()]
    if missing:
        raise ActivityIncomplete([str(version._meta.get_field(name).verbose_name) for name in missing])
    version.status, version.return_reason = ActivityStatus.SUBMITTED, ""
    version.full_clean()
    return version.save_as(actor, action="submit_activity")


@transaction.atomic
def return_activity(version: ActivityVersion, *, reason: str, actor: Actor) -> ActivityVersion:
    """業務登録の差戻し: back to a draft, with the reason for the department."""
    version = _locked(version)
    rules.require(actor, "return_activity", version)
    version.status, version.return_reason = ActivityStatus.DRAFT, reason
    return version.save_as(actor, action="return_activity", reason=reason)


@transaction.atomic
def withdraw_activity(version: ActivityVersion, *, reason: str, actor: Actor) -> ActivityVersion:
    """業務登録の取下げ: an undecided version ends without effect; what is in force stays so, and may change anew.

    A first draft leaves a business that never was. Raises NotPermitted, ReasonRequired.
    """
    version = _locked(version)
    rules.require(actor, "withdraw_activity", version)
    version.status = ActivityStatus.WITHDRAWN
    version.full_clean()
    return version.save_as(actor, action="withdraw_activity", reason=reason)


@transaction.atomic
def register_activity(
    version: ActivityVersion,
    *,
    on: date,
    actor: Actor,
    reason: str = "",
    registered_on: date | None = None,
    number: str = "",
) -> ActivityVersion:
    """業務の登録: put a submitted version into force from `on`, and end the one that it replaces.

    A change before the day of a coming reorganisation holds until that day; from then on what it says holds under the
    new department (`registry.coming`).

    `number` is the 業務登録番号 that the office gives, in any spelling, where the department left it empty. Gives the
    business its number when the version carries one. Raises NumberTaken, ValidationError.
    """
    version = _locked(version)
    rules.require(actor, "register_activity", version)
    later: list[ActivityVersion] = []
    if version.replaces is not None:
        course = course_of(version.replaces, today=timezone.localdate(), locking=True)
        later = _take_place(version, course, on, actor, reason)
    version.department = _keeper(version, on)
    version.number_as_printed = version.number_as_printed or number
    _give_number(version, actor)
    version.status, version.valid_from, version.registered_on = ActivityStatus.REGISTERED, on, registered_on or on
    version.full_clean()
    version.save_as(actor, action="register_activity", reason=reason)
    coming.carry_over(version, later, actor=actor)
    return version


@transaction.atomic
def revise_activity(version: ActivityVersion, *, reason: str, actor: Actor) -> ActivityVersion:
    """業務登録の変更の起案: a new draft that starts as a copy of the version in force.

    The same person with the same reason again (a double click) gets the first draft back. Raises ChangeUnderWay,
    AlreadyAbolished, AlreadyChanged: two versions that replace the same one would be in force at the same time.
    """
    version = _locked(version)
    rules.require(actor, "revise_activity", version)
    under_way = version.activity.versions.filter(status__in=UNDECIDED).first()
    if under_way is not None:
        if _is_second_click(under_way, version, actor, reason):
            return under_way
        raise ChangeUnderWay
    _require_newest(version)
    draft = ActivityVersion(activity=version.activity, replaces=version, department=version.department)
    _fill(draft, {name: getattr(version, name) for name in EDITABLE})
    draft.save_as(actor, action="revise_activity", reason=reason)
    collecting.copy_forms(version, draft, actor=actor)
    return draft


@transaction.atomic
def abolish_activity(version: ActivityVersion, *, on: date, reason: str, actor: Actor) -> ActivityVersion:
    """業務の廃止: from `on` the business is no longer in force; its number is never given out again.

    Starts from the newest registered version; those of reorganisations to come, on that day or later, never come into
    force. Raises ReasonRequired, ChangeUnderWay (register the change or end it
    first), AlreadyChanged, AlreadyAbolished, ValidationError when `on` is not after the day the version took effect.
    """
    version = _locked(version)
    rules.require(actor, "abolish_activity", version)
    if version.activity.versions.filter(status__in=UNDECIDED).exists():
        raise ChangeUnderWay
    course = _require_newest(version)
    coming.withdraw(course.since(on), on=on, what="廃止", actor=actor)
    version = course.until(on)
    version.valid_to = version.abolished_on = on
    version.abolition_reason = actions.reason_or_label("abolish_activity", reason)
    version.full_clean()
    return version.save_as(actor, action="abolish_activity", reason=reason)


def _require_newest(version: ActivityVersion) -> Course:
    """The course of `version`, locked, that no registered change follows."""
    course = course_of(version, today=timezone.localdate(), locking=True)
    if course.last.abolished_on is not None:
        raise AlreadyAbolished
    is_past = version.pk not in {one.pk for one in course.versions}
    if is_past or course.last.replaced_by.exclude(status=ActivityStatus.WITHDRAWN).exists():
        raise AlreadyChanged
    return course


def _take_place(version: ActivityVersion, course: Course, on: date, actor: Actor, reason: str) -> list[ActivityVersion]:
    """Make room for a change from `on`; answers the versions of reorganisations after it, not yet written."""
    if fault := course.too_early(on, timezone.localdate()):
        raise ValidationError({"on": fault})
    if not version.department.exists_on(on):
        version.department = course.on(on).department
    ended, later = course.until(on), course.since(on)
    begins_with = [one for one in later if one.valid_from == on]
    later = [one for one in later if one not in begins_with]
    coming.withdraw(begins_with, on=on, what="変更", actor=actor)
    ended.valid_to = on
    ended.full_clean()
    ended.save_as(actor, action="register_activity", reason=reason)
    version.replaces = ended
    version.valid_to = later[0].valid_from if later else None
    return later


def _give_number(version: ActivityVersion, actor: Actor) -> None:
    """業務登録番号: unique when present, never taken away from a business that has one."""
    if not version.number_as_printed or version.activity.number:
        return
    number = business_number.parse(version.number_as_printed).number
    if Activity.objects.filter(number=number).exclude(pk=version.activity_id).exists():
        raise NumberTaken(number)
    version.activity.number = number
    version.activity.full_clean()
    version.activity.save_as(actor, action="register_activity")


def _keeper(version: ActivityVersion, on: date) -> Department:
    """所管課: if a first draft's own was reorganised meanwhile, its one successor; a change knows its own by now."""
    if version.replaces is not None:
        return version.department
    successors = successors_on(version.department, on)
    return successors[0] if len(successors) == 1 else version.department


def _is_second_click(draft: ActivityVersion, version: ActivityVersion, actor: Actor, reason: str) -> bool:
    started = draft.history.filter(
        action="revise_activity", history_user_id=actor.pk, history_change_reason=reason.strip()
    )
    return draft.status == ActivityStatus.DRAFT and draft.replaces_id == version.pk and started.exists()


def _locked(version: ActivityVersion) -> ActivityVersion:
    return ActivityVersion.objects.select_for_update(of=("self",)).select_related("activity").get(pk=version.pk)


def _fill(version: ActivityVersion, values: dict[str, Any]) -> None:
    """What a person filled in, with the bounds of the number of persons. ValidationError when something is wrong."""
    for name in EDITABLE:
        if name in values:
            setattr(version, name, values[name])
    version.full_clean()
    version.persons_lowest = version.persons_highest = None
    if version.persons.strip():
        counted = persons.parse(version.persons)
        version.persons_lowest, version.persons_highest = counted.lowest, counted.highest
