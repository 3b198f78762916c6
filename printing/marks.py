"""変更箇所: which phrases of a text differ from its baseline (domain.md §3.9: bold and underlined, phrase by phrase).

Lists are compared item by item, also when an item moved; prose word by word inside the clause that changed. A date,
a number with its counter or an address part is one word, so that no mark stands on a lone digit of 「令和4年6月」 or
between a character and the sign that belongs to it. Only what stands in the new text can be marked: words that were
taken out leave no mark on paper.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


class Run(NamedTuple):
    """A piece of the new text, and whether it differs from the baseline."""

    text: str
    changed: bool


_STOPS = r"、。，．・：；｜\s（）()〔〕「」『』【】［］＜＞"
# The number of a list item is part of the separator: an item that moved gets another one, and is no new item.
_NUMBERING = r"(?<=\n)(?:[（(][0-9０-９]{1,3}[)）]|[⑴-⒇①-⑳])"
_COMBINING = "[\u0300-\u036f\u3099\u309a\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]"
# A phrase and what stands behind it; both may be empty.
_PHRASES = re.compile(f"([^{_STOPS}]*)((?:{_NUMBERING}|[{_STOPS}]{_COMBINING}*)*)")
_SEPARATOR = re.compile(r"[\W_]+")
_BRACKETS = dict(zip("（(〔「『【［＜", "）)〕」』】］＞", strict=True))
_STOP = re.compile(f"。{_COMBINING}*")
_SENTENCE_START = re.compile(r"(?:^|[。\n])(?:[（(][0-9０-９]{1,3}[)）]|[⑴-⒇①-⑳・○※\s])*$")
_WORDS = re.compile(
    "(?:"
    r"(?:明治|大正|昭和|平成|令和)?\s*[\d元]+\s*年(?:\s*\d+\s*月)?(?:\s*\d+\s*日)?"  # 令和4年6月, 2021年12月3日
    r"|\d+\s*月(?:\s*\d+\s*日)?"
    r"|[\d０-９A-Za-zＡ-Ｚａ-ｚ]+(?:[-‐－−.,，．][\d０-９A-Za-zＡ-Ｚａ-ｚ]+)*[年月日号条項人件名回期]?"
    rf"|(?:[ァ-ヺー]{_COMBINING}*)+"
    rf"|(?:[一-鿿㐀-䶿豈-﫿𠀀-𪛟々〆ヵヶ]{_COMBINING}*)+"
    rf"|(?:[ぁ-ゖ]{_COMBINING}*)+"
    r"|\s+|."
    f"){_COMBINING}*",
    re.DOTALL,
)
_WIDE_NUMBER = re.compile(r"[０-９][０-９，．－]{0,14}[０-９]")
_CLAUSE_TO_SPLIT = 8  # a changed phrase longer than this is searched for the words that changed
_BRIDGE = 2  # an unchanged word this short between two changed ones is marked with them
_HEADING = re.compile(r"\n\s*([【＜])$")
_Group = tuple[str, str]
_NO_GROUP: _Group = ("", "")
_ITEM = 2  # a phrase this long that stood elsewhere in the baseline has moved


def runs(text: str, baseline: str | None) -> list[Run]:
    """`text` cut into changed and unchanged pieces; joined they are `text`. Without a baseline nothing is changed."""
    if baseline is None or text == baseline:
        return [Run(text, False)] if text else []
    if not baseline.strip():
        return _by_line([Run(text, True)])
    pieces = list(_compare_phrases(_cut(text), _cut(baseline)))
    if not any(run.changed for run in pieces) and Counter(text) != Counter(baseline):
        pieces = list(_compare_separators(_cut(text), _cut(baseline)))
    return _by_line(_trimmed(_joined(_bridged(_joined(pieces)))))


def html(pieces: Sequence[Run]) -> SafeString:
    """The pieces as markup: escaped, the changed ones in `<b class="chg">`, full-width numbers kept on one line."""
    parts = (f'<b class="chg">{_escaped(run.text)}</b>' if run.changed else _escaped(run.text) for run in pieces)
    return mark_safe("".join(parts))  # noqa: S308  (every part is escaped just above)


def _escaped(text: str) -> str:
    # Between full-width digits a line may break, between half-width ones not (printing.md §3).
    return _WIDE_NUMBER.sub(r'<span class="number">\g<0></span>', escape(text))


def _cut(text: str) -> list[tuple[str, str]]:
    return [pair for pair in _PHRASES.findall(text) if pair != ("", "")]


def _compare_phrases(new: list[tuple[str, str]], old: list[tuple[str, str]]) -> Iterator[Run]:
    """Phrase by phrase; the separators between them never count, so that an item moves through a list as one.

    It does not move out of its group: what the ward used to receive and now sends has changed.
    """
    new_groups, old_groups = _groups(new), _groups(old)
    both = set(new_groups) & set(old_groups)
    # A group that only one text has (its heading was reworded) is no group: its items are compared as they stand.
    new_keys, old_keys = (
        [(group if group in both else _NO_GROUP, phrase) for group, (phrase, _) in zip(groups, pairs, strict=True)]
        for groups, pairs in ((new_groups, new), (old_groups, old))
    )
    matcher = SequenceMatcher(None, old_keys, new_keys, autojunk=False)
    opcodes = matcher.get_opcodes()
    gone = Counter(key for tag, start, end, _, _ in opcodes if tag != "equal" for key in old_keys[start:end])
    for tag, old_from, old_to, new_from, new_to in opcodes:
        if tag == "equal":
            yield from (Run(phrase + separator, False) for phrase, separator in new[new_from:new_to])
        else:
            here = list(zip(new_keys[new_from:new_to], new[new_from:new_to], strict=True))
            yield from _replaced(here, _block(old[old_from:old_to])[0], gone)


def _groups(pairs: list[tuple[str, str]]) -> list[_Group]:
    """By phrase the headings above it: ＜現行の業務＞ and in it 【区が送信する項目】, each at the start of a line."""
    found: list[_Group] = []
    upper, lower, before = "", "", "\n"
    for phrase, separator in pairs:
        if heading := _HEADING.search(before):
            if heading[1] == "＜" and separator.startswith("＞"):
                upper, lower = phrase, ""
            elif heading[1] == "【" and separator.startswith("】"):
                lower = phrase
        found.append((upper, lower))
        before = f"\n{separator}" if not found[1:] and not phrase else separator
    return found


def _replaced(
    new: list[tuple[tuple[_Group, str], tuple[str, str]]], old: str, gone: Counter[tuple[_Group, str]]
) -> Iterator[Run]:
    """The phrases of one changed place; those that only moved here (they are `gone` elsewhere) are not marked."""
    fresh: list[tuple[str, str]] = []
    for key, (phrase, separator) in new:
        if len(phrase) >= _ITEM and gone[key] > 0:
            gone[key] -= 1
            yield from _fresh(fresh, old)
            fresh = []
            yield Run(phrase + separator, False)
        else:
            fresh.append((phrase, separator))
    yield from _fresh(fresh, old)


def _fresh(pairs: list[tuple[str, str]], old: str) -> Iterator[Run]:
    """Phrases that are not in the baseline, against what stood in their place."""
    text, end = _block(pairs)
    if old and len(text) > _CLAUSE_TO_SPLIT:
        yield from _compare_words(text, old)
    else:
        yield Run(text, True)
    yield Run(end, False)


def _block(pairs: list[tuple[str, str]]) -> tuple[str, str]:
    """The text of some phrases, and apart from it the separators behind the last one."""
    end = pairs[-1][1] if pairs else ""
    text = "".join(phrase + separator for phrase, separator in pairs)
    return text.removesuffix(end), end


def _compare_separators(new: list[tuple[str, str]], old: list[tuple[str, str]]) -> Iterator[Run]:
    """For a text whose phrases all stand in the baseline: a separator that differs is marked with its phrase."""
    for at, (phrase, separator) in enumerate(new):
        same = len(new) != len(old) or separator == old[at][1]
        yield Run(phrase + separator, not same)


def _compare_words(text: str, baseline: str) -> Iterator[Run]:
    """Word by word, unless the two clauses have so little in common that single words would be matched by chance.

    What both have at their start and at their end is common in any case.
    """
    new, old = _WORDS.findall(text), _WORDS.findall(baseline)
    head = _common(new, old)
    tail = _common(new[head:][::-1], old[head:][::-1])
    middle_new, middle_old = new[head : len(new) - tail], old[head : len(old) - tail]
    yield Run("".join(new[:head]), False)
    matcher = SequenceMatcher(None, middle_old, middle_new, autojunk=False)
    if matcher.ratio() < 0.4:
        yield Run("".join(middle_new), True)
    else:
        for tag, _, _, new_from, new_to in matcher.get_opcodes():
            yield Run("".join(middle_new[new_from:new_to]), tag != "equal")
    yield Run("".join(new[len(new) - tail :]), False)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words the two have in common at their start."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))


def _joined(pieces: Sequence[Run]) -> list[Run]:
    """Neighbours of one kind become one piece."""
    joined: list[Run] = []
    for piece in (piece for piece in pieces if piece.text):
        if joined and joined[-1].changed == piece.changed:
            piece = Run(joined.pop().text + piece.text, piece.changed)
        joined.append(piece)
    return joined


def _bridged(pieces: Sequence[Run]) -> list[Run]:
    """Short words between two changes are marked with them, so that one phrase carries one mark; separators are not."""
    last = len(pieces) - 1
    return [
        Run(run.text, run.changed or (0 < at < last and len(run.text) <= _BRIDGE and not _SEPARATOR.search(run.text)))
        for at, run in enumerate(pieces)
    ]


def _trimmed(pieces: Sequence[Run]) -> list[Run]:
    """Punctuation and blanks at the edges of a change lose the mark, unless the change is nothing else."""
    trimmed: list[Run] = []
    for run in pieces:
        body = run.text.strip("、。，．・： \t\n　｜")
        if not run.changed or not body:
            trimmed.append(run)
            continue
        start = run.text.index(body)
        edges = (Run(run.text[:start], False), Run(body, True), Run(run.text[start + len(body) :], False))
        trimmed += [edge for edge in edges if edge.text]
    return _with_their_stops(_with_their_brackets(trimmed))


def _with_their_brackets(pieces: Sequence[Run]) -> list[Run]:
    """A bracket that opens in a change closes in it, and the other way round: 「母子保健に関する業務（0701-01）」."""
    done: list[Run] = []
    for run in pieces:
        close = _BRACKETS.get(_left_open(done[-1].text)) if done and done[-1].changed else None
        if close and run.text.startswith(close):
            done[-1] = Run(done[-1].text + close, True)
            run = Run(run.text[1:], False)
        opener = _not_opened(run.text) if run.changed else ""
        if opener and done and not done[-1].changed and done[-1].text.endswith(opener):
            done[-1] = Run(done[-1].text[:-1], False)
            run = Run(opener + run.text, True)
        done.append(run)
    return _joined(done)


def _not_opened(text: str) -> str:
    """What would open the first bracket that `text` closes without having opened it; empty for none."""
    opened: list[str] = []
    openers = {close: opener for opener, close in _BRACKETS.items()}
    for char in text:
        if char in _BRACKETS:
            opened.append(char)
        elif char in openers and (not opened or opened.pop() != openers[char]):
            return openers[char]
    return ""


def _left_open(text: str) -> str:
    """The last bracket that `text` opens and does not close; empty for none."""
    opened: list[str] = []
    for char in text:
        if char in _BRACKETS:
            opened.append(char)
        elif opened and char == _BRACKETS[opened[-1]]:
            opened.pop()
    return opened[-1] if opened else ""


def _with_their_stops(pieces: Sequence[Run]) -> list[Run]:
    """A sentence that is new from its first to its last character is marked with its full stop."""
    done: list[Run] = []
    at_start, new_so_far = True, False  # of the sentence that the last run belongs to
    for run in pieces:
        if new_so_far and (stop := _STOP.match(run.text)):
            done.append(Run(stop[0], True))
            run = Run(run.text[stop.end() :], False)
        done.append(run)
        new_so_far = run.changed and at_start
        at_start = bool(_SENTENCE_START.search(run.text))
    return _joined(done)


def _by_line(pieces: Sequence[Run]) -> list[Run]:
    """A mark ends with its line; the line ends themselves are not marked."""
    cut = [Run(part, run.changed and part != "\n") for run in pieces for part in re.split("(\n)", run.text)]
    return _joined(cut)
