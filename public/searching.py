"""公表の検索: entries of the open registers whose public texts hold every word that was typed."""

from dataclasses import dataclass

from common.text import search_key
from public.entries import Entry
from public.registers import Register, open_today
from public.setting import Setting

LONGEST = 100  # characters; what is typed beyond that is not asked for


@dataclass(frozen=True)
class Hit:
    """見つかった記載."""

    register: Register
    entry: Entry


def find(text: str, setting: Setting) -> list[Hit]:
    """検索: today's entries with every word of `text`, those with the words in their names first.

    Words are compared by their search keys, so that 髙 is found by 高 and カナ by かな; nothing is found by no word.
    """
    words = search_key(text[:LONGEST]).split()
    if not words:
        return []
    hits = [(hit, rank) for register in open_today(setting) for hit, rank in _hits(register, words, setting)]
    return [hit for hit, rank in sorted(hits, key=lambda pair: pair[1])]


def _hits(register: Register, words: list[str], setting: Setting) -> list[tuple[Hit, int]]:
    rows = list(register.rows(setting, setting.today))
    found = []
    for entry in register.entries(rows, setting):
        name = search_key(entry.ref.name)
        if all(word in name for word in words):
            found.append((Hit(register, entry), 0))
            continue
        whole = search_key(" ".join(entry.values.values()))
        if all(word in whole for word in words):
            found.append((Hit(register, entry), 1))
    return found
