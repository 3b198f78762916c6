"""情報項目の一覧: what a list of items says, item by item, and how two lists differ (brackets and order tolerated)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from printing.prose.reading import Kind, read, words
from records.checks.words import FREE_TEXT, SENSITIVE, THIRD_PERSONS

# 「送信する項目と同じ。」, 「送信する項目に同じ」: the list of the other direction once more.
_SAME = re.compile(r"^(?:送信|提供)する(?:項目|管理個人情報|個人情報)[とに](?:同じ|同様)")
# 「【区が送信する項目】」, 「受信する項目」, 「提供を受ける個人情報」: the items below go this way.
_DIRECTION = re.compile(r"^[【〔＜〈]?(?:区が)?(送信する|提供する|受信する|提供を受ける)[^、。]{0,12}[】〕＞〉]?$")
_NESTED = 5
_INNERMOST = re.compile(r"\([^()]*\)")
_WITHIN = re.compile(r"・|及び|および|並びに|ならびに|又は|または")
_TRAILING = re.compile(r"(?:等|など|[。.])+$")


class Mark(Enum):
    """印: what a reader of the list should notice."""

    SENSITIVE = "配慮の要る項目"
    FREE_TEXT = "自由記載"
    THIRD_PERSON = "本人以外の人"


@dataclass(frozen=True)
class Item:
    """情報項目: its text as written; `atoms` are what it is compared by (「卒・退園年月日」 is two)."""

    text: str
    atoms: frozenset[str]

    @property
    def is_explained(self) -> bool:
        """Whether a bracket says what stands there: 「日誌（連絡帳記載内容）」."""
        return "(" in _folded(self.text)

    @property
    def sensitive_words(self) -> list[str]:
        """The words of SENSITIVE in it, also those inside a bracket (「…データ（在外選挙人登録、犯罪歴等）」)."""
        folded = _folded(self.text)
        return [word for word in SENSITIVE if word in folded]

    @property
    def is_free_text(self) -> bool:
        """Whether anything may be written under it."""
        plain = _without_brackets(_folded(self.text))
        return any(word in plain for word in FREE_TEXT) or plain == "その他"

    @property
    def marks(self) -> list[Mark]:
        """What to notice about it."""
        folded = _folded(self.text)
        third = any(word in folded for word in THIRD_PERSONS)
        found = {Mark.SENSITIVE: self.sensitive_words, Mark.FREE_TEXT: self.is_free_text, Mark.THIRD_PERSON: third}
        return [mark for mark, holds in found.items() if holds]


@dataclass
class ItemLists:
    """情報項目の一覧: those that the ward sends, those that it receives, and those without a direction."""

    sent: list[Item] = field(default_factory=list)
    received: list[Item] = field(default_factory=list)
    either: list[Item] = field(default_factory=list)

    @property
    def all(self) -> list[Item]:
        """Every item once, in order."""
        return list({item.text: item for item in [*self.sent, *self.received, *self.either]}.values())


def read_items(text: str) -> ItemLists:
    """The items of a section or a field. A heading says the direction of what follows it."""
    found = ItemLists()
    into = found.either
    for line in _lines(text):
        if _SAME.match(line):
            into += found.sent or found.either
        elif heading := _DIRECTION.match(line):
            into = found.sent if heading[1] in ("送信する", "提供する") else found.received
        else:
            into += split_items(line)
    return found


def split_items(text: str) -> list[Item]:
    """The items of a line: 「、」 and line ends part them, but not inside brackets."""
    return [item for part in _parts(_folded(text), text) if (item := _item(part))]


def missing(items: Iterable[Item], other: Iterable[Item]) -> list[Item]:
    """Those of `items` that `other` does not name, whatever its order, its brackets and its 「・」."""
    named: set[str] = set().union(*(item.atoms for item in other))
    return [item for item in items if not item.atoms <= named]


def _lines(text: str) -> Iterator[str]:
    """The lines without their marks; a heading in brackets that names no direction says nothing of the items."""
    for block in read(text):
        line = words(text, block.span)
        if block.kind is Kind.ITEM:
            yield line[block.marker :].strip()
        elif block.kind is not Kind.GAP and (block.kind is not Kind.GROUP or _DIRECTION.match(line)):
            yield line.strip()


def _parts(folded: str, text: str) -> Iterator[str]:
    """`text` cut where `folded` has a 「、」 outside brackets; without the same length the folded text is cut."""
    source = text if len(text) == len(folded) else folded
    depth = start = 0
    for at, char in enumerate(folded):
        if char in "()":
            depth = max(0, depth + (1 if char == "(" else -1))
        elif char == "\n" or (char in "、,;" and depth == 0):
            yield source[start:at]
            start = at + 1
            depth = 0 if char == "\n" else depth
    yield source[start:]


def _item(part: str) -> Item | None:
    text = part.strip().strip("。").strip()
    folded = _folded(text)
    plain = _without_brackets(folded) or folded.strip("()")
    atoms = frozenset(filter(None, (_key(atom) for atom in _WITHIN.split(plain))))
    return Item(text, atoms) if atoms else None


def _key(atom: str) -> str:
    return _TRAILING.sub("", "".join(atom.split()))


def _without_brackets(folded: str) -> str:
    """The text outside brackets, which stand one in another."""
    for _ in range(_NESTED):
        folded = _INNERMOST.sub("", folded)
    return folded.strip()


def _folded(text: str) -> str:
    """Full and half width alike."""
    return unicodedata.normalize("NFKC", text)
