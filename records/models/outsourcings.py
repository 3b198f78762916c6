"""外部委託: work on personal information done by others for the ward (条例第13条、規則第6条; domain §1.8)."""

from django.db import models
from django.db.models import Q

from common.fields import PartialDateField
from common.rows import RowsField
from history.models import TrackedModel
from history.versions import VersionQuerySet
from records.models.parts import SUBCONTRACTS, WithPartner, WithPeriod, period_constraints
from records.models.record_versions import RecordVersion, decided_has_day, version_constraints
from records.states import Status
from records.texts import long_text


class Outsourcing(TrackedModel):
    """外部委託: what stays the same through every 変更; its number is that of the business (domain §1.3)."""

    token = models.UUIDField("送信票", unique=True, editable=False)

    class Meta:
        verbose_name = "外部委託"
        verbose_name_plural = "外部委託"

    def __str__(self) -> str:
        version = self.versions.order_by("-valid_from", "-pk").first()
        return str(version.subject or version) if version else f"外部委託{self.pk}"


class Renewal(models.TextChoices):
    """契約の更新."""

    NONE = "none", "更新しない"
    YEARLY = "yearly", "年度ごとに契約する"
    AUTOMATIC = "automatic", "自動更新"


class OutsourcingVersion(WithPeriod, WithPartner, RecordVersion):
    """外部委託記録票 (様式番号は仮). Its fields are those of the ward's papers on outsourcing (domain §1.8, §6.4)."""

    IDENTITY = "outsourcing"

    outsourcing = models.ForeignKey(Outsourcing, models.PROTECT, related_name="versions", verbose_name="外部委託")
    subject = models.CharField("件名", max_length=200, blank=True)
    work = models.TextField("委託内容", blank=True, validators=[long_text])
    items = models.TextField("取り扱う個人情報", blank=True, validators=[long_text])
    media = models.CharField("記録媒体", max_length=200, blank=True)
    protection = models.TextField("個人情報の保護", blank=True, validators=[long_text])
    subcontracts = RowsField("再委託", SUBCONTRACTS)
    contract_number = models.CharField("契約番号", max_length=100, blank=True)
    contract_from = PartialDateField("契約期間の初日", blank=True)
    contract_to = PartialDateField("契約期間の末日", blank=True)
    contract_renewal = models.CharField("契約の更新", max_length=12, choices=Renewal, blank=True)
    contract_method = models.CharField("契約方法", max_length=100, blank=True)
    clauses_signed_on = PartialDateField("特記事項の締結日", blank=True)
    return_certificate_on = PartialDateField("返還・廃棄の証明書の日付", blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta(RecordVersion.Meta):
        abstract = False
        verbose_name = "外部委託記録票"
        verbose_name_plural = "外部委託記録票"
        constraints = [
            *version_constraints("outsourcing"),
            models.CheckConstraint(
                name="outsourcingversion_decided_has_number",
                condition=~Q(status=Status.DECIDED) | ~Q(consultation_number=""),
                violation_error_message="決定には、諮問番号が必要です。",
            ),
            decided_has_day("outsourcingversion_decided_has_day", "council_date"),
            *period_constraints("outsourcing"),
        ]
