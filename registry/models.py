"""業務登録: the businesses of the ward that handle personal information (条例第10条, domain §1.4)."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from common.business_number import BusinessNumberError, parse, validate_business_number
from common.fields import PartialDateField
from common.persons import validate_persons
from files.models import Scan
from history.models import TrackedModel, TrackedQuerySet
from history.versions import VersionModel, VersionQuerySet
from organization.models import Department
from organization.scoping import DepartmentScoped
from registry.kinds import ItemKind


class ActivityStatus(models.TextChoices):
    """業務登録の状態."""

    DRAFT = "draft", "下書き"
    SUBMITTED = "submitted", "提出済"
    REGISTERED = "registered", "登録済"
    WITHDRAWN = "withdrawn", "取下げ"


OTHER_NUMBER = "この業務の業務登録番号は %s です。登録した番号は変えられません。"
UNDECIDED = [ActivityStatus.DRAFT, ActivityStatus.SUBMITTED]


class Activity(DepartmentScoped, TrackedModel):
    """業務: what stays the same through every 変更; records and files point here."""

    # Four businesses of the sources have none: the number comes with the registration, or later (domain §1.3).
    number = models.CharField(
        "業務登録番号",
        max_length=7,
        null=True,
        blank=True,
        unique=True,
        validators=[validate_business_number],
        error_messages={"unique": "この業務登録番号は、ほかの業務に付いています。"},
    )
    token = models.UUIDField("送信票", unique=True, editable=False)

    class Meta:
        verbose_name = "業務"
        verbose_name_plural = "業務"

    def __str__(self) -> str:
        return self.number or f"番号未定の業務（{self.pk}）"

    @classmethod
    def owned_by(cls, departments: Iterable[int]) -> Q:
        """The businesses with a version of one of `departments`."""
        return Q(pk__in=ActivityVersion.objects.filter(department__in=departments).values("activity"))

    @classmethod
    def shared_with(cls, departments: Iterable[int]) -> Q:
        """Registered businesses are open to all staff."""
        return Q(pk__in=ActivityVersion.objects.filter(status=ActivityStatus.REGISTERED).values("activity"))


class ActivityVersionQuerySet(VersionQuerySet):
    """Reads of 業務登録."""

    def latest_of_each(self) -> "ActivityVersionQuerySet":
        """One version a business, the one a list shows: in force or last in force, else the undecided one."""
        newer = ActivityVersion.objects.filter(activity=models.OuterRef("activity")).order_by(
            models.Case(
                models.When(status=ActivityStatus.REGISTERED, then=0),
                models.When(status=ActivityStatus.WITHDRAWN, then=2),
                default=1,
            ),
            "-valid_from",
            "-pk",
        )
        return self.filter(pk=models.Subquery(newer.values("pk")[:1]))

    def with_first_registered_on(self) -> Self:
        """登録年月日: each knows as `first_registered_on` the day on which its business was first registered.

        A change's own `registered_on` is the day of that change. None for a business never registered.
        """
        first = ActivityVersion.objects.filter(
            activity=models.OuterRef("activity"), status=ActivityStatus.REGISTERED, replaces__isnull=True
        )
        return self.annotate(first_registered_on=models.Subquery(first.values("registered_on")[:1]))


class Collection(models.TextChoices):
    """収集の方法."""

    PERSON = "person", "本人から"
    OTHERS = "others", "本人以外から"


class ActivityVersion(DepartmentScoped, VersionModel):
    """業務登録: one state of a 業務, in force for a period."""

    first_registered_on: date | None  # with_first_registered_on

    CODE_LISTS = {
        "item_kinds": {kind.value: kind.short for kind in ItemKind},
        "collected_from": dict(Collection.choices),
    }

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="versions", verbose_name="業務")
    status = models.CharField("状態", max_length=12, choices=ActivityStatus, default=ActivityStatus.DRAFT)
    number_as_printed = models.CharField(
        "業務登録番号（表記のまま）", max_length=40, blank=True, help_text="登録前は空欄で構いません。"
    )
    name = models.CharField("業務の名称", max_length=200)
    purpose = models.TextField("業務の目的", blank=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="activity_versions", verbose_name="所管課")
    responsible = models.CharField(
        "個人情報保護管理責任者", max_length=100, blank=True, help_text="職名だけを書きます。"
    )
    subjects = models.TextField("対象者（個人の範囲）", blank=True)
    persons = models.CharField(
        "対象者の人数",
        max_length=60,
        blank=True,
        validators=[validate_persons],
        help_text="1,234人、約1,200人、900〜1,100人、1,000人以上、不明など",
    )
    # The bounds between which the number typed above lies, both inclusive; null where there is none.
    persons_lowest = models.PositiveIntegerField("対象者の人数（下限）", null=True, blank=True, editable=False)
    persons_highest = models.PositiveIntegerField("対象者の人数（上限）", null=True, blank=True, editable=False)
    item_kinds = models.JSONField("記録項目の種別", default=list, blank=True)
    items = models.TextField("記録項目", blank=True)
    collected_from = models.JSONField("収集の方法", default=list, blank=True)
    collection_note = models.CharField("収集の方法の補足", max_length=200, blank=True)
    media = models.CharField("記録の媒体", max_length=200, blank=True)
    has_sensitive = models.BooleanField("要注意情報", null=True, blank=True)
    # Outside 個人情報 since 2023-04-01 (common.regime): kept apart, warned of, and named wherever it is counted.
    has_deceased = models.BooleanField("死者に関する情報", null=True, blank=True)
    started_on = PartialDateField("業務の開始年月日", blank=True)
    # 組織改正: only the department changed with the ward's organisation; no 変更 of the business (登録状況).
    moved = models.BooleanField("組織改正による", default=False, editable=False)
    # 移行: came in from the old paper register at its old dates, past the procedure (registry.migrating).
    is_migrated = models.BooleanField("移行", default=False, editable=False)
    registered_on = models.DateField("登録年月日", null=True, blank=True)
    abolished_on = models.DateField("廃止年月日", null=True, blank=True, db_index=True)
    abolition_reason = models.TextField("廃止の理由", blank=True)
    return_reason = models.TextField("差戻しの理由", blank=True)
    source_note = models.CharField("出典・注記", max_length=200, blank=True)

    objects = ActivityVersionQuerySet.as_manager()

    class Meta(VersionModel.Meta):
        abstract = False
        verbose_name = "業務登録"
        verbose_name_plural = "業務登録"
        indexes = [
            # Whatever the list counts or orders by, so that it need not read the long texts of every row.
            models.Index(
                name="activity_list",
                fields=[
                    "status",
                    "valid_from",
                    "valid_to",
                    "abolished_on",
                    "has_sensitive",
                    "has_deceased",
                    "department",
                    "activity",
                ],
            )
        ]
        constraints = [
            *VersionModel.Meta.constraints,
            models.UniqueConstraint(
                name="activity_one_undecided_version",
                fields=["activity"],
                condition=Q(status__in=UNDECIDED),
                violation_error_message="この業務には手続中の変更があります。",
            ),
            models.CheckConstraint(
                name="activityversion_registered_has_start",
                condition=~Q(status=ActivityStatus.REGISTERED) | Q(valid_from__isnull=False),
                violation_error_message="登録には、効力の始まる日が必要です。",
            ),
            models.CheckConstraint(
                name="activityversion_withdrawn_never_was",
                condition=~Q(status=ActivityStatus.WITHDRAWN) | Q(valid_from__isnull=True),
                violation_error_message="取り下げたものに、効力の始まる日は入りません。",
            ),
            models.CheckConstraint(
                name="activityversion_abolished_is_over",
                condition=Q(abolished_on__isnull=True, abolition_reason="")
                # A comparison with null would pass: both days are asked for by themselves.
                | Q(
                    ~Q(abolition_reason=""),
                    status=ActivityStatus.REGISTERED,
                    valid_to__isnull=False,
                    abolished_on__isnull=False,
                    abolished_on=F("valid_to"),
                ),
                violation_error_message="廃止した業務は、廃止年月日に効力を失います。廃止には理由が必要です。",
            ),
            models.CheckConstraint(
                name="activityversion_persons_in_order",
                condition=Q(persons_lowest__isnull=True)
                | Q(persons_highest__isnull=True)
                | Q(persons_lowest__lte=F("persons_highest")),
                violation_error_message="人数の範囲は、少ない方から書いてください。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A business keeps the number that it was given (domain §1.3)."""
        super().clean()
        if self.has_other_number:
            raise ValidationError({"number_as_printed": OTHER_NUMBER % self.activity.number})

    @property
    def changed_on(self) -> date | None:
        """変更年月日: the day of the newest 変更 that this version holds; needs `first_registered_on`.

        A 組織改正 is no change and copies the day of what it moved, which may be the registration itself.
        """
        is_first = not self.replaces_id or (self.moved and self.registered_on == self.first_registered_on)
        return None if is_first else self.registered_on

    @property
    def has_other_number(self) -> bool:
        """Whether it would print another number than the one that its business was given, in whatever spelling."""
        if not self.number_as_printed.strip() or not self.activity_id or not self.activity.number:
            return False
        try:
            return parse(self.number_as_printed).number != self.activity.number
        except BusinessNumberError:
            return True

    @classmethod
    def shared_with(cls, departments: Iterable[int]) -> Q:
        """Registered businesses are open to all staff."""
        return Q(status=ActivityStatus.REGISTERED)

    @property
    def forms_in_use(self) -> list["CollectingForm"]:
        """帳票 in their order, without those taken out; from a prefetch of `collecting_forms` where there is one."""
        return [form for form in self.collecting_forms.all() if not form.is_removed]

    @property
    def item_kind_labels(self) -> list[str]:
        """The ticked 種別 in the form's order, short names only."""
        return [kind.short for kind in ItemKind if kind.value in self.item_kinds]

    @property
    def collected_from_labels(self) -> list[str]:
        """本人から／本人以外から, as ticked."""
        return [choice.label for choice in Collection if choice.value in self.collected_from]


class ActivityScan(DepartmentScoped, Scan):
    """業務登録の写し: a scan of the paper on which a version of the registration stands."""

    version = models.ForeignKey(ActivityVersion, models.PROTECT, related_name="scans", verbose_name="業務登録")

    class Meta:
        verbose_name = "業務登録の写し"
        verbose_name_plural = "業務登録の写し"

    @classmethod
    def owned_by(cls, departments: Iterable[int]) -> Q:
        """As the version that it hangs on."""
        return Q(version__department__in=departments)

    @classmethod
    def shared_with(cls, departments: Iterable[int]) -> Q:
        """As the version that it hangs on."""
        return Q(version__status=ActivityStatus.REGISTERED)


class CollectingFormQuerySet(TrackedQuerySet):
    """Reads of 帳票."""

    def in_use(self) -> Self:
        """Those that were not taken out again, in their order."""
        return self.filter(is_removed=False).order_by("position", "pk")


class CollectingForm(DepartmentScoped, TrackedModel):
    """帳票: a form on which a business collects personal information, as one version of the registration names it."""

    version = models.ForeignKey(
        ActivityVersion, models.PROTECT, related_name="collecting_forms", verbose_name="業務登録"
    )
    position = models.PositiveSmallIntegerField("順", default=0)
    name = models.CharField("帳票の名称", max_length=200)
    edition = models.CharField("版", max_length=60, blank=True)
    items = models.TextField("記録項目", blank=True)
    # Nothing is deleted: a form taken out of a draft stays, marked.
    is_removed = models.BooleanField("取りやめ", default=False)

    objects = CollectingFormQuerySet.as_manager()

    class Meta:
        verbose_name = "帳票"
        verbose_name_plural = "帳票"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="collectingform_has_a_name",
                condition=~Q(name=""),
                violation_error_message="帳票の名称を入力してください。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.edition}）" if self.edition else self.name

    @classmethod
    def owned_by(cls, departments: Iterable[int]) -> Q:
        """As the version that it belongs to."""
        return Q(version__department__in=departments)

    @property
    def line(self) -> str:
        """The form in one line, as a page and the sheet write it: 「保健相談票（令和4年4月版）：氏名、住所」."""
        return f"{self}：{self.items}" if self.items else str(self)
