"""審議会のファイル: for what files are kept, and who may read them."""

from files import purposes
from files.kinds import MEGABYTE, TEXTS
from files.models import StoredFile
from organization import rules
from organization.models import User

MINUTES = "council-minutes"
LIMIT = 5 * MEGABYTE


def register_purposes() -> None:
    """Called once, while the application starts."""
    purposes.register(purposes.Purpose(MINUTES, "会議要録", TEXTS, LIMIT, _may_import, shown=False))


def _may_import(user: User, stored: StoredFile) -> bool:
    """Whoever may take a 要録 over sees the file that it came from."""
    return rules.may(user, "import_minutes")
