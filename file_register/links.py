"""業務の画面に示す件数: how many files a business uses."""

from collections.abc import Iterable, Mapping
from datetime import date

from file_register.kinds import FileStatus
from file_register.models import PersonalFileVersion
from registry.links import LinkKind, count_by, register_link_count


def _count(activities: Iterable[int], day: date) -> Mapping[int, int]:
    rows = PersonalFileVersion.objects.as_of(day).filter(
        status=FileStatus.REGISTERED, activity_links__activity__in=list(activities), activity_links__is_linked=True
    )
    return count_by(rows, "activity_links__activity")


def register_links() -> None:
    """Called once, while the application starts."""
    register_link_count(
        LinkKind(code="files", label="個人情報ファイル", count=_count, page="personal_file_list", query={}, order=50)
    )
