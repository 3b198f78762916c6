"""本人の数: a count of persons as typed, exact, 「約」 or a range, with the bounds between which the truth lies."""

import re
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError

MOST = 2_000_000_000  # what the column holds; more than any register of persons

_DASHES = re.compile(r"[~〜～\-‐‑–—−ー]|から")
_NUMBER = r"(?:\d[\d,]*万(?:\d[\d,]*千?)?|\d[\d,]*千?)"
_SHAPE = re.compile(
    rf"(?P<about>約|およそ|概ね|おおむね)?(?P<low>{_NUMBER})(?:人|名)?"
    rf"(?:(?P<to>~)(?P<high>{_NUMBER})(?:人|名)?)?(?P<side>以上|超|以下|未満|程度)?"
)
EXAMPLES = "1,234人、約1,200人、900〜1,100人、1,000人未満"
UNKNOWN = frozenset({"不明", "未集計", "未調査"})


class PersonsTextError(ValueError):
    """読めない人数: no count; the text is Japanese and fit to be shown."""


class UnreadablePersons(PersonsTextError):
    """人数の形でない: what was typed has not the shape of a count."""


@dataclass(frozen=True)
class Persons:
    """人数: the text as typed and its bounds, both inclusive; None where there is no bound (不明: neither)."""

    text: str
    lowest: int | None
    highest: int | None


def parse(text: str) -> Persons:
    """A count as people write it: 「1,234人」「約1,200人」「900〜1,100人」「1,000人以上」「約71万人」「不明」.

    約 and 程度 leave half a unit of the last written place on both sides (約1,200: 1,150 to 1,250), because the exact
    number may have been rounded either way. Raises PersonsTextError.
    """
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    if folded in UNKNOWN:
        return Persons(text.strip(), None, None)
    found = _SHAPE.fullmatch(_DASHES.sub("~", folded))
    if not found:
        raise UnreadablePersons(f"「{text.strip()[:20]}」は人数として読めません。{EXAMPLES}のように書いてください。")
    lowest, highest = _bounds(found)
    if highest is not None and (lowest or 0) > highest:
        raise PersonsTextError("人数の範囲は、少ない方から書いてください。")
    if max(lowest or 0, highest or 0) > MOST:
        raise PersonsTextError("人数が大きすぎます。")
    return Persons(text.strip(), lowest, highest)


def validate_persons(text: str) -> None:
    """For model and form fields: a ValidationError (code `persons`) unless the text is a count."""
    try:
        parse(text)
    except PersonsTextError as error:
        raise ValidationError("%(fault)s", "persons", {"fault": str(error)}) from error


def _bounds(found: re.Match[str]) -> tuple[int | None, int | None]:
    low, side = _figure(found["low"]), found["side"]
    high = _figure(found["high"]) if found["to"] else low
    if side in ("以上", "超"):
        return (low if side == "以上" else low + 1), None
    if side in ("以下", "未満"):
        if side == "未満" and high == 0:
            raise PersonsTextError("0人未満という人数はありません。")
        return (low if found["to"] else 0), (high if side == "以下" else high - 1)
    if found["about"] or side == "程度":
        return max(0, low - _half_unit(low)), high + _half_unit(high)
    return low, high


def _figure(text: str) -> int:
    big, ten_thousand, small = text.replace(",", "").partition("万")
    return int(big) * 10_000 + _below(small) if ten_thousand else _below(big)


def _below(text: str) -> int:
    """「8千」, 「8000」, nothing."""
    thousands, unit, rest = text.partition("千")
    return int(thousands or 1) * 1000 + int(rest or 0) if unit else int(text or 0)


def _half_unit(number: int) -> int:
    """Half of the place of the last figure that is not 0: 1,200 → 50, 1,000 → 500, 1,234 → 0."""
    zeros = len(str(number)) - len(str(number).rstrip("0")) if number else 0
    return 10**zeros // 2 if zeros else 0
