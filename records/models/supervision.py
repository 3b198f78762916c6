"""監督の記録: what the ward does about an 外部委託 or a 電算結合 after the decision (asked by the council in 2013)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from history.errors import StaleEdit
from history.models import TrackedModel, TrackedQuerySet
from organization.scoping import DepartmentScoped
from records.models.linkages import Linkage, LinkageVersion
from records.models.outsourcings import Outsourcing, OutsourcingVersion
from records.texts import long_text


@dataclass(frozen=True)
class SupervisionKind:
    """監督の種類: its words, and what an entry of it asks beside the day and the text (empty: nothing)."""

    code: str
    label: str
    text: str
    counts: str = ""
    by_whom: str = ""


# In the order in which pages show them.
SUPERVISION_KINDS = {
    kind.code: kind
    for kind in (
        SupervisionKind("manager", "業務責任者", "氏名、職名、常駐の有無"),
        SupervisionKind("pledge", "誓約書", "だれの誓約書か、保管の場所", counts="人数"),
        SupervisionKind("log_check", "ログ点検", "点検した範囲と結果", by_whom="点検した人"),
        SupervisionKind("inspection", "立入調査", "調べた場所と結果", by_whom="調査した人"),
        SupervisionKind("staff_change", "従事者の交代", "交代の理由と引継ぎ", counts="人数"),
        SupervisionKind("complaint", "苦情", "内容と対応", counts="件数"),
        SupervisionKind("review", "年次検証", "検証の結果", by_whom="検証した人"),
    )
}
REVIEW = "review"


class SupervisionQuerySet(TrackedQuerySet):
    """Reads of the entries; those that were struck out are left out."""

    def in_use(self) -> Self:
        """Without those struck out."""
        return self.filter(is_struck=False)

    def as_of(self, day: date) -> Self:
        """基準日: what had happened by `day`."""
        return self.in_use().filter(on__lte=day)


class SupervisionEntry(DepartmentScoped, TrackedModel):
    """監督の記録: one thing on one day, of an outsourcing or a linkage through all its versions."""

    outsourcing = models.ForeignKey(
        Outsourcing, models.PROTECT, null=True, blank=True, related_name="supervision", verbose_name="外部委託"
    )
    linkage = models.ForeignKey(
        Linkage, models.PROTECT, null=True, blank=True, related_name="supervision", verbose_name="電算結合"
    )
    kind = models.CharField(
        "種類", max_length=16, choices=[(kind.code, kind.label) for kind in SUPERVISION_KINDS.values()]
    )
    on = models.DateField("日", db_index=True)
    count = models.PositiveIntegerField("人数・件数", null=True, blank=True)
    by_whom = models.CharField("実施した人", max_length=100, blank=True)
    text = models.TextField("内容・結果", validators=[long_text])
    is_struck = models.BooleanField("取消し", default=False)
    lock = models.PositiveIntegerField("保存回数", default=0)
    token = models.UUIDField("送信票", unique=True, editable=False)
    source_note = models.CharField("出典・注記", max_length=200, blank=True)

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        verbose_name = "監督の記録"
        verbose_name_plural = "監督の記録"
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="supervisionentry_of_one_record",
                condition=Q(outsourcing__isnull=False) ^ Q(linkage__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @classmethod
    def owned_by(cls, departments: Iterable[int]) -> Q:
        """Of the department that has the record in force, or had."""
        departments = list(departments)
        own = {"proposal__department__in": departments, "valid_from__isnull": False}
        outsourced = OutsourcingVersion.objects.filter(**own).values("outsourcing")
        return Q(outsourcing__in=outsourced) | Q(linkage__in=LinkageVersion.objects.filter(**own).values("linkage"))

    def clean(self) -> None:
        """What the kind asks is there, and nothing that it does not ask (ValidationError by field)."""
        super().clean()
        kind = SUPERVISION_KINDS.get(self.kind)
        if kind is None:
            return
        faults = {}
        if kind.counts and self.count is None:
            faults["count"] = f"「{kind.label}」では、{kind.counts}を入力してください。"
        elif self.count is not None and not kind.counts:
            faults["count"] = f"「{kind.label}」では、人数・件数は空欄にしてください。"
        if kind.by_whom and not self.by_whom.strip():
            faults["by_whom"] = f"「{kind.label}」では、{kind.by_whom}を入力してください。"
        if faults:
            raise ValidationError(faults)

    def check_lock(self, lock: int) -> None:
        """Raise StaleEdit unless `lock` is the number this row still carries; then count the coming save."""
        if lock != self.lock:
            raise StaleEdit(self)
        self.lock += 1

    @property
    def amount(self) -> str:
        """「3人」, 「2件」; empty without a count."""
        words = SUPERVISION_KINDS[self.kind].counts
        return f"{self.count:,}{words[0]}" if self.count is not None and words else ""
