"""記録票の入力らん, in the order of the paper."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone

from common.business_number import validate_business_number
from common.forms import WardModelForm
from organization.models import Department
from records.kinds import KINDS, LINKAGE, OUT_OF_PURPOSE, kind_of
from records.models import LinkageVersion, OutOfPurposeUseVersion, RecordVersion
from records.models.out_of_purpose import Ground, UseForm
from records.texts import reason_text
from registry.kinds import ItemKind

ECHO = {"data-date-echo": reverse_lazy("date_echo"), "class": "w-date"}
BOTH_PERIODS = "期間と「以降継続」は一方だけ記入してください。"


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "in-t"})


def _typed_fields(kind_code: str) -> list[str]:
    return [name for name in KINDS[kind_code].editable if name not in {"activity", "providing_activity"}]


class RecordForm(WardModelForm):
    """What all records share: the lock of the row that was opened, and the sheets beside it."""

    lock = forms.IntegerField(label="保存回数", widget=forms.HiddenInput)

    # The box of the sheet that prints a field, where the two have different names; empty when none prints it.
    boxes: dict[str, str] = {}

    def __init__(
        self, *args: Any, siblings: Mapping[int, RecordVersion] | None = None, asks_reason: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lock"].initial = self.instance.lock
        if asks_reason:
            self.fields["reason"] = forms.CharField(label="訂正の理由", widget=_area(3), validators=[reason_text])
        for name, box in self.boxes.items():
            self.fields[name].widget.attrs["data-box"] = box
        if siblings:
            self._offer_same_for_all(siblings)

    def _offer_same_for_all(self, siblings: Mapping[int, RecordVersion]) -> None:
        """The box that writes into the sheets beside, ticked only while they are equal, and their locks.

        `siblings` by their number in the file.
        """
        differing = {number: one for number, one in siblings.items() if _differ(self.instance, one)}
        names = "、".join(f"{number}「{sibling}」" for number, sibling in differing.items())
        self.fields["same_for_all"] = forms.BooleanField(
            label=f"{len(siblings) + 1}枚とも同じ内容に（業務のらんをのぞく）",
            required=False,
            initial=not differing,
            help_text=f"内容のちがう記録票があります。印を付けて保存すると、上書きします：{names}" if differing else "",
        )
        self.fields["sibling_locks"] = forms.CharField(
            label="ほかの記録票の保存回数",
            widget=forms.HiddenInput,
            required=False,
            initial=locks_text(siblings.values()),
        )

    def clean_sibling_locks(self) -> dict[int, int]:
        """The locks by pk; nonsense counts as none, so that the sheets beside are not overwritten unseen."""
        pairs = re.findall(r"\b([0-9]{1,18}):([0-9]{1,18})\b", self.cleaned_data["sibling_locks"])
        return {int(pk): int(lock) for pk, lock in pairs}

    def box_of(self, name: str) -> str:
        """The box of the sheet that shows the field `name`; empty when none does."""
        return self.boxes.get(name, name)

    def clean_activity_number(self) -> str:
        """業務登録番号: any of the four spellings, kept as typed."""
        return _checked_number(self.cleaned_data["activity_number"])

    def values(self) -> dict[str, Any]:
        """The service's `values`."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class LinkageForm(RecordForm):
    """電算結合記録票（第5号様式）の入力."""

    boxes = {"department_name": "department", "partner_name": "partner", "partner_address": "partner"}

    needed = frozenset(LINKAGE.required)
    optional_notes = {
        "activity_number": "空欄でも提出できます。効力が生じるまでに必要です",
        "changed_on": "変更のときだけ",
        "partner_address": "任意",
    }

    class Meta:
        model = LinkageVersion
        fields = _typed_fields("linkage")
        labels = {"purpose": "電算結合の目的"}
        widgets = {
            "activity_number": forms.TextInput(attrs={"class": "num-in", "inputmode": "text"}),
            "purpose": _area(4),
            "linked_on": forms.TextInput(attrs=ECHO),
            "changed_on": forms.TextInput(attrs=ECHO),
            "provided_items": _area(4),
            "received_items": _area(4),
        }
        help_texts = {
            "activity_number": "例：0701-01",
            "linked_on": "R4.6、令和4年6月1日、2022/6 のどれでも構いません。日が未定なら月まで。（規則第11条）",
            "purpose": "何のために結合するかを、資料の「1 概要」と同じ言葉で書きます。（条例第17条）",
            "responsible": "職名だけを書きます。",
            "provided_items": "区が相手方に提供する管理個人情報の項目",
            "received_items": "区が相手方から提供を受ける個人情報の項目",
        }


class OutOfPurposeForm(RecordForm):
    """目的外利用記録票（第3号様式）の入力."""

    boxes = {
        "activity_number": "using_number",
        "department_name": "using_department",
        "activity_name": "using_activity_name",
        "providing_department": "",  # asked for, not printed: the sheet prints its name as typed
        "providing_department_name": "providing_department",
        "use_forms": "forms",
        "use_forms_other": "forms_other",
        "applied_on": "",
    }

    needed = frozenset(OUT_OF_PURPOSE.required)
    optional_notes = {
        "period_from": "「以降継続」でないとき",
        "period_to": "「以降継続」でないとき",
        "continues_from": "期間を定めないとき",
        "applied_on": "事前一括承認基準のとき",
        "criterion_article": "事前一括承認基準のとき",
        "criterion_type": "事前一括承認基準のとき",
        "ground_law": "法令等のとき",
        "activity_number": "空欄でも提出できます。効力が生じるまでに必要です",
    }

    kinds = forms.MultipleChoiceField(
        label="目的外利用する管理個人情報の記録の種別",
        choices=ItemKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    grounds = forms.MultipleChoiceField(
        label="目的外利用の根拠", choices=Ground.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    use_forms = forms.MultipleChoiceField(
        label="目的外利用の形態", choices=UseForm.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    criterion_type = forms.TypedChoiceField(
        label="類型",
        choices=[("", "選んでください"), (1, "類型1"), (2, "類型2")],
        coerce=int,
        empty_value=None,
        required=False,
    )

    class Meta:
        model = OutOfPurposeUseVersion
        fields = _typed_fields("out-of-purpose")
        labels = {
            "activity_number": "目的外利用する業務登録番号",
            "department_name": "目的外利用する所管課名",
            "activity_name": "目的外利用する業務の名称",
            "purpose": "目的外利用する業務の目的",
        }
        widgets = {
            "activity_number": forms.TextInput(attrs={"class": "num-in"}),
            "providing_number": forms.TextInput(attrs={"class": "num-in"}),
            "purpose": _area(4),
            **{
                name: forms.TextInput(attrs=ECHO)
                for name in ("period_from", "period_to", "continues_from", "applied_on")
            },
        }
        help_texts = {
            "activity_number": "例：1309-14",
            "providing_number": "例：1303-02",
            "providing_department": "提出すると、この課に確認を求めます。",
            "period_to": "この日までふくみます。",
            "continues_from": "終わりを定めないときは、こちらだけを書きます。",
            "applied_on": "この日から効力をもちます。審議会には後で報告します。",
            "criterion_article": "様式の「（４　１）」の前の数",
            "responsible": "利用する側の課の責任者。職名だけを書きます。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        field = self.fields["providing_department"]
        field.queryset = Department.objects.sections().as_of(today).select_related("parent")
        field.empty_label = "選んでください"

    def clean_providing_number(self) -> str:
        """業務登録番号 of the providing business, kept as typed."""
        return _checked_number(self.cleaned_data["providing_number"])

    def clean(self) -> dict[str, Any]:
        """期間 and 以降継続 exclude each other, also on a draft (the school's sheet of 2022 had both)."""
        cleaned = super().clean()
        filled = [name for name in ("period_from", "period_to") if name in cleaned and not cleaned[name].is_blank]
        continues = cleaned.get("continues_from")
        if filled and continues is not None and not continues.is_blank:
            self.add_error(filled[0], BOTH_PERIODS)
            self.add_error("continues_from", BOTH_PERIODS)
        return cleaned


def locks_text(records: Iterable[RecordVersion]) -> str:
    """The locks of several sheets as the hidden field carries them: "pk:lock,pk:lock"."""
    return ",".join(f"{record.pk}:{record.lock}" for record in records)


def _differ(one: RecordVersion, other: RecordVersion) -> bool:
    """Whether a field that the sheets of a file share is not the same on both."""
    return any(getattr(one, name) != getattr(other, name) for name in kind_of(one).shared_fields)


def _checked_number(text: str) -> str:
    if text.strip():
        validate_business_number(text)
    return text


FORMS: dict[str, type[RecordForm]] = {"linkage": LinkageForm, "out-of-purpose": OutOfPurposeForm}
