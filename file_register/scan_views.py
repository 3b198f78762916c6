"""個人情報ファイルの写しのページ."""

from django.http import HttpRequest, HttpResponse

from file_register import scans
from files import scan_pages

_PAGES = scan_pages.Pages(
    scans=scans.SCANS,
    attach=scans.attach_file_scan,
    remove=scans.remove_file_scan,
    entry=lambda version: ("view_personalfile", version.file_id),
    list_page=("個人情報ファイル", "personal_file_list"),
)


def attach_file_scan(request: HttpRequest, pk: int) -> HttpResponse:
    """個人情報ファイルの写しの添付."""
    return scan_pages.attach(request, _PAGES, pk)


def remove_file_scan(request: HttpRequest, pk: int) -> HttpResponse:
    """個人情報ファイルの写しの取りはずし."""
    return scan_pages.remove(request, _PAGES, pk)
