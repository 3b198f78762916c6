"""What the boxes of a sheet hold: pure functions from a plain mapping and a layout's wording to rows of a template.

Nothing here reads the database: a half-filled form prints as well as a decided one, with blanks where nothing stands.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Literal, NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from common import business_number
from printing import marks

LABEL_EM = 11  # width of the label column's text, in characters
VALUE_EM = 31  # characters of one line of the value column
SHORT = 12  # what is written in a bracket and stays on one line with the words around it
LONG_LINES = 24  # a row longer than this may break over pages and repeats its label there

Values = Mapping[str, Any]
Kind = Literal["lines", "boxes", "options", "blocks"]

_DATE_TEMPLATE = re.compile(
    r"\s*(?:明治|大正|昭和|平成|令和)?\s*[\d元]*\s*年\s*\d*\s*(?:月\s*\d*\s*)?(?:日\s*)?"  # 年 月 日, 平成12年4月 日
)
_LEADING_GAP = re.compile(r"^\s*(?=年)")
_GAP = re.compile(r"(?<=[年月和成治正])\s*(?=[年月日])")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class LabelLine(NamedTuple):
    """One line of a label and the class that spreads it over the label column."""

    text: str
    spacing: str


class Option(NamedTuple):
    """A box to tick and the words beside it; `open`: what is written in its bracket may need another line."""

    code: str
    ticked: bool
    changed: bool
    text: SafeString
    open: bool


class Block(NamedTuple):
    """A heading inside a box and the text under it."""

    field: str
    heading: str
    text: SafeString


@dataclass(frozen=True)
class Row:
    """One row of the form. `content` depends on `kind`: lines (SafeString each), digits, options or blocks."""

    field: str
    label: list[LabelLine]
    kind: Kind
    content: Sequence[Any]
    long: bool = False
    changed: bool = False
    inline: bool = False


def label_lines(label: str) -> list[LabelLine]:
    """A label cut at its line breaks, each line with its spacing class .w2 … .w11 (printing.md §3); w0 does not fit."""
    return [
        LabelLine(line, f"w{len(line)}" if 1 < len(line) <= LABEL_EM else "w0") for line in label.splitlines() if line
    ]


def spread_blanks(text: str) -> str:
    """A date template with the gaps of the paper form, to be filled by hand: 「年 月 日」 → 「　　　　年　　月　　日」.

    Only units without a figure get a gap; what is written stays as typed (「令和3年 4月 1日」), and so does a text
    that is no date (「生年月日」).
    """
    if not _DATE_TEMPLATE.fullmatch(text):
        return text
    return _GAP.sub("　　", _LEADING_GAP.sub("　　　　", text))


def number_boxes(number: str) -> list[str] | None:
    """The seven boxes of a 業務登録番号 (the fifth is empty); empty boxes for none, None for what is not a number."""
    try:
        return business_number.boxes(number)
    except business_number.BusinessNumberError:
        return None


def line_count(text: str) -> int:
    """How many lines `text` takes in the value column, estimated by character width."""
    wide = {"W", "F", "A"}
    widths = (sum(2 if unicodedata.east_asian_width(c) in wide else 1 for c in line) for line in text.split("\n"))
    return sum(max(1, ceil(width / 2 / VALUE_EM)) for width in widths)


class Filler:
    """Fills one layout with one form's values, and marks what differs from `baseline` when there is one."""

    def __init__(self, values: Values, layout: Mapping[str, Any], baseline: Values | None = None) -> None:
        self.values, self.layout, self.baseline = values, layout, baseline
        self.wording: Mapping[str, Any] = layout["wording"]

    def heading(self) -> dict[str, str]:
        """What stands around the table: the form's label and title, with 「（案）」 where the layout asks for it.

        And the line that names the baseline, where one is given that says its name (`change_note`).
        """
        title = self.layout["title"] + ("（案）" if self.layout["draft_mark"] else "")
        note = (self.baseline or {}).get("change_note", "")
        return {
            "code": self.layout["code"],
            "form_label": self.layout["form_label"],
            "title": title,
            "change_note": note,
        }

    def text(self, key: str) -> SafeString:
        """The value of `key`, or its blank from the layout, escaped and with changes marked."""
        return marks.html(marks.runs(self._plain(self.values, key), self._old(key)))

    def fill(self, phrase: str, *, box: str = "") -> SafeString:
        """Such as 「諮問第{consultation_number}号」: each place filled, and linked to its field unless the box is."""
        parts = _PLACEHOLDER.split(phrase)
        # split() alternates: fixed words, name of a place, fixed words, …
        filled = (
            (self.text(part) if part == box else self._place(part)) if at % 2 else escape(part)
            for at, part in enumerate(parts)
        )
        return mark_safe("".join(filled))  # noqa: S308  (escaped part by part)

    def changed(self, *keys: str) -> bool:
        """Whether any of `keys` differs from the baseline."""
        return self.baseline is not None and any(
            _as_compared(self.values.get(key)) != _as_compared(self.baseline.get(key)) for key in keys
        )

    def text_row(self, key: str) -> Row:
        """A row that holds one text."""
        long = line_count(self._plain(self.values, key)) > LONG_LINES
        return Row(key, self._label(key), "lines", [self.text(key)], long, self.changed(key))

    def phrase_row(self, key: str, phrases: Sequence[str], keys: Sequence[str]) -> Row:
        """A row of fixed phrases, one per line, in which `keys` are filled."""
        long = sum(line_count(self._plain(self.values, each)) for each in keys) > LONG_LINES
        lines = [self.fill(self.wording["phrases"][name], box=key) for name in phrases]
        return Row(key, self._label(key), "lines", lines, long, self.changed(*keys))

    def number_row(self, key: str) -> Row:
        """A 業務登録番号, one digit per box; what is not a number is printed as it stands."""
        boxes = number_boxes(self._plain(self.values, key))
        if boxes is None:
            return self.text_row(key)
        return Row(key, self._label(key), "boxes", boxes, changed=self.changed(key))

    def block_row(self, key: str, keys: Sequence[str]) -> Row:
        """A row with several headed texts."""
        blocks = [Block(each, self.wording["headings"][each], self.text(each)) for each in keys]
        lines = sum(line_count(self._plain(self.values, each)) + 2 for each in keys)
        return Row(key, self._label(key), "blocks", blocks, lines > LONG_LINES, self.changed(*keys))

    def option_row(self, key: str, places: Sequence[str] = (), *, inline: bool = False) -> Row:
        """A row of boxes to tick; `places` are the fields written inside the options' brackets.

        A text in place of the codes is printed as it stands, without any box.
        """
        if isinstance(self.values.get(key), str):
            return self.text_row(key)
        ticked: Collection[str] = self.values.get(key) or ()
        before: Collection[str] = ticked if self.baseline is None else self.baseline.get(key) or ()
        options = [
            Option(code, code in ticked, (code in ticked) != (code in before), self.fill(phrase), self._is_open(phrase))
            for code, phrase in ((option["code"], option["text"]) for option in self.wording["options"][key])
        ]
        lines = len(options) + sum(line_count(self._plain(self.values, place)) - 1 for place in places)
        changed = self.changed(*places) or any(option.changed for option in options)
        return Row(key, self._label(key), "options", options, lines > LONG_LINES, changed, inline)

    def _place(self, key: str) -> str:
        return f'<span data-field="{escape(key)}">{self.text(key)}</span>'

    def _is_open(self, phrase: str) -> bool:
        return any(len(self._plain(self.values, place)) > SHORT for place in _PLACEHOLDER.findall(phrase))

    def _label(self, key: str) -> list[LabelLine]:
        return label_lines(self.wording["labels"][key])

    def _plain(self, values: Values, key: str) -> str:
        value = values.get(key)
        text = "" if value is None else str(value)
        if not text.strip():
            return self.wording["blanks"].get(key, "")
        return spread_blanks(text) if key in self.wording["blanks"] else text

    def _old(self, key: str) -> str | None:
        return None if self.baseline is None else self._plain(self.baseline, key)


def _as_compared(value: Any) -> Any:
    """Order of ticked boxes and absence versus emptiness are no change."""
    if isinstance(value, str) or value is None:
        return value or ""
    return sorted(value) if isinstance(value, Collection) else str(value)
