"""公表の記録: when a file stood in which public register, and with which version's words."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from file_register.kinds import PublicRegister
from file_register.models.files import PersonalFile, PersonalFileVersion
from history.models import TrackedModel, TrackedQuerySet


class PublicEntryQuerySet(TrackedQuerySet):
    """Reads of the entries."""

    def as_of(self, day: date) -> Self:
        """基準日: the entries that could be read by everybody on `day`."""
        return self.open_on(day).filter(published_on__lte=day)

    def open_on(self, day: date) -> Self:
        """未消除: the entries that were not struck out by `day`."""
        return self.filter(Q(removed_on__isnull=True) | Q(removed_on__gt=day))


class PublicEntry(TrackedModel):
    """公表した記載: from `published_on` until the day it was struck out; `version` is what it says now."""

    file = models.ForeignKey(
        PersonalFile, models.PROTECT, related_name="public_entries", verbose_name="個人情報ファイル"
    )
    register = models.CharField("帳簿", max_length=12, choices=PublicRegister)
    version = models.ForeignKey(
        PersonalFileVersion, models.PROTECT, related_name="public_entries", verbose_name="公表した内容"
    )
    published_on = models.DateField("公表日")
    corrected_on = models.DateField("修正日", null=True, blank=True)
    removed_on = models.DateField("消除日", null=True, blank=True)

    objects = PublicEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "公表した記載"
        verbose_name_plural = "公表した記載"
        constraints = [
            models.UniqueConstraint(
                name="publicentry_one_open",
                fields=["file"],
                condition=Q(removed_on__isnull=True),
                violation_error_message="このファイルは、すでに公表されています。",
            ),
            models.CheckConstraint(
                name="publicentry_removed_after_published",
                condition=Q(removed_on__isnull=True) | Q(removed_on__gte=F("published_on")),
                violation_error_message="消除日は、公表日より前にはできません。",
            ),
            models.CheckConstraint(
                name="publicentry_corrected_after_published",
                condition=Q(corrected_on__isnull=True) | Q(corrected_on__gte=F("published_on")),
                violation_error_message="修正日は、公表日より前にはできません。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_register_display()} {self.published_on:%Y-%m-%d}"


class PublishedStateQuerySet(TrackedQuerySet):
    """Reads of what the entries said."""

    def as_of(self, day: date) -> Self:
        """基準日: of each entry that could be read by everybody on `day`, what it said on that day."""
        said = PublishedState.objects.filter(entry=OuterRef("entry"), since__lte=day).order_by("-since", "-pk")
        return self.filter(entry__in=PublicEntry.objects.as_of(day), pk=Subquery(said.values("pk")[:1]))


class PublishedState(TrackedModel):
    """公表した内容: what an entry said from a day on; the entry itself knows only what it says last."""

    entry = models.ForeignKey(PublicEntry, models.PROTECT, related_name="states", verbose_name="公表した記載")
    version = models.ForeignKey(
        PersonalFileVersion, models.PROTECT, related_name="published_states", verbose_name="公表した内容"
    )
    since = models.DateField("この内容になった日", db_index=True)

    objects = PublishedStateQuerySet.as_manager()

    class Meta:
        verbose_name = "公表した内容"
        verbose_name_plural = "公表した内容"
        ordering = ["since", "pk"]

    def __str__(self) -> str:
        return f"{self.version} {self.since:%Y-%m-%d}"
