"""入力の再現: what a browser sends when a form is sent as it was opened."""

from typing import Any

from django.forms import BaseForm, ModelForm, modelform_factory

from records.forms import FORMS
from records.kinds import kind_of
from records.models import RecordVersion


def form_data(record: RecordVersion) -> dict[str, Any]:
    """The fields of the application's edit page."""
    return _sent(FORMS[kind_of(record).code](instance=record))


def admin_form_data(record: RecordVersion) -> dict[str, Any]:
    """The fields of the plain admin's change page."""
    form: type[ModelForm] = modelform_factory(type(record), fields="__all__")
    return _sent(form(instance=record))


def _sent(form: BaseForm) -> dict[str, Any]:
    values = {bound.html_name: bound.value() for bound in form}
    return {name: value for name, value in values.items() if value is not None and value is not False}
