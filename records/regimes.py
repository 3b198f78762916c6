"""記録票と制度: which rules a record's 根拠 must follow, and what became of a ground of the ordinance (domain §3.3)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from common import regime
from common.wareki import PartialDate
from records.models import ActGround, Criterion, Ground, RecordVersion
from records.states import Route

# From this day on no case is added to the criteria: the Act allows no 諮問 by kind (domain §1.11, §3.8).
CRITERIA_CLOSED = next(rules.first for rules in regime.TABLE if rules.regime is regime.Regime.ACT)


@dataclass(frozen=True)
class Successor:
    """後継の根拠: what the Act has for a ground of the ordinance, if anything, and why; offered, never applied."""

    old: str
    new: str
    reason: str


# Domain §3.3 (deduced there from the two texts, not stated by a source): what of the Act comes in question.
_SUCCESSORS: dict[Ground, tuple[tuple[ActGround, ...], str]] = {
    Ground.CONSENT: ((ActGround.CONSENT,), "本人の同意は、法第69条第2項第1号にあたります。"),
    Ground.LAW: ((ActGround.LAW,), "法令の定めによるものは、法第69条第1項にあたります。"),
    Ground.STATISTICS: ((ActGround.SPECIAL,), "専ら統計の作成の目的は、法第69条第2項第4号にあたります。"),
    Ground.COUNCIL: (
        (ActGround.INTERNAL, ActGround.PUBLIC_BODY),
        "審議会の承認は、法の根拠になりません。相当の理由を、あらためて示してください。",
    ),
    Ground.PREAPPROVED: (
        (ActGround.INTERNAL, ActGround.PUBLIC_BODY),
        "事前一括承認基準は、法の根拠になりません。相当の理由を、あらためて示してください。",
    ),
    Ground.PUBLIC: ((), "法には、そのままあたるものがありません。第69条第2項第4号か、個別に確かめてください。"),
    Ground.EMERGENCY: ((), "法には、そのままあたるものがありません。第69条第2項第4号か、個別に確かめてください。"),
}


def successors(grounds: Iterable[str], offered: Collection[ActGround]) -> list[Successor]:
    """For each ground of the ordinance among `grounds`, what of `offered` (the kind's boxes) comes in question."""
    found = []
    for code in grounds:
        if code in Ground.values:
            new, reason = _SUCCESSORS[Ground(code)]
            labels = "、".join(str(one.label) for one in new if one in offered)
            found.append(Successor(str(Ground(code).label), labels, reason))
    return found


def rules_day(form_date: date | None, first_day: date | None) -> date | None:
    """The day whose rules a record's grounds follow: when it was filed or when it began, whichever came first.

    A use that began under the ordinance and is filed late keeps the ordinance's grounds; one filed under it for a
    later beginning was judged under it. None while neither day is known.
    """
    return min(filter(None, (form_date, first_day)), default=None)


def is_under_act(day: date | None) -> bool:
    """Whether the Act's grounds hold on the day; a record without any day yet is being written now, under the Act."""
    return day is None or regime.on(day).regime is not regime.Regime.ORDINANCE


def criteria_closed_on(applied_on: PartialDate) -> bool:
    """Whether a case that begins on this 適用日 comes too late for the criteria."""
    return applied_on.start is not None and is_under_act(applied_on.start)


def provisional_route(record: RecordVersion) -> Route:
    """Before the submission: only 審議会事項 needs a 諮問; every other ground is reported (domain §1.10)."""
    return Route.CONSULTATION if Ground.COUNCIL in record.grounds else Route.REPORT


def derive_criterion(record: RecordVersion, scope: str) -> None:
    """Set the criterion that the figures on the sheet mean, in the wording of the 適用日; None: there is none."""
    record.criterion = None
    if record.criterion_type is None:
        return
    rows = Criterion.objects.of(scope, record.criterion_article, record.criterion_type)
    day = record.applied_on.start
    record.criterion = (rows.as_of(day) if day else rows).first()
    if record.criterion is not None:
        record.criterion_article = record.criterion.article
