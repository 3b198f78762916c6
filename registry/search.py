"""業務登録の検索: what of a business can be found, and when it is written anew."""

from collections.abc import Mapping, Sequence

from common.business_number import BusinessNumberError, parse
from organization.models import Department, Succession
from registry.models import Activity, ActivityStatus, ActivityVersion, CollectingForm
from registry.presenting import state_of
from search.documents import DocumentKind, register
from search.versioned import Versioned

KIND, PLACE = "activity", 1
FIELDS = [
    ("name", "業務の名称"),
    ("purpose", "業務の目的"),
    ("number_as_printed", "業務登録番号"),
    ("department", "所管課"),
    ("responsible", "個人情報保護管理責任者"),
    ("subjects", "対象者（個人の範囲）"),
    ("item_kinds", "記録項目の種別"),
    ("items", "記録項目"),
    ("forms", "帳票"),
    ("collection_note", "収集の方法の補足"),
    ("media", "記録の媒体"),
    ("abolition_reason", "廃止の理由"),
]


def register_documents() -> None:
    """Called when the application starts."""
    register(
        DocumentKind(
            code=KIND,
            label="業務登録",
            place=PLACE,
            view="view_activity",
            identities=Activity.objects.all,
            build=VERSIONS.build,
            touched={
                Activity: lambda rows: [row.pk for row in rows],
                ActivityVersion: VERSIONS.of_versions,
                CollectingForm: VERSIONS.of_parts,
                Department: lambda rows: VERSIONS.of_departments([row.pk for row in rows]),
                Succession: lambda rows: VERSIONS.of_departments([row.before_id for row in rows]),
            },
            drafts=VERSIONS.drafts,
            present=VERSIONS.present,
        )
    )


def _texts(versions: Sequence[ActivityVersion]) -> Mapping[int, Mapping[str, str]]:
    return {
        version.pk: {
            "item_kinds": "、".join(version.item_kind_labels),
            "forms": "\n".join(form.line for form in version.forms_in_use),
        }
        for version in versions
    }


def _number(version: ActivityVersion) -> str:
    """That of the business, else what a draft carries while it can be read; "" without one."""
    try:
        return version.activity.number or parse(version.number_as_printed).number
    except BusinessNumberError:
        return ""


VERSIONS = Versioned(
    kind=KIND,
    model=ActivityVersion,
    identity="activity",
    decided=frozenset({ActivityStatus.REGISTERED}),
    view="view_activityversion",
    fields=FIELDS,
    texts=_texts,
    number=_number,
    state_of=state_of,
    page="view_activity",
    related=["activity", "department__parent"],
    prefetch=["collecting_forms"],
    long=["purpose", "items", "subjects"],
)
