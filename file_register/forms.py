"""個人情報ファイルの入力らん, in the order of the 単票 (domain §3.2)."""

import uuid
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.urls import reverse_lazy
from django.utils import timezone

from common.forms import WardModelForm
from file_register.activity_lines import ActivityLinesField, as_lines
from file_register.kinds import EXCLUSION_CHOICES, FileKind, WithheldPart
from file_register.models import PersonalFileVersion
from file_register.services.drafting import EDITABLE
from file_register.services.steps import required_on
from organization import rules
from organization.models import Department, User
from registry.models import Activity

ECHO = {"data-date-echo": reverse_lazy("date_echo"), "class": "w-date"}
_YES_NO = [("True", "含む"), ("False", "含まない")]
_HAS = [("True", "有"), ("False", "無")]
# The boxes of the sheet that bear another name than their field (paper.js).
BOXES = {"has_sensitive": "sensitive", "has_ordinance_sensitive": "ordinance_sensitive", "has_manual_twin": "twin"}
SECTIONS: list[tuple[str, list[str]]] = [
    ("ファイルの内容", ["name", "activities", "organ_name", "section_name", "purpose", "items", "scope", "held_from"]),
    (
        "収集、要配慮個人情報および提供先",
        ["collection_method", "has_sensitive", "has_ordinance_sensitive", "recipients"],
    ),
    ("請求の受付と種別", ["request_office", "special_procedure", "kind", "has_manual_twin"]),
    (
        "行政機関等匿名加工情報",
        ["invites_proposals", "proposal_office", "anonymised_summary", "anonymised_office", "anonymised_period"],
    ),
    ("備考", ["remarks"]),
    (
        "掲載の要否",
        ["exclusions", "is_withheld", "withheld_parts", "published_items", "withholding_reason"],
    ),
]


def area(rows: int) -> forms.Textarea:
    """A box for a long text."""
    return forms.Textarea(attrs={"rows": rows, "class": "in-t"})


def _choice(label: str, choices: list[tuple[str, str]], help_text: str = "") -> forms.TypedChoiceField:
    """Two answers and 未記入."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "未記入"), *choices],
        coerce=lambda value: value == "True",
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
        help_text=help_text,
    )


def _ticks(label: str, choices: list[tuple[str, str]], help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "boxes-v"}),
        required=False,
        help_text=help_text,
    )


class PersonalFileForm(WardModelForm):
    """個人情報ファイルの内容: what a department fills in."""

    optional_notes = {
        "has_manual_twin": "電算処理ファイルのときだけ",
        "withholding_reason": "掲載または記載しないときに必要です",
        "published_items": "記録項目の一部を記載しないときだけ",
    }

    activities = ActivityLinesField()
    has_sensitive = _choice("要配慮個人情報", _YES_NO, "病歴、犯罪の経歴など、法第2条第3項の情報をふくむかどうか")
    has_manual_twin = _choice(
        "令第21条第7項に該当するファイル",
        _HAS,
        "利用目的と記録範囲が、この電算処理ファイルの範囲内の紙のファイルがあるか",
    )
    kind = forms.ChoiceField(
        label="個人情報ファイルの種別",
        choices=[("", "未記入"), *FileKind.choices],
        widget=forms.RadioSelect(attrs={"class": "boxes-v"}),
        required=False,
    )
    exclusions = _ticks(
        "掲載しないファイルの事由",
        EXCLUSION_CHOICES,
        "当てはまるものに印を付けると、個人情報ファイル簿に掲載しません。",
    )
    withheld_parts = _ticks("記載しない事項（法第75条第3項）", WithheldPart.choices)

    class Meta:
        model = PersonalFileVersion
        fields = EDITABLE
        widgets = {
            "purpose": area(4),
            "items": area(4),
            "scope": area(3),
            "collection_method": area(2),
            "recipients": area(2),
            "request_office": area(2),
            "special_procedure": area(2),
            "proposal_office": area(2),
            "anonymised_summary": area(2),
            "anonymised_office": area(2),
            "remarks": area(2),
            "published_items": area(3),
            "withholding_reason": area(2),
            "held_from": forms.TextInput(attrs=ECHO),
        }
        help_texts = {
            "items": "番号を付けて書きます。例：1氏名、2住所、3生年月日",
            "scope": "だれの情報を記録しているか、いつからのものか。",
            "collection_method": "例：本人からの届出、他の実施機関からの提供",
            "recipients": "経常的に提供する先。ないときは空欄（紙には「―」と印刷します）",
            "has_ordinance_sensitive": "条例で定めた区だけが使います（法第60条第5項）。",
            "published_items": "公表する単票には、ここに書いた項目だけを印刷します。",
            "held_from": "H12.4、平成12年4月1日、2000/4 のどれでも構いません。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needed = frozenset(required_on(timezone.localdate()))
        for name, box in BOXES.items():
            self.fields[name].widget.attrs["data-box"] = box
        if self.instance.pk:
            self.fields["activities"].initial = "\n".join(as_lines(self.instance.activities))

    def clean(self) -> dict[str, Any]:
        """A reason wherever something is kept out of the register, and the items that are published instead."""
        given = super().clean()
        parts = given.get("withheld_parts", [])
        if (given.get("is_withheld") or parts) and not given.get("withholding_reason", "").strip():
            self.add_error("withholding_reason", "掲載または記載しないときは、その理由を書いてください。")
        if WithheldPart.ITEMS in parts and not given.get("published_items", "").strip():
            self.add_error("published_items", "記録項目の一部を記載しないときは、公表する記録項目を書いてください。")
        return given

    def values(self) -> dict[str, Any]:
        """The services' `values`."""
        return {name: self.cleaned_data[name] for name in EDITABLE if name in self.cleaned_data}

    def chosen_activities(self) -> list[Activity]:
        """The services' `activities`."""
        return self.cleaned_data["activities"]

    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """The fields under their headings, in the order of the 単票."""
        return [(title, [self[name] for name in names if name in self.fields]) for title, names in SECTIONS]


class EditPersonalFileForm(PersonalFileForm):
    """個人情報ファイルの編集: with the count of saves that the page was opened at."""

    lock = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lock"].initial = self.instance.lock


class CreatePersonalFileForm(PersonalFileForm):
    """個人情報ファイルの起案: the ordinance's four items; the rest follows on the page of the draft."""

    department = forms.ModelChoiceField(label="所管課", queryset=Department.objects.none(), empty_label=None)
    token = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ["name", "department", "activities", "purpose", "items", "scope"]

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {*self.field_order, "token"}:
            del self.fields[name]
        sections = Department.objects.sections().as_of(timezone.localdate()).select_related("parent")
        self.fields["department"].queryset = rules.permitted(sections, actor, "create_personal_file")
        self.fields["token"].initial = uuid.uuid4
