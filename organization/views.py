"""組織と担当のページ: read the request, ask the services, answer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common import exporting
from common.paging import ListPage, page_of
from common.views import AsOf, answer_form, as_of, go_to
from common.wareki import format_date
from history.errors import DomainError
from organization import effects, exports, presenting, reorganizing, rules, staffing
from organization.errors import NamedTwice, NameTaken
from organization.forms import HandOverForm, ReorganizeForm, StandInForm
from organization.models import Assignment, Department

CHOICE = "to:"


def department_list(request: HttpRequest) -> HttpResponse:
    """組織の一覧: the departments that exist on a day."""
    asked, text = as_of(request), request.GET.get("q", "").strip()
    rows = rules.permitted(Department.objects.all(), request.user, "view_department").as_of(asked.day)
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(parent__name__icontains=text))
    rows = rows.select_related("parent__parent").prefetch_related("predecessions__before", "successions__after")
    rows = rows.order_by("parent__parent__name", "parent__name", "name", "pk")
    if exporting.asked(request):
        return exporting.answer(request, exports.department_list(rows, asked.day), rows)
    page = page_of(request, rows)
    frame = _frame("組織", "組織または上位の組織の名称で探す", text, asked, page)
    frame["exports"] = exporting.menu(request)
    context = {"list": frame, "rows": page.rows, "may_reorganize": rules.may(request.user, "reorganize")}
    return render(request, "organization/department_list.html", context)


def view_department(request: HttpRequest, pk: int) -> HttpResponse:
    """組織: its days, who was before and after, and what is there on a day."""
    rows = Department.objects.select_related("parent__parent")
    department = rules.find(rows, request.user, "view_department", pk=pk)
    asked = as_of(request)
    context = {
        "department": department,
        "as_of": asked,
        "rules": department.rules_on(asked.day),
        "before": department.predecessions.select_related("before__parent").order_by("on", "pk"),
        "after": department.successions.select_related("after__parent").order_by("on", "pk"),
        "touched": presenting.on_department(request.user, department, asked.day),
        "may_reorganize": department.valid_to is None and rules.may(request.user, "reorganize"),
    }
    return render(request, "organization/department.html", context)


def people_list(request: HttpRequest) -> HttpResponse:
    """担当の一覧: who holds which charge on a day."""
    asked, text = as_of(request), request.GET.get("q", "").strip()
    rows = rules.permitted(Assignment.objects.as_of(asked.day), request.user, "people_list")
    if text:
        rows = rows.filter(Q(user__name__icontains=text) | Q(department__name__icontains=text))
    rows = rows.select_related("user", "department__parent", "stands_in_for")
    rows = rows.order_by("department__parent__name", "department__name", "role", "pk")
    if exporting.asked(request):
        return exporting.answer(request, exports.people_list(rows.iterator(), asked.day), rows)
    page = page_of(request, rows)
    frame = _frame("担当と異動", "氏名または組織の名称で探す", text, asked, page)
    frame["exports"] = exporting.menu(request)
    context = {"list": frame, "rows": page.rows, "may_hand_over": rules.may(request.user, "hand_over")}
    return render(request, "organization/people_list.html", context)


def reorganize(request: HttpRequest) -> HttpResponse:
    """組織改正: fill in, look at what is touched, carry out."""
    form = ReorganizeForm(_posted(request), initial={"before": request.GET.getlist("before")})
    context: dict[str, Any] = {"form": form}
    step = request.POST.get("step", "")
    if form.is_valid() and step != "edit":
        before, after, on = list(form.cleaned_data["before"]), form.after(), form.cleaned_data["on"]
        choices = _choices(request)
        try:
            reorganizing.check(before, after, on=on)
            context["preview"] = presenting.preview(request.user, before, after, on, choices)
            context["effects"] = effects.shown(request.user, before, on)
            if step == "carry_out":
                reason = form.cleaned_data["reason"]
                found = reorganizing.reorganize(
                    before, after, on=on, actor=request.user, reason=reason, choices=choices
                )
                messages.success(request, f"{format_date(on)}の組織改正を行いました。")
                return go_to(request, "view_department", pk=(found or before)[0].pk)
        except (NameTaken, NamedTwice) as refusal:
            form.add_error(form.place_of(refusal.name), str(refusal))
        except (DomainError, ValidationError) as refusal:
            form.add_error(None, getattr(refusal, "messages", str(refusal)))
    return answer_form(request, "organization/reorganize.html", context, invalid=bool(form.errors))


def hand_over(request: HttpRequest) -> HttpResponse:
    """異動・引継ぎ: fill in, look at what is handed over, carry out."""
    form = HandOverForm(_posted(request), initial={"user": request.GET.get("user")})
    context: dict[str, Any] = {"form": form}
    step = request.POST.get("step", "")
    if form.is_valid() and step != "edit":
        person, on = form.cleaned_data["user"], form.cleaned_data["on"]
        context["touched"] = presenting.on_move(request.user, person, on)
        if step == "carry_out":
            try:
                staffing.hand_over(actor=request.user, **form.arguments())
            except (DomainError, ValidationError) as refusal:
                form.add_error(None, getattr(refusal, "messages", str(refusal)))
            else:
                messages.success(request, f"{person.name}さんの異動（{format_date(on)}）を記録しました。")
                return go_to(request, "people_list")
    return answer_form(request, "organization/hand_over.html", context, invalid=bool(form.errors))


def stand_in(request: HttpRequest) -> HttpResponse:
    """代理."""
    form = StandInForm(_posted(request), today=timezone.localdate(), initial={"charge": request.GET.get("charge")})
    if form.is_valid():
        try:
            charge = staffing.stand_in(actor=request.user, **form.arguments())
        except (DomainError, ValidationError) as refusal:
            form.add_error(None, getattr(refusal, "messages", str(refusal)))
        else:
            messages.success(request, f"{charge.user.name}さんを{charge.title}としました。")
            return go_to(request, "people_list")
    return answer_form(request, "organization/stand_in.html", {"form": form}, invalid=form.is_bound)


def _posted(request: HttpRequest) -> Any:
    """What was sent, also when nothing was filled in; None for a fresh page."""
    return request.POST if request.method == "POST" else None


def _choices(request: HttpRequest) -> dict[str, int]:
    """The successors chosen for the rows of a split; what is no number was not chosen."""
    sent = {name: value for name, value in request.POST.items() if name.startswith(CHOICE)}
    return {name.removeprefix(CHOICE): int(value) for name, value in sent.items() if value.isdecimal()}


def _frame(title: str, label: str, text: str, asked: AsOf, page: ListPage) -> dict[str, Any]:
    """What ui/list.html asks for."""
    day = format_date(asked.day)
    return {
        "title": title,
        "count": f"{page.total:,}件",
        "search": {"name": "q", "label": label, "value": text},
        "as_of": asked,
        "filters": [],
        "clear_url": "",
        "keep": [],
        "caption": f"{title}、組織の順、基準日 {day}",
        "has_rows": bool(page.rows),
        "empty": {
            "title": "この条件にあうものはありません",
            "why": f"基準日は{day}です。",
            "url": "?",
            "action": "条件を消す",
        },
        "pager": page,
    }
