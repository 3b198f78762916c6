"""影響をみる対象のうち、業務と組織: whose data is meant on a day."""

from datetime import date

from django.db.models import F, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString

from organization import effects, rules
from organization.models import Department, User
from organization.models.departments import with_predecessors
from registry import impact, impact_paper
from registry.impact import Subject, SubjectKind, register_subject
from registry.models import Activity, ActivityStatus, ActivityVersion


def register_subjects() -> None:
    """Called once, while the application starts."""
    register_subject(SubjectKind("activity", _activity))
    register_subject(SubjectKind("department", _department))
    effects.register(_effect)


def of_activity(activity: Activity, title: str) -> Subject:
    """業務 as a subject, under the name that its page shows."""
    url = reverse("view_activity", args=[activity.pk])
    words = impact.named(activity.number or "", title)
    return Subject("activity", activity.pk, "業務", words, url, activities=[activity.pk])


def _activity(user: User, pk: int, day: date) -> Subject:
    activity = rules.find(Activity.objects.all(), user, "view_activity", pk=pk)
    versions = rules.permitted(activity.versions.all(), user, "view_activityversion")
    newest_first = list(versions.order_by(F("valid_from").desc(nulls_last=True), "-pk"))
    shown = next((version for version in newest_first if version.in_force(day)), newest_first[0])
    return of_activity(activity, shown.name)


def _department(user: User, pk: int, day: date) -> Subject:
    rows = rules.permitted(Department.objects.select_related("parent"), user, impact.ACTION)
    department = get_object_or_404(rows, pk=pk)
    return of_departments([department], day, url=_own_page(user, department))


def _own_page(user: User, department: Department) -> str:
    return reverse("view_department", args=[department.pk]) if rules.may(user, "view_department") else ""


def of_departments(departments: list[Department], day: date, url: str = "") -> Subject:
    """組織 as one subject: with the units below them, and all whose work they took over by `day`."""
    keys = [department.pk for department in departments]
    below = Department.objects.filter(Q(pk__in=keys) | Q(parent__in=keys) | Q(parent__parent__in=keys))
    reached = with_predecessors(below.values_list("pk", flat=True), day=day)
    others = len(reached - set(keys))
    return Subject(
        "department",
        keys[0],
        "組織",
        "、".join(department.full_name for department in departments),
        url,
        note=f"下位の組織と承継前の組織（{others}）の情報をふくみます。" if others else "",
        activities=_held_by(reached, day),
        departments=reached,
    )


def _held_by(departments: set[int], day: date) -> QuerySet:
    """The businesses of `departments` on `day`, as a subquery of keys."""
    versions = ActivityVersion.objects.as_of(day).filter(status=ActivityStatus.REGISTERED, department__in=departments)
    return versions.order_by().values("activity")


def _effect(user: User, departments: list[Department], day: date) -> SafeString:
    """What the page of a 組織改正 shows of the departments that end."""
    report = impact.report(user, of_departments(departments, day), day)
    return impact_paper.notice(report, [(one.full_name, "department", one.pk) for one in departments])
