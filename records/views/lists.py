"""一覧: proposals, and the records in force on a day."""

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.paging import page_of
from common.views import as_of_day
from organization import rules
from records.models import LinkageVersion, OutOfPurposeUseVersion, Proposal
from records.states import Status


def proposal_list(request: HttpRequest) -> HttpResponse:
    """案件の一覧, newest first, filtered by state."""
    proposals = rules.permitted(Proposal.objects.all(), request.user, "view_proposal")
    chosen = request.GET.get("status", "")
    if chosen in Status.values:
        proposals = proposals.filter(status=chosen)
    rows = _with_counts(proposals.select_related("department__parent")).order_by("-pk")
    context = {
        "page": page_of(request, rows),
        "chosen": chosen,
        "states": Status.choices,
        "may_create": rules.may(request.user, "create_proposal"),
    }
    return render(request, "records/proposal_list.html", context)


def _with_counts(proposals: QuerySet) -> QuerySet:
    """Each row with the number of its sheets, without those taken out of the draft."""
    kept = ~Q(linkageversions__status=Status.WITHDRAWN)
    kept_uses = ~Q(outofpurposeuseversions__status=Status.WITHDRAWN)
    return proposals.annotate(
        linkage_count=Count("linkageversions", filter=kept, distinct=True),
        use_count=Count("outofpurposeuseversions", filter=kept_uses, distinct=True),
    )


def linkage_list(request: HttpRequest) -> HttpResponse:
    """電算結合の一覧: the linkages in force on the day asked for."""
    day, problem = as_of_day(request)
    rows = _in_force(LinkageVersion, day)
    return render(
        request, "records/linkage_list.html", {"page": page_of(request, rows), "day": day, "problem": problem}
    )


def out_of_purpose_list(request: HttpRequest) -> HttpResponse:
    """目的外利用の一覧: the uses in force on the day asked for."""
    day, problem = as_of_day(request)
    rows = _in_force(OutOfPurposeUseVersion, day)
    context = {"page": page_of(request, rows), "day": day, "problem": problem}
    return render(request, "records/out_of_purpose_list.html", context)


def _in_force(model: type[LinkageVersion] | type[OutOfPurposeUseVersion], day: date) -> QuerySet:
    return model.objects.as_of(day).select_related("activity").order_by("activity__number", "pk")
