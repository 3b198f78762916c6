"""制度: which rules on personal data hold on a day. National law by date; a ward's own decisions are rows elsewhere.

The ward's ordinance (平成12年3月 練馬区条例第79号) held until the Act on the Protection of Personal Information
(平成15年法律第57号) came to apply to local public bodies themselves, on 2023-04-01 (令和3年法律第37号第51条).
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices


class Regime(TextChoices):
    """制度の区分."""

    ORDINANCE = "ordinance", "旧条例"
    ACT = "act", "個人情報保護法"


@dataclass(frozen=True)
class Rules:
    """その制度の決まりと言葉: from `first` (None = from the beginning) to `last` (None = still), both inclusive.

    `managed_data` is the name of the data that the body holds. `consults_by_kind`: whether the council is asked about
    linkages, outsourcings and uses as such. `use_provision` is what the record of a use for another purpose cites; the
    boxes on its sheet are rows. `living_only`: the article by which information on the dead is no 個人情報; empty where
    the papers at hand do not say so.
    """

    regime: Regime
    first: date | None
    last: date | None
    managed_data: str
    consults_by_kind: bool
    use_provision: str
    living_only: str


# Domain §3.3, §3.8 and §8.1.
TABLE = (
    Rules(
        regime=Regime.ORDINANCE,
        first=None,
        last=date(2023, 3, 31),
        managed_data="管理個人情報",
        consults_by_kind=True,  # 練馬区個人情報保護条例第13条、第17条
        use_provision="練馬区個人情報保護条例施行規則第8条",
        living_only="",
    ),
    Rules(
        regime=Regime.ACT,
        first=date(2023, 4, 1),
        last=None,
        managed_data="保有個人情報",
        consults_by_kind=False,  # 法第129条: only where expert opinion is specially needed
        use_provision="個人情報の保護に関する法律第69条",
        living_only="個人情報の保護に関する法律第2条第1項",  # 「生存する個人に関する情報」
    ),
)


def on(day: date) -> Rules:
    """The rules in force on a day."""
    return next(rules for rules in TABLE if rules.last is None or day <= rules.last)
