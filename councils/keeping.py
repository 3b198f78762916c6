"""審議会のファイル: for what files are kept, and who may read them."""

from files import purposes
from files.kinds import MEGABYTE, TEXTS, FileType
from files.models import StoredFile
from organization import rules
from organization.models import User

MINUTES = "council-minutes"
CONVOCATION = "council-convocation"
PAPERS = "council-papers"
LIMIT = 5 * MEGABYTE
MOST = 200 * MEGABYTE


def register_purposes() -> None:
    """Called once, while the application starts."""
    purposes.register(purposes.Purpose(MINUTES, "会議要録", TEXTS, LIMIT, _may_import, shown=False))
    pdfs = frozenset({FileType.PDF})
    purposes.register(purposes.Purpose(CONVOCATION, "開催通知", pdfs, LIMIT, _may_read_meetings))
    purposes.register(purposes.Purpose(PAPERS, "会議資料", pdfs, MOST, _may_read_meetings))


def _may_read_meetings(user: User, stored: StoredFile) -> bool:
    """Whoever may read the meetings."""
    return rules.may(user, "view_meeting")


def _may_import(user: User, stored: StoredFile) -> bool:
    """Whoever may take a 要録 over sees the file that it came from."""
    return rules.may(user, "import_minutes")
