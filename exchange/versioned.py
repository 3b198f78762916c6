"""版のある台帳の表: registers of versions (業務登録, 個人情報ファイル) as tables; one row is one entry as it stands.

業務登録番号, where a register has numbers, or else 管理番号 (the entry's number in this system) says which entry a row
means. A row with neither is the entry of the same name and department, and a new one where there is none; so is a row
with a number that nobody bears, where an entry without a number waits for its own.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from tablib import Dataset

from common.wareki import format_date
from exchange.cells import plain
from exchange.drafts import Draft
from exchange.lives import Entry, Faults, Life, LifeWriter
from exchange.resources import Step, no_step
from exchange.states import CHUNK, VersionStates
from history.writing import Actor

SLICE = 500  # rows written before the next are made
ID = "管理番号"
MOVED_BACK = "訂正（さかのぼって所管課が変わります。組織改正や移管は変更年月日を入れてください）"
MOVES_LATER = "{day}の組織改正が先に登録されています。その日までの変更と廃止は、画面で登録してください。"
UNDER_WAY = "手続中の変更があります。登録または取りやめのあとに取り込んでください。"


class VersionedResource(VersionStates):
    """版のある台帳の表."""

    statuses: ClassVar[Sequence[str]] = ()  # those of a version that is under way
    name_column: ClassVar[str]

    def open_book(self, dataset: Dataset) -> None:
        """The entries that the rows name, in a number of statements that grows with `CHUNK`s only."""
        rows = dataset.dict if len(dataset) else []
        self.names.today = self.today
        self.lines_of = self._lines_of(rows)
        self.taken: dict[Any, int] = {}
        ids = {int(text) for text in (id_text(row) for row in rows) if is_number(text)}
        ids |= self.ids_of_keys(rows)
        names = {plain(row.get(self.name_column)) for row in rows if self.is_found_by_name(row)}
        for part in _chunks(sorted(names)):
            ids |= set(self.registered().filter(name__in=part).values_list(f"{self.link}_id", flat=True))
        self.entries = self._entries(sorted(ids))
        self.by_name: dict[tuple[str, int], list[Entry]] = defaultdict(list)
        for entry in self.entries.values():
            self.by_name[plain(entry.standing.name), entry.standing.department_id].append(entry)

    def _lines_of(self, rows: Sequence[Any]) -> dict[tuple[str, str], list[int]]:
        """(column, key) → the rows that bear it."""
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for line, row in zip(self.lines, rows, strict=True):
            for key in self.keys_of(row):
                found[key].append(line)
        return found

    def keys_of(self, row: Any) -> list[tuple[str, str]]:
        """(column, key) of the row; none for an empty cell."""
        text = id_text(row)
        return [("id", str(int(text)) if is_number(text) else text)] if text else []

    def is_found_by_name(self, row: Any) -> bool:
        """Whether its name and department say which entry the row means."""
        return not self.keys_of(row)

    def ids_of_keys(self, rows: Sequence[Any]) -> set[int]:
        """The entries that the rows name by another key than 管理番号."""
        return set()

    def _entries(self, ids: Sequence[int]) -> dict[int, Entry]:
        found: dict[int, Entry] = {}
        for part in _chunks(ids):
            if self.locking:
                # Nobody changes what is about to be compared and written; list() runs the statement.
                list(self.identities().select_for_update().filter(pk__in=part).order_by("pk"))
            changing = self.model.objects.filter(status__in=self.statuses, **{f"{self.link}__in": part})
            open_ids = set(changing.values_list(f"{self.link}_id", flat=True))
            versions: dict[int, list[Any]] = defaultdict(list)
            for version in self.registered(part).select_related(self.link):
                versions[getattr(version, f"{self.link}_id")].append(version)
            hanging = self.hanging_on([rows[-1] for rows in versions.values()])
            for pk, rows in versions.items():
                identity = getattr(rows[-1], self.link)
                for row in rows:
                    setattr(row, self.link, identity)  # one object, however many versions
                found[pk] = Entry(identity, rows, pk in open_ids, hanging.get(rows[-1].pk, {}))
        return found

    def identities(self) -> Any:
        """The rows that live on."""
        return self.model._meta.get_field(self.link).remote_field.model.objects

    def find(self, draft: Draft, row: Any) -> Faults:
        """By 管理番号, by the register's own key, or by name and department."""
        faults = self._twice(draft, row)
        entry = None if faults else self.entry_of(row, draft, faults)
        if entry is not None:
            draft.standing, draft.state = entry, self.state_of(entry, entry.standing)
        self._note(draft, row, faults)
        return faults

    def _twice(self, draft: Draft, row: Any) -> Faults:
        faults: Faults = {}
        for name, key in self.keys_of(row):
            others = [line for line in self.lines_of[name, key] if line != draft.line]
            if others:
                words = "、".join(f"{line}行目" for line in others[:5])
                faults[name] = [f"{words}にも同じ{self.fields[name].label}があります。"]
        return faults

    def entry_of(self, row: Any, draft: Draft, faults: Faults) -> Entry | None:
        """The entry that the row means; faults are added where its key is wrong."""
        text = id_text(row)
        if text:
            return self.entry_by_id(text, faults)
        same = self.namesakes_of(row)
        if len(same) > 1:
            faults["id"] = ["同じ名称と所管課のものがいくつもあります。管理番号を書いてください。"]
            return None
        return same[0] if same else None

    def namesakes_of(self, row: Any) -> list[Entry]:
        """The entries of the row's name and department."""
        return self.by_name[plain(row.get(self.name_column)), self._department_of(row)]

    def entry_by_id(self, text: str, faults: Faults) -> Entry | None:
        """The entry of a 管理番号."""
        entry = self.entries.get(int(text)) if is_number(text) else None
        if entry is None:
            faults["id"] = ["この管理番号の登録はありません。新しいものは、管理番号を空欄にしてください。"]
        return entry

    def _department_of(self, row: Any) -> int:
        try:
            found = self.names.clean(row.get(self.fields["department"].label), row)
        except (ValueError, ValidationError):
            return 0  # told at its own cell
        return found.pk if found else 0

    def _note(self, draft: Draft, row: Any, faults: Faults) -> None:
        """Two rows for one entry, or two new ones that nothing tells apart."""
        if draft.standing is not None:
            key: Any = draft.standing.identity.pk
        elif any(self.keys_of(row)):
            return
        else:
            key = (plain(row.get(self.name_column)), self._department_of(row))
        other = self.taken.setdefault(key, draft.line)
        if other != draft.line:
            faults.setdefault("", []).append(f"{other}行目と同じものです（番号、または名称と所管課が同じ）。")

    # In: what a row would do.

    def settle(self, draft: Draft) -> None:
        """An empty 効力の始まる日 is the 登録年月日 of the row; an empty 登録年月日 says nothing of what stands."""
        if draft.is_new:
            return
        if draft.values.get("registered_on", "") is None:
            del draft.values["registered_on"]
        if draft.values.get("valid_from", "") is None:
            if registered_on := draft.values.get("registered_on"):
                draft.values["valid_from"] = registered_on
            else:
                del draft.values["valid_from"]

    def title_of(self, draft: Draft, row: Any) -> str:
        """The name in the file, else the one in the register."""
        return plain(row.get(self.name_column)) or str(draft.state.get("name", ""))

    def life_of(self, draft: Draft) -> Life:
        """What shall stand."""
        changed = self._changed(draft)
        standing_days = draft.state.get("changed_on", ())
        return Life(
            values={name: draft.values[name] for name in self.version_fields if name in changed},
            registered_on=draft.target("registered_on"),
            valid_from=draft.target("valid_from"),
            changed_on=tuple(day for day in draft.target("changed_on", ()) if day not in standing_days),
            abolished_on=draft.target("abolished_on"),
            abolition_reason=draft.target("abolition_reason", ""),
            extras={name: draft.values[name] for name in changed if name not in self.version_fields},
            entry=draft.standing,
        )

    def _changed(self, draft: Draft) -> set[str]:
        """The attributes that the file says otherwise; all of them for a new entry."""
        if draft.is_new:
            return set(draft.values)
        labels = {change.column for change in draft.changes}
        return {column.attribute for column in self.columns if column.label in labels}

    def faults_of(self, draft: Draft) -> Faults:
        """Empty cells that must not be, what the life refuses, and what contradicts the register."""
        faults: Faults = {
            column.attribute: [f"{column.label}を入力してください。"]
            for column in self.columns
            if column.required and draft.target(column.attribute) in (None, "")
        }
        if draft.standing is not None:
            for name, messages in self._contradictions(draft, draft.standing).items():
                faults.setdefault(name, []).extend(messages)
        registered_on = draft.values.get("registered_on")
        if registered_on and registered_on > self.today and registered_on != draft.state.get("registered_on"):
            faults.setdefault("registered_on", []).append("今日より後の日です。登録した日を書いてください。")
        if not faults:
            draft.life = self.life_of(draft)
            found = self.drafting.faults(draft.life)
            faults = {name if name in self.fields else "": messages for name, messages in found.items()}
        return faults

    @property
    def drafting(self) -> LifeWriter:
        """The writer that the drafts are checked by."""
        if not hasattr(self, "_drafting"):
            self._drafting = self.writer()
        return self._drafting

    def _contradictions(self, draft: Draft, entry: Entry) -> Faults:
        """A file older than the register, and what an import cannot take back."""
        faults: Faults = {}
        if entry.is_changing:
            faults[""] = [UNDER_WAY]
        elif getattr(entry.standing, "moved", False) and entry.standing.valid_from > self.today:
            # Written onto the newest version alone, the words of today would stay as they are.
            faults[""] = [MOVES_LATER.format(day=format_date(entry.standing.valid_from))]
        gone = [day for day in draft.state["changed_on"] if day not in draft.target("changed_on")]
        if gone:
            words = "、".join(format_date(day) for day in gone)
            faults["changed_on"] = [f"登録には{words}の変更があります。新しい内容を書き出して直してください。"]
        ended = draft.state["abolished_on"]
        if ended and not draft.target("abolished_on"):
            faults["abolished_on"] = [f"{format_date(ended)}に廃止されています。廃止は取り消せません。"]
        elif ended and set(draft.target("changed_on")) - set(draft.state["changed_on"]):
            faults["changed_on"] = [f"{format_date(ended)}に廃止されています。変更はできません。"]
        return faults

    def kind_of(self, draft: Draft) -> str:
        """新規, 廃止, a new version from a day, or 訂正 of the one that stands."""
        if draft.is_new:
            return f"新規（移行）：{self._told(draft)}"
        life: Life = draft.life
        words = [f"変更（{format_date(day)}から新しい版）" for day in life.changed_on]
        if life.abolished_on != draft.state["abolished_on"] and not draft.state["abolished_on"]:
            words.append(f"廃止（{_day(life.abolished_on)}）")
        if "department" in life.values and not life.changed_on:
            words.append(MOVED_BACK)
        return "、".join(words) or "訂正（いまの版を直す）"

    def _told(self, draft: Draft) -> str:
        """What the name does not say of a new entry: 「区民部 収納課、平成12年4月1日登録、令和3年4月1日廃止」."""
        days = [f"{_day(day)}変更" for day in draft.target("changed_on", ())]
        ended = draft.target("abolished_on")
        end = [f"{_day(ended)}廃止"] if ended else []
        words = [
            self.names.render(draft.target("department")),
            f"{_day(draft.target('registered_on'))}登録",
            *days,
            *end,
        ]
        return "、".join(words)

    def write(self, drafts: Sequence[Draft], *, actor: Actor, reason: str, step: Step = no_step) -> None:
        """All of them, in bulk, `SLICE` at a time."""
        for start in range(0, len(drafts), SLICE):
            lives = [draft.life for draft in drafts[start : start + SLICE]]
            self.drafting.write(lives, actor=actor, reason=reason)
            step(start + len(lives), len(drafts))


def id_text(row: Any) -> str:
    """管理番号 of a row in the figures of the system, however wide it was typed; empty for none."""
    return unicodedata.normalize("NFKC", plain(row.get(ID)))


def is_number(text: str) -> bool:
    """Whether a text can be a 管理番号."""
    return text.isascii() and text.isdigit() and len(text) < 19


def _chunks(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]


def _day(day: date | None) -> str:
    return format_date(day) if day else ""
