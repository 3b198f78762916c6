"""公開した会議要録のページ: the published minutes for everybody, without what was said behind closed doors."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from common.paging import page_of
from councils.models import Minutes, MinutesStatus
from councils.sheets import minutes as sheet
from printing import caching, output, sheets
from public.framing import for_everybody, show, today


def published_minutes() -> QuerySet[Minutes]:
    """公開した会議要録 of open meetings, newest meeting first."""
    rows = Minutes.objects.filter(status=MinutesStatus.PUBLISHED, meeting__is_public=True)
    return rows.select_related("meeting__body", "meeting__term").order_by("-meeting__held_on", "-pk")


@for_everybody
def minutes_list(request: HttpRequest) -> HttpResponse:
    """会議要録の一覧, newest meeting first."""
    context = {"current": "minutes", "page": page_of(request, published_minutes())}
    return show(request, "minutes_list", today(), context)


@for_everybody
def minutes(request: HttpRequest, key: UUID) -> HttpResponse:
    """会議要録の全文."""
    found = _find(key)
    context = {
        "current": "minutes",
        "minutes": found,
        "said": sheet.public_values(found)["said"],
        "parts": sheet.context(sheet.public_values(found), _layout(found).as_mapping())["parts"],
        "closed": _layout(found).as_mapping()["wording"]["phrases"]["closed"],
        "pdf_url": reverse("public_minutes_pdf", args=[key]),
    }
    return show(request, "minutes", today(), context)


@for_everybody
def minutes_pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """会議要録の印刷."""
    found = _find(key)
    fragment = sheets.render_fragment(sheets.get(sheet.CODE), sheet.public_values(found), _layout(found))
    (checked,) = output.checked([fragment], allow_missing=True)
    answer = HttpResponse(caching.render([checked], title=str(found)), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="minutes-{key}.pdf"'
    return answer


def _find(key: UUID) -> Minutes:
    return get_object_or_404(published_minutes(), meeting__token=key)


def _layout(found: Minutes) -> Any:
    return sheets.layout_for(sheets.get(sheet.CODE), found, today=timezone.localdate())
