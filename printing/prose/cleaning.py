"""貼付けの整え: what Word, Excel and mail leave in a pasted text, put into the conventions of printing.prose.reading.

No word and no character that can be seen is changed; only blanks, bullets and characters that print nothing are.
"""

import re

BAR = "｜"  # between the cells of a table

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")  # \v: a soft break in Word
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\uffff]"
)
_BLANKS = " \t\u00a0\u2002-\u200a\u202f\u3000"
_LEADING = re.compile(f"^[{_BLANKS}]+", re.MULTILINE)
_TRAILING = re.compile(f"[{_BLANKS}]+$", re.MULTILINE)
_NARROW = re.compile("[\u00a0\u2002-\u200a\u202f]")
# Bullets as Word writes them: its own characters, those of the fonts Symbol and Wingdings, and 「o」 before a tab.
_BULLET = re.compile(
    "^(?:[•‣◦∙⁃·･▪▫\uf0b7\uf0a7\uf0a8\uf06c\uf06e\uf075\uf0d8\uf0fc]|o(?=\t))[ \t\u3000]*", re.MULTILINE
)
_AFTER_MARKER = re.compile(
    r"^((?:[（(][0-9０-９]{1,3}[)）]|[0-9０-９]{1,3}[.．)）]?|[⑴-⒇①-⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|[ア-ンa-zａ-ｚ][.．)）]?|[・○◇◆●※]))\t+",
    re.MULTILINE,
)
_TABS = re.compile(r"[ \u3000]*\t[ \t\u3000]*")
_BARS = re.compile("[ \u3000]*[|｜][ \u3000]*")
_EMPTY_LINES = re.compile("\n{3,}")


def clean(text: str) -> str:
    """`text` with line ends, bullets, blanks and tabs in order; cleaning again changes nothing.

    A tab behind a number or bullet becomes a blank, any other one the bar between two cells of a table. Blanks at both
    ends of a line go: the sheet indents by itself. Several empty lines become one.
    """
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    text = _BULLET.sub("・", _LEADING.sub("", text))
    text = _TABS.sub(BAR, _AFTER_MARKER.sub(r"\1 ", _TRAILING.sub("", text)))
    text = _NARROW.sub(" ", _BARS.sub(BAR, text))
    return _EMPTY_LINES.sub("\n\n", _TRAILING.sub("", _LEADING.sub("", text))).strip("\n")
