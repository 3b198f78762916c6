"""会議資料を作る: what is laid before a meeting, and its 資料番号."""

from django.db import transaction
from django.db.models import Max

from councils.models import AgendaItem, MeetingPaper
from files.models import StoredFile
from history.writing import Actor
from organization import rules
from records.models import Paper


@transaction.atomic
def add_paper(
    item: AgendaItem,
    *,
    title: str,
    actor: Actor,
    number: int | None = None,
    branch: int = 0,
    paper: Paper | None = None,
    text: str = "",
    file: StoredFile | None = None,
    dated: str = "",
    senders: str = "",
    on_desk: bool = False,
    is_ready: bool = False,
) -> MeetingPaper:
    """資料の追加: under `number`, else the next in the order of submission; independent of the agenda's order.

    Raises ValidationError for a 資料番号 that the meeting has already.
    """
    meeting = item.meeting
    rules.require(actor, "add_meeting_paper", meeting)
    row = MeetingPaper(
        meeting=meeting,
        item=item,
        number=number or (meeting.papers.aggregate(last=Max("number"))["last"] or 0) + 1,
        branch=branch,
        position=item.papers.count(),
        title=title,
        paper=paper,
        text=text,
        file=file,
        dated=dated,
        senders=senders,
        on_desk=on_desk,
        is_ready=is_ready,
    )
    row.full_clean()
    return row.save_as(actor, action="add_meeting_paper")
