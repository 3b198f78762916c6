"""くらべる相手: the same rows on pages that do nothing else, served beside the application's own during a run.

- the plain admin: a Django admin site of its own, without the ward's permission table;
- the bare list: session, user, one SELECT of 50 rows by `values_list()`, a table.

Both run with Django's own middleware only. This module is the ROOT_URLCONF of a run and is never used elsewhere.
"""

from functools import cache
from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from common.paging import PER_PAGE
from history.writing import SYSTEM
from home.bench.rows import ACTION
from records.models import LinkageVersion, OutOfPurposeUseVersion, OutsourcingVersion, Proposal
from registry.models import ActivityVersion

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

_RECORD_COLUMNS = ["activity_name", "activity__number", "department_name"]
# The columns of the application's lists; the first is the link.
COLUMNS: dict[type, list[str]] = {
    Proposal: ["title", "department__name", "department__parent__name", "form_date", "status"],
    LinkageVersion: [*_RECORD_COLUMNS, "partner_name", "linked_on", "council_date", "consultation_number"],
    OutOfPurposeUseVersion: [*_RECORD_COLUMNS, "providing_department_name", "providing_activity_name", "valid_from"],
    OutsourcingVersion: [*_RECORD_COLUMNS, "subject", "partner_name", "valid_from"],
    ActivityVersion: ["name", "activity__number", "department__name", "item_kinds", "registered_on", "status"],
}
ORDER: dict[type, list[Any]] = {
    Proposal: ["-pk"],
    LinkageVersion: ["activity__number", "pk"],
    OutOfPurposeUseVersion: ["activity__number", "pk"],
    OutsourcingVersion: ["activity__number", "pk"],
    ActivityVersion: [F("activity__number").asc(nulls_last=True), "pk"],
}

_TABLE = """<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>{{ title }}</title></head><body>
<p>{{ name }}</p><table><thead><tr>{% for label in labels %}<th scope="col">{{ label }}</th>{% endfor %}</tr></thead>
<tbody>{% for row in rows %}<tr>{% for cell in row %}<td>{% if forloop.first %}<a href="{{ cell }}/">{{ cell }}</a>
{% else %}{{ cell }}{% endif %}</td>{% endfor %}</tr>{% endfor %}</tbody></table></body></html>"""


class PlainSite(admin.AdminSite):
    """Django's admin for anybody who is signed in."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Whoever is signed in."""
        return request.user.is_active


class PlainAdmin(admin.ModelAdmin):
    """A register as Django shows it by itself; a save leaves a history row here too."""

    list_per_page = PER_PAGE

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """The texts of 業務登録; the other registers are not searched here."""
        return ["name", "purpose", "items"] if self.model is ActivityVersion else []

    def get_list_display(self, request: HttpRequest) -> list[str]:
        """The model's own columns among those of the application's list."""
        names = (column.split("__")[0] for column in COLUMNS[self.model])
        return list(dict.fromkeys(names))

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """One statement for the rows, as any project would have it."""
        related = {"department": "department__parent", "activity": "activity"}
        return (
            super()
            .get_queryset(request)
            .select_related(*(path for name, path in related.items() if name in self.get_list_display(request)))
        )

    def _anybody(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    has_module_permission = has_view_permission = has_change_permission = _anybody
    has_add_permission = has_delete_permission = _anybody

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Row and history row."""
        obj.save_as(SYSTEM, action=ACTION)


site = PlainSite(name="plain")
for _model, _order in ORDER.items():
    site.register(_model, PlainAdmin, ordering=_order)


def bare_list(request: HttpRequest, name: str) -> HttpResponse:
    """The first rows of the table `name`, and who is signed in: three statements."""
    model = next(model for model in COLUMNS if model._meta.model_name == name)
    rows = model._default_manager.order_by(*ORDER[model]).values_list("pk", *COLUMNS[model])[:PER_PAGE]
    context = {"title": name, "name": request.user.name, "labels": COLUMNS[model], "rows": rows}
    return HttpResponse(_template().render(context))


@cache
def _template() -> Any:
    return engines["django"].from_string(_TABLE)


urlpatterns = [
    path("bench/admin/", site.urls),
    path("bench/list/<str:name>/", bare_list, name="bench_list"),
    path("", include("nerima_privacy.urls")),
]
