"""委員のページ: who sits in the bodies on a day, and in which office."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from common import exporting
from common.exporting import Column
from common.paging import page_of
from common.templatetags.wording import wareki_dense
from common.views import answer_form, as_of, go_to
from common.wareki import format_date
from councils.forms.members import AppointForm, EditAppointmentForm, OfficeForm
from councils.models import Appointment, Body
from councils.services import members as services
from councils.views.steps import tell
from history.errors import DomainError
from organization import rules
from records.views.framing import list_frame

UNKNOWN = "不明"
_ACTIONS = ["appoint_member", "edit_appointment", "hold_office"]
COLUMNS = [
    Column("委員", lambda row: row.member.surname + row.member.bracketed),
    Column("名", lambda row: row.member.given_name or UNKNOWN),
    Column("審議体", lambda row: row.term.body.short_name),
    Column("期", lambda row: str(row.term)),
    Column("区分", lambda row: row.get_category_display() or UNKNOWN),
    Column("役職", lambda row: offices(row)),
    Column("委嘱の期間", lambda row: period(row)),
]


def offices(row: Appointment) -> str:
    """会長、副会長; empty for none that is known."""
    return "、".join(one.get_office_display() for one in row.offices.all())


def period(row: Appointment) -> str:
    """The days of the seat, else of the term; 不明 where no source has them."""
    starts, ends = row.starts_on or row.term.starts_on, row.ends_on or row.term.ends_on
    return f"{wareki_dense(starts) if starts else UNKNOWN}〜{wareki_dense(ends) if ends else UNKNOWN}"


@require_GET
def member_list(request: HttpRequest) -> HttpResponse:
    """名簿 on a day: of all bodies or one."""
    asked = as_of(request)
    body = request.GET.get("body", "")
    rows = Appointment.objects.as_of(asked.day)
    if body:
        rows = rows.filter(term__body__key=body)
    rows = rows.select_related("member", "term__body").prefetch_related("offices")
    rows = rows.order_by("term__body", "term__number", "position", "pk")
    if exporting.asked(request):
        return exporting.answer(request, exporting.of("委員", COLUMNS, rows.iterator(100), asked.day), rows)
    page = page_of(request, rows)
    caption = f"{format_date(asked.day, 'long')}の委員の名簿。審議体、期、名簿の順。"
    frame = list_frame("委員", page, caption=caption, unit="人") | {
        "as_of": asked,
        "selects": [
            {
                "name": "body",
                "label": "審議体",
                "all": "すべての審議体",
                "options": [(one.key, one.short_name, one.key == body) for one in Body.objects.all()],
            }
        ],
        "exports": exporting.menu(request),
    }
    context = {
        "list": frame,
        "rows": [(row, [column.value(row) for column in COLUMNS[1:]]) for row in page.rows],
        "columns": [column.label for column in COLUMNS],
        "may": [
            name for name in ("appoint_member", "edit_appointment", "hold_office") if rules.may(request.user, name)
        ],
    }
    return render(request, "councils/member_list.html", context)


def appoint_member(request: HttpRequest) -> HttpResponse:
    """委嘱."""
    return _step(request, AppointForm(request.POST or None), "委員の委嘱", "名簿に加える", services.appoint)


def edit_appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """委嘱の編集."""
    row = _find(request, "edit_appointment", pk)
    form = EditAppointmentForm(request.POST or None, initial=EditAppointmentForm.of(row))

    def service(**given: Any) -> object:
        return services.edit_appointment(row, **given)

    return _step(request, form, f"{row}の委嘱", "保存", service)


def hold_office(request: HttpRequest, pk: int) -> HttpResponse:
    """役職の就任."""
    row = _find(request, "hold_office", pk)

    def service(**given: Any) -> object:
        return services.hold_office(row, **given)

    return _step(request, OfficeForm(request.POST or None), f"{row}の役職", "記入する", service)


def _find(request: HttpRequest, action: str, pk: int) -> Appointment:
    rules.require_action(request.user, action)
    return get_object_or_404(Appointment.objects.select_related("member", "term__body"), pk=pk)


def _step(request: HttpRequest, form: Any, heading: str, button: str, service: Callable[..., object]) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            service(actor=request.user, **form.cleaned_data)
        except (DomainError, ValidationError) as refusal:
            tell(form, refusal)
        else:
            messages.success(request, f"保存しました（{heading}）。")
            return go_to(request, "member_list")
    context = {"form": form, "heading": heading, "button": button}
    return answer_form(request, "councils/member_form.html", context, invalid=form.is_bound)
