"""組織の表: the departments as a table. New ones come in; what carries work is renamed by 組織改正 only."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import cached_property
from tablib import Dataset

from common.tables.characters import same_text
from exchange.cells import Answer, Choice, Day, Text, plain
from exchange.columns import Column, model_column
from exchange.department_tree import Coming, DepartmentTree, Unit
from exchange.departments import DepartmentBook, key_of
from exchange.drafts import Draft
from exchange.lives import ACTION, Faults
from exchange.resources import RegisterResource, Step, no_step
from exchange.versioned import ID, id_text, is_number
from history.bulk import create_all_as, save_all_as
from history.writing import Actor
from organization.models import Department, DepartmentKind
from organization.models.departments import NAMESAKE

BY_REORGANISATION = "業務や担当のある組織の{}は、「組織改正」の画面で変えてください。"
# What a reorganisation changes on a day, with all that hangs on the department.
REORGANISED = {"kind": "段階", "parent": "上位の組織", "name": "名称", "valid_to": "廃止日"}
NAMING = {"名称", "上位の組織", "設置日", "廃止日"}  # the columns by which a department is told from another
CIRCULAR = "上位の組織が、たがいを指しています。"
FIELDS = ("kind", "parent", "name", "head_title", "valid_from", "valid_to", "is_assembly", "is_medical", "source_note")


class ParentName(Text):
    """上位の組織: of the register, or of another row of the file."""

    def __init__(self) -> None:
        super().__init__()
        self.resource: Any = None

    def clean(self, value: Any, row: Any = None, *, draft: Draft | None = None, **kwargs: Any) -> Any:
        """A Department, a Coming, or None for an empty cell."""
        text = plain(value)
        if not text:
            return None
        return self.resource.parent_named(text, draft.state.get("parent") if draft else None)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Its shortest name that means no other."""
        if isinstance(value, Coming):
            return value.name
        return self.resource.book.label(value) if value else ""

    def same(self, old: Any, new: Any) -> bool:
        """Whether it is the same department."""
        return old == new


class DepartmentResource(RegisterResource):
    """組織の表: one row is one department."""

    id = Column("id", ID, note="このシステムの番号。新しい組織は空欄")
    kind = model_column(
        Department, "kind", Choice(dict(DepartmentKind.choices)), required=True, note="実施機関、部、または課"
    )
    parent = model_column(
        Department, "parent", ParentName(), note="実施機関のほかは必要です。同じファイルの組織でも構いません。"
    )
    name = model_column(Department, "name", required=True)
    head_title = model_column(Department, "head_title")
    valid_from = model_column(Department, "valid_from", Day())
    valid_to = model_column(Department, "valid_to", Day())
    is_assembly = model_column(Department, "is_assembly", Answer("該当", "", empty=False), note="該当、または空欄")
    is_medical = model_column(Department, "is_medical", Answer("該当", "", empty=False), note="該当、または空欄")
    source_note = model_column(Department, "source_note")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields["parent"].widget.resource = self

    @cached_property
    def book(self) -> DepartmentBook:
        """The departments by name."""
        return DepartmentBook()

    @cached_property
    def in_use(self) -> set[int]:
        """The departments that anything points to, whatever it is: a statement for each kind of thing."""
        found: set[int] = set()
        for relation in Department._meta.related_objects:
            rows = relation.related_model._base_manager.exclude(**{relation.field.name: None})  # type: ignore[union-attr]
            found |= set(rows.values_list(relation.field.attname, flat=True).distinct())
        return found

    def get_queryset(self) -> QuerySet:
        """Every department of every time, those above first."""
        return Department.objects.order_by("parent__parent_id", "parent_id", "pk")

    def iter_queryset(self, queryset: QuerySet) -> Any:
        """The states."""
        return (self._state(self.book.rows[row.pk]) for row in queryset)

    def _state(self, row: Department) -> dict[str, Any]:
        return {"id": row.pk, **{name: getattr(row, name) for name in FIELDS}}

    def open_book(self, dataset: Dataset) -> None:
        """Where every row's department stands: others may stand under it."""
        self.taken: dict[Any, int] = {}
        self.tree = DepartmentTree(self.book, self.today)
        self.units: dict[int, Unit] = {}
        rows = list(zip(self.lines, dataset.dict if len(dataset) else [], strict=True))
        for line, row in rows:
            self._place(line, row)
        if self.fields["parent"].label in (dataset.headers or []):
            for line, row in rows:
                self._note_parent(line, row)

    def _place(self, line: int, row: Any) -> None:
        name, standing = plain(row.get("名称")), self._standing_of(row)
        try:
            kind = self.fields["kind"].widget.clean(row.get("段階"))
        except ValueError:
            kind = ""  # told at its cell
        if standing is not None:
            self.units[line] = standing
            self.tree.kinds[standing.pk] = kind
        elif name and not id_text(row):
            self.units[line] = self.tree.bring(Coming(line, name, kind, plain(row.get("上位の組織"))))

    def _note_parent(self, line: int, row: Any) -> None:
        unit, text = self.units.get(line), plain(row.get("上位の組織"))
        if unit is None or not text:
            return
        keep = unit.parent if isinstance(unit, Department) else None
        try:
            self.tree.parents[unit] = self.parent_named(text, keep)
        except ValueError:
            return  # told at its cell

    def parent_named(self, text: str, standing: Department | None) -> Unit:
        """The department that a cell 上位の組織 means; `standing` is the one of the register. ValueError as `find`."""
        widget = self.fields["parent"].widget
        label = self.book.label(standing) if standing else ""
        is_named = key_of(text) == key_of(label) or same_text(label, text, widget.encoding)
        return self.tree.checked(standing) if standing is not None and is_named else self.tree.find(text)

    def _standing_of(self, row: Any) -> Department | None:
        """By 管理番号, else by name and the department above."""
        text = id_text(row)
        if text:
            return self.book.rows.get(int(text)) if is_number(text) else None
        same = self._standing_named(plain(row.get("名称")), plain(row.get("上位の組織")))
        return same[0] if len(same) == 1 else None

    def _standing_named(self, name: str, parent: str) -> list[Department]:
        """The departments of that name under that parent that have not ended."""
        named = [row for row in self.book.by_key.get(key_of(name), []) if key_of(row.name) == key_of(name)]
        under = [row for row in named if self._is_under(row, parent)]
        return [row for row in under if row.valid_to is None or row.valid_to > self.today]

    def _is_under(self, row: Department, parent: str) -> bool:
        if row.parent is None or not parent:
            return row.parent is None and not parent
        names = (self.book.label(row.parent), self.book.path(row.parent), row.parent.name)
        return key_of(parent) in {key_of(name) for name in names}

    def find(self, draft: Draft, row: Any) -> Faults:
        """What the row stands for; a wrong 管理番号, and two rows for one department."""
        found = self._standing_of(row)
        if found is None and id_text(row):
            return {"id": ["この管理番号の組織はありません。新しい組織は、管理番号を空欄にしてください。"]}
        if found is not None:
            draft.standing, draft.state = found, self._state(found)
        key = found.pk if found else (key_of(plain(row.get("名称"))), key_of(plain(row.get("上位の組織"))))
        other = self.taken.setdefault(key, draft.line)
        return {"": [f"{other}行目と同じ組織です。"]} if other != draft.line else {}

    def title_of(self, draft: Draft, row: Any) -> str:
        """The name."""
        return plain(row.get("名称")) or str(draft.state.get("name", ""))

    def faults_of(self, draft: Draft) -> Faults:
        """What the table refuses, and what only a reorganisation changes."""
        unit = self._unit(draft)
        faults: Faults = {}
        try:
            unit.clean_fields(exclude=["parent"])
        except ValidationError as error:
            faults = dict(error.message_dict)
        if unit.valid_from and unit.valid_to and unit.valid_to <= unit.valid_from:
            faults["valid_to"] = ["廃止日は設置日より後の日にしてください。"]
        if (unit.kind == DepartmentKind.ORGAN) == bool(draft.target("parent")):
            faults["parent"] = ["実施機関のほかは、上位の組織を書いてください。実施機関には書きません。"]
        elif draft.line in self.units and self.tree.is_circular(self.units[draft.line]):
            faults["parent"] = [CIRCULAR]
        if unit.is_assembly and unit.kind != DepartmentKind.ORGAN:
            faults["is_assembly"] = ["議会の印は、実施機関だけに付けます。"]
        if not faults and (other := self._namesake(draft, unit)):
            faults["name"] = [NAMESAKE.format(parent=self.book.label(other.parent), name=other.name)]
        if draft.standing is not None and draft.standing.pk in self.in_use:
            for name in {column.attribute for column in self.columns if column.label in self._changed(draft)}:
                if name in REORGANISED:
                    faults[name] = [BY_REORGANISATION.format(REORGANISED[name])]
        return faults

    def _namesake(self, draft: Draft, unit: Department) -> Department | None:
        """Another of the register under the same one, that bears the name on one of its days."""
        if draft.standing is not None and not self._changed(draft) & NAMING:
            return None
        if unit.parent_id is None:
            return None
        named = [row for row in self.book.by_key.get(key_of(unit.name), []) if key_of(row.name) == key_of(unit.name)]
        own = draft.standing.pk if draft.standing else None
        return next(
            (row for row in named if row.pk != own and row.parent_id == unit.parent_id and _overlap(row, unit)), None
        )

    def _changed(self, draft: Draft) -> set[str]:
        return {change.column for change in draft.changes}

    def _unit(self, draft: Draft) -> Department:
        """The department that would stand, not saved; its parent only where that stands already."""
        values = {name: draft.target(name) for name in FIELDS if name in draft.values or name in draft.state}
        if isinstance(values.get("parent"), Coming):
            del values["parent"]
        return Department(**values)

    def kind_of(self, draft: Draft) -> str:
        """新規 or 訂正."""
        return "新規" if draft.is_new else "訂正"

    def write(self, drafts: Sequence[Draft], *, actor: Actor, reason: str, step: Step = no_step) -> None:
        """The new ones from above to below, then the standing ones, which may have moved under them."""
        made: dict[int, Department] = {}
        waiting = [draft for draft in drafts if draft.is_new]
        while waiting:
            ready = [draft for draft in waiting if self._parent_line(draft) in (None, *made)]
            if not ready:
                raise ValidationError(CIRCULAR)
            units = [self._ready(draft, made) for draft in ready]
            create_all_as(units, actor, action=ACTION, reason=reason)
            made |= {draft.line: unit for draft, unit in zip(ready, units, strict=True)}
            waiting = [draft for draft in waiting if draft.line not in made]
        touched = [self._corrected(draft, made) for draft in drafts if draft.standing is not None]
        save_all_as(touched, actor, action=ACTION, reason=reason)
        step(len(drafts), len(drafts))

    def _corrected(self, draft: Draft, made: dict[int, Department]) -> Department:
        unit: Department = draft.standing
        for name in FIELDS:
            value = draft.target(name)
            setattr(unit, name, made[value.line] if isinstance(value, Coming) else value)
        return unit

    def _parent_line(self, draft: Draft) -> int | None:
        parent = draft.target("parent")
        return parent.line if isinstance(parent, Coming) else None

    def _ready(self, draft: Draft, made: dict[int, Department]) -> Department:
        unit = self._unit(draft)
        if (line := self._parent_line(draft)) is not None:
            unit.parent = made[line]
        return unit


def _overlap(one: Department, other: Department) -> bool:
    """Whether both exist on some day."""
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    return starts < min(one.valid_to or date.max, other.valid_to or date.max)
