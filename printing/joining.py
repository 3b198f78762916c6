"""一つのPDFに: own sheets and PDFs from elsewhere, one after the other, each findable (printing.md §6, §7c)."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf

_HARMLESS = ("/URI", "/GoTo")  # a link to a page of the net, and one within the file


@dataclass(frozen=True)
class Part:
    """One PDF of the whole: bookmark, content, prefix of its page labels (「添付1-」), whether others made it."""

    bookmark: str
    content: bytes
    prefix: str = ""
    is_foreign: bool = False


def join(parts: Sequence[Part], *, title: str) -> bytes:
    """`parts` in their order as one PDF; each keeps its pages, counted from 1, and has a bookmark.

    What a PDF from elsewhere would do by itself stays behind. Equal parts give equal bytes. ValueError for none.
    """
    if not parts:
        raise ValueError("nothing to join")
    with pikepdf.new() as joined:
        starts = []
        for part in parts:
            starts.append(len(joined.pages))
            with pikepdf.open(BytesIO(part.content)) as source:
                joined.pages.extend(source.pages)
        for page in joined.pages:
            quieten(page.obj)
        with joined.open_outline() as outline:
            outline.root.extend(
                pikepdf.OutlineItem(part.bookmark, start, "Fit") for part, start in zip(parts, starts, strict=True)
            )
        labels: list[int | pikepdf.Object] = []
        for part, start in zip(parts, starts, strict=True):
            labels += [start, _label(part.prefix)]
        joined.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(labels))
        joined.Root.Lang = pikepdf.String("ja")
        joined.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        joined.Root.PageMode = pikepdf.Name.UseOutlines
        joined.docinfo["/Title"] = title
        out = BytesIO()
        joined.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def _label(prefix: str) -> pikepdf.Dictionary:
    numbered = pikepdf.Dictionary(S=pikepdf.Name.D)
    if prefix:
        numbered.P = pikepdf.String(prefix)
    return numbered


def quieten(page: pikepdf.Object) -> None:
    """Take off what acts by itself: actions of the page, and every annotation but plain links (printing.md §6)."""
    if "/AA" in page:
        del page["/AA"]
    if "/Annots" in page:
        kept = [one for one in page["/Annots"] if _is_plain_link(one)]
        page["/Annots"] = pikepdf.Array(kept)


def _is_plain_link(annotation: pikepdf.Object) -> bool:
    if annotation.get("/Subtype") != "/Link" or "/AA" in annotation:
        return False
    action = annotation.get("/A")
    return action is None or (str(action.get("/S", "")) in _HARMLESS and "/Next" not in action)
