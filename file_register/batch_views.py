"""単票のまとめた印刷: what was chosen in the list."""

from django.http import HttpRequest, HttpResponse

from common.views import as_of
from exchange.batch_pages import print_selected
from file_register import listing
from file_register.sheets import BATCH
from file_register.views import personal_file_list


def print_file_entries(request: HttpRequest) -> HttpResponse:
    """単票のまとめた印刷: the address carries the list's filters; who comes here by a new sign-in finds it."""
    if request.method != "POST":
        return personal_file_list(request)
    asked = listing.understand(request, as_of(request).day)
    rows = listing.listed(listing.found(request.user, asked), request.user, asked)
    return print_selected(request, BATCH, rows, list_page="personal_file_list")
