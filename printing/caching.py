"""印刷のひかえ: the PDF of a fragment that was printed before with the same styles; equal input gives equal bytes.

A changed 資料 then costs one print, not that of the whole packet (printing.md §7c).
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from hashlib import sha256

import weasyprint
from django.core.cache import caches

from printing import pdf

CACHE = "prints"


def render(fragments: Sequence[str], *, title: str, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """As `printing.pdf.render`, from the cache where it is there."""
    digest = sha256(_of_the_styles())
    for text in (title, *fragments, *sorted(pictures or ())):
        digest.update(text.encode())
        digest.update(b"\0")
    return _kept(digest.hexdigest(), lambda: pdf.render(fragments, title=title, pictures=pictures))


def write(document: str, styles: str) -> bytes:
    """The PDF of a whole HTML `document` under `styles` alone; from the cache where it is there."""
    digest = sha256("\0".join([weasyprint.__version__, styles, document]).encode())

    def made() -> bytes:
        sheet = weasyprint.CSS(string=styles, font_config=pdf.fonts())
        return weasyprint.HTML(string=document).write_pdf(stylesheets=[sheet], font_config=pdf.fonts())

    return _kept(digest.hexdigest(), made)


def _kept(key: str, made: Callable[[], bytes]) -> bytes:
    store = caches[CACHE]
    content = store.get(key)
    if content is None:
        content = made()
        store.set(key, content)
    return content


@cache
def _of_the_styles() -> bytes:
    styles = b"".join((pdf.static_root() / name).read_bytes() for name in pdf.STYLESHEETS)
    return styles + weasyprint.__version__.encode()
