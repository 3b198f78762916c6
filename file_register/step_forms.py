"""手続の入力らん: what each step of the procedure asks."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from common import persons
from common.formfields import WholeDateField
from common.forms import WardForm
from file_register.forms import ECHO, area
from file_register.kinds import PublicRegister
from file_register.models import PersonalFileVersion, PublicEntry
from file_register.services.renaming import names_of, successors
from history.versions import too_early
from organization.models import Department


def _day(label: str, help_text: str = "例：R4.4.1") -> WholeDateField:
    return WholeDateField(label=label, widget=forms.TextInput(attrs=ECHO), help_text=help_text)


class StepForm(WardForm):
    """A step that asks nothing."""

    def arguments(self) -> dict[str, Any]:
        """The service's arguments."""
        return dict(self.cleaned_data)


class ReasonForm(StepForm):
    """A step that needs a reason."""

    reason = forms.CharField(label="理由", widget=area(4))


class RegisterPersonalFileForm(StepForm):
    """個人情報ファイルの登録: from when it holds."""

    on = _day("効力の始まる日", "例：R4.4.1。変更のときは、いまの内容がこの前の日で終わります。")
    registered_on = WholeDateField(
        label="登録年月日",
        required=False,
        widget=forms.TextInput(attrs=ECHO),
        help_text="空欄のときは、効力の始まる日と同じになります。",
    )

    optional_notes = {"registered_on": "任意"}

    def __init__(self, *args: Any, version: PersonalFileVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.replaced = version.replaces

    def clean_on(self) -> Any:
        """A change starts after what it replaces has started."""
        day = self.cleaned_data["on"]
        if self.replaced and (fault := too_early(day, self.replaced.valid_from, today=timezone.localdate())):
            raise ValidationError(fault)
        return day


class AbolishPersonalFileForm(ReasonForm):
    """個人情報ファイルの廃止: from when the ward no longer holds it."""

    on = _day("廃止日", "保有しなくなった最初の日。例：R4.4.1")

    field_order = ["on", "reason"]

    def __init__(self, *args: Any, version: PersonalFileVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version

    def clean_on(self) -> Any:
        """The version that ends had a first day."""
        day = self.cleaned_data["on"]
        if fault := too_early(day, self.version.valid_from, today=timezone.localdate()):
            raise ValidationError(fault)
        return day


class RenameSectionForm(StepForm):
    """所管課の名称を改める: the department that took over, its names, from when."""

    department = forms.ModelChoiceField(label="改正後の所管課", queryset=Department.objects.none(), empty_label=None)
    on = _day("効力の始まる日", "組織改正の日。例：R5.4.1")
    organ_name = forms.CharField(
        label="行政機関等の名称",
        max_length=100,
        required=False,
        help_text="空欄のときは、選んだ所管課のものになります。",
    )
    section_name = forms.CharField(
        label="組織の名称",
        max_length=200,
        required=False,
        help_text="単票に書く、改正後の名称。空欄のときは、選んだ所管課の名称になります。",
    )
    reason = forms.CharField(label="理由", widget=area(2), help_text="例：令和5年4月1日の組織改正のため")

    optional_notes = {"organ_name": "任意", "section_name": "任意"}

    def __init__(self, *args: Any, version: PersonalFileVersion, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        after = successors(version, today)
        self.fields["department"].queryset = Department.objects.filter(pk__in=[one.pk for one in after])
        if after:
            self.initial["on"] = after[0].valid_from
        if len(after) == 1:
            self.initial |= names_of(after[0]) | {"department": after[0].pk}
        else:
            # After a split nobody but the person knows which; a name filled in for one would stay for the other.
            self.fields["department"].empty_label = "所管課を選んでください"


class CountPersonsForm(StepForm):
    """本人の数の記入."""

    text = forms.CharField(
        label="本人の数",
        max_length=60,
        widget=forms.TextInput(attrs={"class": "w-date"}),
        help_text="例：1,234人、約1,200人、900〜1,100人、1,000人未満、不明",
    )
    counted_on = _day("調べた日", "例：R4.3.31")
    note = forms.CharField(label="数え方・注記", max_length=200, required=False)

    def clean_text(self) -> str:
        """Any spelling of common.persons."""
        try:
            return persons.parse(self.cleaned_data["text"]).text
        except persons.PersonsTextError as error:
            raise ValidationError(str(error)) from error


class CorrectCountForm(CountPersonsForm):
    """本人の数の訂正: the figure, its day and its note."""

    reason = forms.CharField(label="訂正の理由", widget=area(3))


class PublishEntryForm(StepForm):
    """個人情報ファイル簿への掲載."""

    register = forms.ChoiceField(label="帳簿", choices=PublicRegister.choices, widget=forms.RadioSelect)
    on = _day("公表日", "すでに公表した日。例：R5.4.1")
    confirmed = forms.BooleanField(label="掲載の要否と違うことを確かめて公表した", required=False)
    reason = forms.CharField(
        label="掲載の要否と違う公表の理由",
        required=False,
        widget=area(2),
        help_text="掲載の要否のとおりのときは、確認の印も理由もいりません。",
    )

    optional_notes = {"confirmed": "違うときだけ", "reason": "違うときだけ"}


class CorrectEntryForm(StepForm):
    """個人情報ファイル簿の修正."""

    on = _day("修正日", "すでに直した日。例：R5.4.1")


class RemoveEntryForm(ReasonForm):
    """個人情報ファイル簿からの消除."""

    on = _day("消除日", "すでに消した日。例：R5.4.1")

    field_order = ["on", "reason"]


class CorrectEntryDaysForm(ReasonForm):
    """公表日・修正日・消除日の訂正: the days of one entry, as far as it has them."""

    published_on = _day("公表日", "例：R5.4.1")
    corrected_on = _day("修正日", "さいごに修正した日")
    removed_on = _day("消除日", "まだ消していないときは、空欄にします。")

    field_order = ["published_on", "corrected_on", "removed_on", "reason"]
    optional_notes = {"removed_on": "消したときだけ"}

    def __init__(self, *args: Any, entry: PublicEntry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = {name: getattr(entry, name) for name in ("published_on", "corrected_on", "removed_on")}
        self.initial |= days
        self.fields["removed_on"].required = False
        if entry.corrected_on is None:
            del self.fields["corrected_on"]
