"""資料と記録票の見くらべ: the items of a paper against those of the sheets of its kind, with the marks of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from records.checks.items import Item, Mark, missing, read_items
from records.checks.reading import PaperReading, Reading
from records.kinds import kind_of
from records.models import RecordVersion


@dataclass(frozen=True)
class ItemRow:
    """一覧の行: an item, where it stands, and its marks. None: there is no paper, or no sheet, to stand in."""

    text: str
    in_paper: bool | None
    in_record: bool | None
    marks: list[Mark]

    @property
    def differs(self) -> bool:
        """Whether it stands in one of the two only."""
        return False in (self.in_paper, self.in_record)


@dataclass(frozen=True)
class Comparison:
    """見くらべ: one direction of one kind of sheets."""

    title: str
    rows: list[ItemRow]

    @property
    def noticed(self) -> list[ItemRow]:
        """The rows that somebody should look at."""
        return [row for row in self.rows if row.differs or row.marks]

    @property
    def lines(self) -> Iterator[str]:
        """What differs, as sentences."""
        for words, rows in (
            ("資料だけにある", [row for row in self.rows if row.in_record is False]),
            ("記録票だけにある", [row for row in self.rows if row.in_paper is False]),
        ):
            if rows:
                yield f"{self.title}：{words}項目　{'、'.join(row.text for row in rows)}"


def comparisons(reading: Reading) -> list[Comparison]:
    """Every list of items of the file; sheets with the same list are one."""
    found: list[Comparison] = []
    for kind in dict.fromkeys([*(kind_of(record).code for record in reading.records), *reading.kinds]):
        papers, records = reading.papers_on(kind), reading.of_kinds([kind])
        for title, in_papers, in_records in _sides(papers, records):
            if in_papers or in_records:
                found.append(Comparison(title, _rows(in_papers, in_records)))
    return found


Side = tuple[str, list[Item] | None, list[Item] | None]


def _sides(papers: list[PaperReading], records: list[RecordVersion]) -> Iterator[Side]:
    """Title, the items of the papers, the items of the sheets; None where there is none to compare with."""
    lists = [paper.items for paper in papers if paper.sections.get("items", "").strip()]
    directed = any(one.sent or one.received for one in lists)
    distinct = {_typed(record): record for record in records if any(_typed(record))}
    for typed, record in distinct.items() or [(("", "", ""), None)]:
        several = f"（{record}）" if len(distinct) > 1 else ""
        sent, _, either = (_items(text) for text in typed)
        if directed:
            yield (f"提供する項目{several}", _of(lists, "sent"), (sent + either) if record else None)
            yield (f"提供を受ける項目{several}", _of(lists, "received"), _received(typed) if record else None)
        else:
            everything = sent + _received(typed) + either
            yield (f"情報項目{several}", _of(lists, "all"), everything if record else None)


def _typed(record: RecordVersion) -> tuple[str, str, str]:
    names = ("provided_items", "received_items", "items")
    return tuple((getattr(record, name, "") or "").strip() for name in names)  # type: ignore[return-value]


def _items(text: str) -> list[Item]:
    return read_items(text).all


def _received(typed: tuple[str, str, str]) -> list[Item]:
    """「送信する項目と同じ。」 means the list beside it."""
    sent, received, _ = typed
    return read_items(f"送信する項目\n{sent}\n受信する項目\n{received}").received if received else []


def _of(lists: list, name: str) -> list[Item] | None:
    return [item for one in lists for item in getattr(one, name)] if lists else None


def _rows(in_papers: list[Item] | None, in_records: list[Item] | None) -> list[ItemRow]:
    only_paper = missing(in_papers or [], in_records) if in_records is not None else []
    only_record = missing(in_records or [], in_papers) if in_papers is not None else []
    shown = in_papers if in_papers is not None else in_records or []
    has_both = in_papers is not None and in_records is not None
    rows = [
        ItemRow(
            item.text,
            True if in_papers is not None else None,
            (item not in only_paper if has_both else None) if in_papers is not None else True,
            item.marks,
        )
        for item in shown
    ]
    rows += [ItemRow(item.text, False, True, item.marks) for item in only_record]
    return list({(row.text, row.in_paper): row for row in rows}.values())
