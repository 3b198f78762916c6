"""起案: who wrote into a file, as its trail says."""

from collections.abc import Collection

from records.kinds import KINDS
from records.models import Proposal

# What a person writes; the steps of the procedure leave rows too.
WRITING = ("create_proposal", "edit_proposal", "add_record", "edit_record", "remove_record", "revise_record")


def others_wrote(proposal: Proposal, writers: Collection[int]) -> bool:
    """Whether somebody other than `writers` (user ids) wrote into the file or one of its sheets."""
    trails = [
        Proposal.history.filter(id=proposal.pk),
        *(kind.model.history.filter(proposal=proposal.pk) for kind in KINDS.values()),
    ]
    by_people = {"action__in": WRITING, "history_user_id__isnull": False}
    return any(trail.filter(**by_people).exclude(history_user_id__in=writers).exists() for trail in trails)
