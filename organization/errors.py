"""What a change of departments or people refuses, each with its Japanese message."""

from collections.abc import Iterable
from datetime import date

from common.wareki import format_date
from history.errors import DomainError


class NotThere(DomainError):
    """存在しない組織: only what exists on the day before can end, and what exists on the day can take over."""

    def __init__(self, names: Iterable[str], on: date) -> None:
        super().__init__(
            f"{format_date(on)}の改正の対象にできない組織があります：{'、'.join(names)}（すでに廃止、または設置前）"
        )


class NoDepartment(DomainError):
    """改正前の組織なし."""

    def __init__(self) -> None:
        super().__init__("改正前の組織を選んでください。")


class KindsDiffer(DomainError):
    """段階の不一致: a 課 is succeeded by 課, a 部 by 部."""

    def __init__(self) -> None:
        super().__init__("改正の前と後には、同じ段階の組織（課と課、部と部など）を選んでください。")


class NameTaken(DomainError):
    """名称の重複: two units under one bear the same name on the same days, and nobody could tell them apart.

    `name` is the new name, as it was typed.
    """

    def __init__(self, name: str, other: str, parent: str) -> None:
        self.name = name
        super().__init__(
            f"「{parent}」には「{other}」がすでにあります。ちがう名称にするか、"
            f"「{other}」に引き継ぐときは、すでにある組織から選んでください。"
        )


class NamedTwice(DomainError):
    """名称の重複: the change itself would make two units of one name under one."""

    def __init__(self, name: str, parent: str) -> None:
        self.name = name
        super().__init__(f"この改正のあと、「{parent}」の下に「{name}」が2つできます。先に一方の名称を変えてください。")


class HasSections(DomainError):
    """下位の組織: a 部 with 課 goes over whole to exactly one successor."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(
            f"下位の組織が残っているため、分割と廃止はできません。先に下位の組織を改正してください：{'、'.join(names)}"
        )


class WorkWithoutKeeper(DomainError):
    """承継先のない仕事: what is open or in force must have somebody who answers for it."""

    def __init__(self, counts: dict[str, int]) -> None:
        self.counts = counts
        words = "、".join(f"{label} {count:,}件" for label, count in counts.items())
        super().__init__(f"承継する組織がないと廃止できません。残っているもの：{words}")


class SuccessorNotChosen(DomainError):
    """分割の承継先の未選択: each moved row of a split goes to exactly one of the new departments."""

    def __init__(self, count: int) -> None:
        super().__init__(f"承継先を選んでいないものが{count:,}件あります。")


class LastAdministrator(DomainError):
    """管理者の不在: without any administrator nobody could give a charge again."""

    def __init__(self) -> None:
        super().__init__("この日から管理者がいなくなります。先に別の管理者を決めてください。")


class NothingToHandOver(DomainError):
    """担当なし: the person holds no charge that could end on the day."""

    def __init__(self, name: str, on: date) -> None:
        super().__init__(f"{name}さんには、{format_date(on)}に終わらせる担当がありません。")


class NotTheHead(DomainError):
    """課長ではない期間: somebody stands in for a head only while that person is the head."""

    def __init__(self) -> None:
        super().__init__("代理を置けるのは、その期間を通じて課長である人だけです。")


class AlreadyStandsIn(DomainError):
    """代理の重複: one charge in the same days says it already."""

    def __init__(self) -> None:
        super().__init__("この人は、同じ期間にすでに代理をつとめています。")
