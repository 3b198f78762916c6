"""変更箇所: which phrases of a text differ from its baseline (domain.md §3.9: bold and underlined, phrase by phrase).

Lists are compared item by item, prose word by word inside the clause that changed; a date, a number with its counter or
an address part is one word, so that a mark never stands on a lone digit of 「令和4年6月」. Only what stands in the new
text can be marked: words that were taken out leave no mark on paper.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


class Run(NamedTuple):
    """A piece of the new text, and whether it differs from the baseline."""

    text: str
    changed: bool


_STOPS = r"、。，．・：；\s（）()〔〕「」『』【】［］"
_PHRASES = re.compile(f"([^{_STOPS}]*)([{_STOPS}]*)")  # a phrase and the separators behind it; both may be empty
_SEPARATOR = re.compile(r"[\W_]+")
_WORDS = re.compile(
    r"(?:明治|大正|昭和|平成|令和)?\s*[\d元]+\s*年(?:\s*\d+\s*月)?(?:\s*\d+\s*日)?"  # 令和4年6月, 2021年12月3日
    r"|\d+\s*月(?:\s*\d+\s*日)?"
    r"|[\d０-９A-Za-zＡ-Ｚａ-ｚ]+(?:[-‐－−.][\d０-９A-Za-zＡ-Ｚａ-ｚ]+)*[年月日号条項人件名回期]?"
    r"|[ァ-ヺー]+|[一-鿿㐀-䶿豈-﫿𠀀-𪛟々〆ヵヶ]+[\U000e0100-\U000e01ef]?|[ぁ-ゖ]+|\s+|."
)
_WIDE_NUMBER = re.compile(r"[０-９][０-９，．－]{0,14}[０-９]")
_CLAUSE_TO_SPLIT = 8  # a changed phrase longer than this is searched for the words that changed
_BRIDGE = 2  # an unchanged word this short between two changed ones is marked with them


def runs(text: str, baseline: str | None) -> list[Run]:
    """`text` cut into changed and unchanged pieces; joined they are `text`. Without a baseline nothing is changed."""
    if baseline is None or text == baseline:
        return [Run(text, False)] if text else []
    pieces = list(_compare_phrases(_cut(text), _cut(baseline)))
    if not any(run.changed for run in pieces):
        pieces = list(_compare_separators(_cut(text), _cut(baseline)))
    return _joined(_trimmed(_joined(_bridged(_joined(pieces)))))


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
    """Phrase by phrase; the separators between them never count, so that an item moves through a list as one."""
    matcher = SequenceMatcher(None, [phrase for phrase, _ in old], [phrase for phrase, _ in new], autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        text, end = _block(new[new_from:new_to])
        if tag == "replace" and len(text) > _CLAUSE_TO_SPLIT:
            yield from _compare_words(text, _block(old[old_from:old_to])[0])
        else:
            yield Run(text, tag != "equal")
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
    """Word by word, unless the two clauses have so little in common that single words would be matched by chance."""
    new, old = _WORDS.findall(text), _WORDS.findall(baseline)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < 0.4:
        yield Run(text, True)
        return
    for tag, _, _, new_from, new_to in matcher.get_opcodes():
        yield Run("".join(new[new_from:new_to]), tag != "equal")


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
        body = run.text.strip("、。，．・： \t\n　")
        if not run.changed or not body:
            trimmed.append(run)
            continue
        start = run.text.index(body)
        edges = (Run(run.text[:start], False), Run(body, True), Run(run.text[start + len(body) :], False))
        trimmed += [edge for edge in edges if edge.text]
    return trimmed
