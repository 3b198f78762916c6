"""前の資料から: the papers that a person may start a new one from."""

from django.db.models import QuerySet

from organization import rules
from organization.models import User
from records.models import Paper


def papers_to_copy(user: User) -> QuerySet:
    """Papers of the person's own departments, newest first."""
    seen = rules.permitted(Paper.objects.in_use(), user, "view_paper")
    return seen.filter(Paper.owned_by(user.department_ids_today)).select_related("proposal").order_by("-pk")
