"""制度: which rules on personal data hold on a day. National law by date; a ward's own decisions are rows elsewhere.

The sources of the dated rows: the ordinance (平成12年3月練馬区条例第79号) held until the Act on the Protection of Personal
Information (平成15年法律第57号) applied to local public bodies themselves, on 2023-04-01, by 令和3年法律第37号第51条.
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

    `managed_data` is the name of the data that the body holds, `refusal` that of a disclosure not granted.
    `council_by_category` says whether a linkage, outsourcing or use needs the council's opinion by its kind.
    `use_grounds` cites the provision that limits use for another purpose; a ward's list of boxes on the sheet is a row.
    """

    regime: Regime
    first: date | None
    last: date | None
    managed_data: str
    refusal: str
    council_by_category: bool
    use_grounds: str


# The vocabulary and the two differences are those of domain §3 and §8.1; dates are the days of entry into force.
TABLE = (
    Rules(
        regime=Regime.ORDINANCE,
        first=None,
        last=date(2023, 3, 31),
        managed_data="管理個人情報",
        refusal="非開示",
        council_by_category=True,  # 条例第17条: the ward asks the council before it links computers
        use_grounds="練馬区個人情報保護条例施行規則第8条",
    ),
    Rules(
        regime=Regime.ACT,
        first=date(2023, 4, 1),
        last=None,
        managed_data="保有個人情報",
        refusal="不開示",
        council_by_category=False,  # 法第129条: consultation only where expert opinion is specially needed
        use_grounds="個人情報の保護に関する法律第69条",
    ),
)


def on(day: date) -> Rules:
    """The rules in force on a day."""
    return next(rules for rules in TABLE if rules.last is None or day <= rules.last)
