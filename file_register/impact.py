"""影響一覧のうち、個人情報ファイルとその提供先; and a file as a subject."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from file_register.kinds import FileStatus
from file_register.models import FileActivity, PersonalFile, PersonalFileVersion
from organization import rules
from organization.models import Department, User
from registry.impact import (
    Entry,
    Group,
    Source,
    Subject,
    SubjectKind,
    named,
    period,
    register_source,
    register_subject,
    shortened,
)
from registry.models import ActivityStatus, ActivityVersion

FILES = Group(
    "files",
    "個人情報ファイル",
    "この情報が記録されているファイルのうち、ほかの業務も利用しているものと、それを利用するすべての業務です。",
    frozenset({"activity", "department"}),
    50,
)
OWN_FILES = Group(
    "own-files",
    "この{label}だけが利用している個人情報ファイル",
    "この情報が記録されているファイルで、ほかの業務は利用していません。",
    frozenset({"activity", "department"}),
    90,
    is_use=False,
)
BUSINESSES = Group(
    "file-businesses",
    "ファイルを利用する業務",
    "このファイルを利用すると登録されている業務です。",
    frozenset({"file"}),
    10,
)
RECIPIENTS = Group(
    "recipients",
    "経常的提供先",
    "記録情報を経常的に提供している相手です。",
    frozenset({"activity", "department", "file"}),
    51,
)


def register_impact() -> None:
    """Called once, while the application starts."""
    register_source(
        Source("files", (BUSINESSES, FILES, RECIPIENTS, OWN_FILES), _files, "view_personalfileversion", _entries)
    )
    register_subject(SubjectKind("file", _file))


def of_file(file: PersonalFile, title: str, day: date) -> Subject:
    """個人情報ファイル as a subject: itself, and what the businesses that use it on `day` give to others."""
    versions = _registered(day).filter(file=file)
    businesses = FileActivity.objects.filter(version__in=versions, is_linked=True).values("activity")
    return Subject(
        "file",
        file.pk,
        "個人情報ファイル",
        title,
        reverse("view_personalfile", args=[file.pk]),
        note="このファイルを利用する業務が、ほかに利用させている情報をふくみます。",
        activities=businesses,
        files=[file.pk],
    )


def _file(user: User, pk: int, day: date) -> Subject:
    file = rules.find(PersonalFile.objects.all(), user, "view_personalfile", pk=pk)
    versions = rules.permitted(file.versions.all(), user, "view_personalfileversion")
    newest_first = list(versions.order_by(F("valid_from").desc(nulls_last=True), "-pk"))
    shown = next((version for version in newest_first if version.in_force(day)), newest_first[0])
    return of_file(file, shown.name, day)


def _registered(day: date) -> QuerySet:
    return PersonalFileVersion.objects.as_of(day).filter(status=FileStatus.REGISTERED)


def _files(subject: Subject, day: date) -> QuerySet:
    rows = _registered(day)
    if subject.kind == "file":
        rows = rows.filter(file__in=subject.files)
    else:
        linked = FileActivity.objects.filter(is_linked=True, activity__in=subject.activities)
        rows = rows.filter(Q(pk__in=linked.values("version")) | Q(department__in=subject.departments))
        rows = rows.annotate(is_shared=_is_shared(subject, day))
    return rows.select_related("department__parent").order_by("name", "pk")


def _is_shared(subject: Subject, day: date) -> Q:
    """Whether others use the file on `day`: a business that is not meant or, where 組織 are asked about, a holder."""
    in_force = ActivityVersion.objects.as_of(day).filter(status=ActivityStatus.REGISTERED)
    links = FileActivity.objects.filter(
        version=OuterRef("pk"), is_linked=True, activity__in=in_force.values("activity")
    )
    shared = Q(Exists(links.exclude(activity__in=subject.activities)))
    return shared | ~Q(department__in=subject.departments) if subject.kind == "department" else shared


def _entries(rows: Sequence[Any], subject: Subject, day: date) -> Iterable[Sequence[Entry]]:
    links: dict[int, list[FileActivity]] = {}
    for link in _links(rows, day):
        links.setdefault(link.version_id, []).append(link)
    places = _places(links.values()) if subject.kind == "file" else {}
    for version in rows:
        own = links.get(version.pk, [])
        found = (
            [_business_entry(version, link, places.get(link.section, "")) for link in own]
            if subject.kind == "file"
            else [_entry(version, own)]
        )
        yield [*found, _recipients_entry(version)] if version.recipients.strip() else found


def _links(rows: Sequence[Any], day: date) -> QuerySet:
    """The businesses that use the files on `day`, each with its name and department; one without a registration in
    force on that day uses nothing.
    """
    in_force = ActivityVersion.objects.as_of(day).filter(
        activity=OuterRef("activity"), status=ActivityStatus.REGISTERED
    )
    links = FileActivity.objects.filter(version__in=[row.pk for row in rows], is_linked=True).annotate(
        business_name=Subquery(in_force.values("name")[:1]),
        section=Subquery(in_force.values("department")[:1]),
    )
    return links.filter(section__isnull=False).select_related("activity").order_by("activity__number", "pk")


def _places(links: Iterable[Sequence[Any]]) -> dict[int, str]:
    wanted = {link.section for each in links for link in each}
    return {row.pk: row.full_name for row in Department.objects.filter(pk__in=wanted).select_related("parent")}


def _business(link: Any) -> str:
    return named(link.activity.number or "", link.business_name)


def _business_entry(version: PersonalFileVersion, link: Any, section: str) -> Entry:
    return Entry(
        group=BUSINESSES.code,
        who=section,
        business=_business(link),
        source=version.name,
        data=shortened(version.items),
        period=period(version),
        url=reverse("view_activity", args=[link.activity_id]),
    )


def _entry(version: Any, links: Sequence[Any]) -> Entry:
    return Entry(
        group=(FILES if version.is_shared else OWN_FILES).code,
        who=version.department.full_name,
        business="、".join(_business(link) for link in links),
        source=version.name,
        data=shortened(version.items),
        period=period(version),
        url=reverse("view_personalfile", args=[version.file_id]),
        leads_to_source=True,
    )


def _recipients_entry(version: PersonalFileVersion) -> Entry:
    return Entry(
        group=RECIPIENTS.code,
        who=shortened(version.recipients),
        business="",
        source=version.name,
        data=shortened(version.items),
        period=period(version),
        url=reverse("view_personalfile", args=[version.file_id]),
        leads_to_source=True,
    )
