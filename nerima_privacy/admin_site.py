"""基礎データの管理: Django's admin with the permission table in front of it."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

from organization import rules


class WardAdminSite(admin.AdminSite):
    """Reference data for administrators and the office; registers are read-only here."""

    site_header = "個人情報保護 台帳と審議"
    site_title = "基礎データの管理"
    index_title = "基礎データの管理"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """The table's line "admin"."""
        return request.user.is_authenticated and rules.may(request.user, "admin")

    def login(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """There is one sign-in page, the application's; it leads back to where the person wanted to go."""
        if self.has_permission(request):
            return redirect("admin:index")
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index"))
