"""業務登録番号: four digits, a hyphen, two digits, in every spelling of the papers (domain §1.3)."""

import re
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from common.text import fold_dashes, fold_tildes
from common.wareki.eras import WIDE_DIGITS

# With its hyphen a number may lack leading zeros: a spreadsheet takes them off (701-1).
_DIGITS = re.compile(r"([0-9]{3,4})-([0-9]{1,2})|([0-9]{4})([0-9]{2})")
_FRAMED = re.compile(r"(?:業務)?(?:登録)?(?:番号)?:?第?(.*?)号?")
_BRACKETED = re.compile(r"[(\[〔【](.*)[)\]〕】]")
_CELL_BORDERS = re.compile(r"[\s_|]")
WIDE_HYPHEN = "－"  # U+FF0D, as the outsourcing records print it


class BusinessNumberError(ValueError):
    """業務登録番号の誤り: its text is the Japanese message for the person who typed."""


@dataclass(frozen=True)
class BusinessNumber:
    """業務登録番号: the canonical NNNN-NN, and the text exactly as typed or printed."""

    number: str
    text: str

    def __str__(self) -> str:
        return self.number

    @property
    def wide(self) -> str:
        """１３０９－１４, as in running text of the older papers."""
        return self.number.translate(WIDE_DIGITS).replace("-", WIDE_HYPHEN)

    @property
    def boxes(self) -> list[str]:
        """The seven cells of a sheet: four digits, an empty cell, two digits."""
        return boxes(self.number)


def parse(text: str) -> BusinessNumber:
    """The number in any spelling: 1309-14, （1309-14）, (1309-14), １３０９－１４, boxes 「1 3 0 9 _ 1 4」.

    Also 701-1 for 0701-01, and with words around it: 第0701-01号, 業務登録番号0701-01. Any dash or
    wave an IME offers stands for the hyphen, and the empty cell of the boxes may be a blank, a bar or nothing.
    BusinessNumberError when it is no number; an empty text is none either (ask before: the number may be missing).
    """
    folded = fold_tildes(fold_dashes(unicodedata.normalize("NFKC", text))).replace("~", "-")
    bare = _unframed(_CELL_BORDERS.sub("", folded))
    inside = _BRACKETED.fullmatch(bare)
    digits = _DIGITS.fullmatch(_unframed(inside[1]) if inside else bare)
    if not digits:
        shown = text.strip() if len(text.strip()) <= 20 else text.strip()[:20] + "…"
        raise BusinessNumberError(
            f"「{shown}」は業務登録番号として読めません。数字4けた、「-」、数字2けたで書いてください（例：1309-14）。"
        )
    first, second = (digits[1], digits[2]) if digits[1] else (digits[3], digits[4])
    return BusinessNumber(f"{first:0>4}-{second:0>2}", text)


def _unframed(text: str) -> str:
    """Without the words around a number."""
    framed = _FRAMED.fullmatch(text)
    return framed[1] if framed else text


def boxes(number: str | None) -> list[str]:
    """The seven cells of 第3号様式 for a number in any spelling; seven empty ones for no number (None or blank text).

    BusinessNumberError for a text that is no number.
    """
    if number is None or not number.strip():
        return [""] * 7
    canonical = parse(number).number
    return [*canonical[:4], "", *canonical[5:]]


def validate_business_number(text: str) -> None:
    """For model and form fields: a ValidationError (code `business_number`) unless the text is a number."""
    try:
        parse(text)
    except BusinessNumberError as error:
        raise ValidationError("%(fault)s", "business_number", {"fault": str(error)}) from error
