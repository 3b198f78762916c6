"""委員のページ: who sits in the bodies on a day, in which office, and one member over all terms."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from common import exporting
from common.exporting import Column
from common.paging import page_of
from common.templatetags.wording import wareki_dense
from common.views import answer_form, as_of, go_to
from common.wareki import format_date
from councils.forms.members import AppointForm, EditAppointmentForm, EditOfficeForm, OfficeForm, TermForm
from councils.models import Appointment, Attendance, Body, Member, OfficeHolding
from councils.services import members as services
from history import conflicts
from history.conflicts import tell
from history.errors import DomainError, StaleEdit
from organization import rules
from records.views.framing import list_frame

UNKNOWN = "不明"
SECTION = "view_member"
_ACTIONS = ["edit_appointment", "hold_office", "edit_office", "remove_office"]
COLUMNS = [
    Column("委員", lambda row: row.member.surname + row.member.bracketed),
    Column("名", lambda row: row.member.given_name or UNKNOWN),
    Column("審議体", lambda row: row.term.body.short_name),
    Column("期", lambda row: str(row.term)),
    Column("区分", lambda row: row.get_category_display() or UNKNOWN),
    Column("役職", lambda row: offices(row)),
    Column("委嘱の期間", lambda row: period(row.first_day, row.last_day)),
]


def offices(row: Appointment) -> str:
    """会長、副会長, of those read as `held`; empty for none that is known."""
    return "、".join(one.get_office_display() for one in row.held)


def period(first: date | None, last: date | None) -> str:
    """From when to when; 不明 where no source has it."""
    return f"{wareki_dense(first) if first else UNKNOWN}〜{wareki_dense(last) if last else UNKNOWN}"


@require_GET
def member_list(request: HttpRequest) -> HttpResponse:
    """名簿 on a day: of all bodies or one."""
    asked = as_of(request)
    body = request.GET.get("body", "")
    rows = Appointment.objects.as_of(asked.day)
    if body:
        rows = rows.filter(term__body__key=body)
    held = Prefetch("offices", OfficeHolding.objects.as_of(asked.day), to_attr="held")
    rows = rows.select_related("member", "term__body").prefetch_related(held)
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
        "may_appoint": rules.may(request.user, "appoint_member"),
        "may_begin": rules.may(request.user, "begin_term"),
    }
    return render(request, "councils/member_list.html", context)


@require_GET
def view_member(request: HttpRequest, pk: int) -> HttpResponse:
    """委員: the seats in all terms with their offices, and the meetings to which the member was asked."""
    rules.require_action(request.user, SECTION)
    member = get_object_or_404(Member.objects.select_related("body"), pk=pk)
    held = Prefetch("offices", OfficeHolding.objects.filter(is_removed=False), to_attr="held")
    seats = member.appointments.select_related("term", "member").prefetch_related(held).order_by("-term__number", "-pk")
    asked = Attendance.objects.filter(appointment__member=member).select_related("meeting__body")
    context = {
        "member": member,
        "seats": [
            (seat, period(seat.first_day, seat.last_day), [(one, _office_period(one, seat)) for one in seat.held])
            for seat in seats
        ],
        "page": page_of(request, asked.order_by("-meeting__held_on", "-pk")),
        "may": {name for name in _ACTIONS if rules.may(request.user, name)},
    }
    return render(request, "councils/member.html", context)


def begin_term(request: HttpRequest) -> HttpResponse:
    """期の登録."""
    return _step(request, TermForm(request.POST or None), "期の登録", "登録する", services.begin_term)


def appoint_member(request: HttpRequest) -> HttpResponse:
    """委嘱."""
    return _step(request, AppointForm(request.POST or None), "委員の委嘱", "名簿に加える", services.appoint)


def edit_appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """委嘱の編集."""
    row = _find(request, "edit_appointment", pk)
    form = EditAppointmentForm(request.POST or None, initial=EditAppointmentForm.of(row))

    def service(**given: Any) -> object:
        return services.edit_appointment(row, **given)

    return _step(request, form, f"{row}の委嘱", "保存", service, row)


def hold_office(request: HttpRequest, pk: int) -> HttpResponse:
    """役職の就任."""
    row = _find(request, "hold_office", pk)

    def service(**given: Any) -> object:
        return services.hold_office(row, **given)

    return _step(request, OfficeForm(request.POST or None), f"{row}の役職", "記入する", service, row)


def edit_office(request: HttpRequest, pk: int) -> HttpResponse:
    """役職の編集."""
    row = _office(request, "edit_office", pk)
    form = EditOfficeForm(request.POST or None, initial=EditOfficeForm.of(row))

    def service(**given: Any) -> object:
        return services.edit_office(row, **given)

    return _step(request, form, f"{row.appointment}の役職", "保存", service, row.appointment)


@require_POST
def remove_office(request: HttpRequest, pk: int) -> HttpResponse:
    """役職の取消し."""
    row = _office(request, "remove_office", pk)
    services.remove_office(row, actor=request.user)
    messages.success(request, f"{row}を取り消しました。")
    return go_to(request, SECTION, pk=row.appointment.member_id)


def _office_period(holding: OfficeHolding, seat: Appointment) -> str:
    return period(holding.starts_on or seat.first_day, holding.ends_on or seat.last_day)


def _find(request: HttpRequest, action: str, pk: int) -> Appointment:
    rules.require_action(request.user, action)
    return get_object_or_404(Appointment.objects.select_related("member", "term__body"), pk=pk)


def _office(request: HttpRequest, action: str, pk: int) -> OfficeHolding:
    rules.require_action(request.user, action)
    rows = OfficeHolding.objects.filter(is_removed=False).select_related("appointment__member", "appointment__term")
    return get_object_or_404(rows, pk=pk)


def _step(
    request: HttpRequest,
    form: Any,
    heading: str,
    button: str,
    service: Callable[..., object],
    seat: Appointment | None = None,
) -> HttpResponse:
    """One form about members; back to the page of the member of `seat`, else to the list."""
    differences: list[conflicts.Difference] = []
    if form.is_bound and form.is_valid():
        try:
            service(actor=request.user, **form.cleaned_data)
        except StaleEdit as stale:
            differences = conflicts.refuse_form(form, stale, conflicts.reopened(form, form.of(stale.current)))
        except (DomainError, ValidationError) as refusal:
            tell(form, refusal)
        else:
            messages.success(request, f"保存しました（{heading}）。")
            return go_to(request, SECTION, pk=seat.member_id) if seat else go_to(request, "member_list")
    context = {
        "form": form,
        "heading": heading,
        "button": button,
        "member": seat and seat.member,
        "differences": differences,
    }
    return answer_form(request, "councils/member_form.html", context, invalid=form.is_bound)
