"""次第を読む: the agenda of a meeting with the numbers that follow from its order."""

from dataclasses import dataclass, field

from councils.models import AgendaBlock, AgendaItem, BlockKind, Meeting, MeetingPaper, Outcome

NUMERALS = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"


@dataclass
class Line:
    """議題の行: one item as the agenda prints it; `number` is its place, 「（１）」."""

    item: AgendaItem
    number: str
    papers: list[MeetingPaper] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome | None:
        """What came of it; None before, and after it was taken back."""
        outcome = getattr(self.item, "outcome", None)
        return None if outcome is None or outcome.is_undone else outcome

    @property
    def consultation_mark(self) -> str:
        """「【諮問第８号】」, or nothing."""
        consultation = self.item.consultation
        return f"【諮問第{fullwidth(consultation.number)}号】" if consultation else ""


@dataclass
class Part:
    """議事の区分: 「Ⅰ 報告」 with its items."""

    block: AgendaBlock
    numeral: str
    lines: list[Line]


def read(meeting: Meeting) -> list[Part]:
    """The parts of `meeting` in order: 報告 count through all blocks of 報告, other items within their block.

    Three statements, whatever the length of the agenda.
    """
    papers: dict[int, list[MeetingPaper]] = {}
    for paper in meeting.papers.filter(is_removed=False).order_by("position", "number", "branch"):
        papers.setdefault(paper.item_id, []).append(paper)
    items: dict[int, list[AgendaItem]] = {}
    rows = meeting.items.filter(is_removed=False).select_related("consultation", "proposal", "outcome__vote")
    for item in rows.order_by("position", "pk"):
        items.setdefault(item.block_id, []).append(item)
    parts: list[Part] = []
    reports = 0
    for place, block in enumerate(meeting.blocks.filter(is_removed=False)):
        before = reports if block.kind == BlockKind.REPORT else 0
        for item in items.get(block.pk, []):
            item.block = block
        lines = [
            Line(item, f"（{fullwidth(before + count)}）", papers.get(item.pk, []))
            for count, item in enumerate(items.get(block.pk, []), start=1)
        ]
        reports += len(lines) if block.kind == BlockKind.REPORT else 0
        parts.append(Part(block, NUMERALS[place] if place < len(NUMERALS) else str(place + 1), lines))
    return parts


def fullwidth(number: int) -> str:
    """１２: as the agenda prints numbers."""
    return str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
