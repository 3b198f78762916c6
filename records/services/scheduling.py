"""付議: a file that waits for the council stands on the agenda of a meeting, or is taken off it again."""

from django.db import transaction

from history.writing import Actor
from organization import rules
from records.models import Proposal
from records.services.locks import lock_proposal
from records.states import Status


@transaction.atomic
def schedule_proposal(proposal: Proposal, *, actor: Actor) -> Proposal:
    """付議: the records that wait for the council are on its agenda; what is settled already stays so."""
    return _move(proposal, Status.ACCEPTED, Status.SCHEDULED, "schedule_proposal", actor, "")


@transaction.atomic
def unschedule_proposal(proposal: Proposal, *, actor: Actor, reason: str = "") -> Proposal:
    """付議の取りやめ: off the agenda, or put off by the council; the file waits for another meeting."""
    return _move(proposal, Status.SCHEDULED, Status.ACCEPTED, "unschedule_proposal", actor, reason)


def _move(proposal: Proposal, before: Status, after: Status, action: str, actor: Actor, reason: str) -> Proposal:
    proposal = lock_proposal(proposal)
    rules.require(actor, action, proposal)
    records = [record for record in proposal.records() if record.status == before]
    proposal.status = after
    proposal.full_clean()
    proposal.save_as(actor, action=action, reason=reason)
    for record in records:
        record.status = after
        record.full_clean()
        record.save_as(actor, action=action, reason=reason)
    return proposal
