"""招集: the notice goes out, and what was sent stays as it was."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from councils.keeping import CONVOCATION
from councils.models import Convocation, Meeting, MeetingStatus
from councils.sheets.convocation import CODE
from files import services as files
from history.errors import DomainError
from history.writing import Actor
from organization import rules
from printing import output, sheets


class TooLateToReply(DomainError):
    """回答期限の誤り."""

    def __init__(self) -> None:
        super().__init__("回答期限は、きょうから開催日までの日にしてください。")


@transaction.atomic
def convene_meeting(
    meeting: Meeting, *, actor: Actor, text: str = "", reply_by: date | None = None, allow_missing: bool = False
) -> Meeting:
    """会議の招集: the 開催通知 of today is kept as the PDF that goes out; a second one replaces the first.

    Raises TooLateToReply, MissingGlyphs.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body", "term").get(pk=meeting.pk)
    rules.require(actor, "convene_meeting", meeting)
    today = timezone.localdate()
    if reply_by is not None and not min(today, meeting.held_on) <= reply_by <= meeting.held_on:
        raise TooLateToReply
    meeting.status, meeting.convened_on = MeetingStatus.CONVENED, today
    meeting.full_clean()
    meeting.save_as(actor, action="convene_meeting")
    notice = Convocation.objects.filter(meeting=meeting).first() or Convocation(meeting=meeting)
    notice.text, notice.reply_by, notice.file = text, reply_by, None
    notice.told_day, notice.told_time, notice.told_place = meeting.held_on, meeting.starts_at, meeting.place
    notice.full_clean()
    notice.save_as(actor, action="convene_meeting")
    pdf = output.print_rows(sheets.get(CODE), [meeting], today=today, allow_missing=allow_missing)
    notice.file = files.store(f"{meeting}開催通知.pdf", pdf, actor=actor, purpose=CONVOCATION)
    notice.save_as(actor, action="convene_meeting")
    return meeting
