"""様式の印刷のこたえ: the PDF, or the question about characters that have no shape in the fonts."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from printing.errors import MissingGlyphs


def answer_pdf(
    request: HttpRequest, printed: Callable[[bool], bytes], *, name: str, record: Any, back: str
) -> HttpResponse:
    """The PDF that `printed` makes, told whether 〓 may stand for what has no shape; asked first (422) when it has to.

    `name` is the file's, without its ending; `record` what is printed, in words; `back` the page that led here.
    """
    try:
        pdf = printed(request.GET.get("allow_missing") == "1")
    except MissingGlyphs as refusal:
        again = request.GET.copy()
        again["allow_missing"] = "1"
        context = {"record": record, "missing": refusal.missing, "back": back, "again": again.urlencode()}
        return render(request, "printing/missing_glyphs.html", context, status=422)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
