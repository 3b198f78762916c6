"""条例改正のページ: with its 新旧対照表, until it is enacted and filed."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from common import exporting
from common.exporting import Column
from common.paging import page_of
from common.templatetags.wording import wareki_dense
from common.views import answer_form, go_to
from councils.forms.amendments import AmendmentForm, CorrectEnactmentForm, CreateAmendmentForm, EnactForm, FileForm
from councils.models import Amendment
from councils.services import amendments as services
from councils.sheets.amendment import CODE
from history import conflicts
from history.conflicts import tell
from history.errors import DomainError, StaleEdit
from organization import rules
from printing import output, sheets
from printing.answering import answer_pdf
from records.views.framing import list_frame

COLUMNS = [
    Column("標題", str),
    Column("審議体", lambda row: row.body.short_name),
    Column("段階", lambda row: row.get_stage_display()),
    Column("施行日", lambda row: wareki_dense(row.effective_on)),
    Column("国への届出", lambda row: wareki_dense(row.filed_on) or "まだ"),
]
_ACTIONS = ["edit_amendment", "enact_amendment", "correct_enactment", "file_amendment"]


@require_GET
def amendment_list(request: HttpRequest) -> HttpResponse:
    """条例改正の一覧, newest first."""
    rows = rules.permitted(Amendment.objects.all(), request.user, "view_amendment").select_related("body")
    word = request.GET.get("q", "")
    if word:
        rows = rows.filter(title__contains=word) | rows.filter(ordinance__contains=word)
    rows = rows.order_by("-pk")
    if exporting.asked(request):
        export = exporting.of("条例改正", COLUMNS, rows.iterator(), timezone.localdate())
        return exporting.answer(request, export, rows)
    page = page_of(request, rows)
    frame = list_frame("条例改正", page, caption="条例改正の一覧。新しい順。") | {
        "search": {"name": "q", "label": "標題と条例の名称から探す", "value": word},
        "clear_url": "?" if word else "",
        "exports": exporting.menu(request),
    }
    context = {
        "list": frame,
        "columns": [column.label for column in COLUMNS],
        "rows": [(row, [column.value(row) for column in COLUMNS[1:]]) for row in page.rows],
        "may_create": rules.may(request.user, "create_amendment"),
    }
    return render(request, "councils/amendment_list.html", context)


@require_GET
def view_amendment(request: HttpRequest, pk: int) -> HttpResponse:
    """条例改正: as its paper, and when the council was or will be told."""
    row = _find(request, "view_amendment", pk)
    sheet = sheets.get(CODE)
    layout = sheets.layout_for(sheet, row, today=timezone.localdate())
    items = row.items.filter(is_removed=False).select_related("meeting__body", "block")
    context = {
        "row": row,
        "may": rules.allowed(request.user, _ACTIONS, row),
        "fragment": sheets.render_fragment(sheet, sheet.values(row), layout),
        "told": [(item, _is_after(row, item.meeting.held_on)) for item in items],
    }
    return render(request, "councils/amendment.html", context)


@require_GET
def print_amendment(request: HttpRequest, pk: int) -> HttpResponse:
    """条例改正の印刷."""
    row = _find(request, "print_amendment", pk)
    return answer_pdf(
        request,
        partial(output.print_one, sheets.get(CODE), row, timezone.localdate()),
        name=f"amendment-{pk}",
        record=row,
        back=row.get_absolute_url(),
    )


def create_amendment(request: HttpRequest) -> HttpResponse:
    """条例改正の登録."""
    return _step(request, None, CreateAmendmentForm(request.POST or None), "条例改正の登録", "登録する", _create)


def edit_amendment(request: HttpRequest, pk: int) -> HttpResponse:
    """条例改正の編集."""
    row = _find(request, "edit_amendment", pk)
    form = AmendmentForm(request.POST or None, initial=AmendmentForm.of(row))
    return _step(request, row, form, "条例改正の編集", "保存", partial(services.edit_amendment, row))


def enact_amendment(request: HttpRequest, pk: int) -> HttpResponse:
    """公布."""
    row = _find(request, "enact_amendment", pk)
    form = EnactForm(request.POST or None, initial={"effective_on": row.effective_on})
    return _step(request, row, form, "公布", "公布済にする", partial(services.enact_amendment, row))


def correct_enactment(request: HttpRequest, pk: int) -> HttpResponse:
    """公布日・施行日の訂正."""
    row = _find(request, "correct_enactment", pk)
    shown = {"enacted_on": row.enacted_on, "effective_on": row.effective_on}
    form = CorrectEnactmentForm(request.POST or None, initial=shown)
    return _step(request, row, form, "公布日・施行日の訂正", "訂正する", partial(services.correct_enactment, row))


def file_amendment(request: HttpRequest, pk: int) -> HttpResponse:
    """国の委員会への届出."""
    row = _find(request, "file_amendment", pk)
    form = FileForm(request.POST or None, initial={"filed_on": row.filed_on, "filing_note": row.filing_note})
    return _step(request, row, form, "国の委員会への届出", "届出済にする", partial(services.file_amendment, row))


def _create(*, body: Any, actor: Any, **given: Any) -> Amendment:
    return services.create_amendment(body, actor=actor, **given)


def _is_after(row: Amendment, told_on: Any) -> bool:
    """事後報告: the amendment was in force before the council heard of it."""
    return row.effective_on is not None and row.effective_on <= told_on


def _find(request: HttpRequest, action: str, pk: int) -> Amendment:
    return rules.find(Amendment.objects.select_related("body"), request.user, action, pk=pk)


def _step(
    request: HttpRequest, row: Amendment | None, form: Any, heading: str, button: str, service: Any
) -> HttpResponse:
    differences: list[conflicts.Difference] = []
    if form.is_bound and form.is_valid():
        given = form.arguments() if hasattr(form, "arguments") else form.cleaned_data
        try:
            made = service(actor=request.user, **given)
        except StaleEdit as stale:
            differences = conflicts.refuse_form(form, stale, conflicts.reopened(form, form.of(stale.current)))
        except (DomainError, ValidationError) as refusal:
            tell(form, refusal)
        else:
            messages.success(request, f"保存しました（{heading}）。")
            return go_to(request, "view_amendment", pk=made.pk)
    context = {"row": row, "form": form, "heading": heading, "button": button, "differences": differences}
    return answer_form(request, "councils/amendment_form.html", context, invalid=form.is_bound)
