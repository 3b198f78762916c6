"""次第のページ: the board of a meeting, on which its agenda is put together."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from common.paging import page_of
from common.views import answer_form, go_to
from councils import agenda, ordering
from councils.candidates import ROUTES, candidates
from councils.forms.agenda import (
    AddItemForm,
    ArrangeForm,
    BlockForm,
    CorrectNumberForm,
    EditItemForm,
    HeadingForm,
    NumberForm,
    RemoveForm,
)
from councils.lawful import WORDS, consults_on_files
from councils.models import AgendaBlock, AgendaItem, BlockKind, Meeting, MeetingStatus
from councils.ordering import Order
from councils.readiness import UNDER_WAY, remarks
from councils.sections import meeting_frame
from councils.services import agenda as services
from councils.sheets.agenda import CODE
from councils.views.steps import answer_step, find_meeting
from history.errors import DomainError
from organization import rules
from printing import output, sheets
from printing.answering import answer_pdf
from records.models import Proposal
from records.states import Status

_ACTIONS = [
    "arrange_agenda",
    "add_agenda_block",
    "edit_agenda_block",
    "add_agenda_item",
    "put_on_agenda",
    "edit_agenda_item",
    "remove_agenda_item",
    "number_consultation",
    "correct_consultation_number",
]


@dataclass(frozen=True)
class Row:
    """議題の行 of the board: the item, and the places that it may be moved to."""

    line: agenda.Line
    places: list[tuple[str, str, bool]]  # value, words, whether it stands there
    is_first: bool
    is_last: bool

    @property
    def is_withdrawn(self) -> bool:
        """案件の取下げ."""
        return self.line.item.proposal is not None and self.line.item.proposal.status == Status.WITHDRAWN


def view_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """次第: blocks with their items, and what is still missing."""
    return _board(request, _find(request, "view_agenda", pk))


def arrange_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """次第の編成; when somebody else was faster, both orders are shown and the chosen one can still be taken."""
    meeting = _find(request, "arrange_agenda", pk)
    form = ArrangeForm(request.POST)
    try:
        chosen = form.chosen() if form.is_valid() else None
    except ValueError:
        chosen = None
    if chosen is None:
        messages.error(request, "並べかえを読み取れません。もう一度選んでください。")
        return go_to(request, "view_agenda", pk=pk)
    try:
        services.arrange_agenda(meeting, order=chosen, agenda_lock=form.cleaned_data["agenda_lock"], actor=request.user)
    except services.StaleAgenda as refusal:
        return _board(request, refusal.current, stale=refusal, chosen=chosen)
    except services.Misplaced as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "次第を並べかえました。諮問番号と資料番号は変わりません。")
    # The keyboard goes on where it was: the next press moves the same item again.
    moved = request.POST.get("item-up") or request.POST.get("item-down") or ""
    return go_to(request, f"{reverse('view_agenda', args=[pk])}{f'#item-{moved}' if moved else ''}")


def add_agenda_block(request: HttpRequest, pk: int) -> HttpResponse:
    """区分の追加."""
    meeting = _find(request, "add_agenda_block", pk)
    form = BlockForm(request.POST or None)
    return _step(request, meeting, form, "区分の追加", "追加する", partial(services.add_block, meeting))


def edit_agenda_block(request: HttpRequest, pk: int) -> HttpResponse:
    """区分の見出し, and its removal while it is empty."""
    block = get_object_or_404(AgendaBlock.objects.filter(is_removed=False), pk=pk)
    meeting = _find(request, "edit_agenda_block", block.meeting_id)
    if request.method == "POST" and "remove" in request.POST:
        try:
            services.remove_block(block, actor=request.user)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        return go_to(request, "view_agenda", pk=meeting.pk)
    form = HeadingForm(request.POST or None, initial={"heading": block.heading})
    is_empty = not block.items.filter(is_removed=False).exists()
    service = partial(services.edit_block, block)
    return _step(
        request, meeting, form, "区分の見出し", "保存", service, may_remove="この区分をやめる" if is_empty else ""
    )


def add_agenda_item(request: HttpRequest, pk: int) -> HttpResponse:
    """議題の追加: what is no file."""
    meeting = _find(request, "add_agenda_item", pk)
    form = AddItemForm(request.POST or None, meeting=meeting, parts=agenda.read(meeting))
    return _step(request, meeting, form, "議題の追加", "追加する", services.add_item)


def put_on_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """案件の付議: the accepted files that wait for a 諮問 (`?kind=consultation`) or a report (`?kind=report`)."""
    meeting = _find(request, "put_on_agenda", pk)
    kind = request.POST.get("kind") or request.GET.get("kind") or BlockKind.CONSULTATION
    if kind not in ROUTES:
        raise Http404
    if request.method == "POST":
        proposal = get_object_or_404(
            rules.permitted(Proposal.objects.all(), request.user, "view_proposal"), pk=_number(request, "proposal")
        )
        blocks = meeting.blocks.filter(is_removed=False, kind=kind)
        block = get_object_or_404(blocks, pk=_number(request, "block")) if request.POST.get("block") else None
        try:
            services.put_on_agenda(meeting, proposal, kind=kind, block=block, actor=request.user)
        except (DomainError, ValidationError) as refusal:
            messages.error(request, " ".join(getattr(refusal, "messages", [str(refusal)])))
        else:
            messages.success(request, f"「{proposal}」を次第に加えました。")
        return go_to(request, f"{request.path}?kind={kind}")
    asked = consults_on_files(meeting.body, meeting.held_on)
    page = page_of(request, rules.permitted(candidates(kind), request.user, "view_proposal"))
    context = {
        **meeting_frame(meeting, request.user, "view_agenda"),
        "page": page,
        "kind": kind,
        "only_reported": WORDS if kind == BlockKind.CONSULTATION and not asked else "",
        "kinds": [(code, BlockKind(code).label) for code in ROUTES],
        "blocks": [part for part in agenda.read(meeting) if part.block.kind == kind],
    }
    return render(request, "councils/put_on_agenda.html", context)


def edit_agenda_item(request: HttpRequest, pk: int) -> HttpResponse:
    """議題の編集."""
    item, meeting = _item(request, "edit_agenda_item", pk)
    form = EditItemForm(request.POST or None, initial=EditItemForm.of(item))
    return _step(request, meeting, form, "議題の編集", "保存", partial(services.edit_agenda_item, item), item=item)


def remove_agenda_item(request: HttpRequest, pk: int) -> HttpResponse:
    """議題の取りやめ."""
    item, meeting = _item(request, "remove_agenda_item", pk)
    form = RemoveForm(request.POST or None, needs_reason=meeting.status != MeetingStatus.PREPARING)
    service = partial(services.remove_agenda_item, item)
    return _step(request, meeting, form, "議題の取りやめ", "次第からはずす", service, item=item)


def number_consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """諮問番号の付番."""
    item, meeting = _item(request, "number_consultation", pk)
    form = NumberForm(request.POST or None, item=item)
    return _step(request, meeting, form, "諮問番号", "番号を付ける", partial(services.give_number, item), item=item)


def correct_consultation_number(request: HttpRequest, pk: int) -> HttpResponse:
    """諮問番号の訂正."""
    item, meeting = _item(request, "correct_consultation_number", pk)
    form = CorrectNumberForm(request.POST or None)
    service = partial(services.correct_consultation_number, item)
    return _step(request, meeting, form, "諮問番号の訂正", "訂正する", service, item=item)


def print_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """次第の印刷."""
    meeting = _find(request, "print_agenda", pk)
    return answer_pdf(
        request,
        partial(output.print_one, sheets.get(CODE), meeting, timezone.localdate()),
        name=f"agenda-{meeting.pk}",
        record=f"{meeting}　次第",
        back=meeting.get_absolute_url(),
    )


def _board(
    request: HttpRequest, meeting: Meeting, *, stale: services.StaleAgenda | None = None, chosen: Order | None = None
) -> HttpResponse:
    parts = agenda.read(meeting)
    order = ordering.order_of(parts)
    wanted = ordering.brought_up_to_date(chosen, order) if chosen is not None else None
    context = {
        **meeting_frame(meeting, request.user, "view_agenda"),
        "parts": [(part, _rows(part, parts)) for part in parts],
        "order": ordering.written(order),
        "remarks": remarks(meeting, parts),
        "is_ahead": meeting.status in UNDER_WAY,
        "may": rules.allowed(request.user, _ACTIONS, meeting),
        "stale": stale,
        "wanted": ordering.written(wanted) if wanted is not None else "",
        "wanted_parts": _named(wanted, parts) if wanted is not None else [],
    }
    return answer_form(request, "councils/agenda.html", context, invalid=stale is not None)


def _rows(part: agenda.Part, parts: list[agenda.Part]) -> list[Row]:
    return [
        Row(line, _places(line.item, place, part, parts), place == 0, place == len(part.lines) - 1)
        for place, line in enumerate(part.lines)
    ]


def _places(item: AgendaItem, place: int, part: agenda.Part, parts: list[agenda.Part]) -> list[tuple[str, str, bool]]:
    """Where the item may stand: each place of its block, and each place or the end of others that are for it."""
    found = []
    for other in parts:
        if not services.fits(item, other.block.kind):
            continue
        is_own = other.block.pk == part.block.pk
        for at in range(len(other.lines) if is_own else len(other.lines) + 1):
            words = f"{other.numeral}の{at + 1}番目"
            found.append((f"{other.block.pk}:{at}", words, is_own and at == place))
    return found


def _named(order: Order, parts: list[agenda.Part]) -> list[tuple[str, list[str]]]:
    """An order in words: the headings, each with the titles under it."""
    headings = {part.block.pk: part.block.heading for part in parts}
    titles = {line.item.pk: line.item.title for part in parts for line in part.lines}
    return [(headings[block], [titles[item] for item in items]) for block, items in order]


def _step(
    request: HttpRequest, meeting: Meeting, form: forms.Form, heading: str, button: str, service: Any, **context: Any
) -> HttpResponse:
    """One form, one service, and back to the board."""
    about = {"about": f"{item.consultation or ''} {item.title}".strip()} if (item := context.pop("item", None)) else {}
    return answer_step(
        request,
        meeting,
        form,
        heading=heading,
        button=button,
        service=service,
        section="view_agenda",
        **about,
        **context,
    )


def _find(request: HttpRequest, action: str, pk: int) -> Meeting:
    return find_meeting(request, action, pk)


def _item(request: HttpRequest, action: str, pk: int) -> tuple[AgendaItem, Meeting]:
    rows = AgendaItem.objects.filter(is_removed=False).select_related("meeting__body", "block", "consultation")
    item = get_object_or_404(rows, pk=pk)
    return item, _find(request, action, item.meeting_id)


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    if not text.isdecimal():
        raise Http404
    return int(text)
