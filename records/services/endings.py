"""期間の終わり: 「事業は継続しますか」, asked of the department some days before a record's period ends.

No business shall run longer than its record. Going on is a 変更, begun with `revise_record`; ending is an answer, after
which the period runs out by itself.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from common.wareki import format_date
from history.errors import DomainError
from history.writing import SYSTEM, Actor
from notices.services import tell
from organization import rules
from organization.charge_holders import holders
from organization.models import Role
from records.kinds import KINDS, RecordKind, kind_of
from records.models import EndingAnswer, PeriodEnd, RecordVersion, ReminderDay
from records.models.about import column_of
from records.services.locks import lock_record
from records.states import UNDECIDED, Status

# Until the ward has decided otherwise (基礎データ: 継続の確認の時期).
USUAL_DAYS = (90, 30)


class NothingEnds(DomainError):
    """終わりのない記録: without a last day to come, nothing is asked."""

    def __init__(self) -> None:
        super().__init__("この記録票には、これから終わる期間がありません。")


def reminder_days(day: date) -> list[int]:
    """継続の確認の時期 valid on `day`, the longest first; one statement."""
    rows = ReminderDay.objects.as_of(day).order_by("-days").values_list("days", flat=True)
    return list(dict.fromkeys(rows)) or list(USUAL_DAYS)


def ending(kind: RecordKind, today: date, within: int) -> QuerySet:
    """The records in force on `today` whose last day comes within so many days, neither followed nor said to end."""
    last = today + timedelta(days=within + 1)  # valid_to is the first day no longer in force
    records = kind.model.objects.filter(valid_from__lte=today, valid_to__gt=today, valid_to__lte=last)
    # A change follows, or an end was filed.
    filed = Q(replaced_by__ends_on__isnull=False) & ~Q(replaced_by__status=Status.WITHDRAWN)
    followed = records.filter(Q(replaced_by__valid_from__isnull=False) | filed).order_by().values("pk")
    column = kind.model._meta.model_name
    same_end = {column: OuterRef("pk"), "until": OuterRef("valid_to")}
    said_to_end = Exists(PeriodEnd.objects.filter(answer=EndingAnswer.ENDS, **same_end))
    return records.exclude(pk__in=followed).exclude(said_to_end)


def send_reminders(day: date, *, actor: Actor = SYSTEM) -> int:
    """継続の確認の通知: everybody of the department, once for each record and each time; answers how many records.

    A record whose 変更 is under way is not asked about. Run twice, also at once, it tells nobody twice.
    """
    rules.require_action(actor, "send_reminders")
    times = reminder_days(day)
    told = 0
    for kind in KINDS.values():
        changing = kind.model.objects.filter(replaces__isnull=False, status__in=UNDECIDED).values("replaces")
        rows = ending(kind, day, times[0]).exclude(pk__in=changing).select_related("proposal__department__parent")
        told += sum(_remind(record, times, day, actor) for record in rows.order_by("valid_to", "pk"))
    return told


@transaction.atomic
def _remind(record: RecordVersion, times: Iterable[int], day: date, actor: Actor) -> bool:
    """One notice, however many times are due at once; none while nobody holds a charge there."""
    record = lock_record(record)
    if not record.in_force(day) or record.last_day is None:
        return False
    end = _end_of(record)
    left = (record.last_day - day).days
    due = [days for days in times if left <= days and days not in end.told]
    people = holders((Role.CLERK, Role.HEAD), day, record.proposal.department) if due else []
    if not people:
        return False
    end.told = [*end.told, *due]
    end.full_clean()
    end.save_as(actor, action="send_reminders")
    kind = kind_of(record)
    text = f"事業は継続しますか：{kind.short}「{record}」の期間が、{format_date(record.last_day)}に終わります。"
    for user in people:
        tell(user, text, reverse("answer_ending", args=[kind, record.pk]))
    return True


@transaction.atomic
def answer_ending(record: RecordVersion, *, note: str, day: date, actor: Actor) -> PeriodEnd:
    """「終了する」: the period runs out on its last day, and nobody is asked again. Raises NothingEnds.

    A second answer changes its words alone.
    """
    record = lock_record(record)
    rules.require(actor, "answer_ending", record)
    if not record.in_force(day) or record.last_day is None:
        raise NothingEnds
    end = _end_of(record)
    end.answer, end.note = EndingAnswer.ENDS, note
    end.full_clean()
    return end.save_as(actor, action="answer_ending")


def answer_of(record: RecordVersion) -> PeriodEnd | None:
    """What the department answered about the present last day; None while it has not."""
    if record.last_day is None:
        return None
    rows = PeriodEnd.objects.filter(until=record.valid_to, **column_of(record))
    return rows.exclude(answer=EndingAnswer.NONE).first()


def _end_of(record: RecordVersion) -> PeriodEnd:
    about: dict[str, Any] = {"until": record.valid_to, **column_of(record)}
    return PeriodEnd.objects.filter(**about).first() or PeriodEnd(**about)
