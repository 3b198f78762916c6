"""電算結合: linkages of the ward's computers with others (条例第17条、規則第11条・第5号様式)."""

from django.db import models
from django.db.models import F, Q

from common.fields import PartialDateField
from history.models import TrackedModel
from history.versions import VersionQuerySet
from records.models.outsourcings import Outsourcing
from records.models.parts import BACKWARDS_WORDS, WithPartner
from records.models.record_versions import RecordVersion, decided_has_day, version_constraints
from records.states import Status
from records.texts import long_text


class Linkage(TrackedModel):
    """電算結合: what stays the same through every 変更."""

    token = models.UUIDField("送信票", unique=True, editable=False)

    class Meta:
        verbose_name = "電算結合"
        verbose_name_plural = "電算結合"

    def __str__(self) -> str:
        return f"電算結合{self.pk}"


class LinkageVersion(WithPartner, RecordVersion):
    """電算結合記録票 (第5号様式), fields in the order of the sheet (domain §1.7)."""

    IDENTITY = "linkage"

    linkage = models.ForeignKey(Linkage, models.PROTECT, related_name="versions", verbose_name="電算結合")
    linked_on = PartialDateField("結合年月日", blank=True)
    changed_on = PartialDateField("結合変更年月日", blank=True)
    change_council_date = PartialDateField("変更の審議会の日付", blank=True)
    change_consultation_number = models.CharField("変更の諮問番号", max_length=20, blank=True)
    # 「令和6年1月初旬から令和6年3月31日まで」; the ward's own form has only the beginning.
    linked_until = PartialDateField("結合の末日", blank=True)
    linkage_form = models.TextField("結合の形態", blank=True, validators=[long_text])
    # The linkage runs over what another department has outsourced (0102-01: 住民情報システムの運用).
    over_outsourcing = models.ForeignKey(
        Outsourcing, models.PROTECT, null=True, blank=True, related_name="linkages", verbose_name="経由する外部委託"
    )
    provided_items = models.TextField("提供する管理個人情報", blank=True, validators=[long_text])
    received_items = models.TextField("提供を受ける個人情報", blank=True, validators=[long_text])

    objects = VersionQuerySet.as_manager()

    class Meta(RecordVersion.Meta):
        abstract = False
        verbose_name = "電算結合記録票"
        verbose_name_plural = "電算結合記録票"
        constraints = [
            *version_constraints("linkage"),
            models.CheckConstraint(
                name="linkageversion_decided_has_number",
                condition=~Q(status=Status.DECIDED) | ~Q(consultation_number="") | ~Q(change_consultation_number=""),
                violation_error_message="決定には、諮問番号が必要です。",
            ),
            decided_has_day("linkageversion_decided_has_day", "council_date", "change_council_date"),
            models.CheckConstraint(
                name="linkageversion_period_in_order",
                condition=Q(linked_on__start="")
                | Q(linked_until__end="")
                | Q(linked_on__start__lte=F("linked_until__end")),
                violation_error_message=BACKWARDS_WORDS,
            ),
        ]
