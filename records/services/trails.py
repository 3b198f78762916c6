"""案件の履歴: the trails that say who wrote into a file, its sheets and its papers, and when last."""

from django.db.models import QuerySet, Subquery

from records.kinds import KINDS
from records.models import Attachment, CheckAnswer, Checklist, Inquiry, Paper, Proposal


def file_trails(proposal: Proposal) -> list[QuerySet]:
    """The history rows of a file, its sheets of every kind, papers, answers and 照会; each write leaves one there.

    What a paper consists of (its sections, measures, references and answers) is written together with a row of these.
    """
    papers = Paper.objects.filter(proposal=proposal.pk).values("pk")
    return [
        Proposal.history.filter(id=proposal.pk),
        *(kind.model.history.filter(proposal=proposal.pk) for kind in KINDS.values()),
        Paper.history.filter(proposal=proposal.pk),
        Attachment.history.filter(proposal=proposal.pk),
        Checklist.history.filter(paper__in=papers),
        CheckAnswer.history.filter(proposal=proposal.pk),
        Inquiry.history.filter(proposal=proposal.pk),
    ]


def last_lines(proposal: Proposal) -> list[int]:
    """The last line of each of these trails, 0 for none; one statement."""
    newest = [trail.order_by("-history_id").values("history_id")[:1] for trail in file_trails(proposal)]
    found = Proposal.objects.filter(pk=proposal.pk).values_list(*map(Subquery, newest)).get()
    return [last or 0 for last in found]
