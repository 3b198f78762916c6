"""公表する単票の印刷: the official sheet with its public content only, made once for equal content."""

from functools import lru_cache
from uuid import UUID

from django.utils.safestring import SafeString

from file_register import sheets as file_sheets
from file_register.models import PublishedState
from printing import output, pdf, sheets
from public import activities, files
from public.entries import Page
from public.setting import Setting
from registry import sheets as activity_sheets


def printed(page: Page, setting: Setting) -> bytes:
    """The PDF of the entry on `page`, which must still be there; a character without a shape prints as 〓.

    Raises NoLayout when the sheet has no layout on its day.
    """
    make = _file_fragment if page.ref.kind == files.KIND else _activity_fragment
    fragment, title = make(page.ref.key, setting)
    return _pdf(fragment, f"{title} {page.ref.name}")


@lru_cache(maxsize=64)
def _pdf(fragment: str, title: str) -> bytes:
    """Equal input gives equal bytes, and anybody may ask: half a second each, only once."""
    return pdf.render(output.checked([fragment], allow_missing=True), title=title)


def _file_fragment(key: UUID, setting: Setting) -> tuple[SafeString, str]:
    state = (
        PublishedState.objects.as_of(setting.today)
        .filter(entry__file__token=key, entry__register__in=files.open_registers(setting))
        .select_related("version")
        .get()
    )
    sheet = sheets.get(file_sheets.CODE)
    layout = sheets.layout_for(sheet, state.version, today=setting.today)
    return sheets.render_fragment(sheet, sheet.values(state.version), layout), sheet.title


def _activity_fragment(key: UUID, setting: Setting) -> tuple[SafeString, str]:
    version = activities.versions(setting, setting.today).get(activity__token=key)
    sheet = sheets.get(activity_sheets.CODE)
    layout = sheets.layout_for(sheet, version, today=setting.today)
    return sheets.render_fragment(sheet, activities.boxes(version, setting), layout), sheet.title
