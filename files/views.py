"""保管したファイルのページ."""

from io import BytesIO

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from files import purposes, services
from files.kinds import MEDIA_TYPES, SHOWN, FileType
from files.models import StoredFile


@require_GET
@cache_control(private=True, no_store=True)
def download_file(request: HttpRequest, pk: int) -> FileResponse:
    """ファイルを開く: shown by the browser where it is harmless, else (or with ?download=1) handed over to be kept.

    404 for who may not read it, as for what does not exist.
    """
    stored = get_object_or_404(StoredFile, pk=pk)
    if not services.may_read(request.user, stored):
        raise Http404
    kind = FileType(stored.type)
    harmless = kind in SHOWN and not stored.is_active and purposes.get(stored.purpose).shown
    shown = harmless and request.GET.get("download") != "1"
    response = FileResponse(
        BytesIO(services.content_of(stored)),
        as_attachment=not shown,
        filename=stored.name,
        content_type=MEDIA_TYPES[kind],
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
