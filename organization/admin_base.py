"""管理画面の土台: how tracked tables appear in the admin."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from history import changes
from organization import rules


class ReadOnlyAdmin(admin.ModelAdmin):
    """登録簿: changed only on the application's own pages, and shown as there.

    A table with a line "view_…" in the permission table shows the rows that the line grants; reference data have no
    such line and are shown to whoever may open the admin.
    """

    @property
    def view_action(self) -> str:
        """The line that says who sees the rows: "view_…", or "admin" for reference data."""
        action = f"view_{self.opts.model_name}"
        return action if action in rules.RULES else "admin"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """The rows in sight; lists, single rows, their histories and the actions all start from here."""
        rows = super().get_queryset(request)
        return rows if self.view_action == "admin" else rules.permitted(rows, request.user, self.view_action)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """As the site itself."""
        return rules.may(request.user, "admin")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Who may open the admin and has the table's line."""
        return rules.may(request.user, "admin") and rules.may(request.user, self.view_action)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        """履歴: the trail of the row, not the admin's own log, which knows nothing of the application's pages."""
        row = self.get_object(request, unquote(object_id))
        entries = changes.entries([row]) if row is not None else []
        return super().history_view(request, object_id, {"entries": entries} | (extra_context or {}))

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
