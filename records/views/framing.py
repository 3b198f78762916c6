"""一覧の枠: what ui/list.html asks for, the same for every list of this application but for its filters."""

from collections.abc import Iterable
from typing import Any

from common.paging import ListPage


def list_frame(title: str, page: ListPage, *, caption: str, unit: str = "件") -> dict[str, Any]:
    """一覧の枠: the heading, the count in `unit`, and the words when there is nothing."""
    return {
        "title": title,
        "count": f"{page.total:,}{unit}",
        "caption": caption,
        "has_rows": bool(page.rows),
        "empty": {"title": f"{title}はありません", "why": "条件に合うものがありません。", "url": "", "action": ""},
        "pager": page,
    }


def select_box(
    name: str, label: str, options: Iterable[tuple[str, str]], chosen: str, *, everything: str = ""
) -> dict[str, Any]:
    """A box of a list that narrows it (ui/list.html): values with their words; `everything`: else 「すべての…」."""
    shown = [(value, words, value == chosen) for value, words in options]
    return {"name": name, "label": label, "all": everything or f"すべての{label}", "options": shown}
