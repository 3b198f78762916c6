"""影響一覧のうち、四つの記録票; and the partner of a linkage as a subject."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from common.text import search_key
from organization import rules
from organization.models import User
from records.kinds import LINKAGE, OUTSOURCING, PROVISION, RecordKind
from records.models import LinkageVersion, OutOfPurposeUseVersion
from registry.impact import (
    Entry,
    Group,
    Source,
    Subject,
    SubjectKind,
    named,
    period,
    place,
    register_source,
    register_subject,
    shortened,
)

PROVIDED = Group(
    "uses-providing",
    "目的外利用（させる側）",
    "ほかの業務が、この情報を目的外に利用しています。",
    frozenset({"activity", "department", "file"}),
    20,
)
USED = Group(
    "uses-using",
    "この{label}が利用しているほかの業務の情報",
    "ほかの業務の情報を、目的外に利用しています（目的外利用をする側）。",
    frozenset({"activity", "department"}),
    91,
    is_use=False,
)
LINKAGES = Group(
    "linkages",
    "電算結合",
    "相手方の電子計算機と結合しています。",
    frozenset({"activity", "department", "file", "partner"}),
    40,
)
OUTSOURCED = Group(
    "outsourcings",
    "外部委託",
    "委託先が、個人情報を取り扱っています。",
    frozenset({"activity", "department", "file", "partner"}),
    30,
)
GIVEN = Group(
    "provisions",
    "外部提供",
    "区の外に、個人情報を提供しています。",
    frozenset({"activity", "department", "file", "partner"}),
    31,
)


def register_impact() -> None:
    """Called once, while the application starts."""
    register_source(Source("uses", (PROVIDED, USED), _uses, "view_outofpurposeuseversion", _use_entries))
    register_source(
        Source("linkages", (LINKAGES,), partial(_with_partner, LINKAGE), "view_linkageversion", _linkage_entries)
    )
    for kind, group in ((OUTSOURCING, OUTSOURCED), (PROVISION, GIVEN)):
        rows, entries = partial(_with_partner, kind), partial(_partner_entries, group)
        register_source(Source(group.code, (group,), rows, kind.view_page, entries))
    register_subject(SubjectKind("partner", _partner))


def _partner(user: User, pk: int, day: date) -> Subject:
    """相手方: that of the record `pk`, under every spelling of its name that is in force on `day`."""
    record = rules.find(LinkageVersion.objects.all(), user, "view_linkageversion", pk=pk)
    key = search_key(record.partner_name)
    in_force = LinkageVersion.objects.as_of(day).order_by().values_list("partner_name", flat=True).distinct()
    names = sorted({name for name in in_force if key and search_key(name) == key} | {record.partner_name})
    others = [name for name in names if name != record.partner_name]
    note = f"「{'」「'.join(others)}」と記された記録票をふくみます。" if others else ""
    title = record.partner_name or "相手方の記入がない記録票"
    return Subject(
        "partner", record.pk, "相手方", title, record.get_absolute_url(), note, partners=names if key else ()
    )


def _uses(subject: Subject, day: date) -> QuerySet:
    """In force, with one of the businesses or departments meant on either side; of a file's businesses as provider."""
    providing = Q(providing_activity__in=subject.activities) | Q(providing_department__in=subject.departments)
    using = Q(activity__in=subject.activities) | Q(proposal__department__in=subject.departments)
    wanted = providing if subject.kind == "file" else providing | using
    rows = OutOfPurposeUseVersion.objects.as_of(day).annotate(is_providing=providing, is_using=using)
    return rows.filter(wanted).select_related("activity", "providing_activity").order_by("activity__number", "pk")


def _use_entries(rows: Sequence[Any], subject: Subject, day: date) -> Iterable[Sequence[Entry]]:
    """On both sides of a use stands one 組織 alone: then it is no use by others."""
    for use in rows:
        uses_itself = use.is_using and subject.kind in USED.subjects
        sides = [(PROVIDED, use.is_providing and not uses_itself), (USED, uses_itself)]
        yield [_use_entry(use, group) for group, is_on_it in sides if is_on_it]


def _use_entry(use: OutOfPurposeUseVersion, group: Group) -> Entry:
    words = OutOfPurposeUseVersion.CODE_LISTS["kinds"]
    kinds = [words[code] for code in words if code in use.kinds]
    return Entry(
        group=group.code,
        who=place(use.department_name),
        business=named(use.activity_number, use.activity_name),
        source=named(use.providing_number, use.providing_activity_name),
        source_place=place(use.providing_department_name),
        data=shortened("、".join([*kinds, use.kinds_other] if use.kinds_other else kinds)),
        period=period(use),
        url=use.get_absolute_url(),
    )


def _with_partner(kind: RecordKind, subject: Subject, day: date) -> QuerySet:
    wanted = Q(activity__in=subject.activities) | Q(proposal__department__in=subject.departments)
    wanted |= Q(partner_name__in=subject.partners)
    rows = kind.model.objects.as_of(day).filter(wanted)
    return rows.select_related("activity").order_by("activity__number", "pk")


def _partner_entries(group: Group, rows: Sequence[Any], subject: Subject, day: date) -> Iterable[Sequence[Entry]]:
    for record in rows:
        business = named(record.activity_number, record.activity_name)
        yield [
            Entry(
                group=group.code,
                who=record.partner_name,
                business=getattr(record, "subject", ""),
                source="　".join(part for part in (record.department_name, business) if part),
                data=shortened(record.items),
                period=period(record),
                url=record.get_absolute_url(),
            )
        ]


def _linkage_entries(rows: Sequence[Any], subject: Subject, day: date) -> Iterable[Sequence[Entry]]:
    for linkage in rows:
        yield [_linkage_entry(linkage)]


def _linkage_entry(linkage: LinkageVersion) -> Entry:
    """The partner uses what is provided; what the ward receives stands beside it."""
    given = [("提供する", linkage.provided_items), ("提供を受ける", linkage.received_items)]
    return Entry(
        group=LINKAGES.code,
        who=linkage.partner_name,
        business="",
        source=named(linkage.activity_number, linkage.activity_name),
        source_place=place(linkage.department_name),
        leads_to_source=True,
        data="／".join(f"{side}：{shortened(items)}" for side, items in given if items.strip()),
        period=period(linkage),
        url=linkage.get_absolute_url(),
    )
