"""事故: 個人情報に係る事務処理ミス, one case with its dates, its departments and its cause (domain §5.1)."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from common import fiscal_year
from common.fields import PartialDateField
from common.wareki import PartialDate
from history.locking import CountedSaves
from history.models import TrackedModel, TrackedQuerySet
from organization.models import Department
from organization.scoping import DepartmentScoped
from records.models import Partner
from records.texts import long_text, reason_text


class IncidentKindQuerySet(TrackedQuerySet):
    """Reads of the kinds."""

    def as_of(self, day: date) -> Self:
        """基準日: the kinds that the ward distinguishes on `day`, in their order."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day))


class IncidentKind(TrackedModel):
    """種別: 誤交付, 誤送付, …, その他; the ward's own division, in the order of its yearly table."""

    name = models.CharField("種別", max_length=40)
    position = models.PositiveSmallIntegerField("表での順")
    valid_from = models.DateField("適用開始日", null=True, blank=True, help_text="空欄は「はじめから」です。")
    valid_to = models.DateField("適用終了日の翌日", null=True, blank=True)  # first day no longer in force
    source_note = models.CharField("出典・注記", max_length=300, blank=True)

    objects = IncidentKindQuerySet.as_manager()

    class Meta:
        verbose_name = "事故の種別"
        verbose_name_plural = "事故の種別"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="incidentkind_name_once",
                fields=["name", "valid_from"],
                violation_error_message="この種別はすでにあります。",
            ),
            models.UniqueConstraint(
                name="incidentkind_one_first",
                fields=["name"],
                condition=Q(valid_from=None),
                violation_error_message="この種別はすでにあります。",
            ),
            models.CheckConstraint(
                name="incidentkind_period_is_not_empty",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="適用終了日は適用開始日より後の日にしてください。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class IncidentStatus(models.TextChoices):
    """事故の状態."""

    REPORTED = "reported", "所管課から報告"
    OPEN = "open", "対応中"
    CLOSED = "closed", "終了"
    CANCELLED = "cancelled", "取消"


class ActorKind(models.TextChoices):
    """だれが起こしたか: who was at work; an outsourcing partner's case is still the ward's."""

    WARD = "ward", "区直営"
    CONTRACTOR = "contractor", "委託事業者"
    OPERATOR = "operator", "指定管理者"
    SUBCONTRACTOR = "subcontractor", "再委託先"


class CauseCertainty(models.TextChoices):
    """原因の確からしさ."""

    CONFIRMED = "confirmed", "確定"
    PRESUMED = "presumed", "推定"
    UNKNOWN = "unknown", "不明"


class Recovery(models.TextChoices):
    """回収の状況."""

    ALL = "all", "すべて回収した"
    PART = "part", "一部を回収した"
    NONE = "none", "回収していない"
    NOT_APPLICABLE = "not_applicable", "回収するものがない"


class IncidentQuerySet(TrackedQuerySet):
    """Reads of the cases."""

    def standing(self) -> Self:
        """取り消されていない事故."""
        return self.exclude(status=IncidentStatus.CANCELLED)

    def in_fiscal_year(self, year: int) -> Self:
        """年度に発生した事故: by the day, month or year in which they occurred."""
        first, last = fiscal_year.first_day(year), fiscal_year.last_day(year)
        return self.standing().filter(occurred_on__start__range=(first.isoformat(), last.isoformat()))

    def as_of(self, day: date) -> Self:
        """基準日: the cases that had occurred by `day`."""
        return self.standing().filter(occurred_on__start__lte=day.isoformat()).exclude(occurred_on__start="")


class Incident(CountedSaves, DepartmentScoped, TrackedModel):
    """事故: what happened, when who knew of it, who was at work, why, and what it concerns.

    The dates are kept apart: a yearly table goes by the first, the law's clocks by when the ward knew.
    """

    title = models.CharField("件名", max_length=200)
    kind = models.ForeignKey(IncidentKind, models.PROTECT, related_name="incidents", verbose_name="種別")
    # The department that reported it; all that share it are rows of `IncidentDepartment`.
    # Null: taken over from a table of a year, whose departments are gone or not known here.
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="incidents", verbose_name="報告した課"
    )
    status = models.CharField("状態", max_length=12, choices=IncidentStatus, default=IncidentStatus.REPORTED)
    occurred_on = PartialDateField("発生した日")
    noticed_on = PartialDateField("気付いた日", blank=True)
    department_knew_on = PartialDateField("所管課が知った日", blank=True)
    office_knew_on = PartialDateField("情報公開課が知った日", blank=True)
    published_on = PartialDateField("公表した日", blank=True)
    # In the words of the yearly table, without its month, （委託事業者） and （2名分）: those are facts of their own.
    summary = models.TextField("内容", validators=[long_text])
    cause = models.TextField("原因", blank=True, validators=[reason_text])
    cause_certainty = models.CharField("原因の確からしさ", max_length=12, choices=CauseCertainty, blank=True)
    actor = models.CharField("起こした者", max_length=16, choices=ActorKind, default=ActorKind.WARD)
    actor_note = models.CharField("起こした者の補足", max_length=80, blank=True)  # 区内病院
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="incidents", verbose_name="相手方の台帳"
    )
    data_items = models.TextField("個人情報の項目", blank=True, validators=[reason_text])
    has_special_care = models.BooleanField("要配慮個人情報", null=True, blank=True)  # null: not known yet
    has_my_number = models.BooleanField("特定個人情報", null=True, blank=True)
    recovery = models.CharField("回収の状況", max_length=16, choices=Recovery, blank=True)
    cancel_reason = models.TextField("取消の理由", blank=True, validators=[reason_text])
    lock = models.PositiveIntegerField("保存回数", default=0)
    token = models.UUIDField("送信票", unique=True, editable=False)
    source_note = models.CharField("出典・注記", max_length=300, blank=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = "事故"
        verbose_name_plural = "事故"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="incident_cancelled_has_reason",
                condition=~Q(status="cancelled") | ~Q(cancel_reason=""),
                violation_error_message="取消には、その理由が必要です。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The case's own page."""
        return reverse("view_incident", args=[self.pk])

    @classmethod
    def owned_by(cls, departments: Iterable[int]) -> Q:
        """Every department that shares the case sees it as its own."""
        shares = IncidentDepartment.objects.filter(department__in=departments, is_removed=False)
        return Q(department__in=departments) | Q(pk__in=shares.values("incident"))

    @property
    def actor_words(self) -> str:
        """「委託事業者（区内病院）」."""
        return f"{self.get_actor_display()}（{self.actor_note}）" if self.actor_note else self.get_actor_display()

    def clean(self) -> None:
        """The days in the order of things: occurred, noticed, known, published (ValidationError)."""
        known = [
            ("noticed_on", self.noticed_on, "occurred_on", self.occurred_on),
            ("department_knew_on", self.department_knew_on, "occurred_on", self.occurred_on),
            ("office_knew_on", self.office_knew_on, "occurred_on", self.occurred_on),
            ("published_on", self.published_on, "department_knew_on", self.department_knew_on),
            ("published_on", self.published_on, "occurred_on", self.occurred_on),
        ]
        wrong = {
            later: f"{self._label(later)}（{day.text}）が、{self._label(earlier)}（{before.text}）より前です。"
            for later, day, earlier, before in known
            if _is_before(day, before)
        }
        if self.occurred_on.is_blank:
            wrong["occurred_on"] = "発生した日を入力してください。年か月まででもかまいません。"
        if wrong:
            raise ValidationError(wrong)

    def _label(self, name: str) -> str:
        return str(self._meta.get_field(name).verbose_name)


def _is_before(day: PartialDate, other: PartialDate) -> bool:
    """Whether the whole of `day` lies before `other` begins; a month does not lie before a day in it."""
    if day.is_blank or other.is_blank or day.end is None or other.start is None:
        return False
    return day.end < other.start


class Part(models.TextChoices):
    """所管の役割."""

    OCCURRED = "occurred", "発生した課"
    ENTRUSTED = "entrusted", "委託元の課"
    SUPERVISES = "supervises", "指導監督する課"


class IncidentDepartment(DepartmentScoped, TrackedModel):
    """事故の所管: a department that shares the case, in the order of a joint report; its name stays as printed."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="departments", verbose_name="事故")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="shared_incidents", verbose_name="所管課"
    )
    name = models.CharField("課の名称（印字どおり）", max_length=80)
    part = models.CharField("役割", max_length=12, choices=Part, default=Part.OCCURRED)
    position = models.PositiveSmallIntegerField("連名の順", default=0)
    is_removed = models.BooleanField("取消し", default=False)

    class Meta:
        verbose_name = "事故の所管"
        verbose_name_plural = "事故の所管"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="incidentdepartment_once",
                fields=["incident", "name"],
                condition=Q(is_removed=False),
                violation_error_message="この課は、すでに入っています。",
            ),
        ]

    def __str__(self) -> str:
        return self.name
