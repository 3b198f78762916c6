"""業務登録の入力らん, in the order of domain §1.4."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils import timezone

from common.business_number import validate_business_number
from common.formfields import WholeDateField
from common.forms import WardForm, WardModelForm
from organization import rules
from organization.models import Department, User
from registry.kinds import ItemKind
from registry.models import ActivityVersion, Collection
from registry.services import EDITABLE, REQUIRED_TO_SUBMIT, too_early

ECHO = {"data-date-echo": reverse_lazy("date_echo"), "class": "w-date"}
NUMBER = {"class": "num-in"}
NUMBER_HELP = "例：1309-14。まだないときは空欄で構いません。記録票の効力が生じるまでに必要です。"
SENSITIVE = [("", "未記入"), ("True", "あり"), ("False", "なし")]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "in-t"})


def _number_as_typed(text: str) -> str:
    """業務登録番号 in any spelling, kept as typed; blanks alone are no number. ValidationError when it is none."""
    if not text.strip():
        return ""
    validate_business_number(text)
    return text


class ActivityForm(WardModelForm):
    """業務登録の内容: what a department fills in."""

    needed = frozenset(REQUIRED_TO_SUBMIT)
    optional_notes = {
        "number_as_printed": "登録のときまでに",
        "collection_note": "任意。「本人以外から」のときは、だれから集めるか",
    }

    item_kinds = forms.MultipleChoiceField(
        label="記録項目の種別",
        choices=ItemKind.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "boxes-v"}),
        required=False,
    )
    collected_from = forms.MultipleChoiceField(
        label="収集の方法", choices=Collection.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    has_sensitive = forms.TypedChoiceField(
        label="要注意情報",
        choices=SENSITIVE,
        coerce=lambda value: value == "True",
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
        help_text="思想信条など、取扱いに特に注意を要する情報をふくむかどうか",
    )

    class Meta:
        model = ActivityVersion
        fields = EDITABLE
        labels = {"number_as_printed": "業務登録番号"}
        widgets = {
            "number_as_printed": forms.TextInput(attrs=NUMBER),
            "purpose": _area(4),
            "subjects": _area(3),
            "items": _area(4),
            "started_on": forms.TextInput(attrs=ECHO),
        }
        help_texts = {
            "number_as_printed": NUMBER_HELP,
            "name": "例：児童生徒指導上の課題対応に関する業務",
            "purpose": "何のために個人情報を扱うかを書きます。（条例第10条）",
            "subjects": "だれの情報を扱うか。例：区立中学校に在籍する生徒およびその保護者",
            "items": "種別ごとの具体的な項目。例：氏名、住所、生年月日",
            "media": "例：電子計算組織、文書",
            "started_on": "H12.4、平成12年4月1日、2000/4 のどれでも構いません。日が分からなければ月まで。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbered = self.instance.activity_id and self.instance.activity.number
        if numbered and not self.instance.has_other_number:
            # A business keeps the number that it was given (domain §1.3).
            self.fields["number_as_printed"].disabled = True
            self.fields["number_as_printed"].help_text = "登録した番号は変わりません。"

    def clean_number_as_printed(self) -> str:
        """Any of the four spellings."""
        return _number_as_typed(self.cleaned_data["number_as_printed"])

    def values(self) -> dict[str, Any]:
        """The services' `values`."""
        return {name: self.cleaned_data[name] for name in EDITABLE}


class EditActivityForm(ActivityForm):
    """業務登録の編集: with the count of saves that the page was opened at."""

    lock = forms.IntegerField(label="保存回数", widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lock"].initial = self.instance.lock


class CreateActivityForm(ActivityForm):
    """業務登録の起案: with the department, and the token that makes a double click create one business."""

    department = forms.ModelChoiceField(label="所管課", queryset=Department.objects.none(), empty_label=None)
    token = forms.UUIDField(label="送信票", widget=forms.HiddenInput)

    field_order = [*EDITABLE[:3], "department"]

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = Department.objects.sections().as_of(timezone.localdate()).select_related("parent")
        self.fields["department"].queryset = rules.permitted(sections, actor, "create_activity")
        self.fields["token"].initial = uuid.uuid4


class StepForm(WardForm):
    """A step that asks nothing."""

    def arguments(self) -> dict[str, Any]:
        """The service's arguments."""
        return dict(self.cleaned_data)


class ReasonForm(StepForm):
    """A step that needs a reason."""

    reason = forms.CharField(label="理由", widget=_area(4))


class RegisterActivityForm(StepForm):
    """業務の登録: from when it holds, and the number where the department has given none."""

    number = forms.CharField(
        label="業務登録番号",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=NUMBER),
        help_text=NUMBER_HELP,
        strip=False,
    )
    on = WholeDateField(
        label="効力の始まる日",
        widget=forms.TextInput(attrs=ECHO),
        help_text="例：R4.4.1。変更のときは、いまの内容がこの前の日で終わります。",
    )
    registered_on = WholeDateField(
        label="登録年月日",
        required=False,
        widget=forms.TextInput(attrs=ECHO),
        help_text="空欄のときは、効力の始まる日と同じになります。",
    )

    optional_notes = {"number": "まだないときは空欄", "registered_on": "任意"}

    def __init__(self, *args: Any, version: ActivityVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.replaced = version.replaces
        if version.number_as_printed or version.activity.number:
            del self.fields["number"]

    def clean_number(self) -> str:
        """Any of the four spellings."""
        return _number_as_typed(self.cleaned_data["number"])

    def clean_on(self) -> Any:
        """A change starts after what it replaces has started."""
        day = self.cleaned_data["on"]
        if fault := too_early(day, self.replaced):
            raise ValidationError(fault)
        return day
