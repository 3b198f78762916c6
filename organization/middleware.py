"""No page without a line in the permission table."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse

from organization import rules
from organization.permissions import PUBLIC_PAGES


class StaffOnlyMiddleware(LoginRequiredMiddleware):
    """Django's, which asks who looks even on a page that needs no sign-in, and so makes it vary by cookie."""

    def process_view(self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any) -> Any:
        """The sign-in page for everything that is not marked `login_not_required`."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class PermissionTableMiddleware:
    """Asks the table about every page before its view runs; domain refusals become 403 with their message."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Raise PermissionDenied when no charge of the person has the page's action."""
        action = page_action(request)
        if action in PUBLIC_PAGES:
            return
        if action not in rules.RULES:
            raise ImproperlyConfigured(f"the page {action!r} has no line in organization.permissions")
        if request.user.is_authenticated and not rules.may(request.user, action):
            raise PermissionDenied(str(rules.NotPermitted(action)))

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """A refusal that a view let through is 403 with the message of the table."""
        if isinstance(exception, rules.NotPermitted):
            raise PermissionDenied(str(exception)) from exception


def page_action(request: HttpRequest) -> str:
    """The action that stands for a page: its URL name, or "admin" for all of the admin."""
    match = request.resolver_match
    return "admin" if "admin" in match.app_names else (match.url_name or "")
