"""番号付きの行: short tables that belong to one version (再委託の一覧, 根拠文書…), as one column.

Such rows are what the sheet prints: they are copied with the version, compared with it, and have no life of their own.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count, zip_longest
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from common import wareki
from common.text import control_fault
from common.wareki import BLANK, PartialDate, Precision

MOST_ROWS = 50
MOST_CHARACTERS = 500
BLANK_ROWS = 2  # offered behind the rows that stand; saving offers more


@dataclass(frozen=True)
class Column:
    """One column: its name in the row, its words, whether a row needs it, a date, or one of `choices`."""

    name: str
    label: str
    needed: bool = False
    is_date: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)

    def shown(self, row: Mapping[str, str]) -> str:
        """The cell as a person reads it."""
        text = row.get(self.name, "")
        return self.choices.get(text, text)


def date_in(row: Mapping[str, str], name: str) -> PartialDate:
    """The date that stands in a cell; blank when none does, with its text when what is being typed is no date yet."""
    if not row.get(name):
        return BLANK
    try:
        return wareki.parse(row[name])
    except wareki.DateTextError:
        return PartialDate(None, None, Precision.BLANK, row[name])


def checked(rows: Iterable[Mapping[str, str]], columns: Iterable[Column]) -> list[dict[str, str]]:
    """The rows without the empty ones, cells trimmed. ValidationError with the row's number for what cannot stand."""
    columns = list(columns)
    kept = [{c.name: str(row.get(c.name, "")).strip() for c in columns} for row in rows]
    kept = [row for row in kept if any(row.values())]
    if len(kept) > MOST_ROWS:
        raise ValidationError(f"行は{MOST_ROWS}行までです。", "rows")
    faults = [f"{n}行目：{fault}" for n, row in enumerate(kept, start=1) for c in columns for fault in _faults(c, row)]
    if faults:
        raise ValidationError([ValidationError(fault, "rows") for fault in faults])
    return kept


def _faults(column: Column, row: Mapping[str, str]) -> Iterable[str]:
    text = row[column.name]
    if not text:
        if column.needed:
            yield f"「{column.label}」を入力してください。"
        return
    if len(text) > MOST_CHARACTERS:
        yield f"「{column.label}」は{MOST_CHARACTERS}文字以内で入力してください。"
    elif fault := control_fault(text):
        yield f"「{column.label}」に{fault}"
    elif column.choices and text not in column.choices:
        yield f"「{column.label}」は、示された中から選んでください。"
    elif column.is_date:
        try:
            wareki.parse(text)
        except wareki.DateTextError as error:
            yield str(error)


class _Readable(json.JSONEncoder):
    """Japanese stands in the column as it is, so that a search in the database finds it on both engines."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"ensure_ascii": False})


class RowsField(models.JSONField):
    """番号付きの行の列: a list of rows, each a mapping of the columns' names to texts."""

    def __init__(self, verbose_name: str | None = None, columns: Iterable[Column] = (), **kwargs: Any) -> None:
        self.columns = tuple(columns)
        given: dict[str, Any] = {"default": list, "blank": True, "encoder": _Readable} | kwargs
        super().__init__(verbose_name, **given)

    def deconstruct(self) -> Any:
        """In a migration a JSON column: which columns a row has is no matter of the table."""
        name, _, args, kwargs = super().deconstruct()
        kwargs.pop("encoder")
        return name, "django.db.models.JSONField", args, kwargs

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Only rows that `checked` leaves as they are."""
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise ValidationError("行の形が正しくありません。", "rows")
        if checked(value, self.columns) != value:
            raise ValidationError("行の形が正しくありません。", "rows")

    def formfield(self, **kwargs: Any) -> Any:
        """The table of input boxes."""
        given = {"label": self.verbose_name, "help_text": self.help_text, "columns": self.columns}
        return RowsFormField(**given | {name: kwargs[name] for name in ("label", "help_text") if name in kwargs})

    def in_words(self, value: list[Mapping[str, str]]) -> str:
        """The rows as the trail and a comparison show them."""
        return "\n".join(f"{number} {line}" for number, line in enumerate(self.lines(value), start=1))

    def lines(self, value: Iterable[Mapping[str, str]]) -> list[str]:
        """Each row as one line, cells apart by 「　」."""
        return ["　".join(filter(None, (column.shown(row) for column in self.columns))) for row in value]


class RowsWidget(forms.Widget):
    """A table of input boxes: the rows that stand and some empty ones; a row is taken out by emptying it."""

    template_name = "ui/_rows_input.html"
    use_fieldset = True

    def __init__(self, columns: Iterable[Column], attrs: Any = None) -> None:
        self.columns = tuple(columns)
        super().__init__(attrs)

    def input_names(self, name: str) -> list[str]:
        """The names under which a browser sends the cells; each comes once a row."""
        return [f"{name}.{column.name}" for column in self.columns]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        """The rows as typed, in their order."""
        if not hasattr(data, "getlist"):  # a program's own data
            return list(data.get(name) or [])
        cells = [data.getlist(each) for each in self.input_names(name)]
        rows = zip_longest(*(typed[: MOST_ROWS + BLANK_ROWS + 1] for typed in cells), fillvalue="")
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in rows]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether nothing of the table was sent."""
        return not any(each in data for each in (name, *self.input_names(name)))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """What the template draws."""
        context = super().get_context(name, value, attrs)
        filled = [row for row in value or [] if any(row.values())]
        rows = [*filled, *({} for _ in range(BLANK_ROWS))]
        base = context["widget"]["attrs"].get("id", f"id_{name}")
        context["columns"] = self.columns
        ids = (f"{base}_{number}" for number in count())
        context["rows"] = [[self._cell(column, row, name, next(ids)) for column in self.columns] for row in rows]
        return context

    def _cell(self, column: Column, row: Mapping[str, str], name: str, cell_id: str) -> dict[str, Any]:
        value = row.get(column.name, "")
        return {"column": column, "value": value, "name": f"{name}.{column.name}", "id": cell_id}


class RowsFormField(forms.Field):
    """番号付きの行の入力らん: cleans to the rows that are not empty."""

    def __init__(self, *, columns: Iterable[Column], **kwargs: Any) -> None:
        self.columns = tuple(columns)
        kwargs.setdefault("required", False)
        super().__init__(widget=RowsWidget(self.columns), **kwargs)

    def to_python(self, value: Any) -> list[dict[str, str]]:
        """The rows; ValidationError that names the row."""
        return checked(value or [], self.columns)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether a row differs."""
        typed = [row for row in data or [] if any(row.values())]
        return not self.disabled and list(initial or []) != typed
