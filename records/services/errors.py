"""What the procedure refuses, each with its Japanese message."""

from datetime import date

from common.wareki import format_date
from history.errors import DomainError


class RecordIncomplete(DomainError):
    """未記入: the file cannot leave the department before these are filled in."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__("つぎの項目を記入してください：" + "、".join(missing))


class RecordContradictory(DomainError):
    """記載の矛盾: the sheets are filled in, but what they say does not fit together."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("つぎの記載が合いません：" + "／".join(problems))


class NothingToSubmit(DomainError):
    """記録票なし: a proposal without any record cannot be submitted."""

    def __init__(self) -> None:
        super().__init__("記録票が1枚もありません。業務を選んで記録票を追加してください。")


class WrittenByAnother(DomainError):
    """課長が起案していない案件: only what the head wrote may be submitted without a separate approval."""

    def __init__(self) -> None:
        super().__init__(
            "課長が直接提出できるのは、自ら起案した案件だけです。担当が「課長の確認に出す」を行ってください。"
        )


class ProviderNotAsked(DomainError):
    """提供課の確認待ち: a 目的外利用 is accepted only with the providing department's confirmation."""

    def __init__(self, names: list[str]) -> None:
        super().__init__("提供する課の確認がまだです：" + "、".join(names))


class RouteDoesNotFit(DomainError):
    """経路と根拠の不一致."""


class NothingToUndo(DomainError):
    """取り消す結果なし: nothing of the file has been decided, refused or reported."""

    def __init__(self) -> None:
        super().__init__("取り消す結果がありません。審議会の決定、不承認または報告がまだです。")


class NothingToDecide(DomainError):
    """決定する記録票なし: no accepted record of this proposal goes by the route."""

    def __init__(self, route_label: str) -> None:
        super().__init__(f"この案件には、{route_label}の記録票がありません。")


class ChangeUnderWay(DomainError):
    """手続中の変更: at most one undecided version of a record."""

    def __init__(self) -> None:
        super().__init__("この記録には手続中の変更があります。")


class NotATemplate(DomainError):
    """空欄の書式の誤り: a bracket that is not decided yet holds no date."""

    def __init__(self, text: str) -> None:
        super().__init__(f"「{text}」は空欄の書式ではありません。審議会の日付は、決定のときに記入します。")


class ConsultationNumberMissing(DomainError):
    """諮問番号の未記入: a decision without its number could never be found again."""

    def __init__(self) -> None:
        super().__init__("諮問番号を記入してください。")


class AlreadySettled(DomainError):
    """決定・報告済み: what the council has dealt with cannot be taken back with the rest of its file."""

    def __init__(self) -> None:
        super().__init__("一部の記録票がすでに決定または報告済みのため、取り下げられません。")


class AlreadyChanged(DomainError):
    """変更済み: a later version took effect; only the latest can be changed."""

    def __init__(self) -> None:
        super().__init__("この記録票にはすでに変更があります。最新の記録票から変更を起案してください。")


class ChangeTooEarly(DomainError):
    """変更日の誤り: the versions of a record must start one after the other."""

    def __init__(self, change: date, previous: date) -> None:
        super().__init__(
            f"変更の始まる日（{format_date(change)}、期間の初日または「以降継続」の初日）は、変更前の効力が始まる日"
            f"（{format_date(previous)}）より後の日にしてください。"
        )


class InForce(DomainError):
    """効力のある記録: what has been used already cannot be made undone."""

    def __init__(self, since: date) -> None:
        super().__init__(
            f"{format_date(since)}から効力のある記録票があるため、取り下げられません。"
            "終わらせるときは、終了の案件をつくってください。"
        )


class Ended(DomainError):
    """終了した記録: what ended by a 終了 is neither changed nor ended again, and its end is not taken back."""

    def __init__(self, last_day: date) -> None:
        super().__init__(f"この記録は、{format_date(last_day)}に終了したか、終了することが決まっています。")


class NotInForce(DomainError):
    """効力のない記録: only what is in force can be ended."""

    def __init__(self, names: list[str]) -> None:
        super().__init__("いま効力がないため、終了の案件に入れられない記録票があります：" + "、".join(names))


class EndHasNoSheet(DomainError):
    """終了の編集: a 終了 has a day and a reason; the sheet itself stays that of the record."""

    def __init__(self) -> None:
        super().__init__("終了の記録票は、終了する日と理由だけを直せます。")


class NotInForceYet(DomainError):
    """決定前の訂正: before the decision a record is mended by its department, not corrected by the office."""

    def __init__(self) -> None:
        super().__init__("まだ効力のない記録票は訂正できません。所管課が直してください。")


class ImplausibleDate(DomainError):
    """審議会の日付の誤り: the council deals with a file after its submission and not in the future."""


class ConsultationNumberWrong(DomainError):
    """諮問番号の誤り: the form prints 「諮問第　号」 around a number."""

    def __init__(self, text: str) -> None:
        super().__init__(f"諮問番号は数だけを書いてください（例：26）。いまの入力：{text}")


class SamePairInForce(DomainError):
    """同じ内容の記録: the same business with the same other side has a record in force at the same time."""

    def __init__(self, other: object, since: date) -> None:
        super().__init__(
            f"同じ業務と相手の記録票「{other}」（{format_date(since)}から）が、同じ時期に効力をもっています。"
            "新しく起案せず、その記録票の変更を起案してください。"
        )
