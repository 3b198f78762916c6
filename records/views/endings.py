"""期間の終わりのページ: 「事業は継続しますか」."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from common.views import answer_form, go_to
from history.errors import DomainError
from organization import rules
from records.forms import EndingForm
from records.kinds import RecordKind
from records.presenting import facts
from records.services import endings


def answer_ending(request: HttpRequest, kind: RecordKind, pk: int) -> HttpResponse:
    """事業は継続しますか: going on leads to the 変更, ending is kept as the answer."""
    records = kind.model.objects.select_related("proposal__department__parent", *kind.related)
    record = rules.find(records, request.user, "answer_ending", pk=pk)
    today = timezone.localdate()
    form = EndingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            endings.answer_ending(record, day=today, actor=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "「終了する」と記入しました。期間の末日まで効力があります。")
            return go_to(request, record.get_absolute_url())
    context = {
        "form": form,
        "record": record,
        "kind": kind,
        "facts": facts(record),
        "days_left": (record.last_day - today).days if record.in_force(today) and record.last_day else None,
        "answer": endings.answer_of(record),
        "may_revise": record.in_force(today) and rules.may_on(request.user, "revise_record", record),
    }
    return answer_form(request, "records/answer_ending.html", context, invalid=form.is_bound)
