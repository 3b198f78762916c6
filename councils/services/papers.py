"""会議資料を作る: what is laid before a meeting, and its 資料番号."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from councils import agenda
from councils.keeping import PAPERS
from councils.models import AgendaItem, Distribution, Meeting, MeetingAttachment, MeetingPaper
from councils.readiness import unfinished_papers, without_paper
from files import services as files
from files.models import StoredFile
from history.errors import DomainError
from history.writing import Actor
from organization import rules
from printing.binding import pages_of
from records.models import Paper


class PaperOfFile(DomainError):
    """案件の資料: its words are written with the file, not here."""

    def __init__(self, paper: MeetingPaper) -> None:
        super().__init__(f"{paper.label}は案件の資料です。本文は、案件のページで直してください。")


class NotDistributable(DomainError):
    """配布できない資料: what is still missing or a draft, named."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(f"まだ配布できません。{''.join(reasons)}")


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
    content: bytes | None = None,
    file_name: str = "",
    dated: str = "",
    senders: str = "",
    on_desk: bool = False,
    is_ready: bool = False,
    token: UUID | None = None,
) -> MeetingPaper:
    """資料の追加: under `number`, else the next in the order of submission; independent of the agenda's order.

    The same `token` again gives the first one back.
    `content`: a PDF from elsewhere, kept with the paper or not at all. Raises FileRefused, and ValidationError for a
    資料番号 that the meeting has already.
    """
    meeting = _held(item.meeting)
    rules.require(actor, "add_meeting_paper", meeting)
    if token and (there := MeetingPaper.objects.filter(token=token, meeting=meeting).first()):
        return there
    row = MeetingPaper(
        token=token,
        meeting=meeting,
        item=item,
        number=number or (meeting.papers.aggregate(last=Max("number"))["last"] or 0) + 1,
        branch=branch,
        position=item.papers.count(),
        title=title,
        paper=paper,
        text=text,
        file=_stored(file_name, content, actor),
        dated=dated,
        senders=senders,
        on_desk=on_desk,
        is_ready=is_ready,
    )
    row.full_clean()
    return row.save_as(actor, action="add_meeting_paper")


@transaction.atomic
def number_file_papers(meeting: Meeting, *, actor: Actor) -> list[MeetingPaper]:
    """案件の資料の付番: every paper of a file on the agenda that has no 資料番号 yet, in the order of submission."""
    meeting = _held(meeting)
    rules.require(actor, "number_file_papers", meeting)
    numbered = set(meeting.papers.filter(is_removed=False).values_list("paper", flat=True))
    items = meeting.items.filter(is_removed=False, proposal__isnull=False).select_related("proposal", "meeting")
    found = []
    for item in sorted(items, key=lambda item: (item.proposal.form_date or date.max, item.proposal_id)):
        for paper in item.proposal.papers.in_use():
            if paper.pk not in numbered:
                numbered.add(paper.pk)
                found.append(add_paper(item, title=paper.title or item.title, paper=paper, actor=actor))
    return found


@transaction.atomic
def edit_paper(
    row: MeetingPaper,
    *,
    number: int,
    branch: int,
    title: str,
    on_desk: bool,
    is_ready: bool,
    lock: int,
    actor: Actor,
    text: str = "",
    dated: str = "",
    senders: str = "",
    content: bytes | None = None,
    file_name: str = "",
) -> MeetingPaper:
    """会議資料の編集; `content`: the PDF that takes the place of the one that was there.

    Raises StaleEdit, PaperOfFile (words or a PDF for a file's paper), FileRefused, ValidationError (a number twice).
    """
    _held(row.meeting)
    row = MeetingPaper.objects.select_for_update(of=("self",)).select_related("meeting", "item").get(pk=row.pk)
    rules.require(actor, "edit_meeting_paper", row)
    row.check_lock(lock)
    if row.paper_id and (text or content is not None):
        raise PaperOfFile(row)
    row.number, row.branch, row.title, row.on_desk, row.is_ready = number, branch, title, on_desk, is_ready
    row.text, row.dated, row.senders = text, dated, senders
    row.file = _stored(file_name, content, actor) or row.file
    row.full_clean()
    if row.is_ready and not (row.paper_id or row.file_id or row.text.strip()):
        raise ValidationError({"is_ready": "本文もPDFもない資料は、確定できません。"})
    return row.save_as(actor, action="edit_meeting_paper")


@transaction.atomic
def remove_paper(row: MeetingPaper, *, actor: Actor) -> MeetingPaper:
    """会議資料の取りやめ: its number is free again; what was distributed stays."""
    rules.require(actor, "remove_meeting_paper", row)
    row.is_removed = True
    return row.save_as(actor, action="remove_meeting_paper")


@transaction.atomic
def attach(
    row: MeetingPaper,
    *,
    name: str,
    actor: Actor,
    content: bytes | None = None,
    file_name: str = "",
    same_as: MeetingAttachment | None = None,
) -> MeetingAttachment:
    """会議資料の添付: a PDF, or one that another paper has (printed once). Raises FileRefused, ValidationError."""
    rules.require(actor, "attach_to_paper", row)
    stored = _stored(file_name, content, actor)
    attachment = MeetingAttachment(paper=row, name=name, file=stored, same_as=same_as, position=row.attachments.count())
    attachment.full_clean()
    return attachment.save_as(actor, action="attach_to_paper")


@transaction.atomic
def remove_attachment(attachment: MeetingAttachment, *, actor: Actor) -> MeetingAttachment:
    """添付の取りやめ; those that name it as the same go with it."""
    rules.require(actor, "remove_paper_attachment", attachment)
    for row in [attachment, *attachment.repeated.filter(is_removed=False)]:
        row.is_removed = True
        row.save_as(actor, action="remove_paper_attachment")
    return attachment


@transaction.atomic
def distribute(
    meeting: Meeting, content: bytes, *, actor: Actor, paper: MeetingPaper | None = None, note: str = ""
) -> Distribution:
    """配布: what the members got, the PDF itself with its digest; `paper` None: the whole packet.

    Raises NotDistributable while a paper is missing or a draft.
    """
    rules.require(actor, "distribute_papers", meeting)
    require_distributable(meeting, paper)
    name = f"{meeting}{paper.label if paper else '資料一式'}.pdf"
    row = Distribution(
        meeting=meeting,
        paper=paper,
        file=files.store(name, content, actor=actor, purpose=PAPERS),
        distributed_on=timezone.localdate(),
        pages=pages_of(content),
        note=note,
    )
    row.full_clean()
    return row.save_as(actor, action="distribute_papers")


def require_distributable(meeting: Meeting, paper: MeetingPaper | None = None) -> None:
    """Raise NotDistributable for what is missing or a draft: of the one `paper`, else of the whole packet."""
    parts = agenda.read(meeting)
    rows = meeting.papers.filter(is_removed=False).select_related("paper__proposal", "item")
    remarks = list(unfinished_papers(rows.filter(pk=paper.pk) if paper else rows))
    if paper is None:
        remarks = [*without_paper(parts), *remarks]
    if remarks:
        raise NotDistributable([f"{remark.words.removesuffix('。')}。" for remark in remarks])


def _held(meeting: Meeting) -> Meeting:
    """The meeting, held until the end of the transaction: of two who give the same 資料番号, the second is told."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("body", "term").get(pk=meeting.pk)


def _stored(name: str, content: bytes | None, actor: Actor) -> StoredFile | None:
    return files.store(name, content, actor=actor, purpose=PAPERS) if content is not None else None
