"""期間の終わりの入力らん."""

from django import forms

from common.forms import WardForm
from records.forms.records import area
from records.texts import reason_text


class EndingForm(WardForm):
    """終了する: with a word of explanation, if there is one."""

    note = forms.CharField(
        label="終了の説明",
        required=False,
        widget=area(3),
        validators=[reason_text],
        help_text="例：調査は今年度で終わる。書かなくてもかまいません。",
    )
