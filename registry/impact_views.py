"""影響一覧のページ: the list on the screen and on paper."""

from datetime import date
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from common.views import as_of
from printing.answering import answer_pdf
from registry import impact, impact_paper


def view_impact(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """影響一覧: who uses the data of the subject on the day asked for."""
    asked = as_of(request)
    subject = impact.subject(request.user, kind, pk, asked.day)
    report = impact.report(request.user, subject, asked.day)
    return render(request, "registry/impact.html", {"report": report, "as_of": asked})


def print_impact(request: HttpRequest, kind: str, pk: int, day: str) -> HttpResponse:
    """影響一覧の印刷: characters without a shape are asked about first."""
    on = _day(day)
    report = impact.report(request.user, impact.subject(request.user, kind, pk, on), on)
    return answer_pdf(
        request,
        partial(impact_paper.print_report, report),
        name=f"impact-{kind}-{pk}-{on:%Y%m%d}",
        record=report.subject.title,
        back=impact_paper.address(report.subject, on),
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


urlpatterns = [
    path("<slug:kind>/<int:pk>/", view_impact, name="view_impact"),
    path("<slug:kind>/<int:pk>/<slug:day>.pdf", print_impact, name="print_impact"),
]
