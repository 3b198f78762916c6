"""様式の版 in the admin: it stands here because printing and organization do not know each other."""

from django.contrib import admin

from organization.admin_base import ReferenceAdmin
from printing.models import SheetLayout


@admin.register(SheetLayout)
class SheetLayoutAdmin(ReferenceAdmin):
    """様式の版."""

    list_display = ["code", "form_label", "title", "draft_mark", "valid_from", "valid_to"]
    list_filter = ["code"]
