"""結果の取消し: a decision, a report, a refusal or a 届出 that was entered wrongly is taken back, with the reason.

The trail keeps what was believed meanwhile (architecture §4, Trail); the right outcome is entered afterwards.
"""

from django.db import transaction

from history.writing import Actor
from organization import rules
from records.kinds import kind_of
from records.models import Precedent, Proposal, RecordVersion
from records.services.errors import AlreadyChanged, NothingToUndo
from records.services.locks import lock_proposal
from records.services.validity import take_back_force
from records.states import WAITING, Route, Status

# What came of the records of a route at the council.
_CAME_OF = {Route.CONSULTATION: [Status.DECIDED, Status.REJECTED], Route.REPORT: [Status.REPORTED]}
_GONE = [Status.WITHDRAWN, Status.REJECTED]


@transaction.atomic
def undo_decision(proposal: Proposal, *, reason: str, actor: Actor, route: Route | None = None) -> Proposal:
    """結果の取消し of the records that went by `route` (None: by any): they wait for the council as before.

    Date and number leave the bracket that they filled, the version before is in force again. A record under the
    criteria stays in force, as before its report. A file that was merely notified waits for its 受理 again, for only
    there its route can be another. Raises NothingToUndo, AlreadyChanged when something was built on it.
    """
    proposal = lock_proposal(proposal)
    rules.require(actor, "undo_decision", proposal)
    if proposal.status == Status.NOTIFIED:
        return _undo_notification(proposal, reason, actor)
    routes = [route] if route else list(_CAME_OF)
    records = [
        record
        for record in proposal.records()
        if record.route in routes and record.status in _CAME_OF[Route(record.route)]
    ]
    if not records:
        raise NothingToUndo
    before = Status(_before(records[0]).status)
    for record in records:
        _take_back(record, reason, actor)
    proposal.status = before
    if Route.CONSULTATION in routes:
        proposal.conditions = proposal.rejection_reason = ""
    proposal.full_clean()
    return proposal.save_as(actor, action="undo_decision", reason=reason)


def _undo_notification(proposal: Proposal, reason: str, actor: Actor) -> Proposal:
    records = proposal.records()
    for record in records:
        if record.replaced_by.exclude(status__in=_GONE).exists():
            raise AlreadyChanged
    for record in records:
        record.status = Status.SUBMITTED
        take_back_force(record, actor=actor, action="undo_decision", reason=reason)
    proposal.status = Status.SUBMITTED
    proposal.full_clean()
    return proposal.save_as(actor, action="undo_decision", reason=reason)


def _take_back(record: RecordVersion, reason: str, actor: Actor) -> None:
    if record.replaced_by.exclude(status__in=_GONE).exists():
        raise AlreadyChanged
    earlier = _before(record)
    was_decided = record.status == Status.DECIDED
    record.status, record.reported_on = earlier.status, None
    for name in _bracket(record):
        setattr(record, name, getattr(earlier, name))
    if was_decided:
        take_back_force(record, actor=actor, action="undo_decision", reason=reason)
    else:
        record.full_clean()
        record.save_as(actor, action="undo_decision", reason=reason)
        _take_out_precedent(record, actor, reason)


def _before(record: RecordVersion) -> RecordVersion:
    """The record as it waited for the council: its last history row of that time."""
    return record.history.filter(status__in=WAITING).latest("history_id")


def _bracket(record: RecordVersion) -> tuple[str, ...]:
    """The fields that a decision fills."""
    bracket = kind_of(record).change_bracket if record.is_change else None
    return bracket or ("council_date", "consultation_number")


def _take_out_precedent(record: RecordVersion, actor: Actor, reason: str) -> None:
    """事例: what the report added to the criteria is none while it is not reported."""
    kind = kind_of(record)
    if kind.identity not in ("use", "provision"):
        return
    for precedent in Precedent.objects.filter(
        **{kind.identity: getattr(record, f"{kind.identity}_id")}, is_removed=False
    ):
        precedent.is_removed = True
        precedent.full_clean()
        precedent.save_as(actor, action="undo_decision", reason=reason)
