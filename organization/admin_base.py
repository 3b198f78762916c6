"""管理画面の土台: how tracked tables appear in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from organization import rules


class ReadOnlyAdmin(admin.ModelAdmin):
    """登録簿: shown to whoever may open the admin, changed only on the application's own pages."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """As the site itself."""
        return rules.may(request.user, "admin")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """As the site itself."""
        return rules.may(request.user, "admin")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never; nothing is deleted."""
        return False


class ReferenceAdmin(ReadOnlyAdmin):
    """基礎データ: edited here, each save through the one write path."""

    # The line of the permission table that allows editing, and the trail's name for it.
    action = "edit_reference"

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """By the table."""
        return rules.may(request.user, self.action)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """By the table."""
        return rules.may(request.user, self.action)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Row and history row."""
        obj.save_as(request.user, action=self.action)
