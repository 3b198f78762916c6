"""公表の方針 in the admin: edited there, as the other decisions of the ward."""

from django import forms
from django.contrib import admin

from organization.admin_base import ReferenceAdmin
from public.fields import ACTIVITY_CHOICES
from public.models import PublicPolicy


class PublicPolicyForm(forms.ModelForm):
    """The items of 業務登録 as boxes to tick, in the order of the registration."""

    activity_fields = forms.MultipleChoiceField(
        choices=ACTIVITY_CHOICES, widget=forms.CheckboxSelectMultiple, required=False
    )

    licence_url = forms.URLField(required=False, assume_scheme="https")
    request_url = forms.URLField(required=False, assume_scheme="https")

    class Meta:
        model = PublicPolicy
        fields = [
            "valid_from",
            "valid_to",
            "basis",
            "activity_fields",
            "keeps_names",
            "licence",
            "licence_url",
            "contact",
            "request_url",
            "notice",
        ]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            column = PublicPolicy._meta.get_field(name)
            field.label, field.help_text = column.verbose_name, column.help_text


@admin.register(PublicPolicy)
class PublicPolicyAdmin(ReferenceAdmin):
    """公表の方針."""

    form = PublicPolicyForm
    list_display = ["basis", "valid_from", "valid_to", "keeps_names", "licence"]
