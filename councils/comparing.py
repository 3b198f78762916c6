"""新旧対照表: old and new text of an ordinance beside each other, what changed marked on both sides."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.safestring import SafeString

from printing import marks
from printing.marks import Run

OMITTED = "［略］"
# What stays of a provision that did not change: its number, or the heading 付 則.
_DIGITS = "0-9０-９一二三四五六七八九十百"
_HEAD = re.compile(rf"第[{_DIGITS}]+条(?:の[{_DIGITS}]+)?|[0-9０-９]+(?=[ 　])|[⑴-⒇]|付[ 　]*則")
# What a changed number belongs to.
_CITATION = re.compile(rf"(?:(?:[一-鿿]*法)?(?:第[{_DIGITS}]+条|同条|前条)(?:第[{_DIGITS}]+項)?)?第?$")
_ALIKE = 0.5  # two provisions that share half of their words are one provision before and after
_LONG = 12  # a short line (a heading in brackets) is not shortened


@dataclass(frozen=True)
class Compared:
    """新旧対照の行: both sides as markup, what differs underlined."""

    old: SafeString
    new: SafeString


def align(old: str, new: str) -> list[tuple[str, str]]:
    """The provisions of both texts, one a line, paired: those that stayed, that changed, or stand on one side only."""
    before, after = _lines(old), _lines(new)
    rows: list[tuple[str, str]] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        left, right = before[old_from:old_to], after[new_from:new_to]
        rows += list(zip(left, right, strict=True)) if tag == "equal" else _paired(left, right)
    return rows


def shortened(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The rows with 「第26条 ［略］」 for what did not change."""
    return [(_short(old), _short(new)) if old == new else (old, new) for old, new in rows]


def compared(old: str, new: str) -> Compared:
    """One row, marked on both sides; of a provision on one side only, all of it."""
    return Compared(_marked(old, new), _marked(new, old))


def _marked(text: str, other: str) -> SafeString:
    return marks.html(_with_citations(marks.runs(text, other)))


def _with_citations(runs: list[Run]) -> list[Run]:
    """A changed number takes the citation with it that it ends: 番号法第19条第7号, 同条第8号 (as on paper)."""
    found: list[Run] = []
    for run in runs:
        if run.changed and found and not found[-1].changed and (cited := _CITATION.search(found[-1].text)):
            before = found.pop().text
            found += [Run(before[: cited.start()], False), Run(cited[0] + run.text, True)]
        else:
            found.append(run)
    return [run for run in found if run.text]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _paired(left: list[str], right: list[str]) -> list[tuple[str, str]]:
    """Changed provisions in their order: alike ones beside each other, the others alone."""
    rows: list[tuple[str, str]] = []
    rest = list(right)
    for old in left:
        place = next((at for at, new in enumerate(rest) if _alike(old, new)), None)
        if place is None:
            rows.append((old, ""))
            continue
        rows += [("", new) for new in rest[:place]]
        rows.append((old, rest[place]))
        rest = rest[place + 1 :]
    return rows + [("", new) for new in rest]


def _alike(old: str, new: str) -> bool:
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= _ALIKE


def _short(text: str) -> str:
    if len(text) <= _LONG or OMITTED in text:
        return text
    head = _HEAD.match(text)
    return f"{head[0]}　{OMITTED}" if head else OMITTED
