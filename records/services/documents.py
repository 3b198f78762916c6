"""文書としての案件: its number and 保存年限 in the ward's own filing, which come and change beside the procedure."""

from django.db import transaction

from history.errors import StaleEdit
from history.writing import Actor
from organization import rules
from records.models import Proposal, RetentionPeriod
from records.services.locks import lock_proposal


@transaction.atomic
def number_proposal(
    proposal: Proposal, *, document_number: str, retention: RetentionPeriod | None, lock: int, actor: Actor
) -> Proposal:
    """文書番号・保存年限の記入; the state stays as it is. Raises StaleEdit when somebody saved in between."""
    proposal = lock_proposal(proposal)
    rules.require(actor, "number_proposal", proposal)
    if lock != proposal.lock:
        raise StaleEdit(proposal)
    proposal.document_number, proposal.retention = document_number.strip(), retention
    proposal.lock += 1
    proposal.full_clean()
    return proposal.save_as(actor, action="number_proposal")


@transaction.atomic
def add_retention(*, name: str, years: int | None, actor: Actor, source_note: str = "") -> RetentionPeriod:
    """保存年限の区分の登録: a choice as the ward decided it. ValidationError for what the table refuses."""
    rules.require_action(actor, "edit_reference")
    period = RetentionPeriod(name=name, years=years, source_note=source_note)
    period.full_clean()
    return period.save_as(actor, action="edit_reference")
