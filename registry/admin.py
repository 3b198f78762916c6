"""業務登録 in the admin: read-only."""

from django.contrib import admin

from organization.admin_base import ReadOnlyAdmin
from registry.models import Activity, ActivityScan, ActivityVersion, CollectingForm


@admin.register(Activity)
class ActivityAdmin(ReadOnlyAdmin):
    """業務."""

    list_display = ["__str__", "number"]
    search_fields = ["number", "versions__name"]


@admin.register(ActivityVersion)
class ActivityVersionAdmin(ReadOnlyAdmin):
    """業務登録."""

    list_display = ["number_as_printed", "name", "department", "status", "valid_from", "valid_to"]
    list_display_links = ["name"]
    list_filter = ["status"]
    list_select_related = ["department__parent"]
    search_fields = ["number_as_printed", "name"]


@admin.register(ActivityScan)
class ActivityScanAdmin(ReadOnlyAdmin):
    """業務登録の写し."""

    view_action = "view_activityversion"  # the same people, by the version that it hangs on
    list_display = ["title", "version", "file", "is_removed"]
    list_filter = ["is_removed"]
    list_select_related = ["version", "file"]


@admin.register(CollectingForm)
class CollectingFormAdmin(ReadOnlyAdmin):
    """帳票."""

    list_display = ["name", "edition", "version", "is_removed"]
    list_filter = ["is_removed"]
    list_select_related = ["version"]
    search_fields = ["name", "version__name"]
