"""添付資料のファイル: for what files are kept, and who may read them."""

from files import purposes
from files.kinds import MEGABYTE, SCANS
from files.models import StoredFile
from organization import rules
from organization.models import User
from records.models import Attachment

PURPOSE = "paper-attachment"
LIMIT = 50 * MEGABYTE


def register_attachments() -> None:
    """Called once, while the application starts. PDF and pictures only: what a council's packet can hold.

    Many come from partners; no browser of the ward opens one by itself.
    """
    purposes.register(purposes.Purpose(PURPOSE, "資料の添付", SCANS, LIMIT, _may_read, shown=False))


def _may_read(user: User, stored: StoredFile) -> bool:
    """Who sees an attachment that the file is kept for."""
    return rules.permitted(Attachment.objects.filter(file=stored), user, "view_attachment").exists()
