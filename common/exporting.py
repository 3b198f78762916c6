"""一覧の書き出し: exactly what a list shows, all its pages, as a file; one mechanism for every list.

A list view gives `menu(request)` to its frame (ui/list.html draws the button) and, before it counts pages,

    if exporting.asked(request):
        return exporting.answer(request, exporting.of("業務登録", COLUMNS, rows.iterator(), day), rows)

so that the file has the rows of the address, in their order, and the columns of the page
(tests/home/test_exports.py holds each list's page against its file). Where the rows belong to a register that can be
imported, `exchange` offers all its items too (`offer_all_items`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from common.tables.shapes import Replacement, TableError, Written
from common.tables.writing import csv_bytes, xlsx_bytes
from common.views import as_of

# `?export=` and the words of the menu.
FORMATS = {
    "csv-cp932": "CSV（CP932・従来のExcel向け）",
    "csv-utf8": "CSV（UTF-8）",
    "xlsx": "Excel（.xlsx）",
}
# What the page of replaced characters leads to: the file all the same, and the list of what was replaced.
ALL_THE_SAME, REPORT = "csv-cp932-replaced", "csv-cp932-report"
# `?items=all`: not the columns of the list, but every item of the register.
ALL_ITEMS = "all"
_CSV = "text/csv; charset={}"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN = 200


@dataclass(frozen=True)
class Column:
    """列: the heading as on the page, and the text of a row's cell."""

    label: str
    value: Callable[[Any], str]


@dataclass(frozen=True)
class Export:
    """書き出すもの: `title`, `part` and `day` name the file."""

    title: str
    columns: list[str]
    rows: Iterable[Sequence[str]]
    day: date
    part: str = ""

    def file_name(self, suffix: str, note: str = "") -> str:
        """業務登録_20220331.csv, 業務登録_すべての項目_20220331.csv"""
        return "_".join(filter(None, [self.title, self.part, note, f"{self.day:%Y%m%d}"])) + f".{suffix}"


Whole = Callable[[QuerySet], tuple[list[str], Iterable[Sequence[str]]]]
_WHOLE: dict[str, Whole] = {}


def offer_all_items(list_url: str, whole: Whole) -> None:
    """すべての項目: from a list's rows to the columns and cells of its register, offered on the list of that URL name.

    Called while the applications start.
    """
    _WHOLE[list_url] = whole


def of(title: str, columns: Sequence[Column], rows: Iterable[Any], day: date) -> Export:
    """The list `title` on `day` by its columns; `rows` are asked one by one."""
    texts = ([column.value(row) for column in columns] for row in rows)
    return Export(title, [column.label for column in columns], texts, day)


def asked(request: HttpRequest) -> str:
    """Which format the address asks for; "" for the page itself, also when it asks for none of ours.

    Nor is there a file where the 基準日 is no day: the page says so, and nobody takes today's rows for those of a day.
    """
    wanted = request.GET.get("export", "")
    return wanted if wanted in {*FORMATS, ALL_THE_SAME, REPORT} and not as_of(request).error else ""


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    """The groups of the button 「書き出す」, each {"label", "links"}; the addresses keep every filter."""
    groups: list[tuple[str, dict[str, str]]] = [("一覧の項目", {})]
    if _whole(request):
        groups.append(("すべての項目（取込みできる形）", {"items": ALL_ITEMS}))
    return [
        {
            "label": label,
            "links": [(words, _address(request, export=code, **which)) for code, words in FORMATS.items()],
        }
        for label, which in groups
    ]


def answer(request: HttpRequest, export: Export, rows: QuerySet) -> HttpResponse:
    """The file that `asked` names: `export`, or all items of its `rows` where the address asks for them.

    For CP932 first a page (200) when characters would be lost, for Excel a page (422) when a text is too long for it.
    """
    wanted, whole = asked(request), _whole(request)
    if whole is not None and request.GET.get("items") == ALL_ITEMS:
        columns, cells = whole(rows)
        export = replace(export, columns=columns, rows=cells, part="すべての項目")
    if wanted == "xlsx":
        return _excel(request, export)
    if wanted == "csv-utf8":
        return _csv(csv_bytes(export.columns, export.rows, "utf-8-sig").content, export.file_name("csv"), "utf-8")
    written = csv_bytes(export.columns, export.rows, "cp932")
    if wanted == REPORT:
        return _csv(_report(written.told), export.file_name("csv", "置換文字"), "utf-8")
    if written.replaced and wanted != ALL_THE_SAME:
        return _ask(request, export, written)
    return _csv(written.content, export.file_name("csv"), "Windows-31J")


def _whole(request: HttpRequest) -> Whole | None:
    match = request.resolver_match
    return _WHOLE.get(match.url_name or "") if match else None


def _excel(request: HttpRequest, export: Export) -> HttpResponse:
    try:
        content = xlsx_bytes(export.columns, export.rows, export.title)
    except TableError as refusal:
        return _page(request, export, {"refusal": str(refusal)}, status=422)
    return _download(content, export.file_name("xlsx"), _XLSX)


def _csv(content: bytes, name: str, charset: str) -> HttpResponse:
    return _download(content, name, _CSV.format(charset))


def _download(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _report(replaced: Iterable[Replacement]) -> bytes:
    """置換文字の一覧, in UTF-8: CP932 could not show what it is about."""
    rows = [[str(each.row), each.column, each.character, each.code_point, each.becomes] for each in replaced]
    return csv_bytes(["行", "列", "文字", "文字コード", "書き出す文字"], rows, "utf-8-sig").content


def _ask(request: HttpRequest, export: Export, written: Written) -> HttpResponse:
    context = {
        "replaced": written.replaced[:_SHOWN],
        "total": len(written.replaced),
        "more": max(0, len(written.replaced) - _SHOWN),
        "twins": len(written.twins),
        "file_url": _address(request, export=ALL_THE_SAME),
        "report_url": _address(request, export=REPORT),
    }
    return _page(request, export, context, status=200)


def _page(request: HttpRequest, export: Export, context: dict[str, Any], *, status: int) -> HttpResponse:
    query = request.GET.copy()
    for name in ("export", "items"):
        query.pop(name, None)
    context |= {
        "title": export.title,
        "list_url": f"?{query.urlencode()}",
        "utf8_url": _address(request, export="csv-utf8"),
    }
    return render(request, "ui/export.html", context, status=status)


def _address(request: HttpRequest, **changed: str) -> str:
    """This list's address for a file: every filter, no page."""
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in changed.items():
        query[name] = value
    return f"?{query.urlencode()}"
