"""版: identity and version are two tables; this is the base of the second (architecture §4, Time)."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from common.wareki import format_date
from history.locking import CountedSaves
from history.models import TrackedModel, TrackedQuerySet


def in_force_on(day: date) -> Q:
    """基準日: the condition that a version's period holds `day`; periods are half-open."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


class VersionQuerySet(TrackedQuerySet):
    """As-of questions; the day is always given."""

    def as_of(self, day: date) -> Self:
        """基準日: the versions in force on `day`."""
        return self.filter(in_force_on(day))

    def not_yet_in_force(self) -> Self:
        """The versions that no decision has put into force."""
        return self.filter(valid_from__isnull=True)


class VersionModel(CountedSaves, TrackedModel):
    """版: one state of something that lives on; the fields stand here, foreign keys point to the identity."""

    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="変更前の版"
    )
    valid_from = models.DateField("効力の始まる日", null=True, blank=True, db_index=True)
    # The first day no longer in force: the last day on paper (…まで) plus one.
    valid_to = models.DateField("効力を失う日", null=True, blank=True, db_index=True)
    lock = models.PositiveIntegerField("保存回数", default=0)

    objects = VersionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_period_is_not_empty",
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=False, valid_to__gt=F("valid_from")),
                violation_error_message="効力を失う日は、効力の始まる日より後の日にしてください。",
            )
        ]

    def in_force(self, day: date) -> bool:
        """Whether `day` lies in this version's period."""
        return self.valid_from is not None and self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @property
    def last_day(self) -> date | None:
        """The last day in force, as paper writes it (…まで); None while there is no end."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None


def believed(model: Any, *, day: date, at: datetime) -> models.QuerySet:
    """What the register said at the moment `at` about `day`: history rows, at most one for each version."""
    return model.history.as_of(at).filter(in_force_on(day))


def too_early(on: date, starts: date | None, *, today: date) -> str:
    """Why a version that starts on `starts` cannot end on `on`: only after its first day. Empty when it can."""
    if starts is None or on > starts:
        return ""
    if starts > today:
        fault = f"つぎの内容の効力が{format_date(starts)}に始まることになっています。"
    else:
        fault = f"いまの内容の効力は{format_date(starts)}に始まりました。"
    return f"{fault}それより後の日にしてください。"
