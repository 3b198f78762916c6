"""漏えい等報告の決まり: which cases are reported to the Commission, and by when; national law by date (domain §3.5).

個人情報の保護に関する法律第68条, 同法施行規則第43条・第44条; for 特定個人情報 番号法第29条の4 and 第2条 of its rule
(平成27年個人情報保護委員会規則第5号). Where both apply, both reports are owed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import TextChoices

from common.wareki import format_date
from common.working_days import rolled


class Law(TextChoices):
    """どの法律の報告か."""

    ACT = "act", "個人情報の保護に関する法律第68条第1項"
    MY_NUMBER = "mynumber", "番号法第29条の4第1項"


@dataclass(frozen=True)
class Head:
    """報告の対象となる事態: one head of a list; in force from `first`.

    `more_than`: persons; a case with more of them falls under the head (None: one person is enough). `is_long`: the
    final report has 60 days. `by_ordinance`: it needs an ordinance that names 条例要配慮個人情報.
    """

    code: str
    law: Law
    article: str
    words: str
    first: date
    more_than: int | None = None
    is_long: bool = False
    by_ordinance: bool = False


# Since then the Act applies to local public bodies themselves (令和3年法律第37号第51条).
_ACT_FROM = date(2023, 4, 1)
# 令和2年法律第44号: since then the heads of the rule are these.
_MY_NUMBER_FROM = date(2022, 4, 1)

HEADS = (
    Head("rule43-1", Law.ACT, "規則第43条第1号", "要配慮個人情報がふくまれる", _ACT_FROM),
    Head("rule43-2", Law.ACT, "規則第43条第2号", "不正に利用されて財産的被害が生じるおそれがある", _ACT_FROM),
    Head("rule43-3", Law.ACT, "規則第43条第3号", "不正の目的をもって行われたおそれがある", _ACT_FROM, is_long=True),
    Head("rule43-4", Law.ACT, "規則第43条第4号", "本人の数が100人をこえる", _ACT_FROM, more_than=100),
    Head("rule43-5", Law.ACT, "規則第43条第5号", "条例要配慮個人情報がふくまれる", _ACT_FROM, by_ordinance=True),
    Head(
        "mynumber-1", Law.MY_NUMBER, "特定個人情報の規則第2条第1号",
        "情報提供ネットワークシステム、個人番号利用事務・関係事務の情報システムの特定個人情報", _MY_NUMBER_FROM,
    ),
    Head(
        "mynumber-2", Law.MY_NUMBER, "特定個人情報の規則第2条第2号",
        "特定個人情報の、不正の目的による漏えい、利用、提供のおそれがある", _MY_NUMBER_FROM, is_long=True,
    ),
    Head(
        "mynumber-3", Law.MY_NUMBER, "特定個人情報の規則第2条第3号",
        "特定個人情報が、電磁的方法により不特定多数の者に閲覧され、またはそのおそれがある", _MY_NUMBER_FROM,
    ),
    Head(
        "mynumber-4", Law.MY_NUMBER, "特定個人情報の規則第2条第4号",
        "特定個人情報の本人の数が100人をこえる", _MY_NUMBER_FROM, more_than=100,
    ),
)  # fmt: skip
BY_CODE = {head.code: head for head in HEADS}

# 規則第44条第1項 「速やかに」: the Commission's yardstick is three to five days, the day of knowing being the first.
PROMPT_DAYS = (3, 5)
# 同条第2項: thirty days, sixty for a case done with a wrongful purpose.
FINAL_DAYS, LONG_FINAL_DAYS = 30, 60


class NotYetLaw(ValueError):
    """施行前: the head was no law on the day of knowing."""

    def __init__(self, head: Head, day: date) -> None:
        super().__init__(f"{head.article}は、{format_date(day)}にはまだ適用されていません。")


class Clock(NamedTuple):
    """報告の期限: of the report under one law, with the heads that it is owed for."""

    law: Law
    heads: Sequence[Head]
    prompt_by: tuple[date, date]
    final_by: date


def clocks(known_on: date, heads: Collection[Head]) -> list[Clock]:
    """報告の期限 of a case known on `known_on` (the first day) that falls under `heads`: one for each law.

    The prompt report has no day off. The last day of the final one moves to the next working day; one head with sixty
    days gives them to the whole report of its law. Raises NotYetLaw.
    """
    for head in heads:
        if known_on < head.first:
            raise NotYetLaw(head, known_on)
    found = []
    for law in Law:
        of_law = [head for head in HEADS if head in heads and head.law == law]
        if of_law:
            first, last = (known_on + timedelta(days=days - 1) for days in PROMPT_DAYS)
            days = LONG_FINAL_DAYS if any(head.is_long for head in of_law) else FINAL_DAYS
            found.append(Clock(law, of_law, (first, last), rolled(known_on + timedelta(days=days - 1))))
    return found
