"""件数・人数の読み取り: 「2名分」, 「約100件」, 「101名分以上」, 「発信履歴28件」 as one types them, one a line."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from incidents.models import Certainty, Quantity

# Units that the sources count in, the longest first; what stands before the figure is what was counted.
UNITS = ("名分", "世帯分", "世帯", "人分", "名", "人", "件", "通", "枚", "部", "台", "冊")
MOST = 999_999_999
_LINE = re.compile(
    r"(?P<what>[^\d+.\-]*?)(?P<about>約|およそ)?(?P<value>[\d,]+)"
    rf"(?P<unit>{'|'.join(UNITS)})?(?P<least>以上)?"
)
# Persons are written one way, so that they can be added.
_SAME = {"名": "名分", "人": "名分", "人分": "名分", "世帯分": "世帯"}


class Figure(NamedTuple):
    """件数・人数 as read."""

    value: int
    unit: str
    of_what: str = ""
    certainty: str = Certainty.EXACT


def parse(text: str) -> list[Figure]:
    """The figures of a text, a line each. Raises ValueError in Japanese: no figure, no unit, too large."""
    return [_figure(line.strip()) for line in text.splitlines() if line.strip()]


def written(quantities: Iterable[Quantity]) -> str:
    """What `parse` reads back."""
    return "\n".join(str(row) for row in quantities)


def _figure(line: str) -> Figure:
    match = _LINE.fullmatch(unicodedata.normalize("NFKC", line).replace(" ", ""))
    if match is None:
        raise ValueError(f"「{line}」を件数・人数として読めません。例：2名分、約100件、発信履歴28件")
    if match["unit"] is None:
        raise ValueError(f"「{line}」に単位がありません。例：2名分、1件")
    value = int(match["value"].replace(",", "") or 0)
    if not 0 < value <= MOST:
        raise ValueError(f"「{line}」の数は、1以上{MOST:,}以下にしてください。")
    if match["about"] and match["least"]:
        raise ValueError(f"「{line}」は、「約」と「以上」のどちらかにしてください。")
    certainty = Certainty.ABOUT if match["about"] else Certainty.AT_LEAST if match["least"] else Certainty.EXACT
    return Figure(value, _SAME.get(match["unit"], match["unit"]), match["what"], certainty)
