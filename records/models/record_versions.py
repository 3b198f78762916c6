"""記録票: what all kinds of records share."""

from collections.abc import Iterable
from functools import reduce
from operator import and_

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from common.fields import PartialDateField
from common.rows import Column, RowsField
from history.versions import VersionModel
from organization.scoping import DepartmentScoped
from records.models.proposals import Proposal
from records.states import SETTLED, UNDECIDED, WAITING, Route, Status
from records.texts import long_text, reason_text
from registry.models import Activity

# 根拠文書: what obliges or allows, as the ward received it (死産届: 東京都の事務連絡; domain §5.3-4).
GROUND_DOCUMENTS = (
    Column("issued_by", "発出元"),
    Column("number", "文書番号"),
    Column("dated", "日付", is_date=True),
    Column("subject", "件名", needed=True),
    Column("article", "条"),
    Column("force", "義務・できる規定", choices={"duty": "義務", "discretion": "できる規定"}),
)


class RecordVersion(DepartmentScoped, VersionModel):
    """記録票の版: one state of a record as its sheet prints it; names stand as they were typed."""

    # Name of the foreign key to what the record is a version of; set by each kind.
    IDENTITY: str

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="%(class)ss", verbose_name="案件")
    position = models.PositiveSmallIntegerField("案件の中の順", default=0)
    # A copy of the proposal's state, kept in step by records.services.states: constraints and lists need it here.
    status = models.CharField("状態", max_length=16, choices=Status, default=Status.DRAFT)
    route = models.CharField("審議会への経路", max_length=16, choices=Route, default=Route.CONSULTATION)
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name="業務"
    )
    activity_number = models.CharField("業務登録番号", max_length=40, blank=True)
    department_name = models.CharField("所管課名", max_length=200, blank=True)
    activity_name = models.CharField("業務の名称", max_length=200, blank=True)
    purpose = models.TextField("目的", blank=True, validators=[long_text])
    # 審議会の日付・諮問番号: written by the decision; before it, the blank template as the sheet has it.
    council_date = PartialDateField("審議会の日付", blank=True)
    consultation_number = models.CharField("諮問番号", max_length=20, blank=True)
    reported_on = models.DateField("審議会への報告日", null=True, blank=True)
    responsible = models.CharField("個人情報保護管理責任者", max_length=100, blank=True)
    ground_documents = RowsField("根拠文書", GROUND_DOCUMENTS)
    # 終了: such a version ends the one that it replaces after this day, and is itself never in force.
    ends_on = models.DateField("終了する日", null=True, blank=True)
    end_reason = models.TextField("終了の理由", blank=True, validators=[reason_text])

    class Meta(VersionModel.Meta):
        abstract = True
        ordering = ["position", "pk"]
        # What the lists count and order by, so that they need not read the long texts of every row.
        indexes = [models.Index(name="%(class)s_list", fields=["valid_from", "valid_to", "activity"])]

    def __str__(self) -> str:
        return self.activity_name or f"{self._meta.verbose_name}（業務未選択）"

    def get_absolute_url(self) -> str:
        """The record's own page."""
        return reverse(f"view_{self._meta.model_name}", args=[self.pk])

    @classmethod
    def owned_by(cls, departments: Iterable[int]) -> Q:
        """A record belongs to the department of its proposal."""
        return Q(proposal__department__in=departments)

    @classmethod
    def shared_with(cls, departments: Iterable[int]) -> Q:
        """Records that have been in force are open to all staff."""
        return Q(valid_from__isnull=False)

    def clean(self) -> None:
        """Only codes that the form knows (ValidationError by field)."""
        super().clean()
        for name, words in self.CODE_LISTS.items():
            if unknown := set(getattr(self, name)) - set(words):
                raise ValidationError({name: f"様式にない値です：{'、'.join(sorted(map(str, unknown)))}"})

    @property
    def is_change(self) -> bool:
        """変更: whether this version follows an earlier one."""
        return self.replaces_id is not None

    @property
    def is_end(self) -> bool:
        """終了: whether this version takes the one before it out of force."""
        return self.ends_on is not None


def end_in_effect() -> Q:
    """終了が効いている: settled, or accepted to be reported, as with a case that is in force before its report."""
    return Q(ends_on__isnull=False) & (Q(status__in=SETTLED) | Q(status__in=WAITING, route=Route.REPORT))


def decided_has_day(name: str, *days: str) -> models.BaseConstraint:
    """決定 has 審議会の日付, in the bracket of the first decision or of the change; beside the number."""
    without = [Q(**{f"{day}__start": ""}) for day in days]
    return models.CheckConstraint(
        name=name,
        condition=~Q(status=Status.DECIDED) | ~reduce(and_, without),
        violation_error_message="決定には、審議会の日付が必要です。",
    )


def version_constraints(identity: str) -> list[models.BaseConstraint]:
    """The rules that the database keeps for every kind of record; `identity` names its foreign key."""
    return [
        *VersionModel.Meta.constraints,
        models.UniqueConstraint(
            name="%(class)s_one_undecided",
            fields=[identity],
            condition=Q(status__in=UNDECIDED, valid_from__isnull=True),
            violation_error_message="この記録には手続中の変更があります。",
        ),
        models.UniqueConstraint(
            name="%(class)s_one_without_end",
            fields=[identity],
            condition=Q(valid_from__isnull=False, valid_to__isnull=True),
            violation_error_message="この記録には、終わりのない版がすでにあります。",
        ),
        models.UniqueConstraint(
            name="%(class)s_one_start",
            fields=[identity, "valid_from"],
            violation_error_message="この記録には、同じ日に始まる版がすでにあります。",
        ),
        models.CheckConstraint(
            name="%(class)s_settled_has_start",
            condition=~Q(status__in=SETTLED) | Q(valid_from__isnull=False) | Q(ends_on__isnull=False),
            violation_error_message="決定、報告または届出には、効力の始まる日が必要です。",
        ),
        models.CheckConstraint(
            name="%(class)s_in_force_by_decision",
            # In force: decided, reported, notified, or accepted under a pre-approval criterion from its 適用日.
            condition=Q(valid_from__isnull=True) | Q(status__in=SETTLED) | Q(status__in=WAITING, route=Route.REPORT),
            violation_error_message="決定または受理の前に、効力の始まる日は入りません。",
        ),
        models.CheckConstraint(
            name="%(class)s_end_of_another",
            condition=Q(ends_on__isnull=True) | Q(replaces__isnull=False, valid_from__isnull=True),
            violation_error_message="終了は、効力のある記録票を終わらせるもので、それ自体に効力はありません。",
        ),
    ]
