"""次第の入力らん."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from common.forms import WardForm
from councils.agenda import Part
from councils.lawful import GROUNDS, ground_of
from councils.models import AgendaItem, Amendment, BlockKind, Meeting, Subject
from councils.ordering import Order, block_moved, item_moved, parse, placed
from records.forms.records import area
from records.texts import reason_text

# A file comes from the list of what waits, 事前一括承認基準の適用 with it.
_FREE_SUBJECTS = [
    (value, label) for value, label in Subject.choices if value not in (Subject.PROPOSAL, Subject.PRE_APPROVAL)
]


class BlockForm(WardForm):
    """区分の追加."""

    kind = forms.ChoiceField(label="区分", choices=BlockKind.choices)
    heading = forms.CharField(label="見出し", required=False, max_length=40, help_text="空欄なら、区分の名称です。")


class HeadingForm(WardForm):
    """区分の見出し."""

    heading = forms.CharField(label="見出し", max_length=40)


class ItemForm(WardForm):
    """議題: its words, who presents, whether the public may stay."""

    title = forms.CharField(label="議題", max_length=300)
    presenter = forms.CharField(
        label="説明する課", required=False, max_length=200, help_text="例：高齢社会対策課・光が丘総合福祉事務所"
    )
    is_closed = forms.BooleanField(label="この議題を非公開にする", required=False)
    closed_ground = forms.CharField(
        label="非公開の理由", required=False, widget=area(3), validators=[reason_text], help_text="非公開のとき"
    )

    @classmethod
    def of(cls, item: AgendaItem) -> dict[str, Any]:
        """What the boxes show of an item that is there."""
        return {
            "title": item.title,
            "presenter": item.presenter,
            "is_closed": not item.is_public,
            "closed_ground": item.closed_ground,
            "lock": item.lock,
        }

    def clean(self) -> dict[str, Any]:
        """A closed item needs its ground."""
        given = super().clean()
        if given.get("is_closed") and not given.get("closed_ground"):
            self.add_error("closed_ground", "非公開の議題には、その理由が必要です。")
        return given

    def arguments(self) -> dict[str, Any]:
        """The service's arguments."""
        given = self.cleaned_data.copy()
        return given | {"is_public": not given.pop("is_closed")}


class EditItemForm(ItemForm):
    """議題の編集."""

    lock = forms.IntegerField(widget=forms.HiddenInput)


class AddItemForm(ItemForm):
    """議題の追加: what is no file."""

    block = forms.ChoiceField(label="区分")
    subject = forms.ChoiceField(label="種類", choices=_FREE_SUBJECTS, initial=Subject.FREE)
    amendment = forms.ModelChoiceField(
        label="条例改正", queryset=Amendment.objects.none(), required=False, help_text="種類が条例改正のとき"
    )
    token = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("block", "subject", "amendment", "title")

    def __init__(self, *args: Any, meeting: Meeting, parts: Sequence[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4
        amendments = Amendment.objects.filter(body=meeting.body_id)
        self.fields["amendment"].queryset = amendments  # type: ignore[attr-defined]
        if not amendments.exists():
            del self.fields["amendment"]
        self._blocks = {str(part.block.pk): part.block for part in parts}
        self.fields["block"].choices = [  # type: ignore[attr-defined]
            (str(part.block.pk), f"{part.numeral}　{part.block.heading}") for part in parts
        ]

    def clean(self) -> dict[str, Any]:
        """An amendment belongs to an item of that kind."""
        given = super().clean()
        if given.get("amendment") and given.get("subject") != Subject.AMENDMENT:
            self.add_error("amendment", "条例改正は、種類が条例改正のときだけ選べます。")
        return given

    def arguments(self) -> dict[str, Any]:
        """The service's arguments."""
        given = super().arguments()
        return given | {"block": self._blocks[given["block"]]}


class NumberForm(WardForm):
    """諮問番号."""

    number = forms.IntegerField(
        label="諮問番号",
        required=False,
        min_value=1,
        max_value=100_000,
        widget=forms.TextInput(attrs={"class": "num-in", "inputmode": "numeric"}),
        help_text="空欄なら、つぎの番号を付けます。",
    )
    ground = forms.ChoiceField(label="諮問の根拠", choices=[(words, words) for words in GROUNDS.values()])

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if offered := ground_of(item.meeting, item.subject):
            self.fields["ground"].initial = offered
        else:
            del self.fields["ground"]


class CorrectNumberForm(WardForm):
    """諮問番号の訂正."""

    number = forms.IntegerField(
        label="正しい諮問番号",
        min_value=1,
        max_value=100_000,
        widget=forms.TextInput(attrs={"class": "num-in", "inputmode": "numeric"}),
    )
    reason = forms.CharField(label="訂正の理由", widget=area(3), validators=[reason_text])


class RemoveForm(WardForm):
    """議題の取りやめ; the reason is asked once the members are convened."""

    reason = forms.CharField(label="理由", widget=area(3), validators=[reason_text])

    def __init__(self, *args: Any, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason


class ArrangeForm(forms.Form):
    """並べかえ: the order that the page showed, and what was pressed or chosen on it."""

    agenda_lock = forms.IntegerField(min_value=0)
    order = forms.CharField(max_length=20_000, required=False)

    def clean_order(self) -> Order:
        """The order as shown."""
        try:
            return parse(self.cleaned_data["order"])
        except ValueError:
            raise forms.ValidationError("次第の順を読み取れません。ページを開きなおしてください。") from None

    def chosen(self) -> Order:
        """The order that the person wants; ValueError for what no page offers."""
        order: Order = self.cleaned_data["order"]
        for name, move in (("item", item_moved), ("block", block_moved)):
            for word, by in (("up", -1), ("down", 1)):
                if (key := self.data.get(f"{name}-{word}")) is not None:
                    return move(order, int(key), by)
        return placed(order, dict(self._moved(order)))

    def _moved(self, order: Order) -> Any:
        """The items for which another place was chosen than the one they had."""
        blocks = {block for block, _ in order}
        for block, items in order:
            for place, item in enumerate(items):
                wanted = self.data.get(f"place-{item}", "")
                if not wanted or wanted == f"{block}:{place}":
                    continue
                to, at = map(int, wanted.split(":"))
                if to not in blocks:
                    raise ValueError(wanted)
                yield item, (to, at)
