"""委員の入力らん."""

from typing import Any

from django import forms

from common.forms import WardForm
from councils.forms.meetings import MOST, day_field
from councils.models import Appointment, Body, Category, Office, OfficeHolding, Term

_CATEGORIES = [("", "（不明）"), *Category.choices]


class SeatForm(WardForm):
    """委嘱: what one may know of the member and the seat."""

    given_name = forms.CharField(
        label="名", required=False, max_length=40, help_text="資料にないときは空欄（不明）です。"
    )
    distinction = forms.CharField(
        label="同姓の区別", required=False, max_length=10, help_text="例：三。空欄なら、名の最初の文字です。"
    )
    category = forms.ChoiceField(label="区分", choices=_CATEGORIES, required=False)
    starts_on = day_field("委嘱の日", required=False, help_text="空欄なら、期のはじまりからです。")
    ends_on = day_field("解嘱の日", required=False, help_text="空欄なら、期のおわりまでです。")


class EditAppointmentForm(SeatForm):
    """委嘱の編集."""

    lock = forms.IntegerField(widget=forms.HiddenInput)
    member_lock = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, appointment: Appointment) -> dict[str, Any]:
        """What the boxes show."""
        member = appointment.member
        return {
            "given_name": member.given_name,
            "distinction": member.distinction,
            "category": appointment.category,
            "starts_on": appointment.starts_on,
            "ends_on": appointment.ends_on,
            "lock": appointment.lock,
            "member_lock": member.lock,
        }


class AppointForm(SeatForm):
    """委嘱."""

    term = forms.ModelChoiceField(label="期", queryset=Term.objects.none(), empty_label="選んでください")
    surname = forms.CharField(label="姓", max_length=40, help_text="名簿のとおりの文字で（柴﨑など）。")
    field_order = ("term", "surname")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = Term.objects.select_related("body").order_by("body", "-number")
        self.fields["term"].label_from_instance = lambda term: f"{term.body.short_name}　{term}"


class TermForm(WardForm):
    """期の登録."""

    body = forms.ModelChoiceField(label="審議体", queryset=Body.objects.none(), empty_label="選んでください")
    number = forms.IntegerField(
        label="期",
        min_value=1,
        max_value=MOST,
        widget=forms.TextInput(attrs={"class": "num-in", "inputmode": "numeric"}),
    )
    starts_on = day_field("はじまり", required=False, help_text="分からないときは空欄です。")
    ends_on = day_field("おわり", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = Body.objects.all()


class OfficeForm(WardForm):
    """役職の就任."""

    office = forms.ChoiceField(label="役職", choices=Office)
    starts_on = day_field("就任の日", required=False, help_text="空欄なら、委嘱のはじまりからです。")
    ends_on = day_field("退任の日", required=False, help_text="空欄なら、委嘱のおわりまでです。")


class EditOfficeForm(OfficeForm):
    """役職の編集."""

    lock = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, holding: OfficeHolding) -> dict[str, Any]:
        """What the boxes show."""
        return {name: getattr(holding, name) for name in cls.base_fields}
