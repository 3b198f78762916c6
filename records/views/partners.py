"""相手方の台帳のページ: list, one partner with its records, and its form."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common.paging import page_of
from common.views import answer_form, go_to
from history import changes, conflicts
from history.conflicts import Difference
from history.errors import StaleEdit
from organization import rules
from records.forms import PartnerForm
from records.models import Partner
from records.presenting import records_of_partner, row_tables
from records.services import partners
from records.views.framing import list_frame


def partner_list(request: HttpRequest) -> HttpResponse:
    """相手方の一覧."""
    asked = request.GET.get("q", "").strip()
    rows = rules.permitted(Partner.objects.all(), request.user, "view_partner")
    if asked:
        rows = rows.filter(Q(name__icontains=asked) | Q(address__icontains=asked) | Q(former_names__icontains=asked))
    page = page_of(request, rows)
    frame = list_frame("相手方の台帳", page, caption="相手方の一覧。名称の順。") | {
        "search": {"name": "q", "label": "名称または住所で探す", "value": asked},
    }
    context = {"list": frame, "page": page, "may_create": rules.may(request.user, "create_partner")}
    return render(request, "records/partner_list.html", context)


def view_partner(request: HttpRequest, pk: int) -> HttpResponse:
    """相手方: its names, certifications and policies, and the records that name it."""
    partner = rules.find(Partner.objects.all(), request.user, "view_partner", pk=pk)
    context = {
        "partner": partner,
        "row_tables": row_tables(partner),
        "records": records_of_partner(partner, request.user, timezone.localdate()),
        "entries": changes.entries([partner]),
        "may_edit": rules.may_on(request.user, "edit_partner", partner),
    }
    return render(request, "records/partner.html", context)


def create_partner(request: HttpRequest) -> HttpResponse:
    """相手方の登録."""
    form = PartnerForm(request.POST or None)
    if form.is_valid():
        token = form.cleaned_data["token"]
        partner = partners.create_partner(values=form.values(), token=token, actor=request.user)
        messages.success(request, "相手方を登録しました。")
        return go_to(request, "view_partner", pk=partner.pk)
    return _show(request, form, None)


def edit_partner(request: HttpRequest, pk: int) -> HttpResponse:
    """相手方の編集."""
    partner = rules.find(Partner.objects.all(), request.user, "edit_partner", pk=pk)
    form = PartnerForm(request.POST or None, instance=Partner.objects.get(pk=pk))
    stale: list[Difference] = []
    if form.is_valid():
        lock, today = form.cleaned_data["lock"], timezone.localdate()
        try:
            partners.edit_partner(partner, values=form.values(), lock=lock, on=today, actor=request.user)
        except StaleEdit as refusal:
            stale = conflicts.refuse_form(form, refusal, PartnerForm(instance=Partner.objects.get(pk=pk)))
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, "相手方を保存しました。")
            return go_to(request, "view_partner", pk=pk)
    return _show(request, form, partner, stale)


def _show(request: HttpRequest, form: PartnerForm, partner: Any, stale: Sequence[Difference] = ()) -> HttpResponse:
    context = {"form": form, "partner": partner, "stale": stale}
    return answer_form(request, "records/partner_form.html", context, invalid=form.is_bound)
