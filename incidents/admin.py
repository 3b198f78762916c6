"""事故 in the admin: the kinds are edited here; the cases are read-only."""

from django.contrib import admin

from incidents.models import Incident, IncidentKind
from organization.admin_base import ReadOnlyAdmin, ReferenceAdmin


@admin.register(IncidentKind)
class IncidentKindAdmin(ReferenceAdmin):
    """事故の種別."""

    list_display = ["name", "position", "valid_from", "valid_to"]


@admin.register(Incident)
class IncidentAdmin(ReadOnlyAdmin):
    """事故."""

    list_display = ["title", "kind", "status", "department"]
    list_select_related = ["kind", "department"]
    search_fields = ["title", "summary"]
