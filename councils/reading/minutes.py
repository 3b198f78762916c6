"""会議要録の文を読む: title, headings, agenda, utterances and the papers behind them, from plain text (domain §6.8).

Lines of the paper are joined to paragraphs again; nothing is corrected. What is not understood is a `Doubt` with its
line, never dropped: the joined text of headings and utterances is that of the file, blanks and line ends aside.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, time

from common import wareki
from councils.models import BlockKind
from history.errors import DomainError

DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_NOON = 12
_NUMBER = r"([0-9０-９]+)"
_TITLE = re.compile(
    rf"(第{_NUMBER}期第{_NUMBER}回|(?:平成|令和){_NUMBER}年度第{_NUMBER}回|第{_NUMBER}回)(.+?)会議(?:要)?録"
)
_HEADINGS = {
    "when": "日時",
    "place": "場所",
    "present": "出席者",
    "observers": "傍聴人",
    "agenda": "議事および配布資料",
    "said": "発言内容",
}
_HEADING = re.compile(
    r"[1-6１-６]\s*[.．]?\s*(日\s*時|場\s*所|出\s*席\s*者|傍\s*聴\s*人|議事および配布資料|発\s*言\s*内\s*容)\s*(.*)"
)
_WHEN = re.compile(
    r"(?P<day>.+?日)(?:（(?P<weekday>.)）)?\s*"
    r"(?P<from>(?:午[前後])?\d{1,2}時(?:\d{1,2}分)?)から(?P<until>(?:午[前後])?\d{1,2}時(?:\d{1,2}分)?)まで"
)
_CLOCK = re.compile(r"(午[前後])?(\d{1,2})時(?:(\d{1,2})分)?")
_MEMBER = re.compile(r"(?P<surname>[^（）]+?)(?:（(?P<distinction>[^（）]+)）)?委員")
_BLOCK = re.compile(r"[Ⅰ-Ⅹ]\s*(\S.*)")
_ITEM = re.compile(rf"（{_NUMBER}）\s*(.*)")
_MARK = re.compile(rf"【諮問第{_NUMBER}号】\s*(.*)")
_ITEM_END = re.compile(rf"(.*?)（([^（）]+)）\s*[―ー─－-]{{2,}}\s*資料\s*{_NUMBER}(?:[-－‐−]{_NUMBER})?")
_SPEAKER = re.compile(r"（([^（）]{1,30})）\s+(.*)")
_OFFICES = {"委員", "会長", "副会長", "議長", "委員長", "副委員長", "事務局"}
_TITLES = ("長", "主査", "主事", "監", "官")
_DATE_LINE = re.compile(r"(?:平\s*成|令\s*和)\s*[\d０-９元]+\s*年\s*[\d０-９]+\s*月\s*[\d０-９]+\s*日")
_STAMP = re.compile(rf"資料\s*{_NUMBER}(?:[-－‐−]{_NUMBER})?")
_WEEKDAYS = "月火水木金土日"
_ENDS = ("。", "＞", "―", "」", "）")
# A line of the right column holds some 32 characters; one so much shorter ends its paragraph.
_SHORT = 27
_SHORT_PAPER = 34
# The narrowest column of a paper holds some 21 characters; a heading is shorter.
_HEADING_OF_A_PAPER = 21
# What begins a line of its own in a paper: numbers, letters, bullets, groups, a time of the day.
_BEGINS = re.compile(r"[1-9１-９][ 　]|[（(][0-9０-９]+[）)]|[⑴-⒇]|[ア-ン] |[・＜【※]|午[前後]|(?:平成|令和).+日（.）")


class NotMinutes(DomainError):
    """会議要録でないファイル: it lacks what makes a 要録."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(f"会議要録として読めません。見つからないもの: {'、'.join(missing)}")


@dataclass(frozen=True)
class Doubt:
    """読めない・確かめたい箇所: where (line of the file), the words there, and what is asked."""

    line: int
    words: str
    question: str


@dataclass(frozen=True)
class Name:
    """委員の名: 中村（三）."""

    surname: str
    distinction: str = ""

    def __str__(self) -> str:
        return f"{self.surname}（{self.distinction}）" if self.distinction else self.surname


@dataclass
class Item:
    """議題: its place among the 報告 or 諮問, the 諮問番号, and the paper laid before the meeting."""

    line: int
    place: int
    title: str = ""
    presenter: str = ""
    consultation: int | None = None
    paper: int | None = None
    branch: int = 0


@dataclass
class Block:
    """議事の区分: Ⅰ 報告."""

    kind: str
    heading: str
    items: list[Item] = field(default_factory=list)


@dataclass
class Said:
    """発言: the speaker's label without brackets, and the paragraphs."""

    line: int
    speaker: str
    paragraphs: list[str]

    @property
    def text(self) -> str:
        """The paragraphs, each on a line."""
        return "\n".join(self.paragraphs)


@dataclass
class PaperText:
    """資料の本文: what stands behind the utterances under the title of an item."""

    line: int
    item: Item
    dated: str
    senders: list[str]
    title: str
    lines: list[str]

    @property
    def text(self) -> str:
        """The body, its lines joined to paragraphs."""
        paragraphs: list[str] = []
        goes_on = False
        for line in self.lines:
            if goes_on and not _BEGINS.match(line):
                paragraphs[-1] += line
            else:
                paragraphs.append(line)
            goes_on = width(line) >= (_SHORT_PAPER if line.endswith(_ENDS) else _HEADING_OF_A_PAPER)
        return "\n".join(paragraphs)


@dataclass
class MinutesText:
    """会議要録: everything that was read from one file."""

    title: str
    body: str
    term: int | None
    session: int
    when: str
    held_on: date
    starts_at: time
    ends_at: time
    place: str
    members: list[Name]
    ward_side: list[str]
    observers: str
    blocks: list[Block]
    said: list[Said]
    papers: list[PaperText]
    doubts: list[Doubt]

    @property
    def items(self) -> list[Item]:
        """The agenda's items, in its order."""
        return [item for block in self.blocks for item in block.items]


Lines = list[tuple[int, str]]


def parse(text: str) -> MinutesText:
    """Read a whole 要録. Raises NotMinutes, ValueError (a day that is none, with its Japanese message)."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    place, found = next(
        ((place, title) for place, (_, line) in enumerate(lines[:20]) if (title := _TITLE.fullmatch(line))), (0, None)
    )
    parts = _parts(lines)
    missing = ([] if found else ["標題（第○期第○回…会議要録）"]) + [
        f"「{name}」の見出し" for key, name in _HEADINGS.items() if key not in parts
    ]
    if missing or found is None:
        raise NotMinutes(missing)
    doubts: list[Doubt] = [
        Doubt(number, line, "標題の前にあります。取り込みません。") for number, line in lines[:place]
    ]
    held_on, starts_at, ends_at = _when(parts["when"], doubts)
    members, ward_side = _present(parts["present"], doubts)
    blocks = _agenda(parts["agenda"], doubts)
    items = [item for block in blocks for item in block.items]
    said, rest = _utterances(parts["said"], [fold(item.title) for item in items], ward_side, doubts)
    return MinutesText(
        title=found[0],
        body=found[7].strip(),
        term=_int(found[2]),
        session=_int(found[3]) or _int(found[5]) or _int(found[6]) or 0,
        when=_plain(parts["when"]),
        held_on=held_on,
        starts_at=starts_at,
        ends_at=ends_at,
        place=_plain(parts["place"]),
        members=members,
        ward_side=ward_side,
        observers=_plain(parts["observers"]),
        blocks=blocks,
        said=said,
        papers=_papers(rest, items, doubts),
        doubts=sorted(doubts, key=lambda doubt: doubt.line),
    )


def fold(text: str) -> str:
    """Without blanks and in one width: two spellings of one text are equal."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _int(text: str | None) -> int | None:
    return int(text.translate(DIGITS)) if text else None


def _plain(lines: Lines) -> str:
    return "".join(line for _, line in lines)


def _parts(lines: Lines) -> dict[str, Lines]:
    """The lines under each of the six headings, without the heading's words."""
    names = {name: key for key, name in _HEADINGS.items()}
    parts: dict[str, Lines] = {}
    current: Lines | None = None
    for number, line in lines:
        found = _HEADING.fullmatch(line) if "said" not in parts else None
        key = names[re.sub(r"\s", "", found[1])] if found else None
        if found and key and key not in parts:
            current = parts[key] = [(number, found[2])] if found[2] else []
        elif current is not None:
            current.append((number, line))
    return parts


def _when(lines: Lines, doubts: list[Doubt]) -> tuple[date, time, time]:
    """平成25年1月17日（木）午前10時から12時05分まで."""
    words = _plain(lines)
    found = _WHEN.match(words.translate(DIGITS))
    if found is None:
        raise NotMinutes([f"開催の日時（いまの文: {words}）"])
    day = wareki.parse(found["day"])
    if day.start is None or day.start != day.end:
        raise NotMinutes([f"開催日（いまの文: {words}）"])
    held_on = day.start
    line = lines[0][0]
    if found["weekday"] and found["weekday"] != _WEEKDAYS[held_on.weekday()]:
        doubts.append(Doubt(line, words, f"曜日が合いません（{_WEEKDAYS[held_on.weekday()]}曜日です）。"))
    starts_at, ends_at = _clock(found["from"]), _clock(found["until"])
    # 「午後1時30分から3時05分まで」: the end is said in the half of the day in which the meeting began.
    if starts_at and ends_at and starts_at.hour >= _NOON > ends_at.hour and "午" not in found["until"]:
        ends_at = ends_at.replace(hour=ends_at.hour + _NOON)
    if starts_at is None or ends_at is None or ends_at <= starts_at:
        raise NotMinutes([f"開会と閉会の時刻（いまの文: {words}）"])
    return held_on, starts_at, ends_at


def _clock(words: str) -> time | None:
    found = _CLOCK.fullmatch(words)
    if found is None:
        return None
    hour, minute = int(found[2]) + (12 if found[1] == "午後" and int(found[2]) < 12 else 0), int(found[3] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _present(lines: Lines, doubts: list[Doubt]) -> tuple[list[Name], list[str]]:
    """The members, and the 区側 by title."""
    members, _, ward = _plain(lines).partition("区側")
    names = []
    for word in filter(None, members.split("、")):
        found = _MEMBER.fullmatch(word.strip())
        if found is None:
            doubts.append(Doubt(lines[0][0], word, "委員の名として読めません。"))
        else:
            names.append(Name(found["surname"], found["distinction"] or ""))
    return names, [title.strip() for title in ward.lstrip("：:").split("、") if title.strip()]


def _agenda(lines: Lines, doubts: list[Doubt]) -> list[Block]:
    """The blocks with their items; an item ends with its department and its paper."""
    blocks: list[Block] = []
    item: Item | None = None
    for number, line in lines:
        if found := _BLOCK.fullmatch(line):
            heading = found[1].strip()
            kinds = {"報告": BlockKind.REPORT, "諮問": BlockKind.CONSULTATION}
            blocks.append(Block(kinds.get(heading, BlockKind.OTHER), heading))
            item = None
            continue
        rest = line
        if item is None and (found := _ITEM.fullmatch(line)) and blocks:
            item = Item(number, int(found[1].translate(DIGITS)))
            blocks[-1].items.append(item)
            rest = found[2]
        if item is None:
            doubts.append(Doubt(number, line, "議事のどの行にあたるか分かりません。"))
            continue
        if found := _MARK.fullmatch(rest):
            item.consultation, rest = _int(found[1]), found[2]
        if found := _ITEM_END.fullmatch(rest):
            item.title += found[1].strip()
            item.presenter, item.paper, item.branch = found[2], _int(found[3]), _int(found[4]) or 0
            item = None
        else:
            item.title += rest
    return blocks


def _utterances(lines: Lines, titles: list[str], ward_side: list[str], doubts: list[Doubt]) -> tuple[list[Said], Lines]:
    """What was said, and the lines of the papers behind it."""
    known = _OFFICES | set(ward_side)
    said: list[tuple[int, str, list[str]]] = []
    for place, (number, line) in enumerate(lines):
        following = lines[place + 1][1] if place + 1 < len(lines) else ""
        if said and (_DATE_LINE.fullmatch(line) or {fold(line), fold(line + following)} & set(titles)):
            return _paragraphs(said), lines[place:]
        found = _SPEAKER.fullmatch(line)
        if found and (found[1] in known or found[1].endswith(_TITLES)):
            if found[1] not in known:
                doubts.append(Doubt(number, found[1], "出席者（区側）にない職名です。"))
            said.append((number, found[1], [found[2]]))
        elif said:
            said[-1][2].append(line)
        else:
            doubts.append(Doubt(number, line, "発言者のない文です。取り込みません。"))
    return _paragraphs(said), []


def _paragraphs(said: list[tuple[int, str, list[str]]]) -> list[Said]:
    # The label stands in the first line, beside the words.
    return [Said(number, speaker, _joined(lines, first_indent=width(speaker) + 2)) for number, speaker, lines in said]


def width(text: str) -> float:
    """In full-width characters."""
    return sum(1 if unicodedata.east_asian_width(character) in "FWA" else 0.5 for character in text)


def _joined(lines: list[str], *, first_indent: float) -> list[str]:
    """The paragraphs of wrapped lines: a short line that ends a sentence ends its paragraph, as does ―――."""
    paragraphs: list[str] = []
    goes_on = False
    indent = first_indent
    for line in lines:
        if goes_on:
            paragraphs[-1] += line
        else:
            paragraphs.append(line)
        goes_on = not line.endswith("―――") and (width(line) + indent >= _SHORT or not line.endswith(_ENDS))
        indent = 0
    return paragraphs


def _papers(lines: Lines, items: list[Item], doubts: list[Doubt]) -> list[PaperText]:
    """The papers by the titles of their items; date and senders stand above the title, the stamp anywhere."""
    starts: list[tuple[int, int, Item]] = []  # first line of the paper, first line of its body
    for item in items:
        found = _title_at(lines, fold(item.title))
        if found is None:
            if item.paper:
                doubts.append(Doubt(item.line, item.title, f"資料{item.paper}の本文は、このファイルにありません。"))
            continue
        place, length = found
        before = [line for _, line in lines[max(0, place - 4) : place]][::-1]
        above = next((back for back, line in enumerate(before, 1) if _DATE_LINE.fullmatch(line)), 0)
        starts.append((place - above, place + length, item))
    starts.sort(key=lambda start: start[0])
    papers = []
    for count, (first, begins, item) in enumerate(starts):
        ends = starts[count + 1][0] if count + 1 < len(starts) else len(lines)
        head = [line for _, line in lines[first:begins] if fold(line) not in fold(item.title)]
        body = [line for _, line in lines[begins:ends] if not _STAMP.fullmatch(line)]
        papers.append(PaperText(lines[first][0], item, head[0] if head else "", head[1:], item.title, body))
    return papers


def _title_at(lines: Lines, title: str) -> tuple[int, int] | None:
    """Where the title stands (one line, or two), and on how many lines."""
    for place, (_, line) in enumerate(lines):
        if fold(line) == title:
            return place, 1
        if place + 1 < len(lines) and fold(line + lines[place + 1][1]) == title:
            return place, 2
    return None
