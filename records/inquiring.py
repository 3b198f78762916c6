"""照会の見せかた: the questions of a file for its page, the home page and the thread."""

from collections.abc import Iterable

from django.db.models import Case, OuterRef, QuerySet, Subquery, When

from organization import rules
from organization.models import User
from records.models import Inquiry, InquiryEntry, InquiryState, Proposal, RecordVersion
from records.models.about import COLUMNS
from records.states import Status


def questions(rows: QuerySet) -> QuerySet:
    """The rows with what a line of a list says: who asks whom, and the first words."""
    first = InquiryEntry.objects.filter(inquiry=OuterRef("pk")).order_by("pk")
    return rows.select_related("provider__parent", "paper").annotate(
        first_text=Subquery(first.values("text")[:1]), asked_at=Subquery(first.values("written_at")[:1])
    )


def of_file(user: User, proposal: Proposal, records: Iterable[RecordVersion]) -> list[Inquiry]:
    """The questions on a file that `user` may see, those without an answer first; one statement."""
    open_first = Case(When(state=InquiryState.OPEN, then=0), default=1)
    rows = rules.permitted(Inquiry.objects.filter(proposal=proposal), user, "view_inquiry").order_by(open_first, "pk")
    at_hand = {(record._meta.model_name, record.pk): record for record in records}
    found = list(questions(rows))
    for inquiry in found:
        inquiry.proposal = proposal
        for name in COLUMNS:
            if record := at_hand.get((name, getattr(inquiry, f"{name}_id"))):
                setattr(inquiry, name, record)
    return found


def waiting_for(user: User) -> QuerySet:
    """照会への回答待ち: what `user` is asked, the oldest first; nothing of files that were withdrawn."""
    rows = rules.permitted(Inquiry.objects.all(), user, "answer_inquiry")
    return questions(rows.exclude(proposal__status=Status.WITHDRAWN)).order_by("pk")
