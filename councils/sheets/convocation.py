"""開催通知 as a sheet (print_sheet code `convocation`).

No notice is among the papers at hand, so its wording is a row (`SheetLayout`) and says that it is provisional.
"""

from collections.abc import Mapping
from typing import Any

from common.wareki import format_date
from councils.models import Convocation, Meeting
from councils.sheets import agenda
from printing.sheets import Sheet, register

CODE = "convocation"
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")


def values(meeting: Meeting) -> Mapping[str, Any]:
    """meeting, body, office, convened (its day), day, starts, place, reply_by, text, and parts as the 次第 has them."""
    notice = Convocation.objects.filter(meeting=meeting).first()
    return {
        "meeting": f"{meeting.numbering.translate(_FULL)}{meeting.body.name}",
        "body": meeting.body.name,
        "office": meeting.body.office,
        "convened": format_date(meeting.convened_on) if meeting.convened_on else "",
        "day": format_date(meeting.held_on, "weekday"),
        "starts": agenda.clock(meeting.starts_at),
        "place": meeting.place,
        "reply_by": format_date(notice.reply_by, "weekday") if notice and notice.reply_by else "",
        "text": notice.text if notice else "",
        "parts": agenda.values(meeting)["parts"],
    }


def context(values: Mapping[str, Any], layout: Mapping[str, Any], baseline: object = None) -> dict[str, Any]:
    """The template's context (keys of `values`: see above)."""
    labels, phrases = layout["wording"]["labels"], layout["wording"]["phrases"]
    given = {name: values.get(name, "") for name in ("meeting", "body", "office", "day", "starts", "place")}
    reply_by = values.get("reply_by", "")
    rows = [
        (labels["when"], phrases["from"].format(**given) if given["starts"] else given["day"]),
        (labels["where"], given["place"] or phrases["undecided"]),
    ]
    if reply_by:
        rows.append((labels["reply"], phrases["reply_by"].format(day=reply_by, office=given["office"])))
    return {
        "sheet": {"code": layout["code"], "form_label": layout["form_label"], "title": layout["title"]},
        "day": values.get("convened", ""),
        "to": phrases["to"].format(**given),
        "office": given["office"],
        "subject": phrases["subject"].format(**given),
        "mark": phrases["mark"],
        "lead": phrases["lead"],
        "rows": rows,
        "agenda_label": labels["agenda"],
        "parts": [part for part in values.get("parts", ()) if part["items"]],
        "text": values.get("text", ""),
        "end": phrases["end"],
        "slip": {
            "title": labels["slip"],
            "to": phrases["slip_to"].format(**given),
            "lead": phrases["slip_lead"].format(**given),
            "answers": phrases["slip_answers"].splitlines(),
            "name": labels["slip_name"],
        },
    }


def register_convocation() -> None:
    """Called once, while the application starts."""
    register(
        Sheet(
            code=CODE,
            title="開催通知",
            template="councils/_sheet_convocation.html",
            queryset=Meeting.objects.select_related("body", "term").order_by("pk").all,
            values=values,
            context=context,
            form_date=lambda meeting: meeting.held_on,
            label=str,
        )
    )
