"""行の確保: the present row, locked for the transaction (SQLite: the IMMEDIATE transaction is the lock)."""

from typing import TypeVar

from history.errors import DomainError
from records.models import Proposal, RecordVersion
from records.services.trails import last_lines

Version = TypeVar("Version", bound=RecordVersion)


class StaleStep(DomainError):
    """古い画面からの操作: the file, a sheet or a paper of it was changed since the page of the step was opened."""

    def __init__(self) -> None:
        super().__init__(
            "この画面を開いたあとに、案件の内容が変わりました。いまの内容を表示しています。確かめてから、もう一度行ってください。"
        )


def file_version(proposal: Proposal) -> str:
    """The version of a file with all its sheets and papers: the last line that each of its trails has.

    Every write leaves a line in a trail, so no service can change the file without changing its version.
    """
    return "-".join(map(str, last_lines(proposal)))


def require_version(proposal: Proposal, version: str) -> None:
    """Lock the file and raise StaleStep unless `version` is the one it still has; to be called in a transaction."""
    lock_proposal(proposal)
    if version != file_version(proposal):
        raise StaleStep


def lock_proposal(proposal: Proposal) -> Proposal:
    """The proposal as it stands now; nobody else moves it until the transaction ends."""
    return Proposal.objects.select_for_update().get(pk=proposal.pk)


def lock_record(record: Version) -> Version:
    """The record version as it stands now, its proposal locked with it."""
    lock_proposal(record.proposal)
    return type(record).objects.select_for_update(of=("self",)).select_related("proposal").get(pk=record.pk)
