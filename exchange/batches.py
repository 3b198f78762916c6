"""まとめた印刷: the sheets of many rows as one PDF, at once for a few, in the background for more.

A register says once what it prints (Batch). What is printed is what the person may see when it is printed, in the order
of the list.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from common.wareki import format_date
from files import purposes
from files import services as files
from files.kinds import MEGABYTE, FileType
from files.models import StoredFile
from files.purposes import Purpose
from history.errors import DomainError
from notices import jobs
from notices.models import Job
from notices.progress import Progress
from organization import rules
from organization.models import User
from printing import glyphs, sheets
from printing.batch import CHUNK, Entry, Volume, chunks
from printing.glyphs import Missing

logger = logging.getLogger(__name__)

KIND = PURPOSE = "batch-print"
AT_ONCE = 50  # sheets; more would keep a person waiting, and a server's process from everybody else
LIMIT = 500 * MEGABYTE
KEEP_DAYS = 30  # it can be printed again at any time
GETA, LEAVE = "geta", "leave"
GETA_NOTE = f"（様式の字体にない文字を{glyphs.GETA}で印刷）"


class NothingToPrint(DomainError):
    """印刷する票なし: none of the chosen rows is left."""

    def __init__(self) -> None:
        super().__init__("印刷できる票がありません。")


@dataclass(frozen=True)
class Batch:
    """まとめて印刷する票.

    code      its name in jobs
    sheet     the code of the sheet
    title     what the volume is called
    headings  what contents call the number (empty: there is none) and the name
    action    the line of the permission table that lets a row's sheet be printed
    number, name, place  what contents and bookmark say of a row
    related   what the rows bring along for that
    """

    code: str
    sheet: str
    title: str
    headings: tuple[str, str]
    action: str
    number: Callable[[Any], str]
    name: Callable[[Any], str]
    place: Callable[[Any], str]
    related: Sequence[str]

    def rows(self, user: User, pks: Iterable[int]) -> QuerySet:
        """Those of the rows that `user` may see and that have a sheet, ready to be printed."""
        printable = sheets.get(self.sheet).queryset().filter(pk__in=pks)
        return rules.permitted(printable, user, self.action).select_related(*self.related)

    def words(self, row: Any) -> str:
        """How a row is named to people."""
        return f"{self.number(row)}　{self.name(row)}".strip()


@dataclass(frozen=True)
class Prepared:
    """One row on its way to the paper: its entry (None: it cannot be printed, for this reason), what has no shape."""

    words: str
    entry: Entry | None
    missing: Sequence[Missing] = ()
    reason: str = ""

    @property
    def problem(self) -> str:
        """What has to be decided, or said, about the row; empty for none."""
        return self.reason or ("字体にない文字：" + "、".join(one.name for one in self.missing) if self.missing else "")


_BATCHES: dict[str, Batch] = {}


def register(batch: Batch) -> None:
    """Make a batch known; called while the applications start."""
    _BATCHES[batch.code] = batch
    jobs.register(KIND, work, repeatable=True)
    purposes.register(Purpose(PURPOSE, "まとめた印刷", frozenset({FileType.PDF}), LIMIT, _is_owner, KEEP_DAYS))


def prepare(batch: Batch, rows: Iterable[Any], *, today: date) -> list[Prepared]:
    """Each of `rows` (from Batch.rows) as HTML, or why not; the statements do not grow with the rows."""
    sheet, rows = sheets.get(batch.sheet), list(rows)
    if sheet.complete is not None:
        sheet.complete(rows, today)
    layouts = sheets.Layouts(sheet)
    return [_prepared(batch, sheet, layouts, row, today) for row in rows]


def volume(batch: Batch, count: int, *, today: date) -> Volume:
    """An empty volume with the batch's title."""
    return Volume(batch.title, headings=batch.headings, remarks=[f"{count:,}件　{format_date(today)}印刷"])


def settled(prepared: Iterable[Prepared], missing: str) -> list[Entry]:
    """The entries that are printed: those with characters without a shape with 〓 in their place, or left out."""
    return [
        _with_geta(one.entry) if one.missing else one.entry
        for one in prepared
        if one.entry is not None and (missing == GETA or not one.missing)
    ]


def print_at_once(batch: Batch, prepared: Sequence[Prepared], *, missing: str, today: date) -> bytes:
    """The volume of up to AT_ONCE rows. Raises NothingToPrint."""
    entries = settled(prepared, missing)
    if not entries:
        raise NothingToPrint
    made = volume(batch, len(entries), today=today)
    for chunk in chunks(entries):
        made.add(chunk)
    return made.finish()


def start(batch: Batch, pks: Sequence[int], *, missing: str, owner: User, today: date) -> Job:
    """まとめた印刷の依頼: the rows in this order, in the background."""
    return jobs.start(
        KIND,
        title=f"{batch.title}の印刷（{len(pks):,}件）",
        owner=owner,
        arguments={"code": batch.code, "pks": list(pks), "missing": missing, "today": today.isoformat()},
    )


def work(job: Job, progress: Progress, *, code: str, pks: list[int], missing: str, today: str) -> None:
    """まとめた印刷: the job. Each sheet that cannot be printed is named; the rest becomes one stored PDF."""
    batch, day = _BATCHES[code], date.fromisoformat(today)
    made, done = volume(batch, len(pks), today=day), 0
    for chunk in chunks(pks, CHUNK):
        found = {row.pk: row for row in batch.rows(job.owner, chunk)}
        prepared = prepare(batch, [found[pk] for pk in chunk if pk in found], today=day)
        for one in prepared:
            if one.problem:
                left = "" if one.entry is not None and missing == GETA else "（印刷していません）"
                progress.fail(one.words, f"{one.problem}{left or f'（{glyphs.GETA}で印刷しました）'}")
        if gone := len(chunk) - len(found):
            progress.fail(f"{gone:,}件", "印刷のときに見られなくなっていたか、票がないため、印刷していません")
        made.add(settled(prepared, missing))
        done += len(chunk)
        progress.step(done, len(pks))
    if not made.listed:
        raise NothingToPrint
    made.remarks = volume(batch, len(made.listed), today=day).remarks
    stored = files.store(f"{batch.title}.pdf", made.finish(), actor=job.owner, purpose=PURPOSE)
    job.message = f"{len(made.listed):,}件の票を1つのPDFにしました。{KEEP_DAYS}日のあいだ開けます。"
    job.result_url = reverse("download_file", args=[stored.pk])


def _prepared(batch: Batch, sheet: sheets.Sheet, layouts: sheets.Layouts, row: Any, today: date) -> Prepared:
    words = batch.words(row)
    try:
        fragment = sheets.render_fragment(sheet, sheet.values(row), layouts.of(row, today=today))
    except DomainError as refusal:
        return Prepared(words, None, reason=str(refusal))
    except Exception:
        # One sheet that cannot be made must not take the others with it; what is wrong with it stands in the log.
        logger.exception("%s %s cannot be printed", batch.sheet, row.pk)
        return Prepared(words, None, reason="予期しない誤りがあり、印刷できません")
    entry = Entry(batch.number(row), batch.name(row), batch.place(row), fragment)
    return Prepared(words, entry, glyphs.blocking(glyphs.missing(fragment)))


def _with_geta(entry: Entry) -> Entry:
    return Entry(entry.number, entry.name, entry.place, glyphs.substitute(entry.fragment), GETA_NOTE)


def _is_owner(user: User, stored: StoredFile) -> bool:
    return stored.owner_id == user.pk
