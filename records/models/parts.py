"""記録票の部分: groups of fields that several kinds of records share, and the columns of their numbered rows."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q

from common.fields import PartialDateField
from common.rows import Column, RowsField
from common.volumes import validate_volume
from records.models.criteria import Criterion
from records.models.grounds import ActGround, Ground, UseForm
from records.models.partners import Partner
from records.states import FINAL
from records.texts import long_text
from registry.kinds import ItemKind

# 再委託: who does which part for the partner, and since when the ward allows it.
SUBCONTRACTS = (
    Column("name", "再委託先", needed=True),
    Column("work", "再委託する業務", needed=True),
    Column("permitted_on", "承諾日", is_date=True),
)
# The partners behind the partner; a class such as 各金融機関 is a name too (資料: 財産調査システム).
ONWARD_PARTNERS = (
    Column("role", "区別", needed=True, choices={"via": "経由", "final": "最終提供先"}),
    Column("name", "名称（各金融機関のような総称も可）", needed=True),
    Column("note", "説明"),
)
# ＜事務処理の流れ＞: the numbers are those of the figure.
FLOW_STEPS = (Column("step", "処理", needed=True),)

# One alternative, whole: 「…から…まで」 or 「…以降継続」 (domain §1.5-8).
EXACTLY_ONE_PERIOD = (~Q(period_from__start="") & ~Q(period_to__end="") & Q(continues_from__start="")) | (
    Q(period_from__start="") & Q(period_to__start="") & ~Q(continues_from__start="")
)
ONE_PERIOD_WORDS = "期間と「以降継続」は一方だけを記入してください。"
BACKWARDS_WORDS = "期間の末日は、初日より前にはできません。"


class WithPeriod(models.Model):
    """期間: from the first to the last day, or without an end."""

    period_from = PartialDateField("利用期間の初日", blank=True)
    period_to = PartialDateField("利用期間の末日", blank=True)
    continues_from = PartialDateField("以降継続の初日", blank=True)

    class Meta:
        abstract = True


class WithPartner(models.Model):
    """相手方: somebody outside the ward, with those behind them; the record keeps the name as printed."""

    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name="相手方の台帳"
    )
    partner_name = models.CharField("相手方の名称", max_length=200, blank=True)
    partner_address = models.CharField("相手方の住所", max_length=300, blank=True)
    onward_partners = RowsField("経由・最終提供先", ONWARD_PARTNERS)
    flow_steps = RowsField("事務処理の流れ", FLOW_STEPS)
    volume = models.CharField("件数・人数", max_length=100, blank=True, validators=[validate_volume])
    # 「次年度以降も、同様の外部結合を行う。」: the period is written out, and yet it goes on.
    continuing_clause = models.CharField("継続の定め", max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def partner_is_open(self) -> bool:
        """未定: no partner yet, but how one will be chosen (「未定(…公募型プロポーザルにより決定する。)」)."""
        return self.partner_name.strip().startswith("未定")


class WithGrounds(models.Model):
    """種別・根拠・形態: what a use for another purpose and a provision to others both tick."""

    kinds = models.JSONField("記録の種別", default=list, blank=True)
    kinds_other = models.CharField("種別のその他の内容", max_length=100, blank=True)
    grounds = models.JSONField("根拠", default=list, blank=True)
    ground_law = models.CharField("根拠法令等", max_length=200, blank=True)
    ground_reason = models.TextField("相当の理由・特別の理由", blank=True, validators=[long_text])
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name="事前一括承認基準"
    )
    # Printed 「（４　１）」: the second figure is the 類型; the first is not explained by any source (domain §1.5).
    criterion_article = models.PositiveSmallIntegerField("承認基準の番号", null=True, blank=True)
    criterion_type = models.PositiveSmallIntegerField("類型", null=True, blank=True)
    use_forms = models.JSONField("形態", default=list, blank=True)
    use_forms_other = models.CharField("形態のその他の内容", max_length=100, blank=True)
    applied_on = PartialDateField("適用日", blank=True)

    class Meta:
        abstract = True


GROUND_CODES = {
    "kinds": {kind.value: kind.short for kind in ItemKind},
    "grounds": dict(Ground.choices) | dict(ActGround.choices),
    "use_forms": dict(UseForm.choices),
}


def period_constraints(prefix: str) -> Iterable[models.BaseConstraint]:
    """The rules that the database keeps for a period; `prefix` begins their names."""
    yield models.CheckConstraint(
        name=f"{prefix}_exactly_one_period",
        condition=~Q(status__in=FINAL) | EXACTLY_ONE_PERIOD,
        violation_error_message=ONE_PERIOD_WORDS,
    )
    yield models.CheckConstraint(
        name=f"{prefix}_period_in_order",
        condition=Q(period_from__start="") | Q(period_to__end="") | Q(period_from__start__lte=F("period_to__end")),
        violation_error_message=BACKWARDS_WORDS,
    )
