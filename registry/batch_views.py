"""業務登録票のまとめた印刷: what was chosen in the list."""

from django.http import HttpRequest, HttpResponse

from common.views import as_of
from exchange.batch_pages import print_selected
from organization import rules
from registry import listing, statistics
from registry.list_views import activity_list
from registry.models import ActivityVersion
from registry.sheets import BATCH


def print_activities(request: HttpRequest) -> HttpResponse:
    """業務登録票のまとめた印刷: the address carries the list's filters; who comes here by a new sign-in finds it."""
    if request.method != "POST":
        return activity_list(request)
    wanted = listing.asked(request, as_of(request).day)
    visible = rules.permitted(ActivityVersion.objects.all(), request.user, "view_activityversion")
    organs = statistics.organs_by_department() if wanted.organ is not None else {}
    found = listing.found(visible, wanted, organs).filter(wanted.condition)
    return print_selected(request, BATCH, listing.listed(found, request.user), list_page="activity_list")
