"""起案: a department writes a proposal and its records."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from history.errors import DomainError, StaleEdit, in_words
from history.writing import Actor
from organization import rules
from organization.models import Department, User
from organization.services import one_at_a_time
from records.kinds import RecordKind, kind_of
from records.models import Proposal, RecordVersion
from records.services.errors import EndHasNoSheet
from records.services.locks import lock_proposal, lock_record
from records.states import Status
from registry.models import ActivityVersion

# What a department's name is made of on the ward's sheets: 「区民部　収納課」, with a full-width space.
SHEET_SPACE = "\u3000"


class AlreadyRemoved(DomainError):
    """取りやめ済みの送信: a form sent before whose sheet has been taken out since; it would add nothing, silently."""

    def __init__(self) -> None:
        super().__init__(
            "この画面から追加した記録票は、取りやめられています。あらためて追加するときは、もう一度「追加する」を押してください。"
        )


@transaction.atomic
def create_proposal(
    *, title: str, department: Department, token: UUID, actor: Actor, source_note: str = ""
) -> Proposal:
    """案件の起案: an empty draft. The same `token` again gives the first one back."""
    rules.require(actor, "create_proposal", department)
    return begin_file(
        title=title, department=department, token=token, actor=actor, action="create_proposal", source_note=source_note
    )


def begin_file(
    *,
    title: str,
    department: Department,
    token: UUID,
    actor: Actor,
    action: str,
    reason: str = "",
    source_note: str = "",
) -> Proposal:
    """An empty draft for `action`, whose service has asked the table; the first one again for the same `token`."""
    one_at_a_time(department)
    existing = Proposal.objects.filter(token=token).first()
    if existing is not None:
        return existing
    written_by = actor if isinstance(actor, User) else None
    proposal = Proposal(title=title, department=department, token=token, written_by=written_by, source_note=source_note)
    proposal.full_clean()
    return proposal.save_as(actor, action=action, reason=reason)


@transaction.atomic
def edit_proposal(
    proposal: Proposal, *, title: str, lock: int, actor: Actor, filing_reason: str | None = None
) -> Proposal:
    """案件の編集: its title, and why (None: as it is). Raises StaleEdit when somebody saved in between."""
    proposal = lock_proposal(proposal)
    rules.require(actor, "edit_proposal", proposal)
    proposal.check_lock(lock)
    proposal.title = title
    if filing_reason is not None:
        proposal.filing_reason = filing_reason
    proposal.full_clean()
    return proposal.save_as(actor, action="edit_proposal")


@transaction.atomic
def add_records(
    proposal: Proposal, *, kind: RecordKind, activities: Iterable[ActivityVersion], token: UUID, actor: Actor
) -> list[RecordVersion]:
    """記録票の追加: one sheet for each business, in one step; a further sheet starts as a copy of the last of its kind.

    Without a business one sheet is added whose business is chosen later. The same `token` again gives back the sheets
    that it has added; another business with it is added. Raises AlreadyRemoved when one of them was taken out since.
    """
    proposal = lock_proposal(proposal)
    rules.require(actor, "add_record", proposal)
    added = []
    for activity in list(activities) or [None]:
        own_token = uuid5(token, f"{kind.code}:{activity.activity_id if activity else ''}")
        existing = kind.model.objects.filter(**{f"{kind.identity}__token": own_token}).first()
        if existing is not None and existing.status == Status.WITHDRAWN:
            raise AlreadyRemoved
        added.append(existing or _add_record(proposal, kind, activity, own_token, actor))
    return added


def _add_record(
    proposal: Proposal, kind: RecordKind, activity: ActivityVersion | None, token: UUID, actor: Actor
) -> RecordVersion:
    identity = kind.identity_model(token=token)
    identity.save_as(actor, action="add_record")
    siblings = proposal.records()
    values: dict[str, Any] = {kind.identity: identity}
    same_kind = [sibling for sibling in siblings if isinstance(sibling, kind.model) and not sibling.is_end]
    if same_kind:
        values |= {name: getattr(same_kind[-1], name) for name in kind.shared_fields}
    else:
        values |= {
            "department_name": proposal.department.full_name.replace(" ", SHEET_SPACE),
            "responsible": proposal.department.head_title,
        }
    if activity is not None:
        values |= {
            "activity": activity.activity,
            "activity_number": activity.activity.number or "",
            "activity_name": activity.name,
        }
    position = siblings[-1].position + 1 if siblings else 1
    record = kind.model(proposal=proposal, position=position, **values)
    record.full_clean()
    return record.save_as(actor, action="add_record")


@transaction.atomic
def edit_record(
    record: RecordVersion,
    *,
    values: dict[str, Any],
    lock: int,
    actor: Actor,
    same_for_all: bool = False,
    sibling_locks: Mapping[int, int] | None = None,
) -> RecordVersion:
    """記録票の編集: save what was typed; `same_for_all` writes the shared fields into the sheets beside it too.

    `sibling_locks` are the locks of those sheets (by pk) as the person saw them; None overwrites whatever they hold.
    A sheet that would stay as it is is not written. Raises StaleEdit when somebody saved one of the sheets in between,
    or added one; ValidationError for what the tables refuse.
    """
    record = lock_record(record)
    rules.require(actor, "edit_record", record)
    if record.is_end:
        raise EndHasNoSheet
    if lock != record.lock:
        raise StaleEdit(record)
    kind = kind_of(record)
    siblings = siblings_of(record) if same_for_all else []
    for sibling in siblings:
        if sibling_locks is not None and sibling_locks.get(sibling.pk) != sibling.lock:
            raise StaleEdit(sibling)
    _write(record, {name: values[name] for name in kind.editable if name in values}, actor)
    shared = {name: values[name] for name in kind.shared_fields if name in values}
    for sibling in siblings:
        _write(sibling, shared, actor)
    return record


def siblings_of(record: RecordVersion) -> list[RecordVersion]:
    """The sheets of the same kind beside `record` in its file, in the order of the file."""
    beside = type(record).objects.filter(proposal=record.proposal, status=record.status, ends_on__isnull=True)
    beside = beside.exclude(pk=record.pk)
    return list(beside.order_by("position", "pk"))


def _write(record: RecordVersion, values: dict[str, Any], actor: Actor) -> None:
    before = _columns(record)
    for name, value in values.items():
        setattr(record, name, value)
    kind_of(record).derive(record)
    if _columns(record) == before:
        return
    # The database asks each constraint once, when it writes.
    record.full_clean(validate_constraints=False)
    record.lock += 1
    try:
        record.save_as(actor, action="edit_record")
    except IntegrityError as refusal:
        raise in_words(record, refusal) from refusal


def _columns(record: RecordVersion) -> dict[str, Any]:
    """What the row would hold; of a date its column text, since a date respelt is a change."""
    fields = record._meta.concrete_fields
    return {field.attname: field.get_prep_value(field.value_from_object(record)) for field in fields}


@transaction.atomic
def remove_record(record: RecordVersion, *, actor: Actor) -> RecordVersion:
    """記録票の取りやめ: the sheet leaves the draft; it is withdrawn, not deleted."""
    record = lock_record(record)
    rules.require(actor, "remove_record", record)
    record.status = Status.WITHDRAWN
    record.full_clean()
    return record.save_as(actor, action="remove_record")
