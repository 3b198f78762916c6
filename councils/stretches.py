"""在席の時間: stretches of a meeting as one types them, 「10:20から」, 「10:00-10:40、11:00-」."""

import re
from collections.abc import Iterable
from datetime import time

Stretch = tuple[time | None, time | None]

_CLOCK = r"(午前|午後)?\s*(\d{1,2})\s*[:：時]\s*(\d{1,2})?\s*分?"
# A lone time is that of coming.
_STRETCH = re.compile(rf"{_CLOCK}|(?:{_CLOCK})?\s*(?:から|[-－‐−〜～~])\s*(?:{_CLOCK}(?:まで)?)?")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def parse(text: str) -> list[Stretch]:
    """The stretches in their order; nothing typed: one from the opening to the close. Raises ValueError in Japanese."""
    found: list[Stretch] = []
    for word in filter(None, re.split(r"[、,，;；\s]+(?=[\d０-９\-－〜～~午])", text.strip())):
        match = _STRETCH.fullmatch(word.strip().translate(_DIGITS))
        if match is None:
            raise ValueError(f"「{word}」を在席の時間として読めません。例：10:20から、10:00から10:40まで")
        came, left = _clock(*match.group(1, 2, 3)) or _clock(*match.group(4, 5, 6)), _clock(*match.group(7, 8, 9))
        if came is not None and left is not None and left <= came:
            raise ValueError(f"「{word}」は、退場の時刻が来場の時刻より後ではありません。")
        if found and (came is None or (found[-1][1] or time.max) > came):
            raise ValueError(f"「{word}」は、前の時間と重なっています。")
        found.append((came, left))
    return found or [(None, None)]


def format_stretches(stretches: Iterable[Stretch]) -> str:
    """What `parse` reads back; empty for the whole meeting."""
    words = [
        f"{f'{came:%H:%M}' if came else ''}から{f'{left:%H:%M}まで' if left else ''}" if came or left else ""
        for came, left in stretches
    ]
    return "、".join(word if not word.startswith("から") else "-" + word.removeprefix("から") for word in words if word)


def _clock(half: str | None, hour: str | None, minute: str | None) -> time | None:
    if hour is None:
        return None
    if int(hour) > (12 if half else 23) or int(minute or 0) > 59:
        raise ValueError(f"「{half or ''}{hour}:{minute or '00'}」は時刻ではありません。")
    return time(int(hour) % 12 + 12 if half == "午後" else int(hour) % 12 if half else int(hour), int(minute or 0))
