"""印刷の速さ: one form through its page against bare WeasyPrint on the same HTML, the same style sheets and fonts."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from statistics import median
from typing import Any

import django
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from home.bench.rows import BenchWard
from home.bench.timing import Line, line, milliseconds, timed
from home.bench.visitors import Visitor
from printing import glyphs, output, pdf, sheets
from printing.batch import Entry, Volume, chunks
from records.kinds import LINKAGE
from records.models import LinkageVersion
from registry.models import ActivityStatus, ActivityVersion
from registry.sheets import BATCH

ROUNDS = 15
FRESH_PROCESSES = 3
BARE_PRINTS = 5
SHEETS, BATCH_ROUNDS = 50, 5
RECORDS, FEW_RECORDS = 500, 30  # few: where each pair is measured once, in a test
TO_BARE, FIRST_TO_BARE, GLYPHS_TO_BARE, BATCH_TO_BARE = 1.3, 1.5, 0.02, 1.0
RECORDS_TO_BARE = 0.9  # printing.md §8: one process, in chunks of 25


class NotTheSamePaper(RuntimeError):
    """The two sides of a comparison printed different papers."""


def print_lines(ward: BenchWard) -> Iterator[Line]:
    """The print page, and the check for missing characters, against bare WeasyPrint."""
    office, fragment = Visitor(ward.office), _fragment(ward)
    rounds = min(ROUNDS, ward.most_rounds)
    url = reverse("print_record", args=[LINKAGE, ward.linkage.pk])
    bare = bare_print(_document(fragment, ward))
    if office.get(url).content != bare():
        raise NotTheSamePaper(url)
    yield timed("様式1枚の印刷／素のWeasyPrint", lambda: office.get(url), bare, target=TO_BARE, rounds=rounds)
    check = partial(glyphs.missing, fragment)
    yield timed("字形の点検／素のWeasyPrint", check, bare, target=GLYPHS_TO_BARE, rounds=rounds)


def batch_line(ward: BenchWard) -> Line:
    """BATCH sheets as one volume with contents, page numbers and bookmarks, against as many bare prints."""
    office, url = Visitor(ward.office), reverse("print_activities")
    versions = ActivityVersion.objects.filter(status=ActivityStatus.REGISTERED, valid_to=None)
    rows = list(BATCH.rows(ward.office, versions.values("pk")).order_by("-pk")[:SHEETS])
    sheet, today = sheets.get(BATCH.sheet), timezone.localdate()
    layouts = sheets.Layouts(sheet)
    fragments = [sheets.render_fragment(sheet, sheet.values(row), layouts.of(row, today=today)) for row in rows]
    bare = bare_prints([document(fragment, sheet.title) for fragment in fragments])
    chosen = {"row": [row.pk for row in rows]}
    return timed(
        f"まとめた印刷{len(rows)}枚／素のWeasyPrint{len(rows)}回",
        lambda: office.post(url, chosen),
        bare,
        target=BATCH_TO_BARE,
        rounds=min(BATCH_ROUNDS, ward.most_rounds),
    )


def records_line(ward: BenchWard) -> Line:
    """RECORDS 記録票 as one volume, templates, contents and joining included, against bare prints; for each sheet.

    A bare print stands between two chunks, so that whatever else the machine does falls on both. Measured once: there
    are as many bare prints in it as chunks.
    """
    sheet, today = sheets.get(LINKAGE.sheet_code), timezone.localdate()
    count = RECORDS if ward.most_rounds > 1 else FEW_RECORDS
    versions = LinkageVersion.objects.filter(valid_from__isnull=False)
    rows = list(versions.select_related("proposal", *LINKAGE.related).order_by("-pk")[:count])
    layouts = sheets.Layouts(sheet)
    volume = Volume(sheet.title, headings=("業務登録番号", "業務の名称"))

    def add(chunk: Sequence[LinkageVersion]) -> None:
        fragments = [sheets.render_fragment(sheet, sheet.values(row), layouts.of(row, today=today)) for row in chunk]
        checked = output.checked(fragments, allow_missing=False)
        volume.add(
            [
                Entry(row.activity_number, str(row), row.department_name, fragment)
                for row, fragment in zip(chunk, checked, strict=True)
            ]
        )

    bare = bare_print(_document(_fragment(ward), ward))
    bare()
    ours, single = 0.0, []
    for chunk in chunks(rows):
        ours += milliseconds(partial(add, chunk))
        single.append(milliseconds(bare))
    ours += milliseconds(volume.finish)
    name = f"記録票{RECORDS}枚を一つのPDFに（1枚あたり）／素のWeasyPrint"
    return line(name, ours / len(rows), median(single), target=RECORDS_TO_BARE)


def first_print_line(ward: BenchWard) -> Line:
    """The first form after a worker's warm-up, in fresh processes, against bare prints of the same process."""
    sheet = sheets.get(LINKAGE.sheet_code)
    layout = sheets.layout_for(sheet, ward.linkage, today=timezone.localdate()).as_mapping()
    arguments = (sheet.code, dict(sheet.values(ward.linkage)), dict(layout))
    runs = [_in_fresh_process(first_print, *arguments) for _ in range(min(FRESH_PROCESSES, ward.most_rounds))]
    first, bare = (median(side) for side in zip(*runs, strict=True))
    return line("起動後の最初の印刷／素のWeasyPrint", first, bare, target=FIRST_TO_BARE)


def first_print(code: str, values: dict[str, Any], layout: dict[str, Any]) -> tuple[float, float]:
    """In a process of its own: milliseconds of the first form and of a bare print of the same HTML.

    Warmed up as bin/gunicorn.conf.py does it; no database, since a worker's first query is not printing.
    """
    pdf.warm_up()
    sheet, fragments = sheets.get(code), []

    def first() -> None:
        fragments.append(sheets.render_fragment(sheet, values, layout))
        pdf.render(output.checked(fragments, allow_missing=False), title=sheet.title)

    took = milliseconds(first)
    bare = bare_print(document(fragments[0], sheet.title))
    return took, median(milliseconds(bare) for _ in range(BARE_PRINTS))


def bare_print(html: str) -> Callable[[], bytes]:
    """WeasyPrint alone on finished HTML; style sheets and fonts are parsed once and shared, as printing.md §8 asks."""
    write = bare_prints([html])
    return lambda: write()[0]


def bare_prints(pages: Sequence[str]) -> Callable[[], list[bytes]]:
    """The same for several, one after the other, with the same style sheets and fonts."""
    root = pdf.static_root()
    fonts = FontConfiguration()
    styles = [CSS(filename=root / name, font_config=fonts) for name in pdf.STYLESHEETS]

    def write() -> list[bytes]:
        return [
            HTML(string=html).write_pdf(stylesheets=styles, font_config=fonts, pdf_variant=pdf.VARIANT)
            for html in pages
        ]

    return write


def document(fragment: str, title: str) -> str:
    """The static HTML that the print page hands to WeasyPrint."""
    body = mark_safe(fragment.replace("～", "〜"))  # noqa: S308  a fragment's texts are escaped already
    return render_to_string("printing/document.html", {"title": title, "body": body})


def _document(fragment: str, ward: BenchWard) -> str:
    sheet = sheets.get(LINKAGE.sheet_code)
    return document(fragment, f"{sheet.title} {sheet.label(ward.linkage)}")


def _fragment(ward: BenchWard) -> str:
    sheet = sheets.get(LINKAGE.sheet_code)
    layout = sheets.layout_for(sheet, ward.linkage, today=timezone.localdate())
    return sheets.render_fragment(sheet, sheet.values(ward.linkage), layout)


def _in_fresh_process(call: Callable[..., Any], *arguments: Any) -> Any:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn, initializer=django.setup) as process:
        return process.submit(call, *arguments).result()
