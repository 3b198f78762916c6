"""次第: the agenda as a sheet (print_sheet code `agenda`), for the screen, the packet and the 要録's section ５ alike.

Of the 次第 itself no copy is among the papers at hand: the parts, their numerals and the line of 課 and 資料 follow
section ５ of the 会議要録 of 2013-01-17; title and headings are rows (`SheetLayout`).
"""

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from common.wareki import format_date
from councils import agenda
from councils.agenda import Line, fullwidth
from councils.models import Meeting
from printing.sheets import Sheet, register

CODE = "agenda"
TEMPLATE = "councils/_sheet_agenda.html"
_FULL = str.maketrans("0123456789-", "０１２３４５６７８９－")


def values(meeting: Meeting) -> Mapping[str, Any]:
    """meeting (第７期第７回…), when, where, and parts [{numeral, heading, items [{number, mark, title, presenter,
    papers, is_closed}]}]: texts as printed."""
    return {
        "meeting": f"{meeting.numbering.translate(_FULL)}{meeting.body.name}",
        "day": format_date(meeting.held_on, "weekday"),
        "starts": clock(meeting.starts_at),
        "place": meeting.place,
        "parts": [
            {
                "numeral": part.numeral,
                "heading": part.block.heading,
                "items": [_item(line) for line in part.lines],
            }
            for part in agenda.read(meeting)
        ],
    }


def context(values: Mapping[str, Any], layout: Mapping[str, Any], baseline: object = None) -> dict[str, Any]:
    """The template's context (keys of `values`: see above); nothing is marked, an agenda has no earlier version."""
    wording = layout["wording"]
    labels, phrases = wording["labels"], wording["phrases"]
    day, starts = values.get("day", ""), values.get("starts", "")
    when = phrases["from"].format(day=day, starts=starts) if starts else day
    return {
        "sheet": {"code": layout["code"], "title": layout["title"], "meeting": values.get("meeting", "")},
        "head": [(labels["when"], when), (labels["where"], values.get("place", ""))],
        "agenda_label": labels["agenda"],
        "parts": printed_parts(values.get("parts", ()), phrases),
        "closed": phrases["closed"],
    }


def printed_parts(parts: Iterable[Mapping[str, Any]], phrases: Mapping[str, str]) -> list[dict[str, Any]]:
    """The parts with the line of 課 and 資料 of each item, in the layout's words."""
    return [{**part, "items": [{**item, "line": _line(item, phrases)} for item in part["items"]]} for part in parts]


def clock(at: time | None) -> str:
    """「午前10時」, 「午後1時30分」; empty for none."""
    if at is None:
        return ""
    half, hour = ("午前", at.hour) if at.hour < 12 else ("午後", at.hour - 12)
    return f"{half}{hour}時{f'{at.minute:02}分' if at.minute else ''}"


def _item(line: Line) -> dict[str, Any]:
    return {
        "number": line.number,
        "mark": line.consultation_mark,
        "title": line.item.title,
        "presenter": line.item.presenter,
        "papers": [
            fullwidth(paper.number) + (f"－{fullwidth(paper.branch)}" if paper.branch else "") for paper in line.papers
        ],
        "is_closed": not line.item.is_public,
    }


def _line(item: Mapping[str, Any], phrases: Mapping[str, str]) -> str:
    """「（保育課）―――― 資料６」, as far as there is something to say."""
    presenter = phrases["presenter"].format(presenter=item["presenter"]) if item["presenter"] else ""
    papers = phrases["between"].join(phrases["paper"].format(number=number) for number in item["papers"])
    return presenter + (phrases["leader"] + papers if papers else "")


def register_agenda() -> None:
    """Called once, while the application starts."""
    register(
        Sheet(
            code=CODE,
            title="次第",
            template=TEMPLATE,
            queryset=Meeting.objects.select_related("body", "term").order_by("pk").all,
            values=values,
            context=context,
            form_date=lambda meeting: meeting.held_on,
            label=str,
        )
    )
