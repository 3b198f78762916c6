"""会議の進行の入力らん."""

from typing import Any

from django import forms

from common.formfields import ClockField
from common.forms import WardForm
from councils.agenda import Part
from councils.models import Extent, Meeting, Method, OutcomePhrase, Result
from councils.models.votes import FITTING
from records.texts import reason_text

MOST_VOTES = 999
_COUNT = {"class": "num-in", "inputmode": "numeric"}


class ItemsForm(WardForm):
    """議題の選択: the items of the agenda that have no outcome yet."""

    items = forms.TypedMultipleChoiceField(
        label="議題",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "議題を選んでください。"},
    )

    def __init__(self, *args: Any, parts: list[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {line.item.pk: line for part in parts for line in part.lines}
        self.fields["items"].choices = [
            (pk, f"{line.consultation_mark or line.number}{line.item.title}") for pk, line in self.lines.items()
        ]

    def chosen(self) -> list[Any]:
        """The items in the order of the agenda."""
        return [line.item for pk, line in self.lines.items() if pk in self.cleaned_data["items"]]


class BeginForm(ItemsForm):
    """審議に入る議題."""

    at = ClockField(label="時刻")


class SettleForm(ItemsForm):
    """採決と結果."""

    method = forms.ChoiceField(label="採決の方法", choices=Method, initial=Method.NONE)
    extent = forms.ChoiceField(label="賛成の程度", choices=[("", "（記入しない）"), *Extent.choices], required=False)
    in_favour = forms.IntegerField(
        label="賛成", required=False, min_value=0, max_value=MOST_VOTES, widget=forms.TextInput(attrs=_COUNT)
    )
    against = forms.IntegerField(
        label="反対", required=False, min_value=0, max_value=MOST_VOTES, widget=forms.TextInput(attrs=_COUNT)
    )
    taken_at = ClockField(label="採決の時刻", required=False)
    result = forms.ChoiceField(label="結果", choices=[("", "選んでください"), *Result.choices])
    phrase = forms.CharField(
        label="結果の言葉（要録に入る）",
        max_length=300,
        required=False,
        help_text="空欄のときは、結果の名称を入れます。",
        widget=forms.TextInput(attrs={"list": "phrases"}),
    )
    conditions = forms.CharField(
        label="付された条件",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "in-t"}),
        validators=[reason_text],
    )
    dissent = forms.CharField(
        label="反対の意見",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "in-t"}),
        validators=[reason_text],
    )
    optional_notes = {"conditions": "条件付承認のときだけ"}

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phrases = list(OutcomePhrase.objects.filter(body=meeting.body).values_list("words", flat=True))
        kinds = {line.item.block.kind for line in self.lines.values()}
        fitting = [result for result in Result if any(result in FITTING[kind] for kind in kinds)]
        self.fields["result"].choices = [("", "選んでください"), *((one.value, one.label) for one in fitting)]

    def arguments(self) -> dict[str, Any]:
        """The service's arguments, but for the items."""
        return {name: value for name, value in self.cleaned_data.items() if name != "items"}


class UndoForm(WardForm):
    """結果の訂正."""

    reason = forms.CharField(
        label="理由", widget=forms.Textarea(attrs={"rows": 3, "class": "in-t"}), validators=[reason_text]
    )
