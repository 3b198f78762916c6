"""会議要録から分かること: who was absent, who took the chair, how each item was settled, and what should be looked at.

Only what the words say; each deduction that fails is a `Doubt`.
"""

import re
from dataclasses import dataclass, field

from common import wareki
from common.wareki import format_date
from councils.marks import unresolved
from councils.models import BlockKind, Extent, Method, Office, Result
from councils.reading.minutes import DIGITS, Doubt, Item, MinutesText, Name, Said, fold

_ABSENT = re.compile(r"((?:[^、。]+委員、)*[^、。]+委員)からお休みの連絡")
_SUM = re.compile(r"(\d+)人中(\d+)名が欠席")
_MEMBER = re.compile(r"([^（）]+?)(?:（([^（）]+)）)?委員")
_LATE = re.compile(r"(会長|副会長)は[^。]*遅れ")
_EXPLAINED = re.compile(r"―{2,}(.*?)―{2,}")
_PAPER = re.compile(r"資料\s*([0-9]+)")
_CONSULTATION = re.compile(r"第([0-9]+)号")
_MARK = re.compile(r"([^＜＞]*)＜([^＜＞]+)＞")
_PHRASE = re.compile(r"(原案(?:通り|どおり)(?:承認|可決|了承))")
_DATE = re.compile(r"(?:平成|令和)\s*(?:\d+|元)\s*年\s*\d+\s*月\s*\d+\s*日")
_CHAIRS = {"会長": Office.CHAIR, "副会長": Office.VICE_CHAIR}
_EXTENTS = {"全員": Extent.UNANIMOUS, "全員一致": Extent.UNANIMOUS, "多数": Extent.MAJORITY, "少数": Extent.MINORITY}


@dataclass
class Settled:
    """採決: one count and its items."""

    items: list[Item]
    result: str
    phrase: str
    method: str = Method.NONE
    extent: str = ""
    against: int | None = None
    in_favour: int | None = None


@dataclass
class Findings:
    """読み取った事実: of one 要録."""

    absent: list[Name] = field(default_factory=list)
    total: int | None = None  # members in all, as said
    late: list[str] = field(default_factory=list)  # offices
    chairs: list[tuple[str, Item | None]] = field(default_factory=list)  # office, from which item (None: the opening)
    settled: list[Settled] = field(default_factory=list)
    subjects: dict[int, Item] = field(default_factory=dict)  # line of an utterance → the item that it is about
    doubts: list[Doubt] = field(default_factory=list)


def findings_of(minutes: MinutesText) -> Findings:
    """What the utterances of `minutes` say about the sitting."""
    found = Findings()
    _who_was_there(minutes, found)
    _what_was_dealt_with(minutes, found)
    _how_it_was_settled(minutes, found)
    _what_to_look_at(minutes, found)
    found.doubts.sort(key=lambda doubt: doubt.line)
    return found


def _who_was_there(minutes: MinutesText, found: Findings) -> None:
    for said in minutes.said:
        if names := _ABSENT.search(said.text):
            found.absent = [
                Name(name[1], name[2] or "") for name in map(_MEMBER.fullmatch, names[1].split("、")) if name
            ]
        if counts := _SUM.search(said.text.translate(DIGITS)):
            found.total, absent = int(counts[1]), int(counts[2])
            if absent != len(found.absent):
                found.doubts.append(Doubt(said.line, counts[0], f"欠席と読み取れた委員は{len(found.absent)}名です。"))
            if found.total != absent + len(minutes.members):
                words = f"出席者{len(minutes.members)}名と合いません。"
                found.doubts.append(Doubt(said.line, counts[0], words))
        found.late += [office for office in _LATE.findall(said.text) if office not in found.late]


def _what_was_dealt_with(minutes: MinutesText, found: Findings) -> None:
    """An explanation line names its paper; what follows is about its item, and who spoke before it led the meeting."""
    by_paper = {item.paper: item for item in minutes.items if item.paper}
    item: Item | None = None
    leader = next((said.speaker for said in minutes.said if said.speaker in _CHAIRS), "")
    if leader:
        found.chairs.append((_CHAIRS[leader], None))
    last = leader
    for said in minutes.said:
        explained = [
            by_paper[int(number)]
            for words in _EXPLAINED.findall(said.text)
            for number in _PAPER.findall(words.translate(DIGITS))
            if int(number) in by_paper
        ]
        if "―――" in said.text and not explained:
            found.doubts.append(Doubt(said.line, said.text, "どの資料の説明か分かりません。"))
        if explained:
            item = explained[0]
            if last and last != leader:
                leader = last
                found.chairs.append((_CHAIRS[leader], item))
        if item is not None:
            found.subjects[said.line] = item
        if said.speaker in _CHAIRS:
            last = said.speaker


def _how_it_was_settled(minutes: MinutesText, found: Findings) -> None:
    by_number = {item.consultation: item for item in minutes.items if item.consultation}
    for said in minutes.said:
        for paragraph in said.paragraphs:
            marks = _MARK.findall(paragraph)
            if not marks:
                continue
            numbers = [int(number) for number in _CONSULTATION.findall(paragraph.translate(DIGITS))]
            items = [by_number[number] for number in numbers if number in by_number]
            settled = _settled(said, items, paragraph, marks, found)
            if settled is not None:
                found.settled.append(settled)
    done = [id(item) for settled in found.settled for item in settled.items]
    for item in minutes.items:
        if item.consultation and id(item) not in done:
            found.doubts.append(Doubt(item.line, item.title, "採決の結果を読み取れません。"))
    reports = [item for block in minutes.blocks if block.kind == BlockKind.REPORT for item in block.items]
    found.settled += [Settled([item], Result.REPORTED, "報告") for item in reports]


def _settled(
    said: Said, items: list[Item], paragraph: str, marks: list[tuple[str, str]], found: Findings
) -> Settled | None:
    if not items:
        found.doubts.append(Doubt(said.line, paragraph, "どの諮問の採決か分かりません。"))
        return None
    phrase = _PHRASE.search(paragraph)
    settled = Settled(items, Result.APPROVED, phrase[1] if phrase else "承認")
    for before, mark in marks:
        count = re.fullmatch(r"(\d+)名", mark.translate(DIGITS))
        if mark in _EXTENTS:
            settled.method, settled.extent = Method.HANDS, _EXTENTS[mark]
        elif count and "反対" in before:
            settled.method, settled.against = Method.HANDS, int(count[1])
        elif count:
            settled.method, settled.in_favour = Method.HANDS, int(count[1])
        elif mark != "承認":
            found.doubts.append(Doubt(said.line, f"＜{mark}＞", "結果の印として読めません。"))
    if settled.extent == Extent.MAJORITY or settled.against:
        settled.result = Result.BY_MAJORITY
    return settled


def _what_to_look_at(minutes: MinutesText, found: Findings) -> None:
    """Unresolved marks, and days after the meeting: a slip of the tongue stays, with what the paper says beside it."""
    papers = [(paper, fold("".join(paper.lines))) for paper in minutes.papers]
    for said in minutes.said:
        for mark in unresolved(said.text):
            found.doubts.append(Doubt(said.line, mark, "まだ確かめていない印です。"))
        for words in _DATE.findall(said.text.translate(DIGITS)):
            try:
                day = wareki.parse(words).start
            except ValueError as refusal:
                found.doubts.append(Doubt(said.line, words, str(refusal)))
                continue
            if day is None or day <= minutes.held_on:
                continue
            question = "会議の日より後の日付です。文はそのまま取り込みます。"
            year_before = format_date(day.replace(year=day.year - 1, day=min(day.day, 28))).rsplit("月", 1)[0] + "月"
            said_before = f"{year_before}{day.day}日"
            for paper, text in papers:
                if fold(said_before) in text:
                    question += f"資料{paper.item.paper}では{said_before}です。"
            found.doubts.append(Doubt(said.line, words, question))
