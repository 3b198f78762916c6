"""業務の画面に示す件数: how many files a business uses."""

from datetime import date

from django.db.models import QuerySet

from file_register.kinds import FileStatus
from file_register.models import PersonalFileVersion
from registry.links import LinkKind, register_link_count


def _in_force(day: date) -> QuerySet:
    return PersonalFileVersion.objects.as_of(day).filter(status=FileStatus.REGISTERED, activity_links__is_linked=True)


def register_links() -> None:
    """Called once, while the application starts."""
    register_link_count(
        LinkKind(
            code="files",
            label="個人情報ファイル",
            rows=_in_force,
            path="activity_links__activity",
            page="personal_file_list",
            query={},
            order=50,
        )
    )
