"""そろっているか: what is missing before a meeting's agenda and papers can go out, each with its words and link."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from councils.agenda import Line, Part, fullwidth
from councils.errors import NoBodyRule
from councils.lawful import CITATION, looks_like_a_case
from councils.models import Answer, BlockKind, Consultation, Convocation, Meeting, MeetingPaper, MeetingStatus
from councils.quorum import NO_RULE, quorum_shown
from records.states import SETTLED, Status

# The file stands where its paper may be laid before the council.
_TAKEN = {"accepted", "scheduled", Status.DECIDED, Status.REPORTED, Status.NOTIFIED}
# What is missing is worth asking until the meeting is over; afterwards the paper is what it was.
UNDER_WAY = {MeetingStatus.PREPARING, MeetingStatus.CONVENED, MeetingStatus.OPEN}
_COMING = {Answer.COMING, Answer.LATE}


@dataclass(frozen=True)
class Remark:
    """指摘: what is missing, and the page on which it is put right."""

    words: str
    url: str


def remarks(meeting: Meeting, parts: Sequence[Part]) -> list[Remark]:
    """All that is missing, the meeting itself first; `parts` is its agenda as read. Statements do not grow with it."""
    needed, quorum_words = quorum_shown(meeting)
    papers = list(meeting.papers.filter(is_removed=False).select_related("paper__proposal", "item"))
    return [
        *missing_words(meeting, parts),
        *without_rule(meeting, quorum_words),
        *moved_since(meeting),
        *too_few_coming(meeting, needed),
        *without_seat(meeting),
        *withdrawn_files(parts),
        *without_number(parts),
        *number_gaps(meeting, parts),
        *without_presenter(parts),
        *without_paper(parts),
        *unfinished_papers(papers),
    ]


def missing_words(meeting: Meeting, parts: Sequence[Part]) -> Iterator[Remark]:
    """What the 次第 prints of the meeting and is not there: 開会の時刻, 場所, 議題."""
    about = reverse("view_meeting", args=[meeting.pk])
    if meeting.starts_at is None:
        yield Remark("開会の時刻が決まっていません。", about)
    if not meeting.place:
        yield Remark("場所が決まっていません。", about)
    if not any(part.lines for part in parts):
        yield Remark("議題がありません。", reverse("view_agenda", args=[meeting.pk]))
        return
    for part in parts:
        if not part.lines:
            words = f"区分「{part.numeral}　{part.block.heading}」に議題がありません。"
            yield Remark(words, reverse("edit_agenda_block", args=[part.block.pk]))


def without_rule(meeting: Meeting, quorum_words: str) -> Iterator[Remark]:
    """No rule of the body is in force on the day: nothing says how it counts and how many must come."""
    if quorum_words == NO_RULE:
        yield Remark(str(NoBodyRule(meeting.body, meeting.held_on)), reverse("view_meeting", args=[meeting.pk]))


def moved_since(meeting: Meeting) -> Iterator[Remark]:
    """Day, time or place changed after the 開催通知: the members have to be told again."""
    notice = Convocation.objects.filter(meeting=meeting).first() if meeting.convened_on else None
    if notice is not None:
        notice.meeting = meeting
        if notice.is_outdated:
            words = "開催通知のあとに、日時か場所が変わりました。招集しなおして、委員に知らせてください。"
            yield Remark(words, reverse("convene_meeting", args=[meeting.pk]))


def without_seat(meeting: Meeting) -> Iterator[Remark]:
    """Members on the list of the meeting whose seat does not cover its day (any more): they do not count."""
    rows = meeting.attendances.exclude(pk__in=meeting.attendances.seated()).select_related("appointment__member")
    if names := "、".join(str(row) for row in rows):
        yield Remark(f"{names}は、開催日には委嘱されていません。", reverse("meeting_attendance", args=[meeting.pk]))


def too_few_coming(meeting: Meeting, needed: int | None) -> Iterator[Remark]:
    """Fewer members have answered that they come than the quorum `needed`; nothing while nobody was asked."""
    answers = list(meeting.attendances.seated().values_list("answer", flat=True))
    if needed is None or not answers:
        return
    coming, silent = sum(answer in _COMING for answer in answers), answers.count(Answer.NONE)
    if coming < needed:
        words = f"出席の回答が{coming}名で、定足数{needed}名に足りません（未回答{silent}名）。"
        yield Remark(words, reverse("view_meeting", args=[meeting.pk]))


def withdrawn_files(parts: Sequence[Part]) -> Iterator[Remark]:
    """Items whose file was withdrawn since, or settled elsewhere: their outcome could not be entered."""
    for line in _lines(parts):
        proposal = line.item.proposal
        if proposal is None or line.outcome is not None:
            continue
        if proposal.status == Status.WITHDRAWN:
            yield _of_item("案件が取り下げられました", line, "remove_agenda_item")
        elif proposal.status in {*SETTLED, Status.REJECTED}:
            words = f"案件の結果がすでに入っています（{proposal.get_status_display()}）"
            yield _of_item(words, line, "remove_agenda_item")


def without_number(parts: Sequence[Part]) -> Iterator[Remark]:
    """諮問 without a number."""
    for part in parts:
        if part.block.kind == BlockKind.CONSULTATION:
            for line in part.lines:
                if line.item.consultation is None:
                    yield _of_item("諮問番号がありません", line, "number_consultation")
                if looks_like_a_case(line.item):
                    words = f"種類による諮問のように読めます（{CITATION}では報告とします）"
                    yield _of_item(words, line, "edit_agenda_item")


def number_gaps(meeting: Meeting, parts: Sequence[Part]) -> Iterator[Remark]:
    """Numbers between the first and the last of this agenda that no 諮問 of the series has; the order is free."""
    given = [line.item.consultation for line in _lines(parts) if line.item.consultation]
    if len(given) < 2:
        return
    first, last = min(one.number for one in given), max(one.number for one in given)
    rows = Consultation.objects.filter(
        body=meeting.body_id, series=given[0].series, number__gte=first, number__lte=last
    )
    used = set(rows.values_list("number", flat=True))
    left = [number for number in range(first, last) if number not in used][:5]
    if left:
        words = "、".join(f"第{fullwidth(number)}号" for number in left)
        yield Remark(f"諮問番号が飛んでいます（{words}がありません）。", reverse("view_agenda", args=[meeting.pk]))


def without_presenter(parts: Sequence[Part]) -> Iterator[Remark]:
    """Items that nobody presents yet."""
    for line in _lines(parts):
        if not line.item.presenter.strip():
            yield _of_item("説明する課がありません", line, "edit_agenda_item")


def without_paper(parts: Sequence[Part]) -> Iterator[Remark]:
    """Items without a paper."""
    for line in _lines(parts):
        if not line.papers:
            page = reverse("add_meeting_paper", args=[line.item.meeting_id])
            yield Remark(f"資料がありません：{line.item.title}", f"{page}?item={line.item.pk}")


def unfinished_papers(papers: Sequence[MeetingPaper]) -> Iterator[Remark]:
    """Papers that are drafts: of a file that was not accepted, or a text or PDF that nobody has called final."""
    for row in papers:
        board = reverse("view_agenda", args=[row.meeting_id])
        if row.paper is None and not row.is_ready:
            yield Remark(f"{row.label}（{row.title}）は、まだ確定していません。", board)
        elif row.paper is not None and row.paper.proposal.status not in _TAKEN:
            proposal = row.paper.proposal
            words = f"{row.label}の案件が受理されていません（{proposal.get_status_display()}）。"
            yield Remark(words, reverse("view_proposal", args=[proposal.pk]))


def _lines(parts: Sequence[Part]) -> Iterator[Line]:
    for part in parts:
        yield from part.lines


def _of_item(what: str, line: Line, page: str) -> Remark:
    return Remark(f"{what}：{line.item.title}", reverse(page, args=[line.item.pk]))
