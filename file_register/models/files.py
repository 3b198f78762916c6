"""個人情報ファイル: what stays, its versions with the items of the 単票, its businesses (domain §3.2)."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q

from common.fields import PartialDateField
from file_register.kinds import EXCLUSION_CHOICES, UNDECIDED, FileKind, FileStatus, WithheldPart
from files.models import Scan
from history.models import TrackedModel
from history.versions import VersionModel, VersionQuerySet
from organization.models import Department
from organization.scoping import DepartmentScoped
from registry.models import Activity


class PersonalFile(DepartmentScoped, TrackedModel):
    """個人情報ファイル: what stays the same through every 変更; counts and public entries point here."""

    token = models.UUIDField("送信票", unique=True, editable=False)
    # The first day without the file; its last version ends on the same day.
    abolished_on = models.DateField("廃止日", null=True, blank=True, db_index=True)
    abolition_reason = models.TextField("廃止の理由", blank=True)

    class Meta:
        verbose_name = "個人情報ファイル"
        verbose_name_plural = "個人情報ファイル"
        constraints = [
            models.CheckConstraint(
                name="personalfile_abolished_with_reason",
                condition=Q(abolished_on__isnull=True, abolition_reason="")
                | (Q(abolished_on__isnull=False) & ~Q(abolition_reason="")),
                violation_error_message="廃止には、日と理由の両方が必要です。",
            )
        ]

    def __str__(self) -> str:
        return f"個人情報ファイル（{self.pk}）"

    @classmethod
    def owned_by(cls, departments: Iterable[int]) -> Q:
        """The files with a version of one of `departments`."""
        return Q(pk__in=PersonalFileVersion.objects.filter(department__in=departments).values("file"))

    @classmethod
    def shared_with(cls, departments: Iterable[int]) -> Q:
        """Registered files are open to all staff."""
        return Q(pk__in=PersonalFileVersion.objects.filter(status=FileStatus.REGISTERED).values("file"))


class PersonalFileVersionQuerySet(VersionQuerySet):
    """Reads of the register."""

    def serving(self, activity: int) -> "PersonalFileVersionQuerySet":
        """The versions that name the business with this number in the database."""
        links = FileActivity.objects.filter(activity=activity, is_linked=True)
        return self.filter(pk__in=links.values("version"))


class PersonalFileVersion(DepartmentScoped, VersionModel):
    """個人情報ファイルの登録: one state of a file, in force for a period.

    Up to 2023-03-31 the ward registered 名称, 利用目的, 記録項目 and 記録される個人の範囲 (domain §1.9); since then the
    items of the 単票 in their order (domain §3.2), which hold the old four under the same columns.
    """

    CODE_LISTS = {"exclusions": dict(EXCLUSION_CHOICES), "withheld_parts": dict(WithheldPart.choices)}

    file = models.ForeignKey(PersonalFile, models.PROTECT, related_name="versions", verbose_name="個人情報ファイル")
    department = models.ForeignKey(Department, models.PROTECT, related_name="file_versions", verbose_name="所管課")
    status = models.CharField("状態", max_length=12, choices=FileStatus, default=FileStatus.DRAFT)

    name = models.CharField("個人情報ファイルの名称", max_length=200)
    organ_name = models.CharField("行政機関等の名称", max_length=100, blank=True)
    section_name = models.CharField(
        "個人情報ファイルが利用に供される事務をつかさどる組織の名称", max_length=200, blank=True
    )
    purpose = models.TextField("個人情報ファイルの利用目的", blank=True)
    items = models.TextField("記録項目", blank=True)
    scope = models.TextField("記録範囲", blank=True)
    collection_method = models.TextField("記録情報の収集方法", blank=True)
    has_sensitive = models.BooleanField("要配慮個人情報", null=True, blank=True)
    # 条例要配慮個人情報: an ordinance may define it, 練馬区 has none (domain §3.1).
    has_ordinance_sensitive = models.BooleanField("条例要配慮個人情報", default=False)
    recipients = models.TextField("記録情報の経常的提供先", blank=True)
    request_office = models.TextField("開示請求等を受理する組織の名称および所在地", blank=True)
    special_procedure = models.TextField("訂正および利用停止に関する他の法令の規定による特別の手続等", blank=True)
    kind = models.CharField("個人情報ファイルの種別", max_length=12, choices=FileKind, blank=True)
    has_manual_twin = models.BooleanField("令第21条第7項に該当するファイル", null=True, blank=True)
    invites_proposals = models.BooleanField("行政機関等匿名加工情報の提案の募集", default=False)
    proposal_office = models.TextField("行政機関等匿名加工情報の提案を受ける組織の名称および所在地", blank=True)
    anonymised_summary = models.TextField("行政機関等匿名加工情報の概要", blank=True)
    anonymised_office = models.TextField(
        "作成された行政機関等匿名加工情報に関する提案を受ける組織の名称および所在地", blank=True
    )
    anonymised_period = models.CharField(
        "作成された行政機関等匿名加工情報に関する提案をすることができる期間", max_length=200, blank=True
    )
    remarks = models.TextField("備考", blank=True)

    exclusions = models.JSONField("掲載しないファイルの事由", default=list, blank=True)
    is_withheld = models.BooleanField("ファイルを掲載しない（法第75条第3項）", default=False)
    withheld_parts = models.JSONField("記載しない事項（法第75条第3項）", default=list, blank=True)
    published_items = models.TextField("公表する記録項目", blank=True)
    withholding_reason = models.TextField("掲載または記載しない理由", blank=True)

    held_from = PartialDateField("保有を始めた年月日", blank=True)
    # 移行: came in from the old paper register at its old dates, past the procedure (file_register.migrating).
    is_migrated = models.BooleanField("移行", default=False, editable=False)
    registered_on = models.DateField("登録年月日", null=True, blank=True)
    return_reason = models.TextField("差戻しの理由", blank=True)
    source_note = models.CharField("出典・注記", max_length=200, blank=True)

    objects = PersonalFileVersionQuerySet.as_manager()

    class Meta(VersionModel.Meta):
        abstract = False
        verbose_name = "個人情報ファイルの登録"
        verbose_name_plural = "個人情報ファイルの登録"
        constraints = [
            *VersionModel.Meta.constraints,
            models.UniqueConstraint(
                name="personalfile_one_undecided_version",
                fields=["file"],
                condition=Q(status__in=UNDECIDED),
                violation_error_message="このファイルには手続中の変更があります。",
            ),
            models.UniqueConstraint(
                name="personalfile_version_replaced_once",
                fields=["replaces"],
                condition=Q(replaces__isnull=False) & ~Q(status=FileStatus.WITHDRAWN),
                violation_error_message="この内容は、すでに変更されています。",
            ),
            models.CheckConstraint(
                name="personalfileversion_registered_has_start",
                condition=~Q(status=FileStatus.REGISTERED) | Q(valid_from__isnull=False),
                violation_error_message="登録には、効力の始まる日が必要です。",
            ),
            models.CheckConstraint(
                name="personalfileversion_withdrawn_never_was",
                condition=~Q(status=FileStatus.WITHDRAWN) | Q(valid_from__isnull=True),
                violation_error_message="取り下げたものに、効力の始まる日は入りません。",
            ),
            models.CheckConstraint(
                name="personalfileversion_withheld_with_reason",
                condition=Q(is_withheld=False, withheld_parts=[]) | ~Q(withholding_reason=""),
                violation_error_message="掲載または記載しないときは、その理由を書いてください。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def shared_with(cls, departments: Iterable[int]) -> Q:
        """Registered files are open to all staff."""
        return Q(status=FileStatus.REGISTERED)

    @property
    def activities(self) -> list[Activity]:
        """The businesses that the file serves, in the order of their numbers."""
        links = self.activity_links.filter(is_linked=True).select_related("activity")
        return [link.activity for link in links.order_by(F("activity__number").asc(nulls_last=True), "activity")]


class PersonalFileScan(DepartmentScoped, Scan):
    """個人情報ファイルの写し: a scan of the paper on which a version of the registration stands."""

    version = models.ForeignKey(
        PersonalFileVersion, models.PROTECT, related_name="scans", verbose_name="個人情報ファイルの登録"
    )

    class Meta:
        verbose_name = "個人情報ファイルの写し"
        verbose_name_plural = "個人情報ファイルの写し"

    @classmethod
    def owned_by(cls, departments: Iterable[int]) -> Q:
        """As the version that it hangs on."""
        return Q(version__department__in=departments)

    @classmethod
    def shared_with(cls, departments: Iterable[int]) -> Q:
        """As the version that it hangs on."""
        return Q(version__status=FileStatus.REGISTERED)


class FileActivity(TrackedModel):
    """ファイルを利用する業務: a link that is switched off rather than deleted, so that the trail knows of it."""

    version = models.ForeignKey(
        PersonalFileVersion, models.PROTECT, related_name="activity_links", verbose_name="個人情報ファイルの登録"
    )
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="file_links", verbose_name="業務")
    is_linked = models.BooleanField("利用している", default=True)

    class Meta:
        verbose_name = "ファイルを利用する業務"
        verbose_name_plural = "ファイルを利用する業務"
        constraints = [models.UniqueConstraint(name="fileactivity_once", fields=["version", "activity"])]

    def __str__(self) -> str:
        return f"{self.version} ― {self.activity}"
