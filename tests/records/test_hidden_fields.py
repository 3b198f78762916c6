"""見えない入力らん: a message about one names it in Japanese, as every other field's."""

import inspect
import re

import pytest
from django import forms

from records.forms import proposals, records, steps

HIDDEN = [
    (form, name)
    for module in (proposals, records, steps)
    for form in vars(module).values()
    if inspect.isclass(form) and issubclass(form, forms.BaseForm) and form.__module__ == module.__name__
    for name, field in form.base_fields.items()
    if field.widget.is_hidden
]


def test_the_forms_with_a_count_of_saves_or_a_token_are_found():
    assert {name for _, name in HIDDEN} == {"lock", "token", "version"}


@pytest.mark.parametrize(("form", "name"), HIDDEN, ids=lambda value: getattr(value, "__name__", value))
def test_has_a_japanese_label(form, name):
    assert re.search("[ぁ-んァ-ン一-龠]", form.base_fields[name].label or "")
