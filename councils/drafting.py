"""会議要録の下書き: what the meeting's pages know, in the words of the 2013 要録 (domain §6.8)."""

from datetime import time
from typing import Any

from common.wareki import format_date
from councils import agenda
from councils.agenda import Line, fullwidth
from councils.models import Appointment, BlockKind, Extent, Meeting, Method, Office, Outcome, Vote
from councils.models.votes import APPROVALS
from councils.naming import names_of
from councils.numbering import rule_of
from organization.models import Department

_FULL = str.maketrans("0123456789", "０１２３４５６７８９")


def headings_of(meeting: Meeting) -> dict[str, str]:
    """title, when, place, members, ward_side and observers as the 要録 prints them."""
    present = list(
        Appointment.objects.filter(attendances__meeting=meeting, attendances__came=True)
        .select_related("member")
        .order_by("attendances__position", "pk")
    )
    roster = Appointment.objects.filter(attendances__in=meeting.attendances.seated()).select_related("member")
    titles = meeting.ward_attendees.filter(is_removed=False).values_list("title", flat=True)
    return {
        "title": f"{meeting.numbering.translate(_FULL)}{meeting.body.name}会議要録",
        "when": _when(meeting),
        "place": meeting.place,
        "members": "、".join(f"{name}委員" for name in names_of(present, among=roster)),
        "ward_side": "、".join(titles),
        "observers": "" if meeting.observers is None else f"{meeting.observers}名",
    }


def skeleton_of(meeting: Meeting) -> list[dict[str, Any]]:
    """The lines that are known before anybody has typed a word: explanations, and how each matter was settled.

    Each {"speaker", "text", "item"}; 諮問 that were voted on together are explained and settled together.
    """
    lines = [line for part in agenda.read(meeting) for line in part.lines]
    chairs = _chairs(meeting, lines)
    found: list[dict[str, Any]] = []
    done: set[int] = set()
    for line in lines:
        if line.item.pk in done:
            continue
        together = _together(line, lines)
        done |= {one.item.pk for one in together}
        explained = "\n".join(_explained(one) for one in together)
        found.append({"speaker": _presents(line), "text": explained, "item": line.item})
        if line.outcome is not None and line.item.block.kind == BlockKind.CONSULTATION:
            text = _settled(together, line.outcome)
            found.append({"speaker": chairs[line.item.pk], "text": text, "item": line.item})
    return found


def _presents(line: Line) -> str:
    """The head of the presenting department, of several the first; nobody is made up where none is named."""
    first = line.item.presenter.split("・")[0].strip()
    return head_of(first) if first else "事務局"


def head_of(name: str) -> str:
    """The head of a department, by the title that the organisation knows: 学校教育支援センター所長, else …課長."""
    known = Department.objects.filter(name=name).exclude(head_title="").order_by("-pk").first()
    title = known.head_title if known else ""
    return title[title.index(name) :] if name in title else f"{name}長"


def _when(meeting: Meeting) -> str:
    """「平成25年1月17日（木）午前10時から12時05分まで」."""
    day = format_date(meeting.held_on, "weekday")
    if meeting.starts_at is None:
        return day
    starts = _clock(meeting.starts_at, ("午前", "午後")[meeting.starts_at.hour >= 12])
    if meeting.ends_at is None:
        return f"{day}{starts}から"
    half = "午後" if meeting.ends_at.hour > 12 and meeting.starts_at.hour < 12 else ""
    return f"{day}{starts}から{_clock(meeting.ends_at, half)}まで"


def _clock(at: time, half: str) -> str:
    hour = at.hour - 12 if at.hour > 12 else at.hour
    return f"{half}{hour}時{f'{at.minute:02}分' if at.minute else ''}"


def _chairs(meeting: Meeting, lines: list[Line]) -> dict[int, str]:
    """Who led the meeting at each item, by its pk: the label of the one who took the chair last before it."""
    takes = {row.from_item_id: row for row in meeting.chairings.filter(is_removed=False)}
    label = _label(takes[None].office) if None in takes else Office.CHAIR.label
    found = {}
    for line in lines:
        if line.item.pk in takes:
            label = _label(takes[line.item.pk].office)
        found[line.item.pk] = label
    return found


def _label(office: str) -> str:
    return Office(office).label if office else "議長"


def _together(line: Line, lines: list[Line]) -> list[Line]:
    vote = line.outcome.vote_id if line.outcome else None
    return [one for one in lines if one is line or (vote and one.outcome and one.outcome.vote_id == vote)]


def _explained(line: Line) -> str:
    papers = "、".join(
        f"資料{fullwidth(paper.number)}" + (f"－{fullwidth(paper.branch)}" if paper.branch else "")
        for paper in line.papers
    )
    number = _consultation(line) + " " if line.item.consultation else ""
    return f"――― {line.number}{number}{line.item.title} {f'{papers}に基づいて' if papers else ''}説明 ―――"


def _consultation(line: Line) -> str:
    return line.consultation_mark.strip("【】")


def _settled(lines: list[Line], outcome: Outcome) -> str:
    """How the chair settled the matter, with the conditions and the dissent that were noted."""
    noted = [
        f"条件：{outcome.conditions}" if outcome.conditions else "",
        f"反対の意見：{outcome.dissent}" if outcome.dissent else "",
    ]
    return "\n".join(filter(None, [_put(lines, outcome), *noted]))


def _put(lines: list[Line], outcome: Outcome) -> str:
    numbers = "および".join(_consultation(line) or line.number for line in lines)
    if outcome.vote is None or outcome.vote.method == Method.NONE:
        meeting = outcome.item.meeting
        word = rule_of(meeting.body, meeting.held_on).approval_word
        mark = word if outcome.result in APPROVALS else outcome.get_result_display()
        return f"{numbers}については、{outcome.phrase}でよろしいでしょうか。＜{mark}＞"
    return (
        f"{numbers}の採決をとりたいと思います。承認いただける方は挙手をお願いいたします。{_counts(outcome.vote)}"
        f"それでは、{outcome.phrase}といたします。"
    )


def _counts(vote: Vote) -> str:
    """「＜多数＞反対の方挙手をお願いいたします。＜１名＞」, as far as somebody counted."""
    if vote.in_favour is not None:
        words = f"＜{fullwidth(vote.in_favour)}名＞"
    else:
        words = f"＜{Extent(vote.extent).label}＞" if vote.extent else ""
    if vote.against:
        words += f"反対の方挙手をお願いいたします。＜{fullwidth(vote.against)}名＞"
    return words
