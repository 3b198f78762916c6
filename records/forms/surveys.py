"""状況調査の入力らん: the opening of a survey, and one line of boxes for each row of a sheet."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from common import fiscal_year
from common.formfields import WholeDateField
from common.forms import WardForm
from records.forms.proposals import TokenForm
from records.forms.records import ECHO
from records.models import Survey, SurveyRow, SurveySheet
from records.models.surveys import MOST_PERSONS, MOST_TIMES
from records.services.answering import ANSWERED, Answer, Limits, StaleAnswers, faults
from records.texts import reason_text

YEARS = 10
DAYS_TO_ANSWER = 30
FIGURES = {"class": "num-in", "inputmode": "numeric"}
# Above each box; the label of the field itself names the row too, for the summary of errors and for screen readers.
LABELS = {
    "persons": "延べ人数",
    "times": "回数",
    "ended_on": "終了した日",
    "note": "備考",
    "jump_reason": "増減の理由",
    "lock": "保存回数",
}


class CountField(forms.IntegerField):
    """人数・回数の入力らん: full-width figures, commas and the unit are read too; never negative."""

    def __init__(self, *, short: str, unit: str, most: int, **kwargs: Any) -> None:
        self.unit = unit
        super().__init__(min_value=0, max_value=most, required=False, **kwargs)
        whole = f"{short}は、0以上の整数で入力してください（例：1,234）。"
        too_large = f"{short}は、{most:,}以下にしてください。"
        self.error_messages |= {"invalid": whole, "min_value": whole, "max_value": too_large}

    def to_python(self, value: Any) -> int | None:
        """「１，２３４人」 is 1234."""
        text = unicodedata.normalize("NFKC", "" if value is None else str(value)).strip()
        return super().to_python(text.removesuffix(self.unit).replace(",", "").strip())


class OpenSurveyForm(TokenForm):
    """状況調査の開始."""

    year = forms.TypedChoiceField(label="年度", coerce=int)
    due_on = WholeDateField(label="回答期限", widget=forms.TextInput(attrs=ECHO))

    field_order = ["year", "due_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        newest = fiscal_year.of(today)
        years = range(newest, newest - YEARS, -1)
        done = set(Survey.objects.filter(fiscal_year__in=years).values_list("fiscal_year", flat=True))
        words = {year: f"{fiscal_year.label(year)}{'（調査ずみ）' if year in done else ''}" for year in years}
        self.fields["year"].choices = list(words.items())
        self.fields["year"].initial = next((year for year in (newest - 1, newest) if year not in done), newest)
        self.fields["due_on"].initial = today + timedelta(days=DAYS_TO_ANSWER)


@dataclass(frozen=True)
class RowLine:
    """One row of the sheet as its page draws it: what is known, last year's figure, and the boxes."""

    row: SurveyRow
    before: int | None
    boxes: list[tuple[str, BoundField]]
    lock: BoundField

    @property
    def is_error(self) -> bool:
        """Whether one of its boxes was refused."""
        return any(box.errors for _, box in self.boxes)


class AnswerSurveyForm(WardForm):
    """状況調査の回答: the boxes of the rows of one page, named 「persons_12」 after the row."""

    def __init__(self, *args: Any, sheet: SurveySheet, rows: Iterable[SurveyRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        self.limits = Limits.of(sheet, self.rows)
        for row in self.rows:
            for name, box in _boxes(row).items():
                self.fields[f"{name}_{row.pk}"] = box

    def clean(self) -> dict[str, Any]:
        """What does not fit is said beside the box that it concerns."""
        for row in self.rows:
            for name, words in faults(row, self._typed(row), self.limits):
                if f"{name}_{row.pk}" not in self.errors:
                    self.add_error(f"{name}_{row.pk}", words)
        return self.cleaned_data

    def answers(self) -> dict[int, Answer]:
        """The service's answers by row."""
        return {row.pk: Answer(**self._typed(row), lock=self.cleaned_data[f"lock_{row.pk}"]) for row in self.rows}

    def refuse(self, stale: StaleAnswers) -> None:
        """Tell that somebody saved in between; the next attempt counts from what stands now."""
        self.add_error(None, str(stale))
        self.data = self.data.copy()
        for row in stale.rows:
            self.data[f"lock_{row.pk}"] = row.lock

    def lines(self, *, by_consent: bool) -> list[RowLine]:
        """The rows that rest on 本人の同意 alone, or the others."""
        return [
            RowLine(
                row,
                self.limits.before_of(row),
                [(LABELS[name], self[f"{name}_{row.pk}"]) for name in ANSWERED],
                self[f"lock_{row.pk}"],
            )
            for row in self.rows
            if row.by_consent == by_consent
        ]

    def _typed(self, row: SurveyRow) -> dict[str, Any]:
        given: Mapping[str, Any] = self.cleaned_data
        return {name: given.get(f"{name}_{row.pk}") for name in ANSWERED}


def _boxes(row: SurveyRow) -> dict[str, forms.Field]:
    of_row = f"（{row.kind_label}「{row}」）"
    boxes: dict[str, forms.Field] = {
        "persons": CountField(short="延べ人数", unit="人", most=MOST_PERSONS, widget=forms.TextInput(attrs=FIGURES)),
        "times": CountField(short="回数", unit="回", most=MOST_TIMES, widget=forms.TextInput(attrs=FIGURES)),
        "ended_on": WholeDateField(required=False, widget=forms.TextInput(attrs={"class": "w-date"})),
        "note": forms.CharField(required=False, max_length=200),
        "jump_reason": forms.CharField(required=False, max_length=200),
        "lock": forms.IntegerField(widget=forms.HiddenInput),
    }
    for name, box in boxes.items():
        box.label, box.initial = f"{LABELS[name]}{of_row}", getattr(row, name)
    return boxes


class SurveyStepForm(WardForm):
    """A step of a survey that asks nothing."""

    def arguments(self) -> dict[str, Any]:
        """None."""
        return {}


class MoveDueForm(SurveyStepForm):
    """回答期限の変更, also when a closed survey goes on."""

    due_on = WholeDateField(label="新しい回答期限", widget=forms.TextInput(attrs=ECHO))
    reason = forms.CharField(
        label="理由", widget=forms.Textarea(attrs={"rows": 3, "class": "in-t"}), validators=[reason_text]
    )

    def arguments(self) -> dict[str, Any]:
        """`due_on`, `reason`."""
        return dict(self.cleaned_data)


class ReturnSurveyForm(SurveyStepForm):
    """状況調査票の返却."""

    reason = forms.CharField(
        label="理由", widget=forms.Textarea(attrs={"rows": 4, "class": "in-t"}), validators=[reason_text]
    )

    def arguments(self) -> dict[str, Any]:
        """`reason`."""
        return {"reason": self.cleaned_data["reason"]}
