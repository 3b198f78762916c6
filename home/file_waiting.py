"""はじめの画面のうち、個人情報ファイル: what was submitted, what came back, what the law still asks for (令第21条)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from file_register import duties
from file_register.kinds import FileStatus
from file_register.models import PersonalFileVersion
from home.waiting import SHOWN, Group, Row
from organization import rules
from organization.models import Role, User

DUTIES, TO_REGISTER, DRAFTS = "file_duties", "files_to_register", "file_drafts"
TITLES = {
    DUTIES: ("個人情報ファイルについて、するべきこと", "開く", "duty=1"),
    TO_REGISTER: ("登録を待っている個人情報ファイル", "審査する", "state=submitted"),
    DRAFTS: ("下書きと差し戻された個人情報ファイル", "続ける", "state=draft"),
}


def groups(user: User, today: date) -> list[Group]:
    """What waits for `user` among the files; one statement for all groups, however many files there are."""
    asked = [action for action in ("register_personal_file", "submit_personal_file") if rules.may(user, action)]
    if not asked:
        return []
    rows: dict[str, list[Any]] = {}
    for row in _rows(user, today):
        rows.setdefault(row.group, []).append(row)
    return [_group(code, rows[code], user, today) for code in TITLES if code in rows]


def _rows(user: User, today: date) -> QuerySet:
    """The first rows of each group with the number of all, drafts that were returned before others."""
    own = PersonalFileVersion.owned_by(user.department_ids_today)
    conditions = {
        DUTIES: _allowed(user, "revise_personal_file") & duties.waiting(today),
        TO_REGISTER: _allowed(user, "register_personal_file"),
        # The office may submit the drafts of others, but they do not wait for it.
        DRAFTS: own & _allowed(user, "submit_personal_file"),
    }
    cases = [When(condition, then=Value(code)) for code, condition in conditions.items()]
    facts = duties.with_facts(PersonalFileVersion.objects.select_related("file", "department__parent"), today)
    found = (
        facts.annotate(group=Case(*cases, default=Value(""))).exclude(group="").alias(is_returned=~Q(return_reason=""))
    )
    order = [F("is_returned").desc(), F("pk").asc()]
    numbered = found.annotate(
        total_rows=Window(Count("pk"), partition_by=F("group")),
        place=Window(RowNumber(), partition_by=F("group"), order_by=order),
    )
    return numbered.filter(place__lte=SHOWN).order_by("group", "place")


def _allowed(user: User, action: str) -> Q:
    return Q(pk__in=rules.permitted(PersonalFileVersion.objects.all(), user, action).values("pk"))


def _group(code: str, rows: Sequence[Any], user: User, today: date) -> Group:
    title, action, query = TITLES[code]
    # The list of duties is the ward's; a department's own are a part of it.
    shown_to = code != DUTIES or Role.OFFICE in user.roles_today
    url = f"{reverse('personal_file_list')}?{query}" if shown_to else ""
    make = _duty_row if code == DUTIES else _row
    return Group(code, title, "", action, [make(row, today) for row in rows], rows[0].total_rows, url)


def _row(version: PersonalFileVersion, today: date) -> Row:
    returned = version.status == FileStatus.DRAFT and version.return_reason
    kind = "変更" if version.replaces_id else "新規"
    return Row(
        title=version.name,
        url=reverse("view_personalfile", args=[version.file_id]),
        detail=f"{kind}　{version.department.full_name}",
        state="returned" if returned else version.status,
        state_words="差戻し" if returned else version.get_status_display(),
    )


def _duty_row(version: PersonalFileVersion, today: date) -> Row:
    _, duty = duties.judged(version, day=today)
    return Row(
        title=version.name,
        url=reverse("view_personalfile", args=[version.file_id]),
        detail=f"{version.department.full_name}　{duty.words if duty else ''}",
        state="submitted",
        state_words=duty.kind.label if duty else "",
    )
