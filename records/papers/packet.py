"""資料一式: a paper with what belongs to it, in the ward's order: the sheet, what is attached, the 記録票."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string

from files.kinds import FileType
from files.services import content_of
from printing import joining, output, pdf, sheets
from printing.fetcher import PICTURE
from printing.joining import Part
from printing.prose.cleaning import clean
from printing.prose.setting import pieces
from records.kinds import KINDS, kind_of
from records.models import Attachment, Paper, PaperAttachment, RecordVersion
from records.papers.figures import for_print
from records.papers.sheets import PAPER

Render = Callable[..., bytes]


@dataclass(frozen=True)
class _Own:
    """Pages that we set ourselves: bookmark, fragment, its pictures."""

    bookmark: str
    fragment: str
    pictures: Mapping[str, bytes]
    prefix: str = ""


def print_packet(paper: Paper, today: date, allow_missing: bool) -> bytes:
    """資料一式の印刷: one PDF, a bookmark and page labels for each part.

    Raises MissingGlyphs, NoLayout, ContentChanged.

    An attachment that an earlier paper of the file has is not printed again: 「以下資料は、…と同一のため省略する。」
    """
    return joining.join(packet_parts(paper, today, allow_missing), title=f"{sheets.get(PAPER).title} {paper}")


def packet_parts(
    paper: Paper,
    today: date,
    allow_missing: bool,
    *,
    printed: dict[str, str] | None = None,
    words: str = "",
    render: Render = pdf.render,
) -> list[Part]:
    """The parts of `print_packet`, each a PDF.

    `printed`: of what other papers print of the same occasion, the digests of files → how their paper is called; what
    stands there is not printed again, and what this paper prints is added under its own `words`.
    `render` makes the PDF of a fragment (a cache may stand in between). Raises as `print_packet` does.
    """
    found = list(_parts(paper, today, {} if printed is None else printed, words))
    own = [part for part in found if isinstance(part, _Own)]
    checked = iter(output.checked([part.fragment for part in own], allow_missing=allow_missing))
    parts = []
    for part in found:
        if isinstance(part, _Own):
            content = render([next(checked)], title=part.bookmark, pictures=part.pictures)
            part = Part(part.bookmark, content, part.prefix)
        parts.append(part)
    return parts


def records_of(paper: Paper, wording: Mapping[str, Any]) -> list[RecordVersion]:
    """The 記録票 that the paper speaks of: those of its kinds; of several papers of one kind, those that it names."""
    kinds = [KINDS[code] for code in wording.get("records", ())]
    records = [record for record in paper.proposal.records() if kind_of(record) in kinds]
    beside = [one for one in paper.proposal.papers.in_use() if one.layout_code == paper.layout_code]
    if len(beside) < 2:
        return records
    texts = {one.pk: "".join([one.title, *one.sections.values_list("text", flat=True)]) for one in beside}
    named = [record for record in records if _names(texts[paper.pk], record)]
    if paper.pk == beside[0].pk:
        # What no paper names stays with the first.
        return [record for record in records if record in named or not any(_names(t, record) for t in texts.values())]
    return named


def shared_with(paper: Paper) -> dict[int, Paper]:
    """The attachments that an earlier paper of the file has already: {attachment: that paper}; one query."""
    before = PaperAttachment.objects.in_use().filter(
        paper__proposal=paper.proposal_id, paper__is_removed=False, is_omitted=False, in_text=False
    )
    found: dict[int, Paper] = {}
    for line in before.select_related("paper").order_by("-paper__position", "-paper"):
        if (line.paper.position, line.paper_id) < (paper.position, paper.pk):
            found[line.attachment_id] = line.paper
    return found


def _names(text: str, record: RecordVersion) -> bool:
    return bool(record.activity_name.strip()) and record.activity_name.strip() in text


def _parts(paper: Paper, today: date, printed: dict[str, str], words: str) -> Iterator[_Own | Part]:
    sheet = sheets.get(PAPER)
    layout = sheets.layout_for(sheet, paper, today=today)
    fragment = sheets.render_fragment(sheet, sheet.values(paper), layout)
    yield _Own(str(paper), fragment, output.pictures_of(sheet, paper))
    yield from _attached(paper, printed, words)
    records = records_of(paper, layout.wording)
    for number, record in enumerate(records, start=1):
        yield _record(record, today, f"記録票{number}-" if len(records) > 1 else "記録票-")


def _attached(paper: Paper, printed: dict[str, str], words: str) -> Iterator[_Own | Part]:
    lines = paper.attachments.in_use().filter(is_omitted=False, in_text=False).select_related("attachment__file")
    lines = [line for line in lines if not line.attachment.is_record]  # those follow as sheets
    earlier = {pk: f"「{other}」" for pk, other in shared_with(paper).items()}
    for line in lines:
        stored = line.attachment.file
        if stored is not None and line.attachment_id not in earlier:
            if stored.digest in printed:
                earlier[line.attachment_id] = printed[stored.digest]
            else:
                printed[stored.digest] = words or f"「{paper}」"
    for number, line in enumerate(lines, start=1):
        if line.attachment_id not in earlier:
            yield from _attachment(line.attachment, f"添付{number}-")
    omitted = [(earlier[line.attachment_id], line.attachment) for line in lines if line.attachment_id in earlier]
    if omitted:
        yield _omission(omitted)


def _attachment(attachment: Attachment, prefix: str) -> Iterator[_Own | Part]:
    """Its file as it is; a picture on a page of ours; what is kept as text alone, set as text; nothing for nothing."""
    stored = attachment.file
    if stored is not None and FileType(stored.type) is FileType.PDF:
        yield Part(attachment.name, content_of(stored), prefix, is_foreign=True)
    elif stored is not None:
        pictures = {stored.digest: for_print(stored)}
        yield _own_sheet(attachment.name, prefix, src=f"{PICTURE}{stored.digest}", pictures=pictures)
    elif attachment.text.strip():
        yield _own_sheet(attachment.name, prefix, text=attachment.text)


def _own_sheet(name: str, prefix: str, *, text: str = "", src: str = "", pictures: Any = None) -> _Own:
    context = {"name": name, "src": src, "pieces": pieces(clean(text)) if text else []}
    return _Own(name, render_to_string("records/_sheet_attachment.html", context), pictures or {}, prefix)


def _omission(omitted: Iterable[tuple[str, Attachment]]) -> _Own:
    """「以下資料は、…と同一のため省略する。」, for each earlier paper its attachments."""
    groups: dict[str, list[Attachment]] = {}
    for words, attachment in omitted:
        groups.setdefault(words, []).append(attachment)
    context = {"groups": list(groups.items())}
    return _Own("同一のため省略", render_to_string("records/_sheet_omitted.html", context), {}, "省略-")


def _record(record: RecordVersion, today: date, prefix: str) -> _Own:
    sheet = sheets.get(kind_of(record).sheet_code)
    if sheet.complete is not None:
        sheet.complete([record], today)
    layout = sheets.layout_for(sheet, record, today=today)
    return _Own(f"{sheet.title}　{record}", sheets.render_fragment(sheet, sheet.values(record), layout), {}, prefix)
