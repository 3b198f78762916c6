"""条例改正の入力らん."""

import uuid
from typing import Any

from django import forms

from common.forms import WardForm
from councils.forms.meetings import day_field
from councils.models import Amendment, Body
from councils.services.amendments import EDITABLE, texts_of
from records.forms.records import area
from records.texts import long_text, reason_text


class AmendmentForm(WardForm):
    """条例改正の編集: the paper's sections, and both texts, one provision a line."""

    ordinance = forms.CharField(label="条例・規則の名称", max_length=200, help_text="例：練馬区個人情報保護条例")
    title = forms.CharField(label="標題", max_length=300, help_text="例：練馬区個人情報保護条例の一部改正について")
    dated = forms.CharField(label="日付の行", required=False, max_length=60)
    sender = forms.CharField(label="報告する課", required=False, max_length=120)
    lead = forms.CharField(label="前文", required=False, widget=area(3), validators=[long_text])
    reason = forms.CharField(label="改正の理由", required=False, widget=area(4), validators=[long_text])
    content = forms.CharField(label="改正の内容", required=False, widget=area(4), validators=[long_text])
    effective = forms.CharField(
        label="施行期日（印刷するとおり）", required=False, widget=area(2), validators=[long_text]
    )
    effective_on = day_field("施行日", required=False)
    old = forms.CharField(
        label="現行",
        required=False,
        widget=area(10),
        validators=[long_text],
        help_text="1行に1つの条・項。付 則 も1行です。",
    )
    new = forms.CharField(label="改正案", required=False, widget=area(10), validators=[long_text])
    shorten = forms.BooleanField(label="変わらない条・項を「［略］」にする", required=False)
    lock = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, row: Amendment) -> dict[str, Any]:
        """What the boxes show."""
        old, new = texts_of(row)
        return {name: getattr(row, name) for name in (*EDITABLE, "lock")} | {
            "old": old,
            "new": new,
            "shorten": row.shortens,
        }

    def arguments(self) -> dict[str, Any]:
        """The service's arguments."""
        given = self.cleaned_data.copy()
        return {"values": {name: given.pop(name) for name in EDITABLE}, **given}


class CreateAmendmentForm(AmendmentForm):
    """条例改正の登録."""

    body = forms.ModelChoiceField(
        label="報告・諮問する審議体", queryset=Body.objects.none(), empty_label="選んでください"
    )
    lock = None  # type: ignore[assignment]
    token = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("body",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = Body.objects.all()
        self.fields["token"].initial = uuid.uuid4


class EnactForm(WardForm):
    """公布."""

    enacted_on = day_field("公布日")
    effective_on = day_field("施行日")


class CorrectEnactmentForm(EnactForm):
    """公布日・施行日の訂正."""

    reason = forms.CharField(label="訂正の理由", widget=area(3), validators=[reason_text])


class FileForm(WardForm):
    """国の委員会への届出."""

    filed_on = day_field("届出日", help_text="個人情報の保護に関する法律第167条")
    filing_note = forms.CharField(label="届出の注記", required=False, widget=area(3), validators=[reason_text])
