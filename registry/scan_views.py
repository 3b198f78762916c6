"""業務登録の写しのページ."""

from django.http import HttpRequest, HttpResponse

from files import scan_pages
from registry import scans

_PAGES = scan_pages.Pages(
    scans=scans.SCANS,
    attach=scans.attach_activity_scan,
    remove=scans.remove_activity_scan,
    entry=lambda version: ("view_activity", version.activity_id),
    list_page=("業務登録", "activity_list"),
)


def attach_activity_scan(request: HttpRequest, pk: int) -> HttpResponse:
    """業務登録の写しの添付."""
    return scan_pages.attach(request, _PAGES, pk)


def remove_activity_scan(request: HttpRequest, pk: int) -> HttpResponse:
    """業務登録の写しの取りはずし."""
    return scan_pages.remove(request, _PAGES, pk)
