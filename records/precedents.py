"""事前一括承認基準の表: the 類型 and their 事例 as of a day, for the page and for a paper (domain §1.11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from records.kinds import KINDS
from records.models import Criterion, Precedent, RecordVersion
from records.services.criteria import case_words
from records.states import Route


@dataclass(frozen=True)
class Case:
    """One 事例; `is_new`: added by the last report, or waiting for one: the paper underlines its using business."""

    providing: str
    using: str
    is_new: bool
    waits: bool
    added_on: date | None


@dataclass(frozen=True)
class CriterionTable:
    """One 類型 with its 事例."""

    criterion: Criterion
    cases: list[Case]


def tables(day: date, records: Iterable[RecordVersion] | None = None) -> list[CriterionTable]:
    """The criteria valid on `day` with the cases that stood on it; new ones are marked.

    New are the cases that wait for their report, and those that the last report before `day` added. `records`: only
    the criteria of these, as a paper on them shows (the cases of these records are the new ones); else all.
    """
    wanted = list(records) if records is not None else waiting(day)
    criteria = Criterion.objects.as_of(day).order_by("-scope", "article", "number")  # 目的外利用 first
    if records is not None:
        criteria = Criterion.objects.filter(pk__in=[record.criterion_id for record in wanted])
    kept = Precedent.objects.filter(added_on__lte=day, is_removed=False)
    stood = kept.select_related("criterion").order_by("added_on", "pk")
    last = {} if records is not None else {case.criterion.scope: case.added_on for case in stood}
    found = {}
    for criterion in criteria:
        same = (criterion.scope, criterion.article, criterion.number)
        cases = [_stood(case, last) for case in stood if _figures(case.criterion) == same]
        cases += [_waiting(record) for record in wanted if _figures(record.criterion) == same]
        found[criterion] = cases
    return [CriterionTable(criterion, cases) for criterion, cases in found.items()]


def waiting(day: date) -> list[RecordVersion]:
    """The cases in force by `day` and not reported by then."""
    found: list[RecordVersion] = []
    for kind in KINDS.values():
        if kind.criterion_scope:
            rows = kind.model.objects.filter(route=Route.REPORT, criterion__isnull=False, valid_from__lte=day)
            unreported = rows.filter(Q(reported_on__isnull=True) | Q(reported_on__gt=day))
            found += unreported.filter(replaces__isnull=True).select_related("criterion").order_by("valid_from", "pk")
    return found


def _figures(criterion: Criterion) -> tuple[str, int, int]:
    return criterion.scope, criterion.article, criterion.number


def _words(name: str, number: str) -> str:
    return f"{name}（{number.strip('（）()')}）" if number else name


def _stood(case: Precedent, last: dict[str, date]) -> Case:
    return Case(
        providing=_words(case.providing_name, case.providing_number),
        using=_words(case.using_name, case.using_number),
        is_new=last.get(case.criterion.scope) == case.added_on,
        waits=False,
        added_on=case.added_on,
    )


def _waiting(record: RecordVersion) -> Case:
    words = case_words(record)
    providing = _words(words["providing_name"], words["providing_number"])
    return Case(providing, _words(words["using_name"], words["using_number"]), True, True, None)
