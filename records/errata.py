"""正誤表: what was corrected after the decision, read from the trail, as a reader of the sheet sees it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from history.changes import Change, Entry

WIDE = "\u3000"
TITLE = "標題"
SHOWN = 400  # characters of one side


@dataclass(frozen=True)
class Erratum:
    """正誤: the box, the wrong and the right words, why, when and by whom."""

    field: str
    wrong: str
    right: str
    reason: str
    when: datetime
    who: str


def errata(entries: Iterable[Entry], labels: Collection[str]) -> list[Erratum]:
    """正誤 of a record: the corrections of the boxes `labels` in its trail, newest first."""
    return [
        _erratum(entry, change, change.label)
        for entry in entries
        if entry.action == "correct_record"
        for change in entry.changes
        if change.label in labels
    ]


def paper_errata(entries: Iterable[Entry]) -> list[Erratum]:
    """正誤 of a paper: the same, from the trail of the paper and its sections, each under its heading."""
    found = []
    for entry in entries:
        for change in entry.changes if entry.action == "correct_paper" else ():
            # What one request wrote is one entry; there the change names its row itself.
            label = change.label if WIDE in change.label else f"{entry.subject}{WIDE}{change.label}"
            where, what = label.rsplit(WIDE, 1)
            if what in {TITLE, "文"}:
                found.append(_erratum(entry, change, TITLE if what == TITLE else where))
    return found


def _erratum(entry: Entry, change: Change, field: str) -> Erratum:
    wrong, right = excerpt(change.before, change.after)
    who = f"{entry.actor_department}{WIDE}{entry.actor_name}".strip()
    return Erratum(field, wrong, right, entry.reason, entry.when, who)


def excerpt(before: str, after: str) -> tuple[str, str]:
    """The lines in which two texts differ; all of a short one."""
    old, new = before.split("\n"), after.split("\n")
    parts = [op for op in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if op[0] != "equal"]
    wrong = "\n".join("\n".join(old[i1:i2]) for _, i1, i2, _, _ in parts)
    right = "\n".join("\n".join(new[j1:j2]) for _, _, _, j1, j2 in parts)
    return _short(wrong), _short(right)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
