"""資料と別紙チェックリストの様式: how the papers of a file are printed (print_sheet codes `paper` and `checklist`)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from printing.prose.setting import pieces
from printing.sheets import Sheet, register
from records.models import Checklist, Paper
from records.papers.composing import compose
from records.papers.figures import figures_in_print, figures_on_screen, pictures

PAPER, CHECKLIST = "paper", "checklist"
PAPER_FAMILY, CHECKLIST_FAMILY = "paper-", "checklist-"


def paper_values(paper: Paper) -> Mapping[str, Any]:
    """The values of a paper (keys: records.papers.composing.compose) for a screen; sections at hand, or one query."""
    values = _values(paper)
    return {**values, "figures": figures_on_screen(paper, values["sections"])}


def printed_values(paper: Paper) -> Mapping[str, Any]:
    """The same for a print and for Word, which are given the pictures themselves."""
    values = _values(paper)
    return {**values, "figures": figures_in_print(paper, values["sections"])}


def paper_pictures(paper: Paper) -> Mapping[str, bytes]:
    """The pictures that its text shows, by their digests."""
    return pictures(paper, _values(paper)["sections"])


def _values(paper: Paper) -> dict[str, Any]:
    sections = list(paper.sections.all())
    return {
        "title": paper.title,
        "number": paper.printed_number,
        "choices": paper.heading_choices,
        "sections": {section.key: section.text for section in sections},
        "baseline": {section.key: section.baseline_text for section in sections} if paper.marks_changes else None,
        "baseline_name": paper.baseline_name,
    }


def paper_context(
    values: Mapping[str, Any], layout: Mapping[str, Any], baseline: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The template's context."""
    return {"paper": compose(values, layout, baseline)}


def checklist_values(checklist: Checklist) -> Mapping[str, Any]:
    """paper (title of the paper), answers {item: code} and notes {item: text}."""
    answers = list(checklist.answers.all())
    return {
        "paper": checklist.paper.title,
        "answers": {answer.item: answer.answer for answer in answers},
        "notes": {answer.item: answer.note for answer in answers},
    }


def checklist_context(
    values: Mapping[str, Any], layout: Mapping[str, Any], baseline: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The template's context: what differs from `baseline` (values of an earlier list) is marked."""
    wording = layout["wording"]
    said, said_before = (_said(given, wording) for given in (values, baseline or {}))
    rows = [
        {
            "number": number,
            "item": item["text"],
            **{
                name: pieces(words, None if baseline is None else said_before[item["key"]][name])
                for name, words in said[item["key"]].items()
            },
        }
        for number, item in enumerate(wording["items"], start=1)
    ]
    return {
        "title": layout["title"],
        "paper": values.get("paper", ""),
        "headings": wording["headings"],
        "rows": rows,
        "note": wording["note"],
    }


def _said(values: Mapping[str, Any], wording: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Answer and note of each item in words."""
    answers, notes, words = values.get("answers", {}), values.get("notes", {}), wording["answers"]
    keys = [item["key"] for item in wording["items"]]
    return {key: {"answer": words.get(answers.get(key, ""), ""), "note": notes.get(key, "")} for key in keys}


def _form_date(paper: Paper) -> date | None:
    """提出日 chooses the layout, so that an old paper reprints unchanged; a paper taken over has a day of its own."""
    return paper.made_on or paper.proposal.form_date


def register_papers() -> None:
    """Called once, while the application starts."""
    register(
        Sheet(
            code=PAPER,
            title="資料",
            template="records/_sheet_paper.html",
            queryset=lambda: Paper.objects.in_use().select_related("proposal").prefetch_related("sections"),
            values=printed_values,
            pictures=paper_pictures,
            context=paper_context,
            form_date=_form_date,
            label=str,
            family=PAPER_FAMILY,
            layout_code=lambda paper: paper.layout_code,
        )
    )
    register(
        Sheet(
            code=CHECKLIST,
            title="別紙チェックリスト",
            template="records/_sheet_checklist.html",
            queryset=lambda: (
                Checklist.objects.filter(paper__is_removed=False)
                .select_related("paper__proposal")
                .prefetch_related("answers")
            ),
            values=checklist_values,
            context=checklist_context,
            form_date=lambda checklist: _form_date(checklist.paper),
            label=lambda checklist: f"{checklist.paper}（{checklist}）",
            family=CHECKLIST_FAMILY,
            layout_code=lambda checklist: checklist.layout_code,
        )
    )
