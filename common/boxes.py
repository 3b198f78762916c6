"""入力らんの文字: what stands in the boxes of a form, right or wrong, as a person reads it."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.choices import flatten_choices

from common.rows import RowsFormField


def text_in(field: BoundField) -> str:
    """What stands in a box: labels of choices, a row a line."""
    value = field.value()
    if isinstance(field.field, RowsFormField):
        rows = ["　".join(filter(None, row.values())) for row in value or []]
        return "\n".join(filter(None, rows))
    words = [_words(field, one) for one in (value if isinstance(value, list) else [value])]
    return "、".join(filter(None, words))


def one_text(field: BoundField) -> str:
    """As `text_in`, fit to be compared: whether a lone box is ticked, no file, line ends of one kind."""
    if isinstance(field.field, forms.FileField):
        return ""
    if isinstance(field.field, forms.BooleanField):
        return "印あり" if field.value() not in (None, False, "", "False") else "印なし"
    return "\n".join(text_in(field).strip().splitlines())


def typed_in(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Label and text of every box in which something was typed, to be copied where it can no longer be saved."""
    texts = [(str(field.label), one_text(field)) for field in form if not field.is_hidden]
    return [(label, text) for label, text in texts if text]


def _words(field: BoundField, value: Any) -> str:
    """The label of a choice, else the value as typed."""
    if value is None:
        return ""
    choices: Any = getattr(field.field, "choices", None) or ()
    pairs: list[tuple[Any, Any]] = list(flatten_choices(choices))
    return next((str(label) for code, label in pairs if str(code) == str(value)), str(value))
