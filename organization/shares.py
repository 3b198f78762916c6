"""承継の対象 of this application: charges move with their department; the tree and the successions do not."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from organization import reassignment
from organization.models import Assignment, Department, Succession
from organization.reassignment import Share, Way
from organization.staffing import move_charge


def register_shares() -> None:
    """Called when the application starts."""
    reassignment.register(
        Assignment,
        Share(
            field="department",
            label="担当（利用者）",
            way=Way.MOVES,
            affected=_charges,
            view="people_list",
            text=lambda charge: f"{charge.user.name}（{charge.title}）",
            move=move_charge,
        ),
    )
    reassignment.exempt(
        Department, "parent", "下位の組織は、承継先の下に新しくつくり、それぞれを承継させる（reorganizing._succeed）"
    )
    for side in ("before", "after"):
        reassignment.exempt(Succession, side, "承継そのものの記録であり、改正ののちも変わらない")


def _charges(departments: Collection[int], on: date) -> QuerySet:
    """What is held on `on` or begins later."""
    rows = Assignment.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), department__in=departments)
    return rows.select_related("user", "department", "stands_in_for").order_by("user__username", "pk")
