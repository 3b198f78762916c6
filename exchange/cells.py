"""セルの読み書き: how the values of a register stand in the cells of a table, there and back.

A widget reads what a person may have typed and writes what it reads again as the same value. What it cannot read is a
ValueError (or ValidationError) whose text is Japanese and fit to stand beside the cell.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from import_export.widgets import Widget

from common.fields import MAX_TYPED, typed_date
from common.tables.characters import same_text
from common.text import search_key
from common.wareki import DateTextError, PartialDate, Precision, readings_without_era

SEPARATOR = "｜"  # between the parts of a line; 「\」 before one that belongs to the text
_SEPARATORS = re.compile(r"[、,，;；\n]")


def plain(value: Any) -> str:
    """The text of a cell: one kind of line break, no blanks around it."""
    text = "" if value is None else str(value)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


class Text(Widget):
    """文字列. `encoding` is that of the file that is read: what it cannot hold is no change (〓 for 𠮷)."""

    encoding = ""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The text without blanks around it."""
        return plain(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """The text as it stands."""
        return "" if value is None else str(value)

    def same(self, old: Any, new: Any) -> bool:
        """Whether the register already says what the cell says; line breaks and blanks around it make no change."""
        return same_text(plain(old), new, self.encoding)


class Day(Text):
    """年月日: any spelling of a whole day, written as 2022-04-01."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:
        """A day, or None for an empty cell."""
        return day_of(plain(value))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """The day as ISO text, which sorts in every spreadsheet."""
        return value.isoformat() if value else ""

    def same(self, old: Any, new: Any) -> bool:
        """Whether it is the same day."""
        return old == new


class Days(Day):
    """年月日の並び: several days in one cell, in their order."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> tuple[date, ...]:  # type: ignore[override]
        """The days in their order, each once."""
        found = {day for text in _SEPARATORS.split(plain(value)) if (day := day_of(text.strip()))}
        return tuple(sorted(found))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """「2020-04-01、2022-10-01」."""
        return "、".join(day.isoformat() for day in value or ())


class PartialDay(Text):
    """部分日付: kept as typed; the cell holds the text. `attribute` is the one of its column."""

    attribute = ""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> PartialDate:
        """What the text means. ValidationError as `common.fields.typed_date`, and for a year without its era.

        What the register says already may stand without one: somebody typed it and was shown what was understood.
        """
        text = plain(value)
        if len(text) > MAX_TYPED:
            raise ValueError(f"日付は{MAX_TYPED}文字までで書いてください。")
        draft = kwargs.get("draft")
        if draft is None or not self.same(draft.state.get(self.attribute, ""), text):
            refuse_without_era(text)
        return typed_date(text)

    def same(self, old: Any, new: Any) -> bool:
        """A date respelt is a change, for the spelling is kept."""
        return same_text(plain(old), str(new), self.encoding)


class Answer(Text):
    """二つの答え: true, false or (where it may be) nothing, in the register's own words."""

    YES = ("あり", "有", "はい", "含む", "ふくむ", "該当", "○", "〇", "1", "true")
    NO = ("なし", "無", "いいえ", "含まない", "ふくまない", "非該当", "×", "0", "false")

    def __init__(self, yes: str, no: str, *, empty: bool | None = None) -> None:
        super().__init__()
        self.words = {True: yes, False: no, None: ""}
        self.empty = empty
        self.known = {search_key(word): True for word in (*self.YES, yes)}
        self.known |= {search_key(word): False for word in (*self.NO, no) if word}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool | None:
        """The answer; an empty cell is what the register calls nothing said."""
        text = plain(value)
        if not text:
            return self.empty
        found = self.known.get(search_key(text))
        if found is None:
            words = "、".join(f"「{word}」" for word in self.words.values() if word)
            raise ValueError(f"{words}または空欄にしてください。")
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """The register's word."""
        return self.words[value]

    def same(self, old: Any, new: Any) -> bool:
        """Whether it is the same answer."""
        return old == new


class Choice(Text):
    """選択肢: one of the register's words; `also` are other spellings of a code."""

    def __init__(self, labels: Mapping[Any, str], also: Mapping[str, Any] | None = None) -> None:
        super().__init__()
        self.labels = {code: str(label) for code, label in labels.items()}
        self.codes = {search_key(label): code for code, label in self.labels.items()}
        self.codes |= {search_key(word): code for word, code in (also or {}).items()}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The code; empty for an empty cell."""
        text = plain(value)
        return self.code_of(text) if text else ""

    def code_of(self, text: str) -> Any:
        """The code of a word. ValueError names the words that there are."""
        try:
            return self.codes[search_key(text)]
        except KeyError:
            words = "、".join(f"「{label}」" for label in self.labels.values())
            raise ValueError(f"「{text[:40]}」はありません。つぎから選んでください：{words}") from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """The word of a code; a code that no list knows any more stands as it is."""
        return self.labels.get(value, value or "")


class Choices(Choice):
    """選択肢の並び: several words, in the order of the form; 「、」 between them, or a line each."""

    def __init__(self, labels: Mapping[Any, str], also: Mapping[str, Any] | None = None) -> None:
        super().__init__(labels, also)
        self.joint = "\n" if any(_SEPARATORS.search(label) for label in self.labels.values()) else "、"

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[Any]:
        """The codes in the order of the form, each once."""
        text = plain(value)
        parts = text.split("\n") if self.joint == "\n" else _SEPARATORS.split(text)
        found = {self.code_of(part.strip()) for part in parts if part.strip()}
        return self._in_order(found)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """The words of the codes."""
        return self.joint.join(self.labels.get(code, code) for code in self._in_order(value or ()))

    def same(self, old: Any, new: Any) -> bool:
        """Whether the same boxes are ticked."""
        return self._in_order(old or ()) == new

    def _in_order(self, codes: Iterable[Any]) -> list[Any]:
        known = list(self.labels)
        return sorted(codes, key=lambda code: known.index(code) if code in known else len(known))


class Lines(Text):
    """行の並び: a table in one cell, a line for each entry, its parts parted by 「｜」."""

    def __init__(self, parts: int, example: str) -> None:
        super().__init__()
        self.parts, self.example = parts, example

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> tuple[tuple[str, ...], ...]:
        """The entries, each with all its parts; those left out are empty."""
        lines = [split_line(line) for line in plain(value).split("\n") if line.strip()]
        if any(len(line) > self.parts for line in lines):
            raise ValueError(f"「{SEPARATOR}」で区切る項目は{self.parts}つまでです（例：{self.example}）。")
        return tuple(tuple(line) + ("",) * (self.parts - len(line)) for line in lines)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """The entries; empty parts at the end of a line are left out."""
        return "\n".join(join_line(line) for line in value or ())

    def same(self, old: Any, new: Any) -> bool:
        """Whether the entries are the same, whatever blanks stand around their parts."""
        pairs = list(zip(old or (), new, strict=False))
        return len(old or ()) == len(new) and all(self.same_line(*pair) for pair in pairs)

    def same_line(self, old: Any, new: Any) -> bool:
        """Whether two entries are the same."""
        return all(same_text(plain(before), after, self.encoding) for before, after in zip(old, new, strict=True))


def join_line(parts: Iterable[str]) -> str:
    """The parts as one line, from which `split_line` makes them again."""
    escaped = [
        plain(part).replace("\\", "\\\\").replace("\n", "\\n").replace(SEPARATOR, f"\\{SEPARATOR}") for part in parts
    ]
    while escaped and not escaped[-1]:
        escaped.pop()
    return SEPARATOR.join(escaped)


def split_line(line: str) -> list[str]:
    """The parts of a line."""
    parts, current, characters = [], "", iter(line)
    for character in characters:
        if character == "\\":
            following = next(characters, "\\")
            current += "\n" if following == "n" else following
        elif character == SEPARATOR:
            parts.append(current)
            current = ""
        else:
            current += character
    return [part.strip() for part in (*parts, current)]


def refuse_without_era(text: str) -> None:
    """ValidationError for a year that may be of one era or another: papers of three eras come in by files."""
    try:
        readings = readings_without_era(text)
    except DateTextError:
        return  # what is wrong with it is told by whoever reads it
    if len(readings) > 1:
        words = "、".join(reading.display() for reading in readings)
        raise ValidationError(f"「{text}」には元号がありません。どれかを書いてください：{words}")


def day_of(text: str) -> date | None:
    """The day that a text means, down to the day; None for an empty one. ValidationError says what is wrong."""
    if not text:
        return None
    partial = typed_date(text)
    refuse_without_era(text)
    if partial.precision != Precision.DAY:
        raise ValidationError("年月日まで書いてください（例：令和4年1月24日）。")
    return partial.start
