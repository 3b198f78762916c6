"""What an import refuses, each with its Japanese message."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from common.wareki import format_date
from history.errors import DomainError


class ColumnsMissing(DomainError):
    """列の不足: the register cannot be told without them; `of_book` where an Excel book has none of them."""

    def __init__(self, labels: Iterable[str], *, of_book: bool = False) -> None:
        words = "、".join(f"「{label}」" for label in labels)
        advice = "Excelブックは最初のシートだけを読み、その1行目を見出しとします。" if of_book else ""
        super().__init__(f"必要な列がありません：{words}。{advice}1行目の見出しを確かめてください。")


class NothingToImport(DomainError):
    """行なし: a header alone."""

    def __init__(self) -> None:
        super().__init__("見出しの下に行がありません。")


class Unreadable(DomainError):
    """読み取れないファイル: what common.tables says of it."""


class ImportUnderWay(DomainError):
    """同時の取込み: one at a time for each register; `register` names another one."""

    def __init__(self, name: str, since: datetime, register: str = "") -> None:
        local = timezone.localtime(since)
        when = f"{format_date(local.date())} {local.hour}時{local.minute:02}分"
        place = f"台帳「{register}」" if register else "この台帳"
        super().__init__(f"{name}さんが{when}から{place}に取り込んでいます。終わってからもう一度行ってください。")


class RegisterChanged(DomainError):
    """台帳の変化: the register is no longer what the preview compared with."""

    def __init__(self) -> None:
        super().__init__(
            "確認のあとに台帳が変わったため、取り込みませんでした。もう一度、内容を確認してください（ファイルは残っています）。"
        )


class NotConfirmed(DomainError):
    """確認されていない取込み: it was cancelled, or is done already."""

    def __init__(self) -> None:
        super().__init__("この取込みは、取りやめたか、すでに終わっています。")


class NotImported(DomainError):
    """取り込めない内容: what the register refused while it was written, in its own words."""

    def __init__(self, messages: Iterable[str]) -> None:
        super().__init__(f"何も取り込みませんでした。{' '.join(messages)}")
