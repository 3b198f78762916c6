"""貼り付けたHTML: tags in what should be plain words; shown as they stand they only spoil a paper."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

# Elements that come with a page or a mail that was copied as source; 「<氏名>」 and 「a<b」 are none of them.
_ELEMENTS = (
    "a abbr article aside b base blockquote body br button center code dd div dl dt em embed font footer form frame "
    "h[1-6] head header hr html i iframe img input ins li link main math meta nav noscript object ol option p pre s "
    "script section select small span strike strong style sub sup svg table tbody td template textarea tfoot th thead "
    "title tr u ul video"
).replace(" ", "|")
# Alone or with attributes: 「a<b かつ c>d」 has none.
_TAG = re.compile(
    rf"<!--|<!doctype|</?(?:{_ELEMENTS})(?:\s*/?>|(?:\s+[a-z:-]+)*\s+[a-z:-]+\s*=[^<>]*>?)", re.IGNORECASE
)
_SHOWN = 30  # characters of the tag in the message


def first_tag(value: Any) -> str:
    """The first tag in a text or in the cells of rows of texts, cut to what a message can hold; empty for none."""
    return next((found[0][:_SHOWN] for text in _texts(value) if (found := _TAG.search(text))), "")


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
