"""元号のない年: what a text with the year of an era, but without the era, may mean."""

from dataclasses import replace

from common.wareki.eras import ERAS
from common.wareki.errors import DateTextError
from common.wareki.partial import PartialDate, Precision
from common.wareki.reading import is_template, read, squeeze
from common.wareki.resolving import resolve

_ASKED = ERAS[:1:-1]  # 令和, 平成, 昭和: the older ones are never left out on paper


def readings_without_era(text: str) -> list[PartialDate]:
    """The dates that 「3年4月1日」 may mean, newest era first; none for a text that says its era or western year.

    DateTextError when the text is no date.
    """
    if is_template(squeeze(text)):
        return []
    parts = read(text)
    if parts.year is None or parts.era or parts.western:
        return []
    found = []
    for era in _ASKED:
        try:
            span = resolve(replace(parts, era=era), None, as_printed=False)
        except DateTextError:
            continue
        if parts.is_open:
            found.append(PartialDate(span.start, None, Precision.OPEN, text, basis=span.precision))
        else:
            found.append(PartialDate(span.start, span.end, span.precision, text))
    return found
