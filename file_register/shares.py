"""組織改正と個人情報ファイル: an entry keeps its department's name; the successor sees and continues it."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from file_register.kinds import FileStatus
from file_register.models import PersonalFileVersion
from organization import reassignment
from organization.reassignment import Share, Way


def register_shares() -> None:
    """Called when the application starts."""
    reassignment.register(
        PersonalFileVersion,
        Share(
            field="department",
            label="個人情報ファイル",
            way=Way.FOLLOWS,
            affected=_held,
            view="view_personalfileversion",
            text=str,
            needs_successor=True,
        ),
    )


def _held(departments: Collection[int], on: date) -> QuerySet:
    """Under way, or in force on or after the day."""
    files = PersonalFileVersion.objects.filter(department__in=departments).exclude(status=FileStatus.WITHDRAWN)
    return files.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).order_by("pk")
