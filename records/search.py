"""案件と記録票の検索: what of a file and of a record can be found, by whom, and when it is written anew."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from django.db.models import CharField, Q, TextField

from common.rows import RowsField
from organization import rules
from organization.models import Department, Succession
from organization.names import named_by
from records.hits import PROPOSAL, alone, other_side, read_number, shown, state_of
from records.kinds import KINDS, RecordKind
from records.models import Paper, PaperSection, Proposal, RecordVersion
from records.states import Status
from registry.models import Activity
from search.documents import Document, DocumentKind, Line, register
from search.places import Audience
from search.versioned import Versioned

# Stand in primary keys of documents: never changed, never used twice.
_PLACES = {"linkage": 3, "out-of-purpose": 4, "outsourcing": 5, "provision": 6}
_PROPOSAL_PLACE = 7


def register_documents() -> None:
    """Called when the application starts."""
    for code, place in _PLACES.items():
        _register_records(KINDS[code], place)
    register(
        DocumentKind(
            code=PROPOSAL,
            label="案件",
            place=_PROPOSAL_PLACE,
            view="view_proposal",
            identities=Proposal.objects.all,
            build=_proposals,
            touched={
                Proposal: lambda rows: [row.pk for row in rows],
                Paper: lambda rows: [row.proposal_id for row in rows],
                PaperSection: _of_sections,
                Department: lambda rows: _of_departments([row.pk for row in rows]),
                Succession: lambda rows: _of_departments([row.before_id for row in rows]),
            },
            drafts=lambda user: rules.permitted(Proposal.objects.all(), user, "view_proposal").values("pk"),
            present=alone(PROPOSAL),
            together=shown,
        )
    )


def _register_records(kind: RecordKind, place: int) -> None:
    """One kind of record. It is found by all staff once it was in force, before that by those who see its file."""
    versions = Versioned(
        kind=kind.code,
        model=kind.model,
        identity=kind.identity,
        decided=frozenset(),
        decided_when=Q(valid_from__isnull=False),
        holds=lambda version: version.valid_from is not None,
        kept=~Q(status=Status.WITHDRAWN),
        view=kind.view_page,
        fields=[("name", "業務の名称"), *_fields(kind), ("council", "諮問"), ("department", "所管課")],
        texts=partial(_texts, kind),
        number=_number,
        title_of=title_of,
        department_of=lambda version: version.proposal.department,
        department_path="proposal__department",
        state_of=state_of,
        page=kind.view_page,
        related=["activity", "proposal__department__parent"],
    )
    register(
        DocumentKind(
            code=kind.code,
            label=kind.short,
            place=place,
            view=kind.view_page,
            identities=kind.identity_model.objects.all,
            build=versions.build,
            touched={
                kind.model: versions.of_versions,
                Activity: lambda rows: _of_activities(kind, rows),
                Department: lambda rows: versions.of_departments([row.pk for row in rows]),
                Succession: lambda rows: versions.of_departments([row.before_id for row in rows]),
            },
            drafts=versions.drafts,
            present=alone(kind.code),
            together=shown,
        )
    )


def title_of(record: RecordVersion) -> str:
    """A record as a result names it: the business, or what was outsourced, with the other side."""
    own = getattr(record, "subject", "").strip() or str(record)
    other = getattr(record, other_side(type(record)))
    return f"{own}（{other}）" if other.strip() else own


def _fields(kind: RecordKind) -> list[tuple[str, str]]:
    """The columns of the sheet that hold words, by their labels; dates and ticked boxes are not looked for."""
    columns = [kind.model._meta.get_field(name) for name in kind.editable if name != "activity_name"]
    return [(column.name, str(column.verbose_name)) for column in columns if _holds_words(column)]


def _holds_words(column: Any) -> bool:
    if isinstance(column, RowsField):
        return True
    return isinstance(column, CharField | TextField) and not column.choices


def _texts(kind: RecordKind, versions: Sequence[RecordVersion]) -> dict[int, dict[str, str]]:
    rows = [column for column in kind.model._meta.concrete_fields if isinstance(column, RowsField)]
    return {
        version.pk: {
            "name": version.activity_name,
            "council": "、".join(f"諮問第{number}号" for number in _numbers(version)),
            **{column.name: _rows(column, getattr(version, column.name)) for column in rows},
        }
        for version in versions
    }


def _rows(column: RowsField, rows: Iterable[Mapping[str, str]]) -> str:
    """The rows as lines of their cells."""
    return "\n".join("　".join(filter(None, (cell.shown(row) for cell in column.columns))) for row in rows)


def _numbers(version: RecordVersion) -> list[str]:
    numbers = (version.consultation_number, getattr(version, "change_consultation_number", ""))
    return [number for number in numbers if number]


def _number(version: RecordVersion) -> str:
    """That of the business, else what the sheet says while it can be read; "" without one."""
    if version.activity is not None and version.activity.number:
        return version.activity.number
    return read_number(version.activity_number)


def _of_activities(kind: RecordKind, rows: Sequence[Activity]) -> set[int]:
    """The records of businesses whose number may have come."""
    versions = kind.model.objects.filter(activity__in=[row.pk for row in rows])
    return set(versions.order_by().values_list(kind.identity, flat=True))


def _proposals(identities: Collection[int]) -> list[Document]:
    rows = Proposal.objects.filter(pk__in=identities).select_related("department__parent")
    papers = _papers(identities)
    return [
        Document(
            audience=Audience.DRAFT,
            identity=row.pk,
            version=row.pk,
            title=row.title,
            lines=[Line("件名", row.title), Line("所管課", row.department.full_name), *papers[row.pk]],
        )
        for row in rows.select_for_update(of=("self",)).order_by("pk")
    ]


def _papers(proposals: Collection[int]) -> Mapping[int, list[Line]]:
    """The titles and texts of the papers, by file."""
    found: dict[int, list[Line]] = defaultdict(list)
    sections = PaperSection.objects.filter(paper__proposal__in=proposals, paper__is_removed=False)
    order = sections.select_related("paper").order_by("paper__position", "paper", "pk")
    for section in order:
        lines = found[section.paper.proposal_id]
        title = Line("資料", str(section.paper))
        if title not in lines:
            lines.append(title)
        if section.text.strip():
            lines.append(Line("資料の文", section.text))
    return found


def _of_sections(rows: Sequence[PaperSection]) -> set[int]:
    return {row.paper.proposal_id for row in rows}


def _of_departments(departments: Collection[int]) -> set[int]:
    return set(Proposal.objects.filter(department__in=named_by(departments)).order_by().values_list("pk", flat=True))
