"""資料の入力らん, in the order of the paper; the layout says which."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from common.forms import WardForm
from common.wareki import format_date
from organization.models import User
from printing.models import SheetLayout
from records.forms.proposals import TokenForm
from records.models import MeasureKind, Paper, ProtectiveMeasure
from records.papers.composing import heading_of, number_of
from records.papers.copying import papers_to_copy
from records.services.papers import PaperEntry
from records.texts import long_text

_WIDE_LINE = 38  # characters of a line of the editor


class PaperChoice(forms.ModelChoiceField):
    """Papers by their titles, and by their day where several have one title."""

    def label_from_instance(self, paper: Paper) -> str:
        """「…について（令和4年1月24日提出）」."""
        day = paper.made_on or paper.proposal.form_date
        return f"{paper}（{format_date(day)}）" if day else f"{paper}（下書き）"


class CreatePaperForm(TokenForm):
    """資料の追加: its kind, and the earlier paper that it starts from."""

    layout = forms.ChoiceField(label="資料の種類", widget=forms.RadioSelect)
    copy_of = PaperChoice(
        label="もとにする資料",
        queryset=Paper.objects.none(),
        required=False,
        empty_label="新しくつくる",
        help_text="選ぶと、その文を写してつくり、直したところが太字・下線で示されます。",
    )

    field_order = ["layout", "copy_of"]

    def __init__(self, *args: Any, layouts: list[SheetLayout], actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.layouts = {layout.code: layout for layout in layouts}
        self.fields["layout"].choices = [(layout.code, layout.title) for layout in layouts]
        self.fields["copy_of"].queryset = papers_to_copy(actor)

    def clean_layout(self) -> SheetLayout:
        """The layout itself."""
        return self.layouts[self.cleaned_data["layout"]]

    def clean(self) -> dict[str, Any]:
        """Only a paper of the same kind can be copied."""
        given = super().clean()
        layout, copy_of = given.get("layout"), given.get("copy_of")
        if layout and copy_of and copy_of.layout_code != layout.code:
            self.add_error("copy_of", "資料の種類が違います。同じ種類の資料を選んでください。")
        return given


@dataclass(frozen=True)
class SectionRow:
    """One section in the editor: its fields, and the measures that were read from it."""

    key: str
    heading: str
    text: BoundField
    choice: BoundField | None
    old: BoundField | None
    measures: list[tuple[ProtectiveMeasure, BoundField]]


class PaperForm(WardForm):
    """資料の編集. `texts` and `old_texts`: those of the sections as they stand; `measures`: the rows read from them."""

    title = forms.CharField(
        label="標題",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "class": "in-t"}),
        help_text="改行したところで、紙でも改行します。",
    )
    marks_changes = forms.BooleanField(
        label="変更箇所を太字・下線で示す",
        required=False,
        help_text="「変更前の文」と比べて、ちがうところに印が付きます。らんは、保存すると出ます。",
    )
    baseline_name = forms.CharField(
        label="どの内容からの変更か",
        required=False,
        max_length=120,
        help_text="例：平成27年度第8回情報公開・個人情報保護審議会承認済。「…の内容からの変更箇所」の前に入ります。",
    )
    lock = forms.IntegerField(label="保存回数", widget=forms.HiddenInput)

    optional_notes = {"title": "", "baseline_name": "変更のときだけ"}

    def __init__(
        self,
        *args: Any,
        paper: Paper,
        layout: SheetLayout,
        texts: Mapping[str, str],
        old_texts: Mapping[str, str],
        measures: list[ProtectiveMeasure],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.paper, self.wording, self.measures = paper, layout.wording, measures
        for name in ("title", "marks_changes", "baseline_name", "lock"):
            self.fields[name].initial = getattr(paper, name)
        if self.wording.get("fixed_title"):
            del self.fields["title"]
        if not self.wording["change_note"]:
            del self.fields["baseline_name"]
        self.optional_notes = {**self.optional_notes}
        for position, section in enumerate(self.wording["sections"], start=1):
            key = section["key"]
            self.optional_notes[f"text_{key}"] = "なければ空欄" if section.get("optional") else ""
            self._add_section(position, section, texts.get(key, ""), old_texts.get(key, ""))
        for measure in measures:
            label = f"{measure} の種別"
            # Not required: a measure may have come or gone since the page was opened.
            self.fields[f"kind_{measure.pk}"] = forms.ChoiceField(
                label=label, choices=MeasureKind.choices, initial=measure.category, required=False
            )

    def _add_section(self, position: int, section: Mapping[str, Any], text: str, old: str) -> None:
        key = section["key"]
        heading = heading_of(section, self.paper.heading_choices).replace("\n", "") or "本文"
        label = number_of(position, self.wording["numbering"]) + heading
        self.fields[f"text_{key}"] = self._area(label, text, key, section.get("help", ""))
        if offered := section.get("choices"):
            choices = [(at, words.replace("\n", "")) for at, words in enumerate(offered)]
            chosen = self.paper.heading_choices.get(key, 0)
            field = forms.TypedChoiceField(
                label="見出し",
                choices=choices,
                coerce=int,
                empty_value=0,
                initial=chosen,
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"choice_{key}"] = field
        if self.paper.marks_changes:
            self.fields[f"old_{key}"] = self._area(f"変更前の文（{label}）", old, key, "")

    def _area(self, label: str, text: str, key: str, help_text: str) -> forms.CharField:
        rows = sum(1 + len(line) // _WIDE_LINE for line in text.split("\n"))
        attrs = {"rows": max(1, min(rows, 16)), "class": "in-t", "data-box": key}
        return forms.CharField(
            label=label,
            required=False,
            strip=False,
            initial=text,
            validators=[long_text],
            widget=forms.Textarea(attrs=attrs),
            help_text=help_text,
        )

    def rows(self) -> list[SectionRow]:
        """The sections in the order of the paper, with the headings that it chose; measures stand with the last."""
        found = []
        measured = [section["key"] for section in self.wording["sections"] if section.get("part") == "measures"]
        for key in [section["key"] for section in self.wording["sections"]]:
            shown = self.measures if measured and key == measured[-1] else []
            found.append(
                SectionRow(
                    key,
                    str(self[f"text_{key}"].label),
                    self[f"text_{key}"],
                    self[f"choice_{key}"] if f"choice_{key}" in self.fields else None,
                    self[f"old_{key}"] if f"old_{key}" in self.fields else None,
                    [(measure, self[f"kind_{measure.pk}"]) for measure in shown],
                )
            )
        return found

    def entry(self) -> PaperEntry:
        """What the valid form says."""
        given = self.cleaned_data
        return PaperEntry(
            title=given.get("title", ""),
            choices=self._starting("choice_"),
            texts=self._starting("text_"),
            marks_changes=given["marks_changes"],
            baseline_name=given.get("baseline_name", ""),
            old_texts=self._starting("old_"),
            categories={int(pk): kind for pk, kind in self._starting("kind_").items() if kind},
        )

    def _starting(self, prefix: str) -> dict[str, Any]:
        given = self.cleaned_data.items()
        return {name.removeprefix(prefix): value for name, value in given if name.startswith(prefix)}
