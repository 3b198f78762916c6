"""資料の下見: the paper as it would print, from what stands in the form, right or wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from printing import sheets
from printing.models import SheetLayout
from printing.prose.cleaning import clean
from records.forms.papers import PaperForm
from records.models import Paper
from records.papers.figures import figures_on_screen
from records.papers.layouts import unfinished
from records.papers.sheets import PAPER, paper_values
from records.texts import MAX_TEXT


@dataclass(frozen=True)
class PaperPreview:
    """The fragment, the keys of the sections still to be written, and whether a text was too long to be drawn."""

    fragment: SafeString
    missing: list[str]
    too_long: bool


def preview(form: PaperForm, paper: Paper, layout: SheetLayout) -> PaperPreview:
    """The paper with everything that stands in `form`, when bound; with a text that no paper can hold, as saved."""
    too_long = form.is_bound and any(len(text) > MAX_TEXT for _, text in typed_texts(form))
    values = paper_values(paper)
    if form.is_bound and not too_long:
        typed = _typed(form, values)
        values = {**values, **typed, "figures": figures_on_screen(paper, typed["sections"])}
    missing = unfinished(layout.wording, {key: clean(text) for key, text in values["sections"].items()})
    return PaperPreview(sheets.render_fragment(sheets.get(PAPER), values, layout), missing, too_long)


def typed_texts(form: PaperForm) -> list[tuple[str, str]]:
    """Label and text of every text field, in the order of the form."""
    names = [name for name in form.fields if name.startswith(("title", "text_", "old_", "baseline_name"))]
    found = [(str(form[name].label), str(form[name].value() or "")) for name in names]
    return [(label, text) for label, text in found if text]


def _typed(form: PaperForm, saved: Mapping[str, Any]) -> dict[str, Any]:
    marks = bool(form["marks_changes"].value())
    old = _starting(form, "old_")
    if marks and not old:
        old = saved["baseline"] or {}
    return {
        "title": form["title"].value() if "title" in form.fields else "",
        "baseline_name": form["baseline_name"].value() if "baseline_name" in form.fields else "",
        "choices": {key: _number(value) for key, value in _starting(form, "choice_").items()},
        "sections": _starting(form, "text_"),
        # Without a field for what stood before, there is nothing to compare with yet.
        "baseline": old if marks and old else None,
    }


def _starting(form: PaperForm, prefix: str) -> dict[str, Any]:
    names = [name for name in form.fields if name.startswith(prefix)]
    return {name.removeprefix(prefix): form[name].value() or "" for name in names}


def _number(value: Any) -> int:
    return int(value) if str(value).isdecimal() else 0
