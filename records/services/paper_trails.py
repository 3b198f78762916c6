"""資料の履歴: the trails that say who wrote into a file's papers, and when last."""

from django.db.models import QuerySet, Subquery

from records.models import Attachment, Checklist, Paper, Proposal


def paper_trails(proposal: Proposal) -> list[QuerySet]:
    """The history rows of the papers, of their attachments and of their checklists; each write leaves one there."""
    papers = Paper.objects.filter(proposal=proposal).values("pk")
    return [
        Paper.history.filter(proposal=proposal.pk),
        Attachment.history.filter(proposal=proposal.pk),
        Checklist.history.filter(paper__in=papers),
    ]


def last_of_papers(proposal: Proposal) -> list[int]:
    """The last line of each of these trails, 0 for none; one statement."""
    newest = [trail.order_by("-history_id").values("history_id")[:1] for trail in paper_trails(proposal)]
    columns = {f"last_{at}": Subquery(rows) for at, rows in enumerate(newest)}
    found = Proposal.objects.filter(pk=proposal.pk).values_list(*columns.values()).first() or ()
    return [last or 0 for last in found]
