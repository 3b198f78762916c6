"""組織と利用者 in the admin: the administrator's reference data."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django_tasks_db.models import DBTaskResult

from organization.admin_base import ReferenceAdmin
from organization.models import Assignment, Department, Succession, User, Ward

# Roles stand in the permission table; Django's groups have no part in it. The queue's own table asks nobody's
# permission in it either; people see their jobs under 処理の状況.
admin.site.unregister([Group, DBTaskResult])


class OrganizationAdmin(ReferenceAdmin):
    """Only administrators change these; the office reads."""

    action = "edit_organization"


@admin.register(Ward)
class WardAdmin(OrganizationAdmin):
    """区."""

    list_display = ["name"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One database is one ward."""
        return not Ward.objects.exists() and super().has_add_permission(request, obj)


@admin.register(Department)
class DepartmentAdmin(OrganizationAdmin):
    """組織."""

    list_display = ["named", "kind", "parent", "head_title", "valid_from", "valid_to"]
    list_filter = ["kind"]
    list_select_related = ["parent__parent"]
    ordering = ["parent__name", "name"]
    search_fields = ["name"]

    @admin.display(description="名称", ordering="name")
    def named(self, department: Department) -> str:
        """部と課."""
        return department.full_name


@admin.register(Succession)
class SuccessionAdmin(OrganizationAdmin):
    """組織の承継."""

    list_display = ["before", "after", "on"]
    list_select_related = ["before__parent", "after__parent"]


class UserForm(forms.ModelForm):
    """A user with, if wanted, a new password."""

    new_password = forms.CharField(
        label="新しいパスワード",
        required=False,
        widget=forms.PasswordInput,
        help_text="変えないときは空欄のままにします。",
    )

    class Meta:
        model = User
        fields = ["username", "name", "email", "is_active"]

    def clean_new_password(self) -> str:
        """The ward's password rules; an empty text changes nothing."""
        password = self.cleaned_data["new_password"]
        if password:
            validate_password(password, self.instance)
        return password


@admin.register(User)
class UserAdmin(OrganizationAdmin):
    """利用者."""

    form = UserForm
    list_display = ["username", "name", "is_active"]
    search_fields = ["username", "name"]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """A new user without a password cannot sign in."""
        if form.cleaned_data["new_password"]:
            obj.set_password(form.cleaned_data["new_password"])
        elif not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)


@admin.register(Assignment)
class AssignmentAdmin(OrganizationAdmin):
    """担当."""

    list_display = ["user", "department", "role", "valid_from", "valid_to", "stands_in_for"]
    list_filter = ["role"]
    list_select_related = ["user", "department__parent", "stands_in_for"]
