"""事前一括承認基準のページ: the criteria with their 事例 as of a day; readable for ever."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.views import as_of
from records.precedents import tables
from records.regimes import CRITERIA_CLOSED


def criterion_list(request: HttpRequest) -> HttpResponse:
    """審議会事前一括承認基準: each 類型, its wording and its 事例 on the day asked for."""
    asked = as_of(request)
    context = {"as_of": asked, "tables": tables(asked.day), "closed_from": CRITERIA_CLOSED}
    return render(request, "records/criterion_list.html", context)
