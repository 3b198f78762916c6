"""見せかた: what the pages of an import show."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from common.paging import ListPage, page_of
from common.tables.decoding import LABELS
from common.tables.writing import csv_bytes
from exchange import registers, services
from exchange.drafts import Outcome
from exchange.holding import BROKEN_OFF, is_at_work, is_broken_off
from exchange.models import ImportRow, ImportRun, RunState
from exchange.registers import Register
from organization import rules
from organization.models import User

LOOKS = {
    RunState.UPLOADED: ("", "clock"),
    RunState.READY: ("wait", "pen"),
    RunState.WRONG: ("err", "ngc"),
    RunState.REFUSED: ("err", "ngc"),
    RunState.APPLYING: ("wait", "flow"),
    RunState.APPLIED: ("ok", "check"),
    RunState.CANCELLED: ("", "x"),
}
ROW_LOOKS = {
    Outcome.NEW: ("ok", "plus"),
    Outcome.CHANGED: ("wait", "pen"),
    Outcome.SAME: ("", "check"),
    Outcome.WRONG: ("err", "ngc"),
}
ACTIONS = ["check_import", "confirm_import", "cancel_import"]
ERROR_COLUMNS = ["行", "列", "値", "誤り"]


def open_registers(user: User) -> list[Register]:
    """The registers that the person may bring files into."""
    return [entry for entry in registers.every() if services.may_import(user, entry)]


def run_page(request: HttpRequest, run: ImportRun) -> dict[str, Any]:
    """取込みの内容: the rows of the preview that the address asks for, and what may be done."""
    asked = request.GET.get("outcome", "")
    outcome = Outcome(asked) if asked in Outcome.values else None
    rows = run.found.order_by("line")
    page = page_of(request, rows.filter(outcome=outcome) if outcome else rows)
    waits = is_at_work(run)
    return {
        "run": run,
        "state": _look_of(run),
        "broken_off": BROKEN_OFF if is_broken_off(run) else "",
        "encoding": LABELS.get(run.encoding, ""),
        "list": _frame(run, page, outcome),
        "rows": [(row, (row.get_outcome_display(), *ROW_LOOKS[Outcome(row.outcome)])) for row in page.rows],
        "may": rules.allowed(request.user, ACTIONS, run),
        "can_check": run.can_be_checked or is_broken_off(run),
        "list_url": reverse(registers.get(run.register).list_url),
        "waits": waits,
        "may_watch": waits and "view_job" in rules.allowed(request.user, ["view_job"], run.job),
    }


def _look_of(run: ImportRun) -> tuple[str, str, str]:
    if is_broken_off(run):
        return ("中断", "err", "ngc")
    return (run.get_status_display(), *LOOKS[RunState(run.status)])


def _frame(run: ImportRun, page: ListPage, outcome: Outcome | None) -> dict[str, Any]:
    figures = [(each, getattr(run, each.value)) for each in Outcome]
    filters = [
        {
            "label": f"{each.label} {number:,}件",
            "url": "?" if each == outcome else f"?outcome={each.value}",
            "pressed": each == outcome,
        }
        for each, number in figures
    ]
    return {
        "title": f"{run.register_label}の取込み",
        "count": run.file_name,
        "filters": filters if run.rows else [],
        "clear_url": "?" if outcome else "",
        "caption": "ファイルの行、行番号の順",
        "has_rows": bool(page.rows),
        "empty": {
            "title": f"{outcome.label}の行はありません" if outcome else "確認した行はありません",
            "why": run.message,
            "url": "?" if outcome else "",
            "action": "すべての行を見る",
        },
        "pager": page,
    }


def runs_page(request: HttpRequest) -> dict[str, Any]:
    """取込みの一覧: of the registers that the person may bring files into, the newest first."""
    entries = open_registers(request.user)
    runs = ImportRun.objects.filter(register__in=[entry.code for entry in entries]).select_related(
        "owner", "file", "job"
    )
    page = page_of(request, runs.order_by("-pk"))
    frame = {
        "title": "取込み",
        "count": f"{page.total:,}件",
        "caption": "台帳に取り込んだファイル、新しい順",
        "has_rows": bool(page.rows),
        "empty": {"title": "取り込んだファイルはありません", "why": "", "url": "", "action": ""},
        "pager": page,
    }
    rows = [(run, _look_of(run)) for run in page.rows]
    return {"list": frame, "rows": rows, "registers": entries}


def errors_csv(run: ImportRun) -> bytes:
    """誤りの一覧: a line for each wrong cell, as Excel opens it."""
    wrong = ImportRow.objects.filter(run=run, outcome=Outcome.WRONG).order_by("line")
    lines = [[str(row.line), *fault] for row in wrong for fault in row.faults]
    return csv_bytes(ERROR_COLUMNS, lines, "utf-8-sig").content
