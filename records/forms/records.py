"""記録票の入力らん: what the forms of all kinds do alike."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.urls import reverse_lazy

from common.business_number import validate_business_number
from common.forms import WardModelForm
from common.rows import RowsWidget
from records.kinds import RecordKind, kind_of
from records.models import RecordVersion
from records.texts import reason_text

ECHO = {"data-date-echo": reverse_lazy("date_echo"), "class": "w-date"}
NUMBER_BOX = {"class": "num-in", "inputmode": "text"}
MAX_EVIDENCE = 200  # characters
NUMBER_NOTE = "空欄でも提出できます。効力が生じるまでに必要です"


def area(rows: int) -> forms.Textarea:
    """A box for several lines."""
    return forms.Textarea(attrs={"rows": rows, "class": "in-t"})


def date_boxes(*names: str) -> dict[str, forms.TextInput]:
    """Date boxes that say what was understood."""
    return {name: forms.TextInput(attrs=ECHO) for name in names}


def typed_fields(kind: RecordKind, *, without: Iterable[str] = ()) -> list[str]:
    """What somebody types, in the order of the paper; the businesses follow from their numbers."""
    return [name for name in kind.editable if name not in {"activity", *without}]


def evidence_field() -> forms.CharField:
    """決定の内容を示す文書: asked where more than a slip of the pen is corrected."""
    return forms.CharField(
        label="決定の内容を示す文書",
        required=False,
        max_length=MAX_EVIDENCE,
        help_text="審議会に諮った内容（目的、項目、相手方、根拠、期間など）の書き誤りを直すときだけ書きます。"
        "例：令和4年2月1日の審議会の資料第3、会議録15ページ",
    )


class RecordForm(WardModelForm):
    """What all records share: the lock of the row that was opened, and the sheets beside it."""

    lock = forms.IntegerField(label="保存回数", widget=forms.HiddenInput)

    # The box of the sheet that prints a field, where the two have different names; empty when none prints it.
    boxes: dict[str, str] = {}
    # The field that asks for what stands under another name in the row.
    asked_as: dict[str, str] = {}

    def __init__(
        self, *args: Any, siblings: Mapping[int, RecordVersion] | None = None, asks_reason: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lock"].initial = self.instance.lock
        if asks_reason:
            self.fields["reason"] = forms.CharField(label="正誤の理由", widget=area(3), validators=[reason_text])
            self.fields["evidence"] = evidence_field()
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

    def field_of(self, name: str) -> str:
        """The field that asks for the column `name`."""
        return self.asked_as.get(name, name)

    @property
    def input_names(self) -> list[str]:
        """The names under which a browser sends the form."""
        return [
            each
            for name, field in self.fields.items()
            for each in (field.widget.input_names(name) if isinstance(field.widget, RowsWidget) else [name])
        ]

    def clean_activity_number(self) -> str:
        """業務登録番号: any of the four spellings, kept as typed."""
        return checked_number(self.cleaned_data["activity_number"])

    def values(self) -> dict[str, Any]:
        """The service's `values`."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}

    def complete(self, draft: RecordVersion) -> None:
        """Set in `draft` what follows from the fields that were typed, for the preview."""


def locks_text(records: Iterable[RecordVersion]) -> str:
    """The locks of several sheets as the hidden field carries them: "pk:lock,pk:lock"."""
    return ",".join(f"{record.pk}:{record.lock}" for record in records)


def _differ(one: RecordVersion, other: RecordVersion) -> bool:
    """Whether a field that the sheets of a file share is not the same on both."""
    return any(getattr(one, name) != getattr(other, name) for name in kind_of(one).shared_fields)


def checked_number(text: str) -> str:
    """業務登録番号 as typed; ValidationError for what is none."""
    if text.strip():
        validate_business_number(text)
    return text
