"""組織改正と個人情報ファイル: an entry keeps its department's name; the successor sees and continues it."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

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
            in_split=_to_assign,
        ),
    )


def _held(departments: Collection[int], on: date) -> QuerySet:
    """Under way, or in force on or after the day."""
    files = PersonalFileVersion.objects.filter(department__in=departments).exclude(status=FileStatus.WITHDRAWN)
    return files.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).order_by("pk")


def _to_assign(departments: Collection[int], on: date) -> SafeString:
    """Nobody is asked whose a file is in a split; each is given its new department and name afterwards."""
    held = _held(departments, on).filter(status=FileStatus.REGISTERED)
    total = held.order_by().values("file").distinct().count()
    if not total:
        return SafeString("")
    return format_html(
        "登録された{}件のファイルは、もとの名称のまま残ります。改正のあと、"
        '<a href="{}?duty=1">要対応の一覧</a>から1件ずつ「名称を改める」で承継先を決めてください。',
        total,
        reverse("personal_file_list"),
    )
