"""数式の無害化: no text of a register becomes a formula when a spreadsheet opens the file.

A text that begins like a formula gets one apostrophe in front, the spreadsheet's own sign for a text; reading takes
it off again. A text that already stands behind apostrophes gets one more, so nothing is lost on the way
(OWASP: CSV Injection, whose list of beginnings includes the full-width ones of Japanese Excel).
"""

import re

_BEGINS_A_FORMULA = "=+\\-@\t\r\n＝＋－＠"
_TO_GUARD = re.compile(f"'*[{_BEGINS_A_FORMULA}]")
_GUARDED = re.compile(f"'+[{_BEGINS_A_FORMULA}]")


def guard(text: str) -> str:
    """`=1+1` → `'=1+1`, `'=1+1` → `''=1+1`; every other text as it is."""
    return f"'{text}" if _TO_GUARD.match(text) else text


def guard_typed(text: str) -> str:
    """For a cell whose type already says that it is a text: only what `unguard` would change gets its apostrophe."""
    return f"'{text}" if _GUARDED.match(text) else text


def unguard(text: str) -> str:
    """The text that was guarded: `'=1+1` → `=1+1`; every other text as it is."""
    return text[1:] if _GUARDED.match(text) else text
