"""保存の速さ: with history against without, and the edit page against the plain admin's."""

from collections.abc import Callable
from itertools import count
from typing import Any

from django.db import connection, models
from django.urls import reverse

from history.writing import SYSTEM
from home.bench.forms import admin_form_data, form_data
from home.bench.rows import ACTION, BenchWard
from home.bench.timing import STATEMENTS, Line, line, statements, timed
from home.bench.visitors import Visitor, of_django
from records.kinds import LINKAGE
from records.models import LinkageVersion

ROUNDS = 50
PAGE_ROUNDS = 20
# performance.md §6: (SQLite, PostgreSQL)
WITH_HISTORY = {"sqlite": 7.0, "postgresql": 4.5}
TO_ADMIN = {"sqlite": 1.3, "postgresql": 2.0}
MOST_IN_A_SAVE = 18


def save_line(ward: BenchWard) -> Line:
    """One row written with its history row against the same row written alone, each in a transaction of its own."""
    row = LinkageVersion.objects.get(pk=ward.draft.pk)
    numbers = count()

    def with_history() -> None:
        row.purpose = f"{ward.draft.purpose}{next(numbers)}"
        row.save_as(SYSTEM, action=ACTION)

    def plain() -> None:
        row.purpose = f"{ward.draft.purpose}{next(numbers)}"
        _save_without_history(row)

    target = WITH_HISTORY[connection.vendor]
    return timed(
        "履歴つきの保存／履歴なしの保存", with_history, plain, target=target, rounds=min(ROUNDS, ward.most_rounds)
    )


def _save_without_history(row: Any) -> None:
    """The baseline: possible only past `save_as`, by Django's own save, in a database that is thrown away."""
    row.skip_history_when_saving = True
    try:
        models.Model.save(row)
    finally:
        del row.skip_history_when_saving


def save_page_line(ward: BenchWard) -> Line:
    """保存 on the edit page (checks, lock, permission, history) against the plain admin's save with a history row."""
    draft = LinkageVersion.objects.get(pk=ward.draft.pk)
    saved_in_admin = _poster(
        of_django(ward.office),
        reverse("plain:records_linkageversion_change", args=[ward.linkage.pk]),
        admin_form_data(LinkageVersion.objects.get(pk=ward.linkage.pk)),
        status=302,
    )
    return timed(
        "編集画面の保存／素の管理画面の保存",
        _edit_page(Visitor(ward.clerk), draft),
        saved_in_admin,
        target=TO_ADMIN[connection.vendor],
        rounds=min(PAGE_ROUNDS, ward.most_rounds),
    )


def save_statements(ward: BenchWard) -> int:
    """Statements of 保存 on the edit page."""
    return statements(_edit_page(Visitor(ward.clerk), LinkageVersion.objects.get(pk=ward.draft.pk)))


def save_statement_line(few: int, many: int) -> Line:
    """With many rows in the tables (value) and with few (floor)."""
    return line("編集画面の保存：SQL文の数", many, few, target=MOST_IN_A_SAVE, unit=STATEMENTS)


def _edit_page(visitor: Visitor, draft: LinkageVersion) -> Callable[[], object]:
    locks = count(draft.lock)
    send = _poster(visitor, reverse("edit_record", args=[LINKAGE, draft.pk]), form_data(draft), status=303)
    return lambda: send(lock=next(locks))


def _poster(visitor: Visitor, url: str, data: dict[str, Any], *, status: int) -> Callable[..., object]:
    """Sends the form with another purpose each time, so that every save changes something."""
    numbers = count()

    def send(**more: Any) -> object:
        return visitor.post(url, data | {"purpose": f"{data['purpose']}{next(numbers)}"} | more, status=status)

    return send
