"""What the council's work refuses, each with its Japanese message; shared by more than one service."""

from datetime import date
from typing import TYPE_CHECKING

from common.wareki import format_date
from history.errors import DomainError

if TYPE_CHECKING:
    from councils.models import Body


class NoBodyRule(DomainError):
    """定めなし: nothing says how the body numbers its meetings on the day."""

    def __init__(self, body: "Body", day: date) -> None:
        super().__init__(
            f"{body}の定め（回の起こし方、定足数など）が、{format_date(day)}にはありません。基礎データで登録してください。"
        )


class TermNeeded(DomainError):
    """期なし: the numbers of this body count within its 期."""

    def __init__(self) -> None:
        super().__init__("この審議体は期ごとに数えます。期を選んでください。")
