"""点検への答えの入力らん."""

from django import forms

from common.forms import WardForm
from records.texts import reason_text


class AnswerCheckForm(WardForm):
    """該当なしの答え: the reason is required; there is one form for each warning, with ids of its own."""

    reason = forms.CharField(
        label="該当しない理由", widget=forms.Textarea(attrs={"rows": 3, "class": "in-t"}), validators=[reason_text]
    )
    lock = forms.IntegerField(label="保存回数", widget=forms.HiddenInput, initial=0)
