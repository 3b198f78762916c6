"""What the register of files refuses, with a message for people."""

from datetime import date

from common.wareki import format_date
from file_register.publication import Decision
from history.errors import DomainError


class FileIncomplete(DomainError):
    """未記入: a file cannot be submitted before these are filled in."""

    def __init__(self, labels: list[str]) -> None:
        super().__init__(f"提出するには、{'、'.join(labels)}の記入が必要です。")


class ChangeUnderWay(DomainError):
    """手続中の変更: at most one undecided version at a time."""

    def __init__(self) -> None:
        super().__init__("このファイルには手続中の変更があります。")


class AlreadyChanged(DomainError):
    """変更済みの版: a step starts from the newest registered version."""

    def __init__(self) -> None:
        super().__init__("この内容は、すでに変更されています。最新の内容から手続をしてください。")


class Abolished(DomainError):
    """廃止済み: nothing more is written to a file that the ward no longer holds."""

    def __init__(self) -> None:
        super().__init__("このファイルは、すでに廃止されています。")


class NoSuccessor(DomainError):
    """承継先でない組織: the file's own department still exists on that day, or another does its work."""

    def __init__(self) -> None:
        super().__init__("その日に、このファイルの所管課を引き継いでいる組織ではありません。")


class NotInForce(DomainError):
    """効力のない日: there is no registered version to be published on that day."""

    def __init__(self) -> None:
        super().__init__("その日に効力のある登録がありません。")


class SectionGone(DomainError):
    """所管課の改正: what is published names the department that does the work on that day."""

    def __init__(self) -> None:
        super().__init__("所管課が組織改正で変わっています。さきに「名称を改める」で名称を改めてください。")


class NotPublished(DomainError):
    """未公表: no open entry of this file stands in a public register."""

    def __init__(self) -> None:
        super().__init__("このファイルは公表されていません。")


class NothingToCorrect(DomainError):
    """修正なし: the entry already says what is in force."""

    def __init__(self) -> None:
        super().__init__("公表した内容は、その日に効力のある登録と同じです。")


class CorrectedLater(DomainError):
    """修正日の順: what an entry says now is what was corrected last."""

    def __init__(self, last: date) -> None:
        super().__init__(f"{format_date(last)}に修正しています。修正日は、その日以後の日にしてください。")


class MustNotBePublished(DomainError):
    """掲載できないファイル: kept out by the ward itself (法第75条第3項), outside the law, or before it."""

    def __init__(self, decision: Decision) -> None:
        why = "".join(f"{reason.words.rstrip('。')}（{reason.citation}）。" for reason in decision.reasons)
        super().__init__(f"このファイルは、その日には掲載できません。{why}")


class AgainstRule(DomainError):
    """掲載の要否と違う公表: written down only when somebody confirms it and says why."""

    def __init__(self, decision: Decision, register: str) -> None:
        why = "".join(f"{reason.words.rstrip('。')}（{reason.citation}）。" for reason in decision.reasons)
        super().__init__(
            f"その日の掲載の要否は「{decision.outcome.label}」で、{register}への掲載と違います。{why}"
            "それでも掲載したときは、確認の印と理由を記入してください。"
        )


class OrdinanceRegisterClosed(DomainError):
    """条例個人情報ファイル簿の方針なし: the register of small files exists by the ward's choice only."""

    def __init__(self) -> None:
        super().__init__(
            "その日に効力のある「1,000人に満たないファイルも公表する」方針がないため、条例個人情報ファイル簿には掲載できません。"
            "区がそのように定めているときは、さきに基礎データの「個人情報ファイルの方針」に、根拠と適用開始日を登録してください。"
        )
