"""一覧: proposals, and the records in force on a day."""

from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common import exporting
from common.paging import page_of
from common.views import as_of
from common.wareki import format_date
from exchange.states import by_number
from organization import rules
from records import exports
from records.kinds import KINDS, RecordKind
from records.links import SIDES
from records.models import OutOfPurposeUseVersion, Proposal
from records.states import Status
from records.views.framing import list_frame
from registry.models import Activity

_SIDE_WORDS = {"using": "（する側）", "providing": "（させる側）"}


def proposal_list(request: HttpRequest) -> HttpResponse:
    """案件の一覧, newest first, filtered by state."""
    proposals = rules.permitted(Proposal.objects.all(), request.user, "view_proposal")
    chosen = request.GET.get("status", "")
    if chosen in Status.values:
        proposals = proposals.filter(status=chosen)
    rows = _with_counts(proposals.select_related("department__parent")).order_by("-pk")
    if exporting.asked(request):
        return exporting.answer(request, exports.proposal_list(rows.iterator(), timezone.localdate()), rows)
    page = page_of(request, rows)
    frame = list_frame("案件", page, caption="案件の一覧。新しい順。") | {
        "filters": [
            {"label": label, "url": "?" if value == chosen else f"?status={value}", "pressed": value == chosen}
            for value, label in Status.choices
        ],
        "clear_url": "?" if chosen else "",
        "exports": exporting.menu(request),
    }
    counted = [(row, exports.numbers_of_sheets(row)) for row in page.rows]
    context = {"list": frame, "rows": counted, "may_create": rules.may(request.user, "create_proposal")}
    return render(request, "records/proposal_list.html", context)


def _with_counts(proposals: QuerySet) -> QuerySet:
    """Each row with the number of its sheets by kind, without those taken out of the draft.

    Subqueries, so that the sheets of the rows on the page are counted, not those of all files.
    """
    return proposals.annotate(**{f"{kind.identity}_count": _number_of_sheets(kind.model) for kind in KINDS.values()})


def _number_of_sheets(model: Any) -> Coalesce:
    kept = model.objects.filter(proposal=OuterRef("pk")).exclude(status=Status.WITHDRAWN).order_by()
    return Coalesce(Subquery(kept.values("proposal").annotate(number=Count("pk")).values("number")), 0)


def record_list(request: HttpRequest, kind: RecordKind) -> HttpResponse:
    """電算結合・目的外利用・外部委託・外部提供の一覧: the records of a kind in force on the day asked for."""
    asked = as_of(request)
    business, rows = _of_business(request, _in_force(kind, asked.day))
    if exporting.asked(request):
        return exporting.answer(request, exports.record_list(kind, rows.iterator(), asked.day), rows)
    page = page_of(request, rows)
    caption = f"{format_date(asked.day, 'long')}に効力のある{kind.short}の一覧。業務登録番号の順。"
    frame = list_frame(kind.short, page, caption=caption) | {
        "as_of": asked,
        "exports": exporting.menu(request),
        **business,
    }
    return render(request, f"records/{kind.list_page}.html", {"list": frame, "page": page})


def _of_business(request: HttpRequest, rows: QuerySet) -> tuple[dict[str, Any], QuerySet]:
    """`?activity=` and `?side=`, where a figure on a business's page leads: the frame's filter, and the rows left."""
    asked = request.GET.get("activity", "")
    activity = Activity.objects.filter(pk=asked).first() if asked.isascii() and asked.isdecimal() else None
    if activity is None:
        return {}, rows
    side = request.GET.get("side", "") if rows.model is OutOfPurposeUseVersion else ""
    query = request.GET.copy()
    for name in ("activity", "side", "page"):
        query.pop(name, None)
    label = f"業務 {activity}{_SIDE_WORDS.get(side, '')}"
    frame = {
        "filters": [{"label": label, "url": f"?{query.urlencode()}", "pressed": True}],
        "keep": [(name, request.GET[name]) for name in ("activity", "side") if name in request.GET],
    }
    return frame, rows.filter(**{SIDES.get(side, "activity"): activity})


def _in_force(kind: RecordKind, day: date) -> QuerySet:
    """In the order of the numbers; the long texts of a sheet stay in the database."""
    rows = kind.model.objects.as_of(day).select_related("activity").order_by(by_number("activity__number"), "pk")
    return rows.defer("purpose", "responsible", *kind.long_texts, "activity__token")
