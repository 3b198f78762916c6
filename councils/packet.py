"""資料一式: 次第 and 資料１…n with what is attached, as one PDF for the members (printing.md §7c)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO

import pikepdf
from django.template.loader import render_to_string

from councils.agenda import fullwidth
from councils.models import Attendance, Meeting, MeetingAttachment, MeetingPaper
from councils.naming import names_of
from councils.sheets import agenda, amendment, meeting_paper
from files.services import content_of
from history.errors import DomainError
from printing import output, sheets
from printing.binding import Section, bind
from printing.caching import render
from printing.joining import Part
from printing.models import SheetLayout
from records.papers.packet import packet_parts

CODE = "packet"
ON_DESK = "机上配布"
DRAFT = "未確定"
Step = Callable[[int, int], None]


@dataclass
class _Run:
    """One printing: what holds for all its papers."""

    today: date
    allow_missing: bool
    printed: dict[str, str] = field(
        default_factory=dict
    )  # digest of an attachment → how the paper that has it is called
    layouts: dict[str, SheetLayout] = field(default_factory=dict)  # of the free papers: all of the meeting's day


class BrokenPaper(DomainError):
    """壊れた資料: a PDF that cannot be bound; named, so that it can be put right."""

    def __init__(self, paper: MeetingPaper) -> None:
        super().__init__(f"{paper.label}「{paper.title}」のPDFを読めません。差しかえてください。")


def print_packet(
    meeting: Meeting,
    today: date,
    allow_missing: bool,
    *,
    member: Attendance | None = None,
    step: Step = lambda done, total: None,
) -> bytes:
    """資料一式の印刷; `member`: the copy of one member; `step` is told after each paper.

    Raises MissingGlyphs, NoLayout, ContentChanged, BrokenPaper.
    """
    papers, run = papers_of(meeting), _Run(today, allow_missing)
    sections = [Section("次第", [_sheet_part(agenda.CODE, meeting, "次第", run)])]
    for done, paper in enumerate(papers, 1):
        sections.append(_section(paper, run))
        step(done, len(papers))
    return bind(sections, title=f"{meeting}資料", name=f"{_name(member)}委員" if member else "")


def print_paper(paper: MeetingPaper, today: date, allow_missing: bool) -> bytes:
    """一つの資料の印刷, with what is attached. Raises as `print_packet`."""
    section = _section(paper, _Run(today, allow_missing))
    return bind([section], title=str(paper))


def papers_of(meeting: Meeting) -> list[MeetingPaper]:
    """The meeting's papers in the order of their numbers, with all that printing them asks for."""
    rows = meeting.papers.filter(is_removed=False).select_related(
        "item__consultation",
        "item__amendment__body",
        "meeting__body",
        "meeting__term",
        "paper__proposal__department__parent",
        "file",
    )
    return list(
        rows.prefetch_related(
            "paper__sections",
            "attachments__file",
            "attachments__same_as__file",
            "attachments__same_as__paper__item__consultation",
        ).order_by("number", "branch", "pk")
    )


def words_of(paper: MeetingPaper) -> str:
    """How another paper names this one: 「諮問第９号」, else 「資料４」."""
    consultation = paper.item.consultation
    return f"諮問第{fullwidth(consultation.number)}号" if consultation else label_of(paper)


def label_of(paper: MeetingPaper) -> str:
    """「資料６」, as it stands in the box."""
    return f"資料{meeting_paper.number_of(paper)}"


def _name(member: Attendance) -> str:
    roster = [row.appointment for row in member.meeting.attendances.seated().select_related("appointment__member")]
    (name,) = names_of([member.appointment], among=roster)
    return name


def _section(paper: MeetingPaper, run: _Run) -> Section:
    try:
        parts = [*_own(paper, run), *_attached(paper, run)]
        for part in parts:
            if part.is_foreign:
                pikepdf.open(BytesIO(part.content)).close()
    except pikepdf.PdfError as refusal:
        raise BrokenPaper(paper) from refusal
    notes = [ON_DESK] if paper.on_desk else []
    if paper.paper is None and not paper.is_ready:
        notes.append(DRAFT)
    return Section(f"{label_of(paper)}　{''.join(paper.title.splitlines())}", parts, label_of(paper), "・".join(notes))


def _own(paper: MeetingPaper, run: _Run) -> Iterator[Part]:
    if paper.paper is not None:
        paper.paper.printed_number = label_of(paper)
        yield from packet_parts(
            paper.paper, run.today, run.allow_missing, printed=run.printed, words=words_of(paper), render=render
        )
    elif paper.item.amendment is not None and not paper.text and paper.file is None:
        paper.item.amendment.printed_number = label_of(paper)
        yield _sheet_part(amendment.CODE, paper.item.amendment, paper.title, run)
    elif paper.file is not None:
        yield Part(paper.title, content_of(paper.file), is_foreign=True)
    else:
        yield _sheet_part(meeting_paper.CODE, paper, paper.title, run)


def _attached(paper: MeetingPaper, run: _Run) -> Iterator[Part]:
    """PDFs behind the paper; what another paper has is named instead: 「以下資料は、…と同一のため省略する。」

    What was named after a paper that is no longer laid before the meeting goes with the first that names it.
    """
    omitted: dict[str, list[MeetingAttachment]] = {}
    for row in [row for row in paper.attachments.all() if not row.is_removed]:
        if row.is_printed_elsewhere:
            omitted.setdefault(words_of(row.same_as.paper), []).append(row)
        elif row.same_as is not None and row.stored.digest in run.printed:
            omitted.setdefault(run.printed[row.stored.digest], []).append(row)
        else:
            run.printed.setdefault(row.stored.digest, words_of(paper))
            yield Part(row.name, content_of(row.stored), is_foreign=True)
    if omitted:
        fragment = render_to_string("records/_sheet_omitted.html", {"groups": list(omitted.items())})
        (checked,) = output.checked([fragment], allow_missing=run.allow_missing)
        yield Part("同一のため省略", render([checked], title="同一のため省略"))


def _sheet_part(code: str, row: object, bookmark: str, run: _Run) -> Part:
    sheet = sheets.get(code)
    if code not in run.layouts:
        run.layouts[code] = sheets.layout_for(sheet, row, today=run.today)
    fragment = sheets.render_fragment(sheet, sheet.values(row), run.layouts[code])
    (checked,) = output.checked([fragment], allow_missing=run.allow_missing)
    return Part(bookmark, render([checked], title=bookmark))


def register_packet() -> None:
    """Called once, while the application starts: the command prints a packet as it prints a sheet."""
    first = sheets.get(agenda.CODE)
    sheets.register(replace(first, code=CODE, title="資料一式", bound=print_packet))
