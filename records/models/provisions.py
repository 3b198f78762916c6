"""外部提供: personal information given to others outside the ward (domain §1.6)."""

from django.db import models
from django.db.models import Q

from history.models import TrackedModel
from history.versions import VersionQuerySet
from records.models.parts import GROUND_CODES, WithGrounds, WithPartner, WithPeriod, period_constraints
from records.models.record_versions import RecordVersion, decided_has_day, version_constraints
from records.states import Status
from records.texts import long_text


class Provision(TrackedModel):
    """外部提供: what stays the same through every 変更."""

    token = models.UUIDField("送信票", unique=True, editable=False)

    class Meta:
        verbose_name = "外部提供"
        verbose_name_plural = "外部提供"

    def __str__(self) -> str:
        return f"外部提供{self.pk}"


class ProvisionVersion(WithPeriod, WithPartner, WithGrounds, RecordVersion):
    """外部提供記録票 (様式番号は仮): no source shows the form; its fields mirror 第3号様式 (domain §1.6)."""

    IDENTITY = "provision"
    CODE_LISTS = GROUND_CODES

    provision = models.ForeignKey(Provision, models.PROTECT, related_name="versions", verbose_name="外部提供")
    items = models.TextField("提供する個人情報の項目", blank=True, validators=[long_text])
    demanded_measures = models.TextField("提供先に求める保護措置", blank=True, validators=[long_text])

    objects = VersionQuerySet.as_manager()

    class Meta(RecordVersion.Meta):
        abstract = False
        verbose_name = "外部提供記録票"
        verbose_name_plural = "外部提供記録票"
        constraints = [
            *version_constraints("provision"),
            models.CheckConstraint(
                name="provisionversion_decided_has_number",
                condition=~Q(status=Status.DECIDED) | ~Q(consultation_number=""),
                violation_error_message="決定には、諮問番号が必要です。",
            ),
            decided_has_day("provisionversion_decided_has_day", "council_date"),
            *period_constraints("provision"),
        ]
