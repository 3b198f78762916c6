"""相手方の台帳の入力らん."""

import uuid
from typing import Any

from django import forms

from common.forms import WardModelForm
from records.forms.records import area
from records.models import Partner


class PartnerForm(WardModelForm):
    """相手方: a new one, or one that stands."""

    token = forms.UUIDField(label="送信票", widget=forms.HiddenInput)
    lock = forms.IntegerField(label="保存回数", widget=forms.HiddenInput)

    class Meta:
        model = Partner
        fields = ["name", "address", "former_names", "certifications", "policies", "note"]
        widgets = {"note": area(3)}
        help_texts = {
            "name": "名称を変えると、いままでの名称が旧名称に残ります。記録票の名称は変わりません。",
            "certifications": "例：プライバシーマーク",
            "policies": "例：個人情報保護方針、情報セキュリティ方針",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = self.instance.token or uuid.uuid4
        self.fields["lock"].initial = self.instance.lock

    def values(self) -> dict[str, Any]:
        """The service's `values`."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}
