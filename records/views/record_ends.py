"""終了のページ: begin the end of one record or of a business's records, and mend its day and reason."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from common.views import answer_form, go_to
from history.conflicts import Difference, conflicts, in_words, refuse
from history.errors import DomainError, StaleEdit
from organization import rules
from records.forms.record_ends import EditEndForm, EndActivityRecordsForm, EndRecordForm
from records.kinds import RecordKind
from records.services import record_ends
from registry.models import ActivityVersion

FILED = "終了の案件をつくりました。内容を確かめて、課長の確認に出してください。"
FILED_FOR_ANOTHER = "終了の案件を、所管課の下書きとしてつくり、所管課に知らせました。"


def end_record(request: HttpRequest, kind: RecordKind, pk: int) -> HttpResponse:
    """記録の終了の起案: a new file with the end of one record."""
    record = rules.find(_records(kind), request.user, "end_record", pk=pk)
    form = EndRecordForm(request.POST or None, initial={"title": f"{record}の終了（{kind.short}）"[:200]})
    if form.is_valid():
        try:
            proposal = record_ends.end_record(record, actor=request.user, **form.cleaned_data)
        except (DomainError, ValidationError) as refusal:
            form.add_error(None, getattr(refusal, "messages", str(refusal)))
        else:
            messages.success(request, FILED)
            return go_to(request, "view_proposal", pk=proposal.pk)
    context = {"form": form, "record": record, "kind": kind}
    return answer_form(request, "records/end_record.html", context, invalid=form.is_bound)


def end_activity_records(request: HttpRequest, pk: int) -> HttpResponse:
    """業務の記録をまとめた終了の起案: one file with the ends of the business's records in force."""
    rows = ActivityVersion.objects.select_related("activity", "department__parent")
    activity = rules.find(rows, request.user, "end_activity_records", pk=pk)
    records = record_ends.records_of_activity(activity, timezone.localdate(), actor=request.user)
    form = EndActivityRecordsForm(request.POST or None, records=records, initial=_first_words(activity))
    if form.is_valid():
        try:
            proposal = record_ends.end_activity_records(activity, actor=request.user, **form.cleaned_data)
        except (DomainError, ValidationError) as refusal:
            form.add_error(None, getattr(refusal, "messages", str(refusal)))
        else:
            if rules.may_on(request.user, "edit_proposal", proposal):
                messages.success(request, FILED)
            else:
                messages.success(request, FILED_FOR_ANOTHER)
            return go_to(request, "view_proposal", pk=proposal.pk)
    context = {
        "form": form,
        "activity": activity,
        "records": records,
        "department": record_ends.department_of(activity, request.user),
    }
    return answer_form(request, "records/end_activity_records.html", context, invalid=form.is_bound)


def _first_words(activity: ActivityVersion) -> dict[str, Any]:
    """A business that is abolished has its day already: the records end with the day before."""
    return {
        "title": f"{activity.name}の廃止にともなう記録の終了"[:200],
        "ends_on": activity.last_day,
        "reason": activity.abolition_reason or "業務の廃止",
    }


def edit_end(request: HttpRequest, kind: RecordKind, pk: int) -> HttpResponse:
    """終了の編集; a stale edit shows both."""
    record = rules.find(_records(kind).filter(ends_on__isnull=False), request.user, "edit_end", pk=pk)
    stale: list[Difference] = []
    initial = {"ends_on": record.ends_on, "reason": record.end_reason, "lock": record.lock}
    form = EditEndForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            record_ends.edit_end(record, actor=request.user, **form.cleaned_data)
        except StaleEdit as refusal:
            stale = _both(form, refusal.current)
            refuse(form, refusal)
        except (DomainError, ValidationError) as refusal:
            form.add_error(None, getattr(refusal, "messages", str(refusal)))
        else:
            messages.success(request, "終了の内容を保存しました。")
            return go_to(request, "view_proposal", pk=record.proposal_id)
    context = {"form": form, "record": record, "kind": kind, "stale": stale}
    return answer_form(request, "records/edit_end.html", context, invalid=form.is_bound)


def _both(form: EditEndForm, current: Any) -> list[Difference]:
    found = conflicts(form, current, ["ends_on"], in_words({}))
    if form.cleaned_data["reason"] != current.end_reason:
        label = str(form["reason"].label)
        found.append(Difference(label, current.end_reason, form.cleaned_data["reason"]))
    return found


def _records(kind: RecordKind) -> Any:
    return kind.model.objects.select_related("proposal__department__parent", *kind.related)
