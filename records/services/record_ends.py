"""終了: a file that takes records out of force, by decision, by report or by notification, as any other file.

A 終了 is a version of the record whose sheet stays as it is; it has a last day and a reason, and is itself never in
force. Several records, of several kinds, may end with one file (業務の廃止).
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from history import actions
from history.errors import StaleEdit
from history.writing import Actor
from notices.services import tell
from organization import rules
from organization.models import Assignment, Department, Role
from organization.scoping import heir_for
from records.kinds import KINDS, kind_of
from records.models import Proposal, RecordVersion
from records.services.amending import require_latest
from records.services.drafting import begin_file, create_proposal
from records.services.errors import NotInForce, RecordContradictory
from records.services.locks import lock_record
from records.services.validity import end_problems
from registry.models import ActivityVersion

# What the new version does not take over from the one that ends: its place in the procedure.
_OWN = frozenset(
    {"id", "proposal", "position", "status", "route", "replaces", "valid_from", "valid_to", "lock", "reported_on"}
)


def records_of_activity(activity: ActivityVersion, day: date, *, actor: Actor) -> list[RecordVersion]:
    """The records of all kinds in force on `day` for the business itself that `actor` may end; a statement a kind.

    The office, which ends no records, prepares the file for all of them.
    """
    found: list[RecordVersion] = []
    for kind in KINDS.values():
        rows = kind.model.objects.as_of(day).filter(activity=activity.activity_id)
        rows = rules.permitted(rows, actor, "end_record") if _answers_for_records(actor) else rows
        found += rows.select_related("proposal__department__parent", *kind.related).order_by("pk")
    return found


def department_of(activity: ActivityVersion, actor: Actor) -> Department:
    """Whose draft the file will be."""
    return heir_for(actor, activity.department, timezone.localdate())


def _answers_for_records(actor: Actor) -> bool:
    return rules.may(actor, "end_record")


@transaction.atomic
def end_record(record: RecordVersion, *, title: str, ends_on: date, reason: str, token: UUID, actor: Actor) -> Proposal:
    """記録の終了の起案: a new file with the end of one record; `ends_on` is its last day in force.

    The same `token` again gives the first file back. Raises AlreadyChanged, Ended, ChangeUnderWay, NotInForce,
    RecordContradictory (a day on which the record is not in force).
    """
    record = lock_record(record)
    rules.require(actor, "end_record", record)
    existing = Proposal.objects.filter(token=token).first()
    if existing is not None:
        return existing
    department = heir_for(actor, record.proposal.department, timezone.localdate())
    proposal = create_proposal(title=title, department=department, token=token, actor=actor)
    _add_ends(proposal, [record], ends_on, reason, actor, "end_record")
    return proposal


@transaction.atomic
def end_activity_records(
    activity: ActivityVersion,
    *,
    records: Sequence[RecordVersion],
    title: str,
    ends_on: date,
    reason: str,
    token: UUID,
    actor: Actor,
) -> Proposal:
    """業務の記録をまとめた終了の起案: one file with the ends of `records`, all of them of the business, or nothing.

    The file is a draft of the department of the business, also when the office makes it; then the department is told.
    Raises as `end_record`.
    """
    # Locked, so that the second click of two finds what the first made.
    rows = ActivityVersion.objects.select_for_update(of=("self",)).select_related("department__parent")
    activity = rows.get(pk=activity.pk)
    rules.require(actor, "end_activity_records", activity)
    existing = Proposal.objects.filter(token=token).first()
    if existing is not None:
        return existing
    locked = [lock_record(record) for record in records]
    if not locked or any(record.activity_id != activity.activity_id for record in locked):
        raise NotInForce([str(record) for record in records] or [activity.name])
    if _answers_for_records(actor):
        for record in locked:
            rules.require(actor, "end_record", record)
    department = department_of(activity, actor)
    action = "end_activity_records"
    proposal = begin_file(title=title, department=department, token=token, actor=actor, action=action, reason=reason)
    _add_ends(proposal, locked, ends_on, reason, actor, action)
    if not rules.may_on(actor, "edit_proposal", proposal):
        _tell_department(proposal)
    return proposal


@transaction.atomic
def edit_end(record: RecordVersion, *, ends_on: date, reason: str, lock: int, actor: Actor) -> RecordVersion:
    """終了の編集: its day and its reason. Raises StaleEdit, RecordContradictory."""
    record = lock_record(record)
    rules.require(actor, "edit_end", record)
    if lock != record.lock:
        raise StaleEdit(record)
    record.ends_on, record.end_reason, record.lock = ends_on, reason, record.lock + 1
    _require_fitting(record)
    record.full_clean()
    return record.save_as(actor, action="edit_end")


def _add_ends(
    proposal: Proposal, records: Sequence[RecordVersion], ends_on: date, reason: str, actor: Actor, action: str
) -> None:
    if absent := [str(record) for record in records if record.valid_from is None or record.is_end]:
        raise NotInForce(absent)
    words = actions.reason_or_label(action, reason)
    for position, record in enumerate(records, start=1):
        require_latest(record)
        end = _copy(record)
        end.proposal, end.position, end.replaces = proposal, position, record
        end.ends_on, end.end_reason = ends_on, words
        _require_fitting(end)
        end.full_clean()
        end.save_as(actor, action=action, reason=reason)


def _copy(record: RecordVersion) -> RecordVersion:
    """The sheet as it stands, with the bracket of the first decision only where a change has one of its own."""
    fields = [field for field in record._meta.concrete_fields if field.name not in _OWN]
    end = type(record)(**{field.name: getattr(record, field.name) for field in fields})
    blank = kind_of(record).change_bracket or ("council_date", "consultation_number")
    for name in blank:
        setattr(end, name, record._meta.get_field(name).get_default())
    return end


def _require_fitting(record: RecordVersion) -> None:
    if problems := end_problems(record):
        raise RecordContradictory([f"{record}：{problem}" for problem in problems])


def _tell_department(proposal: Proposal) -> None:
    """The clerks learn of a draft that somebody else began for them."""
    people = Assignment.objects.as_of(timezone.localdate()).filter(department=proposal.department, role=Role.CLERK)
    for charge in people.filter(user__is_active=True).select_related("user").order_by("user"):
        tell(
            charge.user,
            f"情報公開課が、案件「{proposal.title}」の下書きをつくりました。",
            reverse("view_proposal", args=[proposal.pk]),
        )
