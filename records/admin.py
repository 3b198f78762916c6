"""案件と記録票 in the admin: read-only, with 様式を印刷."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from organization import rules
from organization.admin_base import ReadOnlyAdmin, ReferenceAdmin
from printing import output, sheets
from printing.errors import MissingGlyphs
from records.kinds import KINDS, kind_of
from records.models import (
    Criterion,
    Partner,
    Precedent,
    Proposal,
    ReminderDay,
    RetentionPeriod,
    Survey,
    SurveyPolicy,
    SurveySheet,
)


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    """案件."""

    list_display = ["title", "department", "status", "form_date"]
    list_filter = ["status"]
    list_select_related = ["department__parent"]
    search_fields = ["title"]


class RecordAdmin(ReadOnlyAdmin):
    """記録票."""

    list_display = ["activity_name", "department_name", "status", "route", "valid_from", "valid_to"]
    list_filter = ["status", "route"]
    search_fields = ["activity_name", "department_name"]
    actions = ["print_sheets"]

    @admin.action(description="様式を印刷", permissions=["view"])
    def print_sheets(self, request: HttpRequest, rows: QuerySet) -> Any:
        """The official sheets of those rows chosen that the person may print, one PDF."""
        records = list(rules.permitted(rows, request.user, "print_record").select_related("proposal"))
        if not records:
            self.message_user(request, str(rules.NotPermitted("print_record")), level="ERROR")
            return None
        sheet = sheets.get(kind_of(records[0]).sheet_code)
        try:
            pdf = output.print_rows(sheet, records, today=timezone.localdate())
        except MissingGlyphs as refusal:
            self.message_user(request, str(refusal), level="ERROR")
            return None
        response = HttpResponse(pdf, content_type="application/pdf")
        response.headers["Content-Disposition"] = f'attachment; filename="{sheet.code}.pdf"'
        return response


admin.site.register([kind.model for kind in KINDS.values()], RecordAdmin)


@admin.register(Partner)
class PartnerAdmin(ReadOnlyAdmin):
    """相手方."""

    list_display = ["name", "address"]
    search_fields = ["name", "address"]


@admin.register(Criterion)
class CriterionAdmin(ReferenceAdmin):
    """事前一括承認基準: the wordings are the ward's decisions."""

    list_display = ["scope", "article", "number", "wording", "valid_from", "valid_to"]
    list_filter = ["scope"]


@admin.register(ReminderDay)
class ReminderDayAdmin(ReferenceAdmin):
    """継続の確認の時期: without a row, 90 and 30 days before the end."""

    list_display = ["days", "valid_from", "valid_to"]


@admin.register(RetentionPeriod)
class RetentionPeriodAdmin(ReferenceAdmin):
    """保存年限: the classes are the ward's decisions."""

    list_display = ["name", "years", "valid_from", "valid_to"]


@admin.register(Precedent)
class PrecedentAdmin(ReadOnlyAdmin):
    """事例."""

    list_display = ["providing_name", "using_name", "criterion", "added_on"]
    list_select_related = ["criterion"]


@admin.register(SurveyPolicy)
class SurveyPolicyAdmin(ReferenceAdmin):
    """状況調査の方針: from which jump a reason is asked."""

    list_display = ["jump_percent", "basis", "valid_from", "valid_to"]


@admin.register(Survey)
class SurveyAdmin(ReadOnlyAdmin):
    """状況調査."""

    list_display = ["fiscal_year", "status", "opened_on", "due_on", "closed_on"]
    list_filter = ["status"]


@admin.register(SurveySheet)
class SurveySheetAdmin(ReadOnlyAdmin):
    """状況調査票."""

    list_display = ["survey", "department", "status", "submitted_on"]
    list_filter = ["status"]
    list_select_related = ["survey", "department__parent"]
