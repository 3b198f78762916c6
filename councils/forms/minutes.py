"""会議要録の入力らん."""

import uuid
from typing import Any

from django import forms

from common.forms import WardForm, WardModelForm
from councils.keeping import LIMIT
from councils.models import AgendaItem, Minutes, Utterance
from councils.services.minutes import HEADINGS
from files.kinds import MEGABYTE
from records.forms.records import area
from records.texts import long_text, reason_text

_SPEAKERS = ["委員", "会長", "副会長"]


class HeadingsForm(WardModelForm):
    """会議要録の見出し."""

    lock = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Minutes
        fields = [*HEADINGS]
        widgets = {"members": area(4), "ward_side": area(3)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial |= self.of(self.instance)

    @classmethod
    def of(cls, minutes: Minutes) -> dict[str, Any]:
        """What the boxes show."""
        return {name: getattr(minutes, name) for name in (*HEADINGS, "lock")}

    def arguments(self) -> dict[str, Any]:
        """The service's arguments."""
        given = self.cleaned_data.copy()
        return {"lock": given.pop("lock"), "values": given}


class UtteranceForm(WardForm):
    """発言: by whom, what, about which item."""

    speaker = forms.CharField(
        label="発言者",
        max_length=60,
        widget=forms.TextInput(attrs={"list": "speakers", "autocomplete": "off"}),
        help_text="委員は「委員」とだけ書きます。区側は職名です。",
    )
    text = forms.CharField(label="発言", widget=area(12), validators=[long_text])
    item = forms.ModelChoiceField(
        label="議題", queryset=AgendaItem.objects.none(), required=False, empty_label="（議題の外）"
    )
    remark = forms.CharField(
        label="注記（印刷しない）", required=False, max_length=300, help_text="言いまちがいなど、直さずに残すこと"
    )

    lock = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, minutes: Minutes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = minutes.meeting.items.filter(is_removed=False)
        titles = minutes.meeting.ward_attendees.filter(is_removed=False).values_list("title", flat=True)
        self.speakers = [*_SPEAKERS, *titles]

    @classmethod
    def of(cls, utterance: Utterance) -> dict[str, Any]:
        """What the boxes show of an utterance that is there."""
        return {name: getattr(utterance, name) for name in ("speaker", "text", "item", "remark", "lock")}


class AddUtteranceForm(UtteranceForm):
    """発言の追加."""

    lock = None  # type: ignore[assignment]
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4


class SettleMinutesForm(WardForm):
    """確定: a reason where open marks stay."""

    reason = forms.CharField(
        label="このまま確定する理由",
        required=False,
        widget=area(3),
        validators=[reason_text],
        help_text="「（場所名？）」のような印や、非公開の議題のあとの発言が残っているとき",
    )


class ReturnMinutesForm(WardForm):
    """案にもどす理由."""

    reason = forms.CharField(label="案にもどす理由", widget=area(3), validators=[reason_text])


class MinutesFileForm(WardForm):
    """取り込む会議要録."""

    file = forms.FileField(
        label="会議要録のファイル",
        widget=forms.FileInput(attrs={"accept": ".txt"}),
        help_text=f"テキスト（.txt、UTF-8またはCP932）。{LIMIT // MEGABYTE}MBまで。",
        error_messages={"empty": "ファイルが空です。"},
    )


class ConfirmImportForm(WardForm):
    """取込みの確定."""

    add_members = forms.BooleanField(label="名簿にない委員を、この期の名簿に加える", required=False)
