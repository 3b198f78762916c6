"""起案: who wrote into a file, as its trail says."""

from collections.abc import Collection

from records.models import Proposal
from records.services.trails import file_trails

# What a person writes; the steps of the procedure leave rows too.
WRITING = (
    *("create_proposal", "edit_proposal", "add_record", "edit_record", "remove_record", "revise_record"),
    *("end_record", "end_activity_records", "edit_end", "copy_proposal"),
    *("create_paper", "edit_paper", "remove_paper", "edit_attachment", "edit_checklist"),
    *("answer_check", "take_back_answer"),
)


def others_wrote(proposal: Proposal, writers: Collection[int]) -> bool:
    """Whether somebody other than `writers` (user ids) wrote into the file, one of its sheets or one of its papers."""
    by_people = {"action__in": WRITING, "history_user_id__isnull": False}
    trails = file_trails(proposal)
    return any(trail.filter(**by_people).exclude(history_user_id__in=writers).exists() for trail in trails)
