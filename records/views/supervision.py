"""監督の記録のページ: the entries of one outsourcing or linkage, and the list of what has no review yet."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from common import exporting, fiscal_year
from common.paging import page_of
from common.views import answer_form, as_of, go_to
from common.wareki import format_date
from history import changes
from history.conflicts import refuse
from history.errors import DomainError, StaleEdit
from organization import rules
from records.forms import CorrectSupervisionForm, SupervisionForm
from records.kinds import RecordKind, kind_of
from records.models import SupervisionEntry
from records.services import supervision as services
from records.supervising import entry_list, waiting_list, waiting_row, without_review
from records.views.framing import list_frame


def supervision(request: HttpRequest, kind: RecordKind, pk: int) -> HttpResponse:
    """監督の記録 of one outsourcing or linkage, by the day asked for."""
    record = rules.find(_records(kind), request.user, "supervision", pk=pk)
    asked = as_of(request)
    rows = services.entries_of(record).as_of(asked.day)
    if exporting.asked(request):
        return exporting.answer(request, entry_list(rows.iterator(), asked.day), rows)
    page = page_of(request, rows)
    frame = list_frame("監督の記録", page, caption=f"{format_date(asked.day, 'long')}までの監督の記録。新しい順。") | {
        "as_of": asked,
        "exports": exporting.menu(request),
    }
    allowed = rules.allowed(request.user, ["add_supervision"], record)
    context = {
        "list": frame,
        "page": page,
        "record": record,
        "kind": kind,
        "since": services.last_decision(record),
        "may_add": "add_supervision" in allowed,
    }
    return render(request, "records/supervision.html", context)


def add_supervision(request: HttpRequest, kind: RecordKind, pk: int) -> HttpResponse:
    """監督の記録の追加."""
    record = rules.find(_records(kind), request.user, "add_supervision", pk=pk)
    form = SupervisionForm(request.POST or None)
    if form.is_valid():
        try:
            services.add_supervision(record, values=form.values(), token=form.cleaned_data["token"], actor=request.user)
        except ValidationError as refusal:
            _tell(form, refusal)
        except DomainError as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, "監督の記録を追加しました。")
            return go_to(request, "supervision", kind=kind, pk=pk)
    context = {"form": form, "record": record, "kind": kind}
    return answer_form(request, "records/supervision_form.html", context, invalid=form.is_bound)


def correct_supervision(request: HttpRequest, pk: int) -> HttpResponse:
    """監督の記録の訂正: what stood before stays in the trail, shown below."""
    entries = SupervisionEntry.objects.select_related("linkage", "outsourcing")
    entry = rules.find(entries, request.user, "correct_supervision", pk=pk)
    record = services.newest_version(entry)
    form = CorrectSupervisionForm(request.POST or None, entry=entry)
    if form.is_valid():
        given = form.cleaned_data
        extra = {name: given[name] for name in ("reason", "lock", "is_struck")}
        try:
            services.correct_supervision(entry, values=form.values(), actor=request.user, **extra)
        except StaleEdit as refusal:
            refuse(form, refusal)
        except ValidationError as refusal:
            _tell(form, refusal)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "監督の記録を訂正しました。")
            return go_to(request, "supervision", kind=kind_of(record), pk=record.pk)
    context = {"form": form, "record": record, "kind": kind_of(record), "entries": changes.entries([entry])}
    return answer_form(request, "records/supervision_form.html", context, invalid=form.is_bound)


def supervision_list(request: HttpRequest) -> HttpResponse:
    """検証がまだの委託・結合: in force on the day, without a review in its 年度."""
    asked = as_of(request)
    rows = without_review(asked.day)
    if exporting.asked(request):
        return exporting.answer(request, waiting_list(rows, asked.day), rows)
    page = page_of(request, rows)
    year = fiscal_year.label(fiscal_year.of(asked.day))
    frame = list_frame(
        "検証がまだの委託・結合", page, caption=f"{year}の検証がまだの委託・結合。所管課名、業務の順。"
    ) | {
        "as_of": asked,
        "exports": exporting.menu(request),
    }
    context = {"list": frame, "rows": map(waiting_row, page.rows), "year": year}
    return render(request, "records/supervision_list.html", context)


def _records(kind: RecordKind) -> Any:
    if kind not in services.SUPERVISED:
        raise Http404
    return kind.model.objects.select_related("proposal__department__parent", *kind.related)


def _tell(form: SupervisionForm, refusal: ValidationError) -> None:
    """Each message at its field, others above."""
    for name, faults in refusal.message_dict.items():
        form.add_error(name if name in form.fields else None, faults)
