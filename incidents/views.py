"""事故のページ: the log, one case, a department's report, and what the office does with it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from common import exporting, fiscal_year
from common.exporting import Column
from common.paging import page_of
from common.views import answer_form, as_of, go_to
from common.wareki import format_date
from history import conflicts
from history.errors import DomainError, StaleEdit
from incidents.forms import EditIncidentForm, IncidentForm, ReasonForm, ReportIncidentForm
from incidents.models import Incident, IncidentDepartment, IncidentKind, IncidentStatus, Quantity
from incidents.services import reporting as services
from organization import rules
from organization.models import Role
from records.views.framing import list_frame, select_box

_ACTIONS = ["edit_incident", "accept_incident", "close_incident", "reopen_incident", "cancel_incident"]
COLUMNS = [
    Column("件名", str),
    Column("種別", lambda row: row.kind.name),
    Column("発生", lambda row: row.occurred_on.text),
    Column("所管", lambda row: "、".join(share.name for share in row.shares)),
    Column("件数・人数", lambda row: "、".join(str(one) for one in row.counts)),
    Column("起こした者", lambda row: row.actor_words),
    Column("状態", lambda row: row.get_status_display()),
]


@require_GET
def incident_list(request: HttpRequest) -> HttpResponse:
    """事故の一覧, newest first: those that had occurred by a day, by words, kind and state."""
    asked = as_of(request)
    kind, status, word = (request.GET.get(name, "") for name in ("kind", "status", "q"))
    rows = rules.permitted(Incident.objects.all(), request.user, "view_incident")
    if request.GET.get("as_of"):
        rows = rows.as_of(asked.day)
    if kind.isdecimal():
        rows = rows.filter(kind=int(kind))
    if status in IncidentStatus.values:
        rows = rows.filter(status=status)
    if word:
        share = IncidentDepartment.objects.filter(name__contains=word, is_removed=False)
        told = [Q(**{f"{name}__contains": word}) for name in ("title", "summary", "cause", "actor_note")]
        found = Q(pk__in=share.values("incident"))
        for one in told:
            found |= one
        rows = rows.filter(found)
    rows = _with_parts(rows).order_by("-occurred_on__start", "-pk")
    if exporting.asked(request):
        return exporting.answer(request, exporting.of("事故", COLUMNS, rows.iterator(100), asked.day), rows)
    page = page_of(request, rows)
    frame = list_frame("事故", page, caption="事故の一覧。新しい発生の順。") | {
        "search": {"name": "q", "label": "件名、内容、原因、所管から探す", "value": word},
        "as_of": asked,
        "selects": [
            select_box("kind", "種別", [(str(one.pk), one.name) for one in IncidentKind.objects.all()], kind),
            select_box("status", "状態", IncidentStatus.choices, status),
        ],
        "clear_url": "?" if kind or status or word or request.GET.get("as_of") else "",
        "exports": exporting.menu(request),
    }
    context = {
        "list": frame,
        "columns": [column.label for column in COLUMNS],
        "rows": [(row, [column.value(row) for column in COLUMNS[1:]]) for row in page.rows],
        "may_report": rules.may(request.user, "report_incident"),
    }
    return render(request, "incidents/incident_list.html", context)


@require_GET
def view_incident(request: HttpRequest, pk: int) -> HttpResponse:
    """事故: what is known of the case, and what may be done next."""
    incident = _find(request, "view_incident", pk)
    occurred = incident.occurred_on.start
    context = {
        "incident": incident,
        "may": rules.allowed(request.user, _ACTIONS, incident),
        "year_label": fiscal_year.label(fiscal_year.of(occurred)) if occurred else "",
    }
    return render(request, "incidents/incident.html", context)


def report_incident(request: HttpRequest) -> HttpResponse:
    """事故の報告 by a department."""
    rules.require_action(request.user, "report_incident")
    form = ReportIncidentForm(request.POST or None, actor=request.user)
    return _form(request, form, "事故の報告", "報告する", services.report_incident)


def edit_incident(request: HttpRequest, pk: int) -> HttpResponse:
    """事故の編集."""
    incident = _find(request, "edit_incident", pk)
    for_office = Role.OFFICE in request.user.roles_today
    form = EditIncidentForm(request.POST or None, for_office=for_office, initial=EditIncidentForm.of(incident))
    return _form(request, form, "事故の編集", "保存", partial(services.edit_incident, incident), incident)


@require_POST
def accept_incident(request: HttpRequest, pk: int) -> HttpResponse:
    """事故の受付."""
    return _step(request, "accept_incident", pk, services.accept_incident, "受け付けました。")


@require_POST
def close_incident(request: HttpRequest, pk: int) -> HttpResponse:
    """事故の終了."""
    return _step(request, "close_incident", pk, services.close_incident, "終了にしました。")


def reopen_incident(request: HttpRequest, pk: int) -> HttpResponse:
    """終了の取消し."""
    incident = _find(request, "reopen_incident", pk)
    service = partial(services.reopen_incident, incident)
    return _form(request, ReasonForm(request.POST or None), "終了の取消し", "対応中にもどす", service, incident)


def cancel_incident(request: HttpRequest, pk: int) -> HttpResponse:
    """事故の取消."""
    incident = _find(request, "cancel_incident", pk)
    service = partial(services.cancel_incident, incident)
    return _form(request, ReasonForm(request.POST or None), "事故の取消", "取り消す", service, incident)


def _with_parts(rows: Any) -> Any:
    shares = Prefetch("departments", IncidentDepartment.objects.filter(is_removed=False), to_attr="shares")
    counts = Prefetch("quantities", Quantity.objects.filter(is_removed=False), to_attr="counts")
    return rows.select_related("kind", "partner", "department").prefetch_related(shares, counts)


def _find(request: HttpRequest, action: str, pk: int) -> Incident:
    return rules.find(_with_parts(Incident.objects.all()), request.user, action, pk=pk)


def _step(request: HttpRequest, action: str, pk: int, service: Callable[..., Any], done: str) -> HttpResponse:
    incident = _find(request, action, pk)
    try:
        service(incident, actor=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return go_to(request, incident.get_absolute_url())


def _form(
    request: HttpRequest,
    form: forms.BaseForm,
    heading: str,
    button: str,
    service: Callable[..., Incident],
    incident: Incident | None = None,
) -> HttpResponse:
    """One form, one service, and to the page of the case; what is refused stays in the form."""
    differences: list[conflicts.Difference] = []
    if form.is_bound and form.is_valid():
        given = form.arguments() if isinstance(form, IncidentForm) else form.cleaned_data
        try:
            incident = service(actor=request.user, **given)
        except StaleEdit as stale:
            differences = conflicts.refuse_form(form, stale, conflicts.reopened(form, form.of(stale.current)))
        except (DomainError, ValidationError) as refusal:
            conflicts.tell(form, refusal)
        else:
            messages.success(request, f"保存しました（{heading}、{format_date(timezone.localdate())}）。")
            return go_to(request, incident.get_absolute_url())
    context = {
        "form": form,
        "heading": heading,
        "button": button,
        "incident": incident,
        "differences": differences,
    }
    return answer_form(request, "incidents/incident_form.html", context, invalid=form.is_bound)
