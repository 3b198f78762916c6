"""図: pictures in the text of a paper, 「［図：システム構成図］」 alone on a line; the name is an attachment's."""

from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO

from django.urls import reverse
from PIL import Image, ImageOps

from files.kinds import FileType
from files.models import StoredFile
from files.services import content_of
from printing.fetcher import PICTURE
from printing.prose.reading import figure_names
from records.models import Attachment, Paper

MOST_POINTS = 2000  # on the longer side: 300 dpi over the width of the paper


def figures_on_screen(paper: Paper, texts: Mapping[str, str]) -> dict[str, str]:
    """The pictures that the texts name, at the addresses at which a reader of the paper may fetch them."""
    return {name: reverse("download_file", args=[stored.pk]) for name, stored in _named(paper, texts).items()}


def figures_in_print(paper: Paper, texts: Mapping[str, str]) -> dict[str, str]:
    """The same, as a print or Word is given them (`pictures`)."""
    return {name: PICTURE + stored.digest for name, stored in _named(paper, texts).items()}


def pictures(paper: Paper, texts: Mapping[str, str]) -> dict[str, bytes]:
    """{digest: content}: what the addresses of `figures_in_print` stand for."""
    return {stored.digest: for_print(stored) for stored in _named(paper, texts).values()}


def for_print(stored: StoredFile) -> bytes:
    """The picture as a paper needs it: upright, no larger than it prints, without place and maker of the photograph."""
    return _scaled(stored.digest, FileType(stored.type), content_of(stored))


@lru_cache(maxsize=8)
def _scaled(digest: str, kind: FileType, content: bytes) -> bytes:
    with Image.open(BytesIO(content), formats=["PNG", "JPEG"]) as opened:
        picture = ImageOps.exif_transpose(opened)
        picture.thumbnail((MOST_POINTS, MOST_POINTS))
        out = BytesIO()
        if kind is FileType.JPEG:
            picture.convert("RGB").save(out, "JPEG", quality=88)
        else:
            picture.save(out, "PNG")
    return out.getvalue()


def _named(paper: Paper, texts: Mapping[str, str]) -> dict[str, StoredFile]:
    """The pictures among the attachments of the file that the texts name; no query when they name none."""
    names = {name for text in texts.values() for name in figure_names(text)}
    if not names:
        return {}
    rows = Attachment.objects.filter(
        proposal=paper.proposal_id, name__in=names, file__type__in=[FileType.PNG, FileType.JPEG]
    )
    return {row.name: row.file for row in rows.select_related("file")}
