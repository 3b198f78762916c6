"""行の確保: the present row, locked for the transaction (SQLite: the IMMEDIATE transaction is the lock)."""

from typing import TypeVar

from records.models import Proposal, RecordVersion

Version = TypeVar("Version", bound=RecordVersion)


def lock_proposal(proposal: Proposal) -> Proposal:
    """The proposal as it stands now; nobody else moves it until the transaction ends."""
    return Proposal.objects.select_for_update().get(pk=proposal.pk)


def lock_record(record: Version) -> Version:
    """The record version as it stands now, its proposal locked with it."""
    lock_proposal(record.proposal)
    return type(record).objects.select_for_update(of=("self",)).select_related("proposal").get(pk=record.pk)
