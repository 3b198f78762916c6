"""事前一括承認基準の手続: the criteria's rows, and the 事例 that a reported case adds to them (domain §1.11)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from history.errors import DomainError
from history.writing import Actor
from organization import rules
from records.kinds import kind_of
from records.models import Criterion, CriterionScope, Ground, Precedent, RecordVersion
from records.regimes import criteria_closed_on


class CriteriaClosed(DomainError):
    """基準の終了: under the Act no case is added to the criteria; they stay readable for ever."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            "審議会事前一括承認基準は、令和5年4月1日から新しい事例に使えません（法のもとで、種類による諮問はありません）："
            + "、".join(names)
        )


def require_open(records: Iterable[RecordVersion]) -> None:
    """Raise CriteriaClosed when a record cites the criteria with a 適用日 under the Act."""
    late = [record for record in records if _cites(record) and criteria_closed_on(record.applied_on)]
    if late:
        raise CriteriaClosed([str(record) for record in late])


@transaction.atomic
def add_criterion(*, values: Mapping[str, Any], actor: Actor) -> Criterion:
    """類型の登録: a wording as the ward decided it. ValidationError for what the table refuses."""
    rules.require_action(actor, "edit_reference")
    criterion = Criterion(**values)
    criterion.full_clean()
    return criterion.save_as(actor, action="edit_reference")


def add_precedents(records: Iterable[RecordVersion], *, on: date, actor: Actor, action: str) -> list[Precedent]:
    """事例への追加: each case under the criteria, once; part of the report, which has asked the table and locked."""
    return [_add_precedent(record, on, actor, action) for record in records if _is_new_case(record)]


def _cites(record: RecordVersion) -> bool:
    return not record.is_end and kind_of(record).has_grounds and Ground.PREAPPROVED in record.grounds


def _is_new_case(record: RecordVersion) -> bool:
    if not _cites(record) or record.criterion_id is None:
        return False
    same = {_link(record): getattr(record, kind_of(record).identity)}
    return not Precedent.objects.filter(**same, is_removed=False).exists()


def _link(record: RecordVersion) -> str:
    return "use" if kind_of(record).criterion_scope == CriterionScope.USE else "provision"


def case_words(record: RecordVersion) -> dict[str, str]:
    """A case as the column 事例 writes it: the providing business, and who uses its information."""
    if kind_of(record).criterion_scope == CriterionScope.USE:
        return {
            "providing_number": record.providing_number,
            "providing_name": record.providing_activity_name,
            "using_number": record.activity_number,
            "using_name": record.activity_name,
        }
    return {
        "providing_number": record.activity_number,
        "providing_name": record.activity_name,
        "using_number": "",
        "using_name": record.partner_name,
    }


def _add_precedent(record: RecordVersion, on: date, actor: Actor, action: str) -> Precedent:
    identity = getattr(record, kind_of(record).identity)
    precedent = Precedent.objects.filter(**{_link(record): identity}).first() or Precedent(**{_link(record): identity})
    for name, value in {**case_words(record), "criterion": record.criterion, "added_on": on}.items():
        setattr(precedent, name, value)
    precedent.is_removed = False
    precedent.full_clean()
    return precedent.save_as(actor, action=action)
