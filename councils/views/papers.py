"""会議資料のページ: what is laid before the meeting, its numbers, the packet, and what the members got."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from common.views import answer_form, go_to
from councils import distributing
from councils.forms.papers import AddPaperForm, AttachForm, DistributeForm, PaperForm, uploaded
from councils.models import Meeting, MeetingAttachment, MeetingPaper
from councils.packet import print_packet as bind_packet
from councils.packet import print_paper
from councils.readiness import unfinished_papers
from councils.sections import meeting_frame
from councils.services import papers as services
from councils.views.steps import answer_step, find_meeting
from history.conflicts import tell
from history.errors import DomainError
from organization import rules
from printing.answering import answer_pdf

SECTION = "meeting_papers"
_ACTIONS = [
    "add_meeting_paper",
    "number_file_papers",
    "edit_meeting_paper",
    "remove_meeting_paper",
    "attach_to_paper",
    "remove_paper_attachment",
    "distribute_papers",
]


@require_GET
def meeting_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """会議資料: in the order of their numbers."""
    meeting = find_meeting(request, SECTION, pk)
    return _page(request, meeting, DistributeForm(meeting=meeting))


@require_POST
def number_file_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """案件の資料の付番."""
    meeting = find_meeting(request, "number_file_papers", pk)
    found = services.number_file_papers(meeting, actor=request.user)
    words = "、".join(paper.label for paper in found)
    messages.success(
        request, f"案件の資料に番号を付けました（{words}）。" if found else "番号のない案件の資料はありません。"
    )
    return go_to(request, SECTION, pk=pk)


def add_meeting_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """会議資料の追加."""
    meeting = find_meeting(request, "add_meeting_paper", pk)
    shown = {"item": request.GET.get("item", "")}
    form = AddPaperForm(request.POST or None, request.FILES or None, meeting=meeting, initial=shown)

    def done(paper: MeetingPaper) -> str:
        return reverse(SECTION if paper.file_id else "edit_meeting_paper", args=[pk if paper.file_id else paper.pk])

    return _step(request, meeting, form, "資料の追加", "加える", services.add_paper, done=done)


def edit_meeting_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """会議資料の編集."""
    paper = _find(request, "edit_meeting_paper", pk)
    form = PaperForm(request.POST or None, request.FILES or None, paper=paper, initial=PaperForm.of(paper))
    return _step(
        request, paper.meeting, form, "資料の編集", "保存", partial(services.edit_paper, paper), about=str(paper)
    )


@require_POST
def remove_meeting_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """会議資料の取りやめ."""
    paper = _find(request, "remove_meeting_paper", pk)
    services.remove_paper(paper, actor=request.user)
    messages.success(request, f"{paper.label}を取りやめました。配布したものは残ります。")
    return go_to(request, SECTION, pk=paper.meeting_id)


def attach_to_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """会議資料の添付."""
    paper = _find(request, "attach_to_paper", pk)
    form = AttachForm(request.POST or None, request.FILES or None, paper=paper)

    def service(*, actor: Any, name: str, file: Any, same_as: MeetingAttachment | None) -> MeetingAttachment:
        return services.attach(paper, name=name, same_as=same_as, actor=actor, **uploaded(file))

    return _step(request, paper.meeting, form, "資料の添付", "添付する", service, about=str(paper))


@require_POST
def remove_paper_attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """会議資料の添付の取りやめ."""
    attachment = get_object_or_404(MeetingAttachment.objects.filter(is_removed=False), pk=pk)
    meeting = _find(request, "remove_paper_attachment", attachment.paper_id).meeting
    services.remove_attachment(attachment, actor=request.user)
    return go_to(request, SECTION, pk=meeting.pk)


@require_GET
def print_meeting_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """会議資料の印刷, with what is attached."""
    paper = _find(request, "print_meeting_paper", pk)
    printed = partial(print_paper, paper, timezone.localdate())
    return _pdf(request, printed, f"meeting-paper-{pk}", paper, paper.meeting)


@require_GET
def print_packet(request: HttpRequest, pk: int) -> HttpResponse:
    """資料一式の印刷; `?member=`: the copy of one member."""
    meeting = find_meeting(request, "print_packet", pk)
    number = request.GET.get("member", "")
    rows = meeting.attendances.seated().select_related("appointment__member", "meeting")
    member = get_object_or_404(rows, pk=number) if number.isdecimal() else None
    printed = partial(bind_packet, meeting, timezone.localdate(), member=member)
    return _pdf(request, printed, f"packet-{pk}", f"{meeting}の資料一式", meeting)


@require_POST
def distribute_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """資料の配布, in the background: the packet or one paper."""
    meeting = find_meeting(request, "distribute_papers", pk)
    form = DistributeForm(request.POST, meeting=meeting)
    if form.is_valid():
        try:
            job = distributing.start(meeting, **form.cleaned_data, owner=request.user)
        except DomainError as refusal:
            tell(form, refusal)
        else:
            return go_to(request, "view_job", pk=job.pk)
    return _page(request, meeting, form)


def _pdf(request: HttpRequest, printed: Any, name: str, record: Any, meeting: Meeting) -> HttpResponse:
    try:
        return answer_pdf(request, printed, name=name, record=record, back=reverse(SECTION, args=[meeting.pk]))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return go_to(request, SECTION, pk=meeting.pk)


def _page(request: HttpRequest, meeting: Meeting, form: DistributeForm) -> HttpResponse:
    papers = list(
        meeting.papers.filter(is_removed=False)
        .select_related("item", "paper__proposal", "file")
        .prefetch_related("attachments__file", "attachments__same_as__paper", "attachments__same_as__file")
    )
    drafts = {row.pk for row in papers if any(unfinished_papers([row]))}
    context: dict[str, Any] = {
        **meeting_frame(meeting, request.user, SECTION),
        "rows": [
            (row, [one for one in row.attachments.all() if not one.is_removed], row.pk in drafts) for row in papers
        ],
        "bare": meeting.items.filter(is_removed=False).exclude(papers__is_removed=False),
        "may": rules.allowed(request.user, _ACTIONS, meeting),
        "form": form,
        "distributions": meeting.distributions.select_related("file", "paper"),
        "members": meeting.attendances.seated().select_related("appointment__member"),
    }
    return answer_form(request, "councils/papers.html", context, invalid=form.is_bound)


def _find(request: HttpRequest, action: str, pk: int) -> MeetingPaper:
    rows = MeetingPaper.objects.filter(is_removed=False)
    paper = get_object_or_404(
        rows.select_related(
            "meeting__body", "meeting__term", "item__consultation", "paper__proposal__department__parent", "file"
        ),
        pk=pk,
    )
    find_meeting(request, action, paper.meeting_id)
    return paper


def _step(
    request: HttpRequest, meeting: Meeting, form: Any, heading: str, button: str, service: Any, **context: Any
) -> HttpResponse:
    return answer_step(
        request, meeting, form, heading=heading, button=button, service=service, section=SECTION, **context
    )
