"""書き出し: the columns of the list of 個人情報ファイル as a file shows them."""

from collections.abc import Iterable
from datetime import date

from common import exporting
from common.exporting import Column, Export
from file_register.listing import Row


def personal_file_list(rows: Iterable[Row], day: date) -> Export:
    """個人情報ファイルの一覧 on `day`."""
    columns = [
        Column("個人情報ファイルの名称", lambda row: row.version.name),
        Column("所管課", lambda row: row.version.department.name),
        Column("本人の数", lambda row: row.version.count_text or "未記入"),
        Column("掲載の要否", lambda row: row.decision.outcome.label),
        Column("公表", lambda row: " ".join(_register(row))),
        Column("状態", lambda row: " ".join(_state(row))),
    ]
    return exporting.of("個人情報ファイル", columns, rows, day)


def _register(row: Row) -> list[str]:
    if row.duty is None:
        return [row.register or "―"]
    return [row.duty.chip, *([row.register] if row.register else [])]


def _state(row: Row) -> list[str]:
    code, words = row.state
    changing = ["変更の手続中"] if code == "in_force" and row.version.is_changing else []
    return [words, *changing, *(["移行"] if row.version.is_migrated else [])]
