"""審議会の速さ: the packet, an old 要録 taken over, and the search over many meetings (printing.md §8)."""

import uuid
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from councils.models import AgendaBlock, AgendaItem, BlockKind, Body, Meeting, MeetingStatus, Minutes, Utterance
from councils.packet import papers_of, print_packet
from councils.services.agenda import add_block, add_item
from councils.services.importing import import_minutes, keep_file
from councils.services.meetings import create_meeting
from councils.services.papers import add_paper, attach
from councils.sheets import agenda, meeting_paper
from history import bulk
from history.writing import SYSTEM
from home.bench.rows import BenchWard
from home.bench.timing import Line, line, milliseconds, timed
from home.bench.visitors import Visitor
from printing import caching, pdf, sheets
from printing.binding import pages_of

PAPERS, FEW_PAPERS, ATTACHED = 27, 2, 10
PAGES_OF_PAPER, PAGES_ATTACHED = 4, 4
TO_ONE_HTML, JOINING = 1.25, 500  # of the same own pages as one HTML, plus half a second
TO_WHOLE = 0.25
MEETINGS, FEW_MEETINGS = 1000, 10
IMPORT_WITHIN, SEARCH_WITHIN = 5_000, 300  # milliseconds; chosen: no design names them
ROUNDS = 3
WORD = "守秘義務"
LINE = "個人情報の取扱いについて、受託者が講じる措置と区が講じる措置を、つぎのとおり定める。"


def council_lines(ward: BenchWard) -> Iterator[Line]:
    """Everything is rolled back but the meetings of the search."""
    is_short = ward.most_rounds == 1
    yield from _packet_lines(FEW_PAPERS if is_short else PAPERS, 1 if is_short else ROUNDS)
    yield _import_line()
    yield _search_line(ward, FEW_MEETINGS if is_short else MEETINGS)


def _packet_lines(count: int, rounds: int) -> Iterator[Line]:
    with transaction.atomic():
        meeting = _meeting_with_papers(count)
        today = timezone.localdate()
        pages = pages_of(print_packet(meeting, today, False))
        whole, floor = [], []
        for _ in range(rounds):
            caches[caching.CACHE].clear()
            whole.append(milliseconds(lambda: print_packet(meeting, today, False)))
            floor.append(milliseconds(_as_one_html(meeting)))
        target = TO_ONE_HTML + JOINING / min(floor)
        yield line(
            f"資料一式{pages}ページ（初回）／同じ面を一つのHTML", min(whole), min(floor), target=round(target, 3)
        )
        row = meeting.papers.first()
        row.text += f"\n{LINE}直した本文"
        row.save_as(SYSTEM, action="edit_meeting_paper")
        again = milliseconds(lambda: print_packet(meeting, today, False))
        yield line("資料一式：資料を一つ直したあと／初回", again, min(whole), target=TO_WHOLE)
        transaction.set_rollback(True)


def _meeting_with_papers(count: int) -> Meeting:
    body = Body.objects.first()
    term = body.terms.first()
    meeting = create_meeting(
        body=body, term=term, held_on=date(2022, 12, 1), number=999, token=uuid.uuid4(), actor=SYSTEM
    )
    block = add_block(meeting, kind=BlockKind.REPORT, actor=SYSTEM)
    text = "\n".join(f"（{number}）{LINE}" for number in range(1, 36 * PAGES_OF_PAPER))
    attachment = pdf.render([f'<article class="sheet"><p>別紙{page}</p></article>' for page in range(4)], title="別紙")
    for number in range(count):
        item = add_item(block, title=f"報告{number}", actor=SYSTEM)
        paper = add_paper(item, title=f"報告{number}", text=f"{number}{text}", is_ready=True, actor=SYSTEM)
        if number < ATTACHED:
            attach(paper, name="別紙", content=attachment, file_name="別紙.pdf", actor=SYSTEM)
    return meeting


def _as_one_html(meeting: Meeting) -> Callable[[], object]:
    today = timezone.localdate()
    rows = [(agenda.CODE, meeting), *((meeting_paper.CODE, paper) for paper in papers_of(meeting))]
    fragments = []
    for code, row in rows:
        sheet = sheets.get(code)
        layout = sheets.layout_for(sheet, row, today=today)
        fragments.append(sheets.render_fragment(sheet, sheet.values(row), layout))
    return lambda: pdf.render(fragments, title=str(meeting))


def _import_line() -> Line:
    """The 要録 of 2013 under another number, so that it is new: read, checked, written with history and documents."""
    path = Path(settings.BASE_DIR) / "fixtures" / "demo" / "minutes-2013-01-17.txt"
    text = path.read_text(encoding="utf-8").replace("第７期第７回", "第７期第９９回")
    for number in ("８", "９", "１０"):
        text = text.replace(f"諮問第{number}号", f"諮問第９{number}号")
    with transaction.atomic():
        took = milliseconds(lambda: import_minutes(keep_file("要録.txt", text.encode(), actor=SYSTEM), actor=SYSTEM))
        transaction.set_rollback(True)
    return line("会議要録の取込み（126発言）／5,000ミリ秒", took, IMPORT_WITHIN, target=1.0)


def _search_line(ward: BenchWard, count: int) -> Line:
    _add_meetings(count)
    office = Visitor(ward.office)
    url = f"{reverse('precedent_list')}?{urlencode({'q': WORD})}"
    took = timed("", lambda: office.get(url), lambda: None, target=1.0, rounds=min(15, ward.most_rounds)).value
    return line(f"先例の検索（{count:,}会議）／300ミリ秒", took, SEARCH_WITHIN, target=1.0)


def _add_meetings(count: int) -> None:
    """Closed meetings with an item and three utterances each; one in fifty speaks of the word."""
    body = Body.objects.first()
    first = date(1990, 1, 10)

    def written(rows: list) -> list:
        bulk.create_all_as(rows, SYSTEM, action="create_meeting")
        return rows

    meetings = written(
        [
            Meeting(
                body=body, series="bench", number=place + 1, held_on=first + timedelta(days=7 * place),
                token=uuid.uuid4(), status=MeetingStatus.CLOSED,
            )
            for place in range(count)
        ]
    )  # fmt: skip
    blocks = written([AgendaBlock(meeting=row, kind=BlockKind.REPORT, heading="報告", position=0) for row in meetings])
    items = written(
        [
            AgendaItem(meeting=block.meeting, block=block, position=0, subject="free", title=f"報告{place}")
            for place, block in enumerate(blocks)
        ]
    )
    day = timezone.localdate()
    kept = written(
        [Minutes(meeting=row, title=f"要録{row.number}", status="settled", settled_on=day) for row in meetings]
    )
    written(
        [
            Utterance(
                minutes=minutes, item=items[place], position=number, speaker="委員",
                text=f"{LINE}{WORD if place % 50 == 0 and number == 1 else ''}",
            )
            for place, minutes in enumerate(kept)
            for number in range(3)
        ]
    )  # fmt: skip
