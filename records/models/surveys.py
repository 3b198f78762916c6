"""状況調査: once a year the departments say how often and for how many persons each use and provision took place.

That a 状況調査票 exists is known (監査項目カ); its form number and its fields are not (domain §1.2), so these are the
office's own, and the sheet says that they are provisional.
"""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from common import fiscal_year
from history.models import TrackedModel, TrackedQuerySet
from organization.models import Department
from organization.scoping import DepartmentScoped
from records.models.out_of_purpose import OutOfPurposeUse
from records.models.proposals import ShownState
from records.models.provisions import Provision

MOST_PERSONS = 9_999_999_999
MOST_TIMES = 999_999_999


class SurveyPolicyQuerySet(TrackedQuerySet):
    """Reads of the policies."""

    def as_of(self, day: date) -> Self:
        """基準日: the policy in force on `day`; at most one while the periods do not overlap."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day))


class SurveyPolicy(TrackedModel):
    """状況調査の方針: from which difference to last year's figure a word of reason is asked for."""

    valid_from = models.DateField("適用開始日", null=True, blank=True, help_text="空欄は「はじめから」です。")
    valid_to = models.DateField("適用終了日の翌日", null=True, blank=True)  # first day no longer in force
    jump_percent = models.PositiveSmallIntegerField(
        "理由を求める増減の割合（％）",
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
        help_text="前年度の延べ人数とくらべて、これをこえる増減に理由を求めます。",
    )
    basis = models.CharField("根拠", max_length=200, help_text="要綱、決裁などの名称")

    objects = SurveyPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = "状況調査の方針"
        verbose_name_plural = "状況調査の方針"
        ordering = [F("valid_from").asc(nulls_first=True)]
        constraints = [
            models.CheckConstraint(
                name="surveypolicy_period_is_not_empty",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="適用終了日は適用開始日より後の日にしてください。",
            ),
            models.CheckConstraint(
                name="surveypolicy_jump_is_positive",
                condition=Q(jump_percent__gt=0),
                violation_error_message="割合は1以上にしてください。",
            ),
            models.UniqueConstraint(
                name="surveypolicy_one_per_start",
                fields=["valid_from"],
                violation_error_message="同じ日に始まる方針がすでにあります。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jump_percent}％をこえる増減"

    def clean(self) -> None:
        """Periods must not overlap (ValidationError)."""
        later = Q(valid_from=None) | Q(valid_from__lt=self.valid_to) if self.valid_to else Q()
        earlier = Q(valid_to=None) | Q(valid_to__gt=self.valid_from) if self.valid_from else Q()
        if SurveyPolicy.objects.filter(later, earlier).exclude(pk=self.pk).exists():
            raise ValidationError({"valid_from": "ほかの方針と、適用する期間が重なっています。"})


class SurveyStatus(models.TextChoices):
    """状況調査の状態."""

    OPEN = "open", "実施中"
    CLOSED = "closed", "締切済"


class Survey(TrackedModel):
    """状況調査: the yearly campaign of one fiscal year, opened and closed by the office."""

    fiscal_year = models.PositiveSmallIntegerField("年度", unique=True)
    status = models.CharField("状態", max_length=8, choices=SurveyStatus, default=SurveyStatus.OPEN)
    opened_on = models.DateField("開始日")
    due_on = models.DateField("回答期限")
    closed_on = models.DateField("締め切った日", null=True, blank=True)
    token = models.UUIDField("送信票", unique=True, editable=False)
    source_note = models.CharField("出典・注記", max_length=300, blank=True)

    class Meta:
        verbose_name = "状況調査"
        verbose_name_plural = "状況調査"
        ordering = ["-fiscal_year"]
        constraints = [
            models.CheckConstraint(
                name="survey_due_after_opening",
                condition=Q(due_on__gte=F("opened_on")),
                violation_error_message="回答期限は、開始日より前にはできません。",
            ),
            models.CheckConstraint(
                name="survey_closed_has_day",
                condition=Q(status=SurveyStatus.OPEN, closed_on__isnull=True)
                | Q(status=SurveyStatus.CLOSED, closed_on__isnull=False, closed_on__gte=F("opened_on")),
                violation_error_message="締め切った調査には、開始日以後の締め切った日が必要です。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year_label}の状況調査"

    def get_absolute_url(self) -> str:
        """The campaign's own page."""
        return reverse("view_survey", args=[self.pk])

    @property
    def year_label(self) -> str:
        """「令和3年度」."""
        return fiscal_year.label(self.fiscal_year)

    @property
    def shown_state(self) -> ShownState:
        """The state as pages show it."""
        return ShownState("in_force" if self.status == SurveyStatus.OPEN else "ended", self.get_status_display())


class SheetStatus(models.TextChoices):
    """状況調査票の状態."""

    DRAFT = "draft", "回答中"
    SUBMITTED = "submitted", "提出済"
    UNANSWERED = "unanswered", "未提出のまま締切"


class SurveySheet(DepartmentScoped, TrackedModel):
    """状況調査票: the answer of one department; it keeps the department's name, whoever answers for it later."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="sheets", verbose_name="状況調査")
    department = models.ForeignKey(Department, models.PROTECT, related_name="survey_sheets", verbose_name="所管課")
    status = models.CharField("状態", max_length=12, choices=SheetStatus, default=SheetStatus.DRAFT)
    submitted_on = models.DateField("提出日", null=True, blank=True)
    return_reason = models.TextField("返却の理由", blank=True)
    reminded_on = models.DateField("督促した日", null=True, blank=True)

    class Meta:
        verbose_name = "状況調査票"
        verbose_name_plural = "状況調査票"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="surveysheet_one_a_department", fields=["survey", "department"]),
            models.CheckConstraint(
                name="surveysheet_submitted_has_day",
                condition=Q(status=SheetStatus.SUBMITTED, submitted_on__isnull=False)
                | (~Q(status=SheetStatus.SUBMITTED) & Q(submitted_on__isnull=True)),
                violation_error_message="提出した調査票だけが、提出日をもちます。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey.year_label}　{self.department.full_name}"

    def get_absolute_url(self) -> str:
        """The sheet's own page."""
        return reverse("view_surveysheet", args=[self.pk])

    @property
    def shown_state(self) -> ShownState:
        """The state as pages show it: what came back says so."""
        if self.status == SheetStatus.DRAFT and self.return_reason:
            return ShownState("returned", "返却")
        code = "ended" if self.status == SheetStatus.UNANSWERED else self.status
        return ShownState(code, self.get_status_display())


class SurveyRow(TrackedModel):
    """状況調査票の行: one use or provision that was in force in the year, with the names of that time."""

    # A copy of the sheet's: one row a record in the whole campaign is a rule of one table.
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="rows", verbose_name="状況調査")
    sheet = models.ForeignKey(SurveySheet, models.PROTECT, related_name="rows", verbose_name="状況調査票")
    position = models.PositiveIntegerField("順", default=0)
    use = models.ForeignKey(
        OutOfPurposeUse, models.PROTECT, null=True, blank=True, related_name="survey_rows", verbose_name="目的外利用"
    )
    provision = models.ForeignKey(
        Provision, models.PROTECT, null=True, blank=True, related_name="survey_rows", verbose_name="外部提供"
    )
    activity_number = models.CharField("業務登録番号", max_length=40, blank=True)
    activity_name = models.CharField("業務の名称", max_length=200, blank=True)
    counterpart = models.CharField("提供する業務・提供先", max_length=420, blank=True)
    grounds = models.CharField("根拠", max_length=600, blank=True)
    starts_on = models.DateField("効力の始まった日")
    # 監査項目カ asks of what rests on another ground than 本人の同意; the others are listed apart.
    by_consent = models.BooleanField("本人の同意だけによる", default=False)
    # False: a correction after the opening took the record out of the year; kept, not counted.
    in_scope = models.BooleanField("調査の対象", default=True)
    persons = models.PositiveBigIntegerField(
        "延べ人数", null=True, blank=True, validators=[MaxValueValidator(MOST_PERSONS)]
    )
    times = models.PositiveIntegerField("回数", null=True, blank=True, validators=[MaxValueValidator(MOST_TIMES)])
    ended_on = models.DateField("終了した日", null=True, blank=True)
    note = models.CharField("備考", max_length=200, blank=True)
    jump_reason = models.CharField("増減の理由", max_length=200, blank=True)
    lock = models.PositiveIntegerField("保存回数", default=0)

    class Meta:
        verbose_name = "状況調査票の行"
        verbose_name_plural = "状況調査票の行"
        ordering = ["by_consent", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="surveyrow_of_one_record",
                condition=Q(use__isnull=False, provision__isnull=True) | Q(use__isnull=True, provision__isnull=False),
                violation_error_message="目的外利用か外部提供の、どちらか一つの行です。",
            ),
            models.UniqueConstraint(name="surveyrow_one_a_use", fields=["survey", "use"]),
            models.UniqueConstraint(name="surveyrow_one_a_provision", fields=["survey", "provision"]),
            models.CheckConstraint(
                name="surveyrow_ends_after_start",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts_on")),
                violation_error_message="終了した日は、効力の始まった日より前にはできません。",
            ),
            models.CheckConstraint(
                name="surveyrow_counts_within_reach",
                condition=(Q(persons__isnull=True) | Q(persons__lte=MOST_PERSONS))
                & (Q(times__isnull=True) | Q(times__lte=MOST_TIMES)),
                violation_error_message="延べ人数または回数が大きすぎます。",
            ),
        ]

    def __str__(self) -> str:
        return self.activity_name or "（業務の名称なし）"

    @property
    def kind_label(self) -> str:
        """「目的外利用」 or 「外部提供」."""
        return str(OutOfPurposeUse._meta.verbose_name if self.use_id else Provision._meta.verbose_name)
