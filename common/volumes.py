"""件数・人数: a volume as typed, with its unit (「約20,000件」「3万世帯」), read as a count of persons is."""

import re
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from common import persons

# 名分 (件の数え方 of the yearly report) before 名: the longer word first.
UNITS = ("名分", "団体", "世帯", "人", "名", "件", "通", "枚", "台", "点", "冊", "社", "校", "園")
EXAMPLES = "約20,000件、900〜1,100人、3万世帯"
# 「年間延べ」「登録予定件数」 say over which time and of what, not how many.
_PREFIX = re.compile(
    r"^(?:年間|月間|延べ|のべ|登録予定件数|登録件数|(?:1日|一日|日|1か月|月|1年|年|1回|回)(?:あたり|当たり)?(?=約|\d|延べ|のべ)"
    r"|[^\d約数]{1,20}?(?=約?\d))+"
)
# 「（うち区外100件）」, 「／年」: a part of it, and over which time.
_SUFFIX = re.compile(r"(?:\([^()]*\)|[/](?:年|月|日|回))+$")
# 「25〜30万」: the 万 of the second figure counts for the first too.
_SHARED_MAN = re.compile(r"^([\d,]+)(人?[~〜～\-－–—から]+)(\d[\d,]*万\D*)$")
_UNIT = re.compile("|".join(UNITS))


@dataclass(frozen=True)
class Volume:
    """件数・人数: the text as typed, its bounds (both inclusive; None: no bound) and the unit; 不明 has neither."""

    text: str
    lowest: int | None
    highest: int | None
    unit: str


def parse(text: str) -> Volume:
    """A volume as people write it; different units are never mixed.

    Raises persons.PersonsTextError with Japanese words.
    """
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    if folded in persons.UNKNOWN:
        return Volume(text.strip(), None, None, "")
    folded = _PREFIX.sub("", _SUFFIX.sub("", folded))
    units = set(_UNIT.findall(folded))
    if len(units) != 1:
        raise persons.PersonsTextError(
            f"「{text.strip()[:20]}」は件数・人数として読めません。{EXAMPLES}のように、数と単位を書いてください。"
        )
    figures = _SHARED_MAN.sub(r"\1万\2\3", _UNIT.sub("人", folded))
    try:
        counted = persons.parse(figures)
    except persons.UnreadablePersons as error:
        raise persons.PersonsTextError(
            f"「{text.strip()[:20]}」は件数・人数として読めません。{EXAMPLES}のように書いてください。"
        ) from error
    return Volume(text.strip(), counted.lowest, counted.highest, units.pop())


def validate_volume(text: str) -> None:
    """For model and form fields: a ValidationError (code `volume`) unless the text is a volume."""
    try:
        parse(text)
    except persons.PersonsTextError as error:
        raise ValidationError("%(fault)s", "volume", {"fault": str(error)}) from error
