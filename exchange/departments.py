"""組織の名称: the departments by the names that files give them, old names and near misses included."""

import difflib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property

from common.tables.characters import same_text
from common.text import name_key as key_of
from common.wareki import format_date
from exchange.cells import Text, day_of, plain
from organization.models import Department, DepartmentKind, Succession

__all__ = ["DepartmentBook", "DepartmentName", "key_of"]


class DepartmentBook:
    """組織の名簿: every department of every time, in two statements."""

    def __init__(self) -> None:
        self.rows = {row.pk: row for row in Department.objects.order_by("pk")}
        for row in self.rows.values():
            if row.parent_id:
                row.parent = self.rows[row.parent_id]
        self.by_key: dict[str, list[Department]] = defaultdict(list)
        for row in self.rows.values():
            for key in self._keys(row):
                self.by_key[key].append(row)
        self.labels = self._labels()
        self._near: dict[str, list[str]] = {}

    @cached_property
    def successors(self) -> dict[int, list[tuple[date, int]]]:
        """Who took over from whom, and when."""
        found: dict[int, list[tuple[date, int]]] = defaultdict(list)
        for before, after, on in Succession.objects.order_by("on", "pk").values_list("before_id", "after_id", "on"):
            found[before].append((on, after))
        return found

    def label(self, department: Department) -> str:
        """The shortest name that means no other department: 「区民部 収納課」, else with the 実施機関 before it."""
        return self.labels.get(department.pk, department.full_name)

    def find(self, text: str, day: date, kinds: Iterable[str] = (DepartmentKind.SECTION,)) -> Department:
        """The department of that name that exists on `day`.

        ValueError: none of that name (with the nearest), several, or one that has not begun or has ended (with its
        successors on that day).
        """
        named = [row for row in self.by_key.get(key_of(text), []) if row.kind in kinds]
        there = [row for row in named if row.exists_on(day)]
        if len(there) == 1:
            return there[0]
        if there:
            words = "、".join(f"「{self.path(row)}」" for row in there)
            raise ValueError(f"「{text}」という組織は{len(there)}つあります。つぎのように書いてください：{words}")
        raise ValueError(self._gone(named, day) if named else self._unknown(text, day, kinds))

    def path(self, department: Department) -> str:
        """All names from the 実施機関 down: 「区長 区民部 収納課」."""
        return " ".join(unit.name for unit in reversed(department.lineage))

    def _gone(self, named: list[Department], day: date) -> str:
        gone = named[-1]
        if gone.valid_from and gone.valid_from > day:
            return f"「{self.label(gone)}」は{format_date(gone.valid_from)}に設置された組織です。"
        later = self._successors_on(gone, day)
        words = "、".join(f"「{self.label(row)}」" for row in later)
        advice = f"承継した{words}を書いてください。" if later else "承継した組織は登録されていません。"
        last = gone.valid_to - timedelta(days=1) if gone.valid_to else day
        return f"「{self.label(gone)}」は{format_date(last)}までの組織です。{advice}"

    def _successors_on(self, department: Department, day: date) -> list[Department]:
        found, waiting, seen = [], [department.pk], {department.pk}
        while waiting:
            for on, after in self.successors.get(waiting.pop(), []):
                if on <= day and after not in seen:
                    seen.add(after)
                    row = self.rows[after]
                    (found.append(row) if row.exists_on(day) else waiting.append(after))
        return sorted(found, key=lambda row: row.pk)

    def _unknown(self, text: str, day: date, kinds: Iterable[str]) -> str:
        if text not in self._near:
            keys = [key for key, rows in self.by_key.items() if any(row.kind in kinds for row in rows)]
            close = difflib.get_close_matches(key_of(text), keys, n=3, cutoff=0.6)
            rows = {row.pk: row for key in close for row in self.by_key[key] if row.kind in kinds}
            self._near[text] = [self._advice(row, day) for row in list(rows.values())[:3]]
        near = self._near[text]
        words = f"名称の近い組織：{'、'.join(near)}" if near else "名称の近い組織もありません。"
        return f"「{text[:60]}」という組織はありません。{words}"

    def _advice(self, department: Department, day: date) -> str:
        if department.exists_on(day):
            return f"「{self.label(department)}」"
        later = "、".join(f"「{self.label(row)}」" for row in self._successors_on(department, day))
        return f"「{self.label(department)}」（廃止。承継：{later or 'なし'}）"

    def _keys(self, row: Department) -> set[str]:
        """Its own name, and with more and more of the units above before it."""
        names = [unit.name for unit in row.lineage]
        return {key_of("".join(reversed(names[:length]))) for length in range(1, len(names) + 1)}

    def _labels(self) -> dict[int, str]:
        """A label is the full name where no other department of any time bears it."""
        bearers: dict[str, int] = defaultdict(int)
        for row in self.rows.values():
            bearers[row.full_name] += 1
        return {row.pk: row.full_name if bearers[row.full_name] == 1 else self.path(row) for row in self.rows.values()}


class DepartmentName(Text):
    """所管課の名称: the cell of a department; `book` and `today` are set before the rows are read."""

    def __init__(self) -> None:
        super().__init__()
        self._book: DepartmentBook | None = None
        self.today = date.max

    @property
    def book(self) -> DepartmentBook:
        """The names, read when the first is asked for."""
        if self._book is None:
            self._book = DepartmentBook()
        return self._book

    def clean(self, value: Any, row: Any = None, *, draft: Any = None, **kwargs: Any) -> Department | None:
        """The department on the last day of the row: the day before its abolition, else today.

        What the register already says is taken as it is, also when that department is gone.
        """
        text = plain(value)
        standing = draft.state.get("department") if draft else None
        if standing is not None and self.is_named(standing, text):
            return standing
        return self.book.find(text, self._last_day(row or {})) if text else None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Its shortest name that means no other."""
        return self.book.label(value) if value else ""

    def same(self, old: Any, new: Any) -> bool:
        """Whether it is the same department."""
        return old == new

    def is_named(self, department: Department, text: str) -> bool:
        """Whether `text` is its name, as far as the file can say it."""
        label = self.book.label(department)
        return key_of(text) == key_of(label) or same_text(label, text, self.encoding)

    def _last_day(self, row: Any) -> date:
        try:
            ended = day_of(plain(row.get("廃止年月日")))
        except (ValueError, ValidationError):
            return self.today  # the wrong date is told at its own cell
        return ended - timedelta(days=1) if ended else self.today
