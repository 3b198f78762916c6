"""目的外利用: uses of personal information by another business of the ward (規則第8条・第3号様式)."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q

from common.fields import PartialDateField
from history.models import TrackedModel
from history.versions import VersionQuerySet
from organization.models import Department
from records.models.record_versions import RecordVersion, version_constraints
from records.states import FINAL, Status
from registry.kinds import ItemKind
from registry.models import Activity


class OutOfPurposeUse(TrackedModel):
    """目的外利用: what stays the same through every 変更."""

    token = models.UUIDField("送信票", unique=True, editable=False)

    class Meta:
        verbose_name = "目的外利用"
        verbose_name_plural = "目的外利用"

    def __str__(self) -> str:
        return f"目的外利用{self.pk}"


class Ground(models.TextChoices):
    """目的外利用の根拠; the form's own words (domain §1.5-10)."""

    CONSENT = "consent", "本人の同意"
    LAW = "law", "法令等に定めがある"
    PUBLIC = "public", "出版、報道等により公にされている"
    EMERGENCY = "emergency", "緊急かつやむをえないと認められる"
    STATISTICS = "statistics", "専ら統計作成のため、本人の権利利益を不当に侵害するおそれがない"
    COUNCIL = "council", "審議会事項"
    PREAPPROVED = "preapproved", "審議会事前一括承認基準"


class UseForm(models.TextChoices):
    """目的外利用の形態 (domain §1.5-11)."""

    VIEWING = "viewing", "閲覧・転記"
    DOCUMENT = "document", "文書"
    DRAWING = "drawing", "図画"
    FILM = "film", "フィルム"
    MAGNETIC = "magnetic", "磁気ディスク等"
    COMPUTER = "computer", "電算処理"
    OTHER = "other", "その他"


class Confirmation(models.TextChoices):
    """提供課の確認: what the providing department answered."""

    PENDING = "pending", "未回答"
    CONFIRMED = "confirmed", "確認済"
    OBJECTED = "objected", "異議あり"


# One alternative, whole: 「…から…まで」 or 「…以降継続」 (domain §1.5-8).
EXACTLY_ONE_PERIOD = (~Q(period_from__start="") & ~Q(period_to__end="") & Q(continues_from__start="")) | (
    Q(period_from__start="") & Q(period_to__start="") & ~Q(continues_from__start="")
)


class OutOfPurposeUseVersion(RecordVersion):
    """目的外利用記録票 (第3号様式), fields in the order of the sheet (domain §1.5); kept by the using department."""

    IDENTITY = "use"
    CODE_LISTS = {
        "kinds": {kind.value: kind.short for kind in ItemKind},
        "grounds": dict(Ground.choices),
        "use_forms": dict(UseForm.choices),
    }

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
    period_from = PartialDateField("利用期間の初日", blank=True)
    period_to = PartialDateField("利用期間の末日", blank=True)
    continues_from = PartialDateField("以降継続の初日", blank=True)
    kinds = models.JSONField("記録の種別", default=list, blank=True)
    kinds_other = models.CharField("種別のその他の内容", max_length=100, blank=True)
    grounds = models.JSONField("根拠", default=list, blank=True)
    ground_law = models.CharField("根拠法令等", max_length=200, blank=True)
    # Printed 「（４　１）」: the second figure is the 類型; the first is not explained by any source (domain §1.5).
    criterion_article = models.PositiveSmallIntegerField("承認基準の番号", null=True, blank=True)
    criterion_type = models.PositiveSmallIntegerField("類型", null=True, blank=True)
    use_forms = models.JSONField("形態", default=list, blank=True)
    use_forms_other = models.CharField("形態のその他の内容", max_length=100, blank=True)
    applied_on = PartialDateField("適用日", blank=True)
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
            models.CheckConstraint(
                name="outofpurposeuse_exactly_one_period",
                condition=~Q(status__in=FINAL) | EXACTLY_ONE_PERIOD,
                violation_error_message="期間と「以降継続」は一方だけを記入してください。",
            ),
            models.CheckConstraint(
                name="outofpurposeuse_period_in_order",
                condition=Q(period_from__start="")
                | Q(period_to__end="")
                | Q(period_from__start__lte=F("period_to__end")),
                violation_error_message="期間の末日は、初日より前にはできません。",
            ),
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
