"""監督の記録の入力らん."""

import uuid
from typing import Any

from django import forms

from common.formfields import WholeDateField
from common.forms import WardForm
from records.forms.records import ECHO, area
from records.models import SUPERVISION_KINDS, SupervisionEntry
from records.services.supervision import FIELDS
from records.texts import long_text, reason_text


def _asking(what: str) -> str:
    kinds = [(getattr(kind, what), kind.label) for kind in SUPERVISION_KINDS.values() if getattr(kind, what)]
    return "、".join(f"{label}（{words}）" for words, label in kinds)


class SupervisionForm(WardForm):
    """監督の記録: one entry."""

    kind = forms.ChoiceField(
        label="種類",
        choices=[(kind.code, f"{kind.label}（{kind.text}）") for kind in SUPERVISION_KINDS.values()],
        widget=forms.RadioSelect(attrs={"class": "boxes-v"}),
    )
    on = WholeDateField(label="日", widget=forms.TextInput(attrs=ECHO))
    count = forms.IntegerField(
        label="人数・件数", required=False, min_value=0, max_value=1_000_000, help_text=f"書く種類：{_asking('counts')}"
    )
    by_whom = forms.CharField(
        label="実施した人", required=False, max_length=100, help_text=f"書く種類：{_asking('by_whom')}"
    )
    text = forms.CharField(label="内容・結果", widget=area(5), validators=[long_text])
    token = forms.UUIDField(label="送信票", widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["count"].widget.attrs["class"] = "num-in"
        self.fields["token"].initial = uuid.uuid4

    def values(self) -> dict[str, Any]:
        """The service's `values`."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class CorrectSupervisionForm(SupervisionForm):
    """監督の記録の訂正: the entry as it stands, why, and whether it is struck out."""

    is_struck = forms.BooleanField(
        label="この記録を取り消す",
        required=False,
        help_text="別の委託・結合に書いてしまったときなど。履歴には残ります。",
    )
    reason = forms.CharField(label="訂正の理由", widget=area(3), validators=[reason_text])
    lock = forms.IntegerField(label="保存回数", widget=forms.HiddenInput)

    def __init__(self, *args: Any, entry: SupervisionEntry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["token"]
        for name in (*FIELDS, "is_struck", "lock"):
            self.fields[name].initial = getattr(entry, name)
