"""業務登録の入力らん, in the order of domain §1.4."""

import uuid
from datetime import date
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
from registry.collecting import FormEntry
from registry.coming import course_of
from registry.kinds import ItemKind
from registry.models import ActivityVersion, Collection
from registry.services import EDITABLE, REQUIRED_TO_SUBMIT

ECHO = {"data-date-echo": reverse_lazy("date_echo"), "class": "w-date"}
NUMBER = {"class": "num-in"}
NUMBER_HELP = "例：1309-14。まだないときは空欄で構いません。記録票の効力が生じるまでに必要です。"
YES_NO = [("", "未記入"), ("True", "あり"), ("False", "なし")]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "in-t"})


def _yes_no(label: str, help_text: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        coerce=lambda value: value == "True",
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
        help_text=help_text,
    )


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
    has_sensitive = _yes_no("要注意情報", "思想信条など、取扱いに特に注意を要する情報をふくむかどうか")
    has_deceased = _yes_no("死者に関する情報", "令和5年4月1日から、死者に関する情報は法の個人情報にふくまれません。")

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
            "persons": "例：1,234人、約1,200人、900〜1,100人、1,000人以上、不明",
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
    reason = forms.CharField(label="登録の理由", required=False, widget=_area(2))

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
        if self.replaced:
            _refuse_too_early(day, self.replaced)
        return day


class AbolishActivityForm(ReasonForm):
    """業務の廃止: from which day, and why."""

    on = WholeDateField(
        label="廃止年月日",
        widget=forms.TextInput(attrs=ECHO),
        help_text="例：R5.4.1。この日から効力がなくなります。前の日までは有効です。",
    )

    field_order = ["on", "reason"]

    def __init__(self, *args: Any, version: ActivityVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version

    def clean_on(self) -> Any:
        """A business ends after what is registered of it has started."""
        day = self.cleaned_data["on"]
        _refuse_too_early(day, self.version)
        return day


def _refuse_too_early(day: date, version: ActivityVersion) -> None:
    """Beside the day: a step on `version` takes place after what holds now, or will hold next, has started."""
    today = timezone.localdate()
    if fault := course_of(version, today=today).too_early(day, today):
        raise ValidationError(fault)


class CollectingFormLine(WardForm):
    """帳票の一行."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label="帳票の名称", max_length=200, required=False)
    edition = forms.CharField(label="版", max_length=60, required=False, help_text="例：令和4年4月版")
    items = forms.CharField(label="記録項目", required=False, widget=_area(2), help_text="例：氏名、住所、生年月日")
    remove = forms.BooleanField(label="この帳票を取りやめる", required=False)

    def clean(self) -> dict[str, Any]:
        """A line with anything in it has a name."""
        given = self.cleaned_data
        is_used = any(given.get(key) for key in ("edition", "items", "pk"))
        if is_used and not given.get("name") and not given.get("remove"):
            self.add_error("name", "帳票の名称を入力してください。")
        return given

    def entry(self) -> FormEntry | None:
        """The service's argument; None for a line left empty."""
        given = self.cleaned_data
        return FormEntry(**given) if given.get("name") or given.get("pk") else None


NEW_LINES = 3
CollectingForms = forms.formset_factory(CollectingFormLine, extra=NEW_LINES, max_num=60, absolute_max=60)


class LockForm(WardForm):
    """The count of saves that the page was opened at."""

    lock = forms.IntegerField(widget=forms.HiddenInput)
