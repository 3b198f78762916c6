"""回と諮問番号の数え方: within what a number counts, by the body's rule on the day."""

from datetime import date

from django.db.models import Max

from common import fiscal_year
from councils.errors import NoBodyRule, TermNeeded
from councils.models import Body, BodyRule, Consultation, Meeting, MeetingStatus, Restart, Term


def rule_of(body: Body, day: date) -> BodyRule:
    """審議体の定め in force on `day`; raises NoBodyRule."""
    rule = body.rules.as_of(day).first()
    if rule is None:
        raise NoBodyRule(body, day)
    return rule


def series_of(restart: str, day: date, term: Term | None) -> str:
    """Within what a number counts: "term:7", "year:2012" or "all"; raises TermNeeded without a 期 to count in."""
    if restart == Restart.TERM:
        if term is None:
            raise TermNeeded
        return f"term:{term.number}"
    return f"year:{fiscal_year.of(day)}" if restart == Restart.FISCAL_YEAR else "all"


def next_meeting_number(body: Body, series: str) -> int:
    """回: one more than the last meeting of the series that was not cancelled."""
    held = Meeting.objects.filter(body=body, series=series).exclude(status=MeetingStatus.CANCELLED)
    return (held.aggregate(last=Max("number"))["last"] or 0) + 1


def next_meetings(day: date) -> list[str]:
    """「審議会　第7期第8回」: what a meeting on `day` would be, of each body that has a rule, in its latest 期."""
    found = []
    for rule in BodyRule.objects.as_of(day).select_related("body").order_by("body"):
        term = rule.body.terms.order_by("-number").first()
        if rule.session_restart == Restart.TERM and term is None:
            continue
        series = series_of(rule.session_restart, day, term)
        meeting = Meeting(body=rule.body, series=series, number=next_meeting_number(rule.body, series))
        found.append(f"{rule.body.short_name}　{meeting.numbering}")
    return found


def next_consultation_number(body: Body, series: str) -> int:
    """諮問番号: one more than the last of the series."""
    rows = Consultation.objects.filter(body=body, series=series)
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1
