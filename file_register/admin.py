"""個人情報ファイル in the admin: the ward's policies are edited, the register is read-only."""

from django.contrib import admin

from file_register.models import (
    FileCount,
    FilePolicy,
    PersonalFileScan,
    PersonalFileVersion,
    PublicEntry,
    PublishedState,
)
from organization.admin_base import ReadOnlyAdmin, ReferenceAdmin


@admin.register(FilePolicy)
class FilePolicyAdmin(ReferenceAdmin):
    """個人情報ファイルの方針."""

    list_display = ["basis", "valid_from", "valid_to", "publishes_small"]


@admin.register(PersonalFileVersion)
class PersonalFileVersionAdmin(ReadOnlyAdmin):
    """個人情報ファイルの登録."""

    list_display = ["name", "department", "status", "valid_from", "valid_to"]
    list_filter = ["status"]
    list_select_related = ["department__parent"]
    search_fields = ["name"]


@admin.register(PersonalFileScan)
class PersonalFileScanAdmin(ReadOnlyAdmin):
    """個人情報ファイルの写し."""

    view_action = "view_personalfileversion"  # the same people, by the version that it hangs on
    list_display = ["title", "version", "file", "is_removed"]
    list_filter = ["is_removed"]
    list_select_related = ["version", "file"]


@admin.register(FileCount)
class FileCountAdmin(ReadOnlyAdmin):
    """本人の数."""

    list_display = ["file", "counted_on", "text", "lowest", "highest"]
    list_select_related = ["file"]


@admin.register(PublicEntry)
class PublicEntryAdmin(ReadOnlyAdmin):
    """公表した記載."""

    list_display = ["file", "register", "published_on", "corrected_on", "removed_on"]
    list_select_related = ["file"]


@admin.register(PublishedState)
class PublishedStateAdmin(ReadOnlyAdmin):
    """公表した内容."""

    list_display = ["version", "entry", "since"]
    list_select_related = ["version", "entry"]
