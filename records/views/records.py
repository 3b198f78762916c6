"""記録票のページ: one record with its sheet, its history, and its PDF."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common.views import answer_form, go_to
from history import changes
from history.conflicts import Difference
from history.errors import DomainError, StaleEdit
from organization import rules
from printing import output, sheets
from printing.answering import answer_pdf
from records.errata import errata
from records.forms import FORMS, ReviseForm
from records.kinds import RecordKind
from records.presenting import earlier_versions, print_changes, row_tables, sheet_fragment
from records.services import amending
from records.services.remarks import remarks
from records.services.supervision import is_supervised
from records.stale import refuse


def view_record(request: HttpRequest, kind: RecordKind, pk: int) -> HttpResponse:
    """記録票; `?changes=1` marks what a 変更 changes."""
    record = rules.find(_records(kind), request.user, kind.view_page, pk=pk)
    marks = request.GET.get("changes") == "1"
    entries = changes.entries([record])
    allowed = rules.allowed(request.user, ["revise_record", "end_record", "correct_record", "supervision"], record)
    context = {
        "record": record,
        "kind": kind,
        "fragment": sheet_fragment(record, marks_changes=marks),
        "marks": marks,
        "row_tables": row_tables(record),
        "remarks": remarks(record),
        "entries": entries,
        "errata": errata(entries, kind.box_labels),
        "versions": earlier_versions(record),
        "may_revise": record.in_force(timezone.localdate()) and "revise_record" in allowed,
        "may_end": record.in_force(timezone.localdate()) and "end_record" in allowed,
        "may_correct": not record.is_end and "correct_record" in allowed,
        "may_supervise": record.valid_from is not None and is_supervised(record) and "supervision" in allowed,
        "may_open_proposal": rules.may_on(request.user, "view_proposal", record.proposal),
    }
    return render(request, "records/record.html", context)


def print_record(request: HttpRequest, kind: RecordKind, pk: int) -> HttpResponse:
    """記録票の印刷: the official sheet as PDF; characters without a shape are asked about first.

    `?changes=1` marks what a 変更 changes.
    """
    record = rules.find(_records(kind), request.user, "print_record", pk=pk)
    official = partial(output.print_one, sheets.get(kind.sheet_code), record, timezone.localdate())
    return answer_pdf(
        request,
        partial(print_changes, record) if request.GET.get("changes") == "1" else official,
        name=f"{kind.sheet_code}-{record.pk}",
        record=record,
        back=record.get_absolute_url(),
    )


def revise_record(request: HttpRequest, kind: RecordKind, pk: int) -> HttpResponse:
    """記録の変更の起案: a new file with a copy of the version in force."""
    record = rules.find(_records(kind), request.user, "revise_record", pk=pk)
    form = ReviseForm(request.POST or None, initial={"title": f"{record.proposal.title}（変更）"})
    if form.is_valid():
        try:
            proposal = amending.revise_record(record, actor=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "変更の案件をつくりました。")
            return go_to(request, "view_proposal", pk=proposal.pk)
    context = {"form": form, "record": record, "kind": kind}
    return answer_form(request, "records/revise_record.html", context, invalid=form.is_bound)


def correct_record(request: HttpRequest, kind: RecordKind, pk: int) -> HttpResponse:
    """正誤（決定後の訂正）: the office mends what was written wrongly, with the reason."""
    record = rules.find(_records(kind), request.user, "correct_record", pk=pk)
    form = FORMS[kind.code](request.POST or None, instance=_records(kind).get(pk=pk), asks_reason=True)
    stale: list[Difference] = []
    if form.is_valid():
        given = form.cleaned_data
        try:
            amending.correct_record(
                record,
                values=form.values(),
                reason=given["reason"],
                evidence=given["evidence"],
                lock=given["lock"],
                actor=request.user,
            )
        except StaleEdit as refusal:
            stale = refuse(form, refusal)
        except (DomainError, ValidationError) as refusal:
            form.add_error(None, getattr(refusal, "messages", str(refusal)))
        else:
            messages.success(request, "正誤を記入しました。")
            return go_to(request, record.get_absolute_url())
    context = {"form": form, "record": record, "kind": kind, "stale": stale}
    return answer_form(request, "records/correct_record.html", context, invalid=form.is_bound)


def _records(kind: RecordKind) -> Any:
    return kind.model.objects.select_related("proposal__department__parent", *kind.related)
