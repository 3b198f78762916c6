"""保管したファイル: what was uploaded or printed, and what hangs on an entry of a register as its scan."""

from django.db import models

from files.kinds import FileType
from history.models import TrackedModel


class StoredFile(TrackedModel):
    """保管したファイル: its name as uploaded, what it is, for what it is kept; the content lies by its digest.

    The same content stored twice is two rows and one content.
    """

    name = models.CharField("ファイルの名称", max_length=255)
    digest = models.CharField("ダイジェスト（SHA-256）", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("大きさ（バイト）")
    type = models.CharField("種類", max_length=8, choices=FileType)
    # A script, an action or another file in it: it is handed over to be kept, never shown in the browser.
    is_active = models.BooleanField("開くと動くものをふくむ", default=False)
    purpose = models.CharField("保管の目的", max_length=40, db_index=True)
    owner = models.ForeignKey(
        "organization.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="保管した人"
    )
    stored_at = models.DateTimeField("保管日時")
    discarded_at = models.DateTimeField("廃棄日時", null=True, blank=True)

    class Meta:
        verbose_name = "保管したファイル"
        verbose_name_plural = "保管したファイル"
        constraints = [
            models.CheckConstraint(name="storedfile_is_not_empty", condition=models.Q(size__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name


class Scan(TrackedModel):
    """写し: base of the tables that hang scans of the paper on the versions of a register.

    A table adds `version`, and says whose it is (organization.scoping).
    """

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="ファイル")
    title = models.CharField("写しの内容", max_length=100)
    # Nothing is deleted: a scan that was attached by mistake stays, marked.
    is_removed = models.BooleanField("取りはずし", default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def trail_subject(self) -> str:
        """With the words that tell it from the other scans of its entry."""
        return f"{super().trail_subject}「{self.title}」"
