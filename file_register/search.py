"""個人情報ファイルの検索: what of a file can be found, and when it is written anew."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from file_register.kinds import FileStatus
from file_register.models import FileActivity, PersonalFile, PersonalFileVersion
from file_register.presenting import state_of
from organization.models import Department, Succession
from registry.models import Activity
from search.documents import DocumentKind, register
from search.versioned import Versioned

KIND, PLACE = "file", 2
FIELDS = [
    ("name", "個人情報ファイルの名称"),
    ("purpose", "利用目的"),
    ("numbers", "業務登録番号"),
    ("department", "所管課"),
    ("organ_name", "行政機関等の名称"),
    ("section_name", "事務をつかさどる組織の名称"),
    ("items", "記録項目"),
    ("scope", "記録範囲"),
    ("collection_method", "収集方法"),
    ("recipients", "経常的提供先"),
    ("remarks", "備考"),
]


def register_documents() -> None:
    """Called when the application starts."""
    register(
        DocumentKind(
            code=KIND,
            label="個人情報ファイル",
            place=PLACE,
            view="view_personalfile",
            identities=PersonalFile.objects.all,
            build=VERSIONS.build,
            touched={
                PersonalFile: lambda rows: [row.pk for row in rows],
                PersonalFileVersion: VERSIONS.of_versions,
                FileActivity: VERSIONS.of_parts,
                Activity: _of_activities,
                Department: lambda rows: VERSIONS.of_departments([row.pk for row in rows]),
                Succession: lambda rows: VERSIONS.of_departments([row.before_id for row in rows]),
            },
            drafts=VERSIONS.drafts,
            present=VERSIONS.present,
        )
    )


def _texts(versions: Sequence[PersonalFileVersion]) -> Mapping[int, Mapping[str, str]]:
    """The numbers of the businesses that each version serves."""
    own = [version.pk for version in versions]
    links = FileActivity.objects.filter(version__in=own, is_linked=True, activity__number__isnull=False)
    found: dict[int, list[str]] = defaultdict(list)
    for version, number in links.order_by("activity__number").values_list("version", "activity__number"):
        found[version].append(number)
    return {version: {"numbers": "、".join(numbers)} for version, numbers in found.items()}


def _of_activities(rows: Sequence[Activity]) -> set[int]:
    links = FileActivity.objects.filter(activity__in=[row.pk for row in rows])
    return set(links.order_by().values_list("version__file", flat=True))


def _state_of(version: PersonalFileVersion, day: date) -> tuple[str, str]:
    return state_of(version, day, version.file)


VERSIONS = Versioned(
    kind=KIND,
    model=PersonalFileVersion,
    identity="file",
    decided=frozenset({FileStatus.REGISTERED}),
    view="view_personalfileversion",
    fields=FIELDS,
    texts=_texts,
    number=lambda version: "",
    state_of=_state_of,
    page="view_personalfile",
    related=["file", "department__parent"],
    long=["purpose", "items", "scope", "remarks"],
)
