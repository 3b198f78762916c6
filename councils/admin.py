"""審議会 in the admin: what the ward laid down about its bodies is edited here; meetings are read-only."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from councils.models import Appointment, Body, BodyRule, Meeting, Member, Minutes, OutcomePhrase, Term
from organization import rules
from organization.admin_base import ReadOnlyAdmin, ReferenceAdmin
from printing import output, sheets
from printing.errors import MissingGlyphs


@admin.register(Body)
class BodyAdmin(ReferenceAdmin):
    """審議体."""

    list_display = ["name", "short_name", "kind", "office"]


@admin.register(BodyRule)
class BodyRuleAdmin(ReferenceAdmin):
    """審議体の定め."""

    list_display = ["body", "valid_from", "valid_to", "session_restart", "consultation_restart", "quorum"]
    list_select_related = ["body"]


@admin.register(Term)
class TermAdmin(ReferenceAdmin):
    """期."""

    list_display = ["body", "number", "starts_on", "ends_on"]
    list_select_related = ["body"]


@admin.register(OutcomePhrase)
class OutcomePhraseAdmin(ReferenceAdmin):
    """結果の言い回し."""

    list_display = ["body", "result", "words", "position"]
    list_select_related = ["body"]


@admin.register(Member)
class MemberAdmin(ReadOnlyAdmin):
    """委員."""

    list_display = ["surname", "given_name", "distinction", "body"]
    list_select_related = ["body"]
    search_fields = ["surname", "given_name"]


@admin.register(Appointment)
class AppointmentAdmin(ReadOnlyAdmin):
    """委嘱."""

    list_display = ["member", "term", "category", "starts_on", "ends_on"]
    list_select_related = ["member", "term"]


class PrintedAdmin(ReadOnlyAdmin):
    """A read-only table whose rows print as the sheet `code`, for who may `action`."""

    code = ""
    action = ""
    actions = ["print_sheets"]

    @admin.action(description="様式を印刷", permissions=["view"])
    def print_sheets(self, request: HttpRequest, rows: QuerySet) -> Any:
        """The sheets of the rows chosen, one PDF."""
        sheet = sheets.get(self.code)
        chosen = rules.permitted(rows, request.user, self.action).values_list("pk", flat=True)
        found = list(sheet.queryset().filter(pk__in=list(chosen)))
        if not found:
            self.message_user(request, str(rules.NotPermitted(self.action)), level="ERROR")
            return None
        try:
            pdf = output.print_rows(sheet, found, today=timezone.localdate())
        except MissingGlyphs as refusal:
            self.message_user(request, str(refusal), level="ERROR")
            return None
        response = HttpResponse(pdf, content_type="application/pdf")
        response.headers["Content-Disposition"] = f'attachment; filename="{sheet.code}.pdf"'
        return response


@admin.register(Meeting)
class MeetingAdmin(PrintedAdmin):
    """会議."""

    code, action = "agenda", "print_agenda"
    list_display = ["__str__", "body", "held_on", "status"]
    list_filter = ["status", "body"]
    list_select_related = ["body", "term"]


@admin.register(Minutes)
class MinutesAdmin(PrintedAdmin):
    """会議要録."""

    code, action = "minutes", "print_minutes"
    list_display = ["title", "status", "settled_on", "published_on"]
    list_filter = ["status"]
