"""案件の歩み: from the draft to the office, with every return; the only place that moves a state."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from history.writing import Actor
from organization import rules
from organization.models import User
from records.models import Confirmation, OutOfPurposeUseVersion, Proposal, RecordVersion
from records.services.authorship import others_wrote
from records.services.completeness import require_complete
from records.services.errors import AlreadySettled, WrittenByAnother
from records.services.locks import lock_proposal, lock_record
from records.services.routes import suggested_route
from records.services.validity import take_out_of_force
from records.states import SETTLED, Status


def move(
    proposal: Proposal,
    status: Status,
    *,
    actor: Actor,
    action: str,
    reason: str = "",
    form_date: date | None = None,
    records: Iterable[RecordVersion] | None = None,
) -> Proposal:
    """Set the state of a proposal and of the records that it carries. Only the services of this package call it.

    `records`: those of the file, where the caller has set more in them than is saved.
    """
    records = proposal.records() if records is None else records
    # Saved first, so that a later constraint on the records sees the file already there.
    proposal.status = status
    if form_date is not None:
        proposal.form_date = form_date
    proposal.full_clean()
    proposal.save_as(actor, action=action, reason=reason)
    for record in records:
        record.status = status
        record.full_clean()
        record.save_as(actor, action=action, reason=reason)
    return proposal


@transaction.atomic
def request_approval(proposal: Proposal, *, actor: Actor) -> Proposal:
    """課長の確認に出す: the clerk hands a complete file to the head. Raises RecordIncomplete, NothingToSubmit."""
    proposal = lock_proposal(proposal)
    rules.require(actor, "request_approval", proposal)
    require_complete(proposal.records())
    proposal.return_reason = ""
    return move(proposal, Status.AWAITING_HEAD, actor=actor, action="request_approval")


@transaction.atomic
def approve_proposal(proposal: Proposal, *, actor: Actor, on: date | None = None) -> Proposal:
    """課長承認: the head lets the file go to the office; `on` is the day that the sheets count as submitted."""
    proposal = lock_proposal(proposal)
    rules.require(actor, "approve_proposal", proposal)
    return _submit(proposal, actor=actor, action="approve_proposal", on=on)


@transaction.atomic
def submit_proposal(proposal: Proposal, *, actor: Actor, on: date | None = None) -> Proposal:
    """自ら起案した案件の提出: what a head wrote, or took over; the trail says so. Raises WrittenByAnother."""
    proposal = lock_proposal(proposal)
    rules.require(actor, "submit_proposal", proposal)
    if not isinstance(actor, User) or proposal.written_by_id not in actor.writer_ids_today:
        raise WrittenByAnother
    if others_wrote(proposal, actor.writer_ids_today):
        raise WrittenByAnother
    proposal.return_reason = ""
    return _submit(proposal, actor=actor, action="submit_proposal", on=on)


def _submit(proposal: Proposal, *, actor: Actor, action: str, on: date | None) -> Proposal:
    day = on or timezone.localdate()
    proposal.form_date = day  # the rules that hold are those of the day of submission
    records = proposal.records()
    require_complete(records)
    for record in records:
        record.route = suggested_route(record, day)
        is_asked = isinstance(record, OutOfPurposeUseVersion) and not record.is_end
        if is_asked and record.confirmation != Confirmation.PENDING:
            record.confirmation, record.confirmation_note = Confirmation.PENDING, ""
            record.save_as(actor, action=action)
    return move(proposal, Status.SUBMITTED, actor=actor, action=action, form_date=day, records=records)


@transaction.atomic
def send_back_proposal(proposal: Proposal, *, reason: str, actor: Actor) -> Proposal:
    """課内での差戻し: the head gives the file back to the clerk."""
    proposal = lock_proposal(proposal)
    rules.require(actor, "send_back_proposal", proposal)
    proposal.return_reason = reason
    return move(proposal, Status.DRAFT, actor=actor, action="send_back_proposal", reason=reason)


@transaction.atomic
def return_proposal(proposal: Proposal, *, reason: str, actor: Actor) -> Proposal:
    """差戻し: the office gives the file back; it is a draft again, and the head approves again."""
    proposal = lock_proposal(proposal)
    rules.require(actor, "return_proposal", proposal)
    proposal.return_reason = reason
    return move(proposal, Status.DRAFT, actor=actor, action="return_proposal", reason=reason)


@transaction.atomic
def withdraw_proposal(proposal: Proposal, *, reason: str, actor: Actor) -> Proposal:
    """取下げ: before the decision; what was in force before stays in force. Raises AlreadySettled."""
    proposal = lock_proposal(proposal)
    rules.require(actor, "withdraw_proposal", proposal)
    records = proposal.records()
    if any(record.status in [*SETTLED, Status.REJECTED] for record in records):
        raise AlreadySettled
    for record in records:
        record.status = Status.WITHDRAWN
        take_out_of_force(record, actor=actor, action="withdraw_proposal", reason=reason)
    proposal.status = Status.WITHDRAWN
    return proposal.save_as(actor, action="withdraw_proposal", reason=reason)


@transaction.atomic
def confirm_provision(use: OutOfPurposeUseVersion, *, actor: Actor, note: str = "") -> RecordVersion:
    """提供課の確認: the providing department agrees that its information is used."""
    return _answer(use, Confirmation.CONFIRMED, "confirm_provision", actor, note, reason="")


@transaction.atomic
def object_to_provision(use: OutOfPurposeUseVersion, *, reason: str, actor: Actor) -> RecordVersion:
    """提供課の異議: the providing department does not agree; the office returns the file or settles it."""
    return _answer(use, Confirmation.OBJECTED, "object_to_provision", actor, reason, reason=reason)


def _answer(
    use: OutOfPurposeUseVersion, answer: Confirmation, action: str, actor: Actor, note: str, reason: str
) -> RecordVersion:
    use = lock_record(use)
    rules.require(actor, action, use)
    use.confirmation, use.confirmation_note = answer, note
    use.full_clean()
    return use.save_as(actor, action=action, reason=reason)
