"""列: one column of a register's table, the same for export and import."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from import_export.fields import Field

from common.text import control_fault
from exchange.cells import PartialDay, Text
from exchange.drafts import Draft


class Column(Field):
    """列: its Japanese heading, the value that it shows, and how that value stands in a cell.

    required  the file must have the column, and a new row something in its cell
    ignored   exported for readers; an import does not look at it
    note      what a person must know to fill it in
    """

    widget: Text

    def __init__(
        self,
        attribute: str,
        label: str,
        widget: Text | None = None,
        *,
        required: bool = False,
        ignored: bool = False,
        note: str = "",
    ) -> None:
        super().__init__(attribute=attribute, column_name=label, widget=widget or Text(), readonly=ignored)
        if isinstance(self.widget, PartialDay):
            self.widget.attribute = attribute
        self.required, self.note = required, note

    @property
    def label(self) -> str:
        """The heading."""
        return str(self.column_name)

    def save(self, instance: Draft, row: Mapping[str, Any], is_m2m: bool = False, **kwargs: Any) -> None:
        """Read the cell of `row` into the draft's values. ValueError says what is wrong with it."""
        if self.readonly:
            return
        if fault := control_fault(str(row[self.label] or "")):
            raise ValueError(fault)
        try:
            instance.values[self.attribute] = self.widget.clean(row[self.label], row, draft=instance)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error

    def get_value(self, instance: Mapping[str, Any]) -> Any:
        """The value in a row's state."""
        return instance.get(self.attribute)

    def export(self, instance: Mapping[str, Any], **kwargs: Any) -> str:
        """The cell of a row's state."""
        return self.widget.render(instance.get(self.attribute))

    def show(self, value: Any) -> str:
        """The cell of a value."""
        return self.widget.render(value)

    def same(self, old: Any, new: Any) -> bool:
        """Whether the register already says what was read."""
        return self.widget.same(old, new)


def model_column(model: Any, name: str, widget: Text | None = None, **options: Any) -> Column:
    """A column that bears the name of its field."""
    field = model._meta.get_field(name)
    options.setdefault("note", str(field.help_text))
    return Column(name, str(field.verbose_name), widget, **options)
