"""会議資料 as a sheet (print_sheet code `meeting-paper`): a text of its own, as 資料４〜６ of 2013 (domain §6.6)."""

from collections.abc import Mapping
from typing import Any

from councils.agenda import fullwidth
from councils.models import MeetingPaper
from printing.prose.cleaning import clean
from printing.prose.setting import pieces
from printing.sheets import Sheet, register

CODE = "meeting-paper"


def number_of(paper: MeetingPaper) -> str:
    """「６」, 「５４－１」."""
    return fullwidth(paper.number) + (f"－{fullwidth(paper.branch)}" if paper.branch else "")


def values(paper: MeetingPaper) -> Mapping[str, Any]:
    """number, dated, senders, title and text, as printed."""
    return {
        "number": number_of(paper),
        "dated": paper.dated,
        "senders": paper.senders.splitlines(),
        "title": paper.title,
        "text": paper.text,
    }


def context(values: Mapping[str, Any], layout: Mapping[str, Any], baseline: object = None) -> dict[str, Any]:
    """The template's context (keys of `values`: see above)."""
    number = values.get("number", "")
    return {
        "sheet": {"code": layout["code"], "title": layout["title"]},
        "number": layout["wording"]["phrases"]["label"].format(number=number) if number else "",
        "dated": values.get("dated", ""),
        "senders": values.get("senders", ()),
        "title": values.get("title", ""),
        "pieces": pieces(clean(values.get("text", ""))),
    }


def register_meeting_paper() -> None:
    """Called once, while the application starts."""
    register(
        Sheet(
            code=CODE,
            title="会議資料",
            template="councils/_sheet_meeting_paper.html",
            queryset=lambda: MeetingPaper.objects.filter(is_removed=False, paper=None, file=None).select_related(
                "meeting__body", "meeting__term"
            ),
            values=values,
            context=context,
            form_date=lambda paper: paper.meeting.held_on,
            label=str,
        )
    )
