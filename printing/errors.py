"""What printing refuses, with a message for people."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from common.wareki import format_date
from history.errors import DomainError

if TYPE_CHECKING:
    from printing.glyphs import Missing


class UnknownSheet(DomainError):
    """様式の誤り: no sheet is registered under this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"「{code}」という様式はありません。")


class NoLayout(DomainError):
    """様式の版がない: no layout of this sheet is in force on the day of the form."""

    def __init__(self, title: str, day: date) -> None:
        super().__init__(
            f"{title}には、{format_date(day)}に使う様式の版がありません。基礎データの「様式の版」に登録してください。"
        )


class MissingGlyphs(DomainError):
    """印刷できない文字: the form's fonts have no shape for these characters. `missing` names each of them once."""

    def __init__(self, missing: Sequence["Missing"]) -> None:
        self.missing = list(missing)
        names = "、".join(item.name for item in self.missing)
        super().__init__(f"様式の字体にない文字があります: {names}")
