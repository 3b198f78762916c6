"""まとめた印刷のページ: what was chosen in a list becomes one PDF, or a job."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from common.views import go_to
from exchange import batches
from exchange.batches import AT_ONCE, GETA, LEAVE, Batch

MOST_DIGITS = 18


def bar(batch: Batch, address: str, query: str, total: int) -> dict[str, Any]:
    """What ui/list.html needs to let rows be chosen; `query` is the list's own, without the page."""
    return {"url": f"{address}?{query}" if query else address, "total": total, "what": batch.title}


def print_selected(request: HttpRequest, batch: Batch, rows: QuerySet, *, list_page: str) -> HttpResponse:
    """まとめた印刷: `rows` are those of the list under its filters, in its order, all that the person may see."""
    pks = _chosen(request, rows)
    back = f"{reverse(list_page)}?{request.GET.urlencode()}"
    if not pks:
        messages.warning(request, "印刷する票を選んでください。")
        return go_to(request, back)
    missing = request.POST.get("missing", "")
    if len(pks) > AT_ONCE:
        return _as_job(request, batch, pks, missing, back)
    today = timezone.localdate()
    found = {row.pk: row for row in batch.rows(request.user, pks)}
    prepared = batches.prepare(batch, [found[pk] for pk in pks if pk in found], today=today)
    problems = [one for one in prepared if one.problem]
    absent = len(pks) - len(found)
    if (problems or absent) and missing not in {GETA, LEAVE}:
        return _ask(request, batch, pks, back, {"problems": problems, "absent": absent}, status=422)
    pdf = batches.print_at_once(batch, prepared, missing=missing or GETA, today=today)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{batch.sheet}-{len(found)}.pdf"'
    return response


def _as_job(request: HttpRequest, batch: Batch, pks: list[int], missing: str, back: str) -> HttpResponse:
    if missing not in {GETA, LEAVE}:
        return _ask(request, batch, pks, back, {"problems": [], "absent": 0}, status=200)
    job = batches.start(batch, pks, missing=missing, owner=request.user, today=timezone.localdate())
    return go_to(request, "view_job", pk=job.pk)


def _ask(
    request: HttpRequest, batch: Batch, pks: list[int], back: str, more: dict[str, Any], *, status: int
) -> HttpResponse:
    """What to do with characters without a shape; the choice of rows goes along as it was made."""
    posted = request.POST
    keep = [(name, value) for name in ("all", "page", "shown", "row") for value in posted.getlist(name)]
    context = {"batch": batch, "count": len(pks), "in_background": len(pks) > AT_ONCE, "keep": keep, "back": back}
    return render(request, "exchange/batch.html", context | more, status=status)


def _chosen(request: HttpRequest, rows: QuerySet) -> list[int]:
    """The numbers of the chosen rows: all of the filter, all shown, or the ticked ones; in the list's order."""
    posted = request.POST
    if posted.get("all") != "1":
        names = ("row", "shown") if posted.get("page") == "1" else ("row",)
        ticked = {int(text) for name in names for text in posted.getlist(name) if _is_number(text)}
        rows = rows.filter(pk__in=ticked)
    return list(rows.values_list("pk", flat=True))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
