"""正誤の入力らん."""

from typing import Any

from django import forms

from common.forms import WardForm
from printing.models import SheetLayout
from records.forms.records import area, evidence_field
from records.models import Paper
from records.papers.composing import heading_of
from records.services.paper_errata import correctable
from records.texts import long_text, reason_text

_WIDE_LINE = 38


class CorrectPaperForm(WardForm):
    """資料の正誤: the paper's texts as they stand, the reason, and the document where one is needed."""

    lock = forms.IntegerField(label="保存回数", widget=forms.HiddenInput)

    def __init__(self, *args: Any, paper: Paper, layout: SheetLayout, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lock"].initial = paper.lock
        if not layout.wording.get("fixed_title"):
            self.fields["title"] = forms.CharField(label="標題", initial=paper.title, max_length=300, widget=area(2))
        texts = {section.key: section.text for section in paper.sections.all()}
        self._keys = correctable(layout)
        for section in layout.wording["sections"]:
            if section["key"] in self._keys:
                text = texts.get(section["key"], "")
                self.fields[f"text_{section['key']}"] = forms.CharField(
                    label=heading_of(section, paper.heading_choices).replace("\n", "") or "本文",
                    initial=text,
                    required=False,
                    widget=area(_rows(text)),
                    validators=[long_text],
                )
        self.fields["reason"] = forms.CharField(label="正誤の理由", widget=area(3), validators=[reason_text])
        self.fields["evidence"] = evidence_field()

    def arguments(self) -> dict[str, Any]:
        """The service's arguments."""
        given = self.cleaned_data
        texts = {key: given[f"text_{key}"] for key in self._keys}
        rest = {name: given[name] for name in ("lock", "reason", "evidence", "title") if name in given}
        return {"texts": texts, **rest}


def _rows(text: str) -> int:
    return max(2, min(12, sum(1 + len(line) // _WIDE_LINE for line in text.split("\n"))))
