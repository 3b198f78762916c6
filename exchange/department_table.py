"""組織の表: the departments as a table. New ones come in; what carries work is renamed by 組織改正 only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import cached_property
from tablib import Dataset

from common.tables.characters import same_text
from exchange.cells import Answer, Choice, Day, Text, plain
from exchange.columns import Column, model_column
from exchange.departments import DepartmentBook, key_of
from exchange.drafts import Draft
from exchange.lives import ACTION, Faults
from exchange.resources import RegisterResource, Step, no_step
from exchange.versioned import ID, is_number
from history.bulk import create_all_as, save_all_as
from history.writing import Actor
from organization.models import Department, DepartmentKind

BY_REORGANISATION = "業務や担当のある組織の{}は、「組織改正」の画面で変えてください。"
# What a reorganisation changes on a day, with all that hangs on the department.
REORGANISED = {"kind": "段階", "parent": "上位の組織", "name": "名称", "valid_to": "廃止日"}
FIELDS = ("kind", "parent", "name", "head_title", "valid_from", "valid_to", "is_assembly", "is_medical", "source_note")


@dataclass(frozen=True)
class Coming:
    """新しい上位の組織: a department that another row of the same file brings."""

    line: int
    name: str


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
        standing = draft.state.get("parent") if draft else None
        label = self.resource.book.label(standing) if standing else ""
        if standing is not None and (key_of(text) == key_of(label) or same_text(label, text, self.encoding)):
            return standing
        coming = self.resource.coming.get(key_of(text))
        if coming is not None:
            return coming
        kinds = (DepartmentKind.ORGAN, DepartmentKind.DIVISION)
        return self.resource.book.find(text, self.resource.today, kinds)

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
        self.coming: dict[str, Coming] = {}

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
        """Which rows bring a department that others may stand under."""
        self.taken: dict[Any, int] = {}
        self.coming = {}
        for line, row in zip(self.lines, dataset.dict if len(dataset) else [], strict=True):
            name = plain(row.get("名称"))
            if name and not plain(row.get(ID)) and not self._standing_named(name, plain(row.get("上位の組織"))):
                self.coming[key_of(name)] = Coming(line, name)

    def _standing_named(self, name: str, parent: str) -> list[Department]:
        """The departments of that name under that parent that have not ended."""
        named = [row for row in self.book.by_key.get(key_of(name), []) if key_of(row.name) == key_of(name)]
        under = [row for row in named if self._is_under(row, parent)]
        return [row for row in under if row.valid_to is None or row.valid_to > self.today]

    def _is_under(self, row: Department, parent: str) -> bool:
        if row.parent is None or not parent:
            return row.parent is None and not parent
        return key_of(parent) in {key_of(self.book.label(row.parent)), key_of(row.parent.name)}

    def find(self, draft: Draft, row: Any) -> Faults:
        """By 管理番号, else by name and the department above."""
        text, name = plain(row.get(ID)), plain(row.get("名称"))
        if text:
            found = self.book.rows.get(int(text)) if is_number(text) else None
            if found is None:
                return {"id": ["この管理番号の組織はありません。新しい組織は、管理番号を空欄にしてください。"]}
        else:
            same = self._standing_named(name, plain(row.get("上位の組織")))
            found = same[0] if len(same) == 1 else None
        if found is not None:
            draft.standing, draft.state = found, self._state(found)
        key = found.pk if found else (key_of(name), key_of(plain(row.get("上位の組織"))))
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
        if unit.is_assembly and unit.kind != DepartmentKind.ORGAN:
            faults["is_assembly"] = ["議会の印は、実施機関だけに付けます。"]
        if draft.standing is not None and draft.standing.pk in self.in_use:
            for name in {column.attribute for column in self.columns if column.label in self._changed(draft)}:
                if name in REORGANISED:
                    faults[name] = [BY_REORGANISATION.format(REORGANISED[name])]
        return faults

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
        """The standing ones at once; the new ones from above to below."""
        touched = []
        for draft in drafts:
            if draft.standing is not None:
                for name in FIELDS:
                    setattr(draft.standing, name, draft.target(name))
                touched.append(draft.standing)
        save_all_as(touched, actor, action=ACTION, reason=reason)
        made: dict[int, Department] = {}
        waiting = [draft for draft in drafts if draft.is_new]
        while waiting:
            ready = [draft for draft in waiting if self._parent_line(draft) in (None, *made)]
            if not ready:  # two rows each under the other; every other cycle is caught by the kinds
                raise ValidationError("上位の組織が、たがいを指しています。")
            units = [self._ready(draft, made) for draft in ready]
            create_all_as(units, actor, action=ACTION, reason=reason)
            made |= {draft.line: unit for draft, unit in zip(ready, units, strict=True)}
            waiting = [draft for draft in waiting if draft.line not in made]

    def _parent_line(self, draft: Draft) -> int | None:
        parent = draft.target("parent")
        return parent.line if isinstance(parent, Coming) else None

    def _ready(self, draft: Draft, made: dict[int, Department]) -> Department:
        unit = self._unit(draft)
        if (line := self._parent_line(draft)) is not None:
            unit.parent = made[line]
        return unit
