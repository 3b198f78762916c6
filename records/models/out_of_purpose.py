"""目的外利用: uses of personal information by another business of the ward (規則第8条・第3号様式)."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from history.models import TrackedModel
from history.versions import VersionQuerySet
from organization.models import Department
from records.models.grounds import Ground, UseForm
from records.models.parts import GROUND_CODES, WithGrounds, WithPeriod, period_constraints
from records.models.record_versions import RecordVersion, decided_has_day, version_constraints
from records.states import FINAL, Status
from registry.models import Activity

__all__ = ["Confirmation", "Ground", "OutOfPurposeUse", "OutOfPurposeUseVersion", "UseForm"]


class OutOfPurposeUse(TrackedModel):
    """目的外利用: what stays the same through every 変更."""

    token = models.UUIDField("送信票", unique=True, editable=False)

    class Meta:
        verbose_name = "目的外利用"
        verbose_name_plural = "目的外利用"

    def __str__(self) -> str:
        return f"目的外利用{self.pk}"


class Confirmation(models.TextChoices):
    """提供課の確認: what the providing department answered."""

    PENDING = "pending", "未回答"
    CONFIRMED = "confirmed", "確認済"
    OBJECTED = "objected", "異議あり"


class OutOfPurposeUseVersion(WithPeriod, WithGrounds, RecordVersion):
    """目的外利用記録票 (第3号様式), fields in the order of the sheet (domain §1.5); kept by the using department."""

    IDENTITY = "use"
    CODE_LISTS = GROUND_CODES

    use = models.ForeignKey(OutOfPurposeUse, models.PROTECT, related_name="versions", verbose_name="目的外利用")
    providing_activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="provisions", verbose_name="目的外利用させる業務"
    )
    providing_number = models.CharField("目的外利用させる業務登録番号", max_length=40, blank=True)
    providing_department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="provisions", verbose_name="提供する課"
    )
    providing_department_name = models.CharField("目的外利用させる所管課名", max_length=200, blank=True)
    providing_activity_name = models.CharField("目的外利用させる業務の名称", max_length=200, blank=True)
    confirmation = models.CharField("提供課の確認", max_length=12, choices=Confirmation, default=Confirmation.PENDING)
    confirmation_note = models.TextField("提供課の意見", blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta(RecordVersion.Meta):
        abstract = False
        verbose_name = "目的外利用記録票"
        verbose_name_plural = "目的外利用記録票"
        constraints = [
            *version_constraints("use"),
            models.CheckConstraint(
                name="outofpurposeuse_decided_has_number",
                condition=~Q(status=Status.DECIDED) | ~Q(consultation_number=""),
                violation_error_message="決定には、諮問番号が必要です。",
            ),
            decided_has_day("outofpurposeuse_decided_has_day", "council_date"),
            *period_constraints("outofpurposeuse"),
        ]

    @classmethod
    def shared_with(cls, departments: Iterable[int]) -> Q:
        """Also the providing department, from submission on."""
        return super().shared_with(departments) | cls.shown_to_provider(departments)

    @classmethod
    def shown_to_provider(cls, departments: Iterable[int]) -> Q:
        """The submitted rows in which one of `departments` shall provide.

        A file withdrawn after it was submitted stays in sight; one that never left the using department, or a sheet
        taken out of its draft, never comes into it.
        """
        was_submitted = Q(proposal__status=Status.WITHDRAWN, proposal__form_date__isnull=False)
        return Q(providing_department__in=departments) & (Q(status__in=FINAL) | was_submitted)

    @classmethod
    def provided_by(cls, departments: Iterable[int]) -> Q:
        """The rows in which one of `departments` shall provide."""
        return Q(providing_department__in=departments)
