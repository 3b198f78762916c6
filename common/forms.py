"""画面の入力らん: how every form of the staff pages is drawn and what its messages say.

Django finds `JapaneseRenderer` by the setting FORM_RENDERER, so that Django's own forms (sign-in, change of password)
get the same look; the messages with the field's own name need `WardForm` or `WardModelForm`.
"""

from pathlib import Path
from typing import Any

import django.forms as django_forms
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.forms.boundfield import BoundField
from django.forms.renderers import BaseRenderer, EngineMixin
from django.template.backends.django import DjangoTemplates
from django.utils.functional import cached_property

from common.markup import first_tag
from common.text import control_fault

# Inputs that the browser draws itself; all others get the frame of the class "in".
_UNFRAMED = (
    forms.CheckboxInput,
    forms.CheckboxSelectMultiple,
    forms.RadioSelect,
    forms.MultiWidget,
    forms.HiddenInput,
)
_MARKUP = "{label}に、HTMLのタグ（{tag}）が入っています。文字だけを貼り付けてください。"
_CHOSEN = (forms.ChoiceField, forms.ModelChoiceField)


class WardBoundField(BoundField):
    """入力らん: a field of a bound or empty form with what the ward's template asks for."""

    @property
    def focus_id(self) -> str:
        """The id of the first input, where a link of the error summary leads."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.id_for_label

    @property
    def echo_id(self) -> str:
        """The id of the place that says what was understood; empty when the field has none."""
        return f"{self.auto_id}_echo" if "data-date-echo" in self.field.widget.attrs else ""

    @property
    def is_single_box(self) -> bool:
        """A lone tick box: its label stands behind it, not above."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def need(self) -> str:
        """「必須」 when the field is needed, now or (`needed` of the form) before the paper can be submitted."""
        return "必須" if self.field.required or self.name in getattr(self.form, "needed", ()) else ""

    @property
    def optional_note(self) -> str:
        """What stands behind the label of a field that may stay empty: 「任意」 or the form's own words."""
        return getattr(self.form, "optional_notes", {}).get(self.name, "任意")

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Django's attributes, the frame, and a reference to the echo so that it is read out with the field."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if not widget.is_hidden and not isinstance(widget, _UNFRAMED):
            attrs["class"] = f"in {widget.attrs.get('class', '')}".strip()
        if isinstance(self.form, WardFormMixin) and _is_plain_text(widget):
            attrs.setdefault("autocomplete", widget.attrs.get("autocomplete", "off"))
        if self.echo_id and "aria-describedby" not in widget.attrs:
            attrs["aria-describedby"] = f"{attrs.get('aria-describedby', '')} {self.echo_id}".strip()
        return attrs


class JapaneseRenderer(EngineMixin, BaseRenderer):
    """The setting FORM_RENDERER: templates/django/forms first, then Django's own widgets.

    It has an engine of its own, so that it does not depend on "django.forms" standing in INSTALLED_APPS, and it takes
    folders and builtin tags from the project's first template engine.
    """

    backend = DjangoTemplates
    bound_field_class = WardBoundField

    @cached_property
    def engine(self) -> DjangoTemplates:
        project: dict[str, Any] = settings.TEMPLATES[0]
        builtins = [*project.get("OPTIONS", {}).get("builtins", []), "common.templatetags.ui"]
        own_widgets = Path(django_forms.__file__).parent / "templates"
        return self.backend(
            {
                "APP_DIRS": True,
                "DIRS": [*project.get("DIRS", []), own_widgets],
                "NAME": "wardforms",
                "OPTIONS": {"builtins": builtins},
            }
        )


class WardFormMixin:
    """Messages in the ward's words, and nothing that the browser would refuse or fill in by itself.

    A form may say:
    - `needed`: names of fields that a draft may leave empty but the submitted paper needs (shown as 必須);
    - `optional_notes`: {name: words} in place of 「任意」, for example 「変更のときだけ」.
    """

    use_required_attribute = False  # the server's Japanese message is shown, not the browser's
    needed: frozenset[str] = frozenset()
    optional_notes: dict[str, str] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        """Give each field its messages, also those that a form's `__init__` has added, and check them."""
        for name, field in self.fields.items():
            _speak_japanese(field, str(field.label or name))
            _take_texts_only(field, str(field.label or name))
        super().full_clean()  # type: ignore[misc]  # the form that this is mixed into
        self._refuse_markup()

    def _refuse_markup(self) -> None:
        """A page or a mail pasted as its source is named at its field, and stays in it to be mended."""
        given = getattr(self, "cleaned_data", {})
        for name, field in self.fields.items():
            if not isinstance(field.widget, forms.PasswordInput) and (tag := first_tag(given.get(name))):
                self.add_error(name, _MARKUP.format(label=field.label or name, tag=tag))  # type: ignore[attr-defined]


class WardForm(WardFormMixin, forms.Form):
    """A form that is not drawn from a model."""


class WardModelForm(WardFormMixin, forms.ModelForm):
    """A form drawn from a model."""


def _is_plain_text(widget: forms.Widget) -> bool:
    """Whether the browser would offer what other people typed; passwords and addresses are the browser's business."""
    return isinstance(widget, forms.TextInput | forms.Textarea) and not isinstance(
        widget, forms.PasswordInput | forms.EmailInput
    )


def _speak_japanese(field: forms.Field, label: str) -> None:
    """Replace Django's general messages of one field by messages with its name.

    A message that the field's author wrote (other than Django's default) stays.
    """
    defaults = _default_messages(field)
    for code, words in _ward_messages(field, label).items():
        if field.error_messages.get(code, defaults.get(code)) == defaults.get(code):
            field.error_messages[code] = words


class NoControlCharacters:
    """使えない文字: refuses control characters, as an import does (`common.text.control_fault`)."""

    def __init__(self, label: str) -> None:
        self.label = label

    def __call__(self, value: Any) -> None:
        """ValidationError with the name of the field."""
        if isinstance(value, str) and (fault := control_fault(value)):
            raise ValidationError(f"{self.label}に{fault}", code="control_characters")


def _take_texts_only(field: forms.Field, label: str) -> None:
    """Once for each text box; Django's own validator, which knows NUL only, makes way."""
    if isinstance(field, forms.CharField) and not any(isinstance(one, NoControlCharacters) for one in field.validators):
        others = [one for one in field.validators if not isinstance(one, ProhibitNullCharactersValidator)]
        field.validators = [*others, NoControlCharacters(label)]


def _default_messages(field: forms.Field) -> dict[str, Any]:
    messages: dict[str, Any] = {}
    for cls in reversed(type(field).__mro__):
        if cls.__module__.startswith("django."):
            messages.update(getattr(cls, "default_error_messages", {}))
    return messages


def _ward_messages(field: forms.Field, label: str) -> dict[str, str]:
    if isinstance(field, forms.FileField):
        required = f"{label}を付けてください。"
    elif isinstance(field, _CHOSEN):
        required = f"{label}を選んでください。"
    elif isinstance(field, forms.BooleanField):
        required = f"「{label}」に印を付けてください。"
    else:
        required = f"{label}を入力してください。"
    messages = {
        "required": required,
        # %(limit_value)d and %(show_value)d come from the validators of length.
        "max_length": f"{label}は%(limit_value)d文字以内で入力してください（いま%(show_value)d文字です）。",
        "min_length": f"{label}は%(limit_value)d文字以上で入力してください（いま%(show_value)d文字です）。",
    }
    if isinstance(field, _CHOSEN):
        messages["invalid_choice"] = f"{label}は、示された中から選んでください。"
    if isinstance(field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField):
        messages["invalid_list"] = f"{label}は、示された中から選んでください。"
    if isinstance(field, forms.IntegerField):
        messages["invalid"] = f"{label}は整数で入力してください。"
    return messages
