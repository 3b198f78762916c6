"""行の確保: the present row, locked for the transaction (SQLite: the IMMEDIATE transaction is the lock)."""

from typing import TypeVar

from django.db.models import OuterRef, QuerySet, Subquery

from history.errors import DomainError
from records.kinds import KINDS
from records.models import Proposal, RecordVersion

Version = TypeVar("Version", bound=RecordVersion)


class StaleStep(DomainError):
    """古い画面からの操作: the file or one of its sheets was changed since the page of the step was opened."""

    def __init__(self) -> None:
        super().__init__(
            "この画面を開いたあとに、案件の内容が変わりました。いまの内容を表示しています。確かめてから、もう一度行ってください。"
        )


def file_version(proposal: Proposal) -> str:
    """The version of a file with all its sheets: the last line that each of its trails has.

    Every write leaves a line in a trail, so no service can change the file without changing its version.
    """
    of_sheets = [kind.model.history.filter(proposal=OuterRef("pk")) for kind in KINDS.values()]
    trails = [Proposal.history.filter(id=OuterRef("pk")), *of_sheets]
    found = Proposal.objects.filter(pk=proposal.pk).values_list(*map(_last_line, trails)).get()
    return "-".join(str(last or 0) for last in found)


def _last_line(trail: QuerySet) -> Subquery:
    return Subquery(trail.order_by("-history_id").values("history_id")[:1])


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
