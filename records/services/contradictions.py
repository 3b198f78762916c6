"""記載の点検: what a filled-in sheet says must fit together before the file leaves the department."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from common.wareki import format_date
from records.kinds import is_judged_by_act, kind_of
from records.kinds.base import OTHERS
from records.models import ActGround, CriterionScope, Ground, OutOfPurposeUseVersion, RecordVersion
from records.services.errors import ChangeTooEarly, SamePairInForce
from records.services.validity import end_problems, require_later, require_only_one, starts_on
from records.states import UNDECIDED
from registry.models import ActivityVersion


def contradictions(record: RecordVersion) -> list[str]:
    """Sentences on what does not fit in a complete sheet; none when all is well."""
    if record.is_end:
        return end_problems(record)
    kind = kind_of(record)
    found = [*_of_the_period(record), *_of_the_business(record), *kind.contradictions(record)]
    if kind.has_grounds:
        found += _of_the_grounds(record)
    return found


def _of_the_period(record: RecordVersion) -> Iterator[str]:
    first, end = kind_of(record).period(record)
    if end is not None and end <= first:
        if not getattr(record, "applied_on", None):  # a 適用日 outside the period is named by itself
            yield "期間の末日が、初日より前になっています。"
        return
    try:
        if record.replaces is not None:
            require_later(first, record.replaces)
        require_only_one(record, first, end)
    except (ChangeTooEarly, SamePairInForce) as refusal:
        yield str(refusal)
    yield from _twice_in_the_file(record, first, end)


def _twice_in_the_file(record: RecordVersion, first: date, end: date | None) -> Iterator[str]:
    """The same pair twice in one file: only one of the two could take effect, and the file could not be decided."""
    kind = kind_of(record)
    pair = kind.same_pair(record)
    if pair is None:
        return
    rows = kind.model.objects.filter(pair, proposal=record.proposal_id, status__in=UNDECIDED, ends_on=None)
    same_record = {kind.identity: getattr(record, f"{kind.identity}_id")}
    for other in rows.exclude(**same_record).order_by("pk"):
        began, ended = kind.period(other)
        if began is not None and (ended is None or ended > first) and (end is None or end > began):
            yield f"同じ業務と相手の記録票「{other}」がこの案件にもあり、期間が重なっています。一枚にまとめてください。"


def _of_the_business(record: RecordVersion) -> Iterator[str]:
    """A business that was abolished carries no new record, gives none of its information, and outlasts none."""
    concerned = [(record.activity_id, record.activity_name)]
    if isinstance(record, OutOfPurposeUseVersion):
        concerned.append((record.providing_activity_id, record.providing_activity_name))
    still = Q(valid_to__isnull=True) | Q(valid_to__gt=starts_on(record))
    for activity, name in concerned:
        versions = ActivityVersion.objects.filter(activity=activity, valid_from__isnull=False)
        if activity is not None and versions.exists() and not versions.filter(still).exists():
            yield f"業務「{name}」は、この記録の始まる日より前に廃止されています。"
        elif activity is not None and (over := _abolished_on(versions)) is not None:
            _, end = kind_of(record).period(record)
            if over <= timezone.localdate() and (end is None or end > over):
                day = format_date(over - timedelta(days=1))
                yield f"業務「{name}」は{day}で廃止されています。期間の末日を、その日までにしてください。"


def _abolished_on(versions: QuerySet[ActivityVersion]) -> date | None:
    """The first day on which the business is no more; None while a version has no end."""
    ends = list(versions.values_list("valid_to", flat=True))
    return None if None in ends or not ends else max(ends)


def _of_the_grounds(record: RecordVersion) -> Iterator[str]:
    """Grounds of the regime that holds, a 類型 that the criteria know, and no words behind an empty box."""
    under_act = is_judged_by_act(record)
    foreign = [code for code in record.grounds if (code in ActGround.values) != under_act]
    if foreign and under_act:
        yield "令和5年4月1日からの根拠は、法第69条の中から選んでください。旧条例の根拠は使えません。"
    elif foreign:
        yield "令和5年3月31日までの根拠は、旧条例の中から選んでください。法第69条は、まだ適用されていません。"
    for codes, other in OTHERS:
        if "other" not in getattr(record, codes) and getattr(record, other).strip():
            field = record._meta.get_field(codes).verbose_name
            yield f"{field}の「その他」に印がないのに、その内容が書かれています。印を付けるか、内容を消してください。"
    if Ground.PREAPPROVED in record.grounds and record.criterion_id is None:
        scope = CriterionScope(kind_of(record).criterion_scope).label
        yield f"{scope}の事前一括承認基準に、適用日に使える類型{record.criterion_type}がありません。"
