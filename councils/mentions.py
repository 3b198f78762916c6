"""審議会での案件: on the page of a file, the meetings on whose agenda it stands."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from councils.models import AgendaItem, FollowUp, FollowUpStatus, MeetingStatus
from organization import rules
from organization.models import User
from records import mentions
from records.models import Proposal
from records.states import Status

# Not on its way to the council yet.
# With the office, before the council has it.
_LOOKED_AT = {Status.SUBMITTED, Status.ACCEPTED}
MOST = 10
_BEFORE = {Status.DRAFT, Status.AWAITING_HEAD, Status.SUBMITTED, Status.ACCEPTED}


def register_mentions() -> None:
    """Called once, while the application starts."""
    mentions.register(on_agendas)
    mentions.register(owed)
    mentions.register(way_to_similar)


def on_agendas(user: User, proposal: Proposal) -> SafeString:
    """「第7期第7回審議会　諮問第9号に付議」 for each; nothing for a file that stands on none.

    One statement, and none for a file that has not come so far: with its place on an agenda it is 付議.
    """
    if proposal.status in _BEFORE or not rules.may(user, "view_agenda"):
        return mark_safe("")
    items = AgendaItem.objects.filter(proposal=proposal, is_removed=False).exclude(
        meeting__status=MeetingStatus.CANCELLED
    )
    items = items.select_related("meeting__body", "consultation", "block").order_by("meeting__held_on", "pk")
    return render_to_string("councils/_mentions.html", {"items": items}) if items else mark_safe("")


def owed(user: User, proposal: Proposal) -> SafeString:
    """要望・宿題 that the file's department owes the council: whoever decides on its next file sees what was promised.

    One statement for the office while it looks at the file; for others only the way to them, and none.
    """
    if not rules.may(user, "view_followup"):
        return mark_safe("")
    if proposal.status not in _LOOKED_AT or not rules.may(user, "accept_proposal"):
        return render_to_string("councils/_owed.html", {"department": proposal.department_id})
    rows = FollowUp.objects.filter(status=FollowUpStatus.OPEN, department=proposal.department_id)
    rows = rows.select_related("meeting__body").order_by("-meeting__held_on", "pk")[:MOST]
    return render_to_string("councils/_owed.html", {"rows": rows}) if rows else mark_safe("")


def way_to_similar(user: User, proposal: Proposal) -> SafeString:
    """似た諮問: one click away; no statement."""
    if not rules.may(user, "similar_consultations"):
        return mark_safe("")
    return render_to_string("councils/_way_to_similar.html", {"proposal": proposal})
