"""影響一覧の見せかた: the notice before a change or an abolition, and the list on paper."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from common.wareki import format_date
from organization.models import User
from printing import output, pdf
from registry import impact
from registry.impact import Report, Subject

TITLE = "影響一覧"
# How many lines of a kind the notice names; the rest stands in the list.
FIRST = 3


def address(subject: Subject, day: date) -> str:
    """The page of the list on `day`."""
    return _address(subject.kind, subject.pk, day)


def notice(report: Report, links: Sequence[tuple[str, str, int]] = ()) -> SafeString:
    """影響の予告: how many lines of each kind there are, the first of them, and where all of them stand.

    `links` are (name, kind, key) of the lists; the report's own subject where none are given.
    """
    subject = report.subject
    given = links or [(subject.title, subject.kind, subject.pk)]
    context = {
        "report": report,
        "sections": [section for section in report.uses if section.total],
        "first": f":{FIRST}",
        "links": [(name, _address(kind, pk, report.day)) for name, kind, pk in given],
    }
    return render_to_string("registry/_impact_notice.html", context)


def notice_for(user: User, subject: Subject, day: date) -> SafeString:
    """The notice on the page of a step."""
    return notice(impact.report(user, subject, day))


def print_report(report: Report, allow_missing: bool = False) -> bytes:
    """影響一覧 as PDF. Raises MissingGlyphs when a character has no shape in the font, unless `allow_missing`."""
    fragment = render_to_string("registry/_sheet_impact.html", {"report": report, "title": TITLE})
    return pdf.render(output.checked([fragment], allow_missing=allow_missing), title=f"{TITLE} {report.subject.title}")


def _address(kind: str, pk: int, day: date) -> str:
    return f"{reverse(impact.ACTION, args=[kind, pk])}?{urlencode({'as_of': format_date(day, 'short')})}"
