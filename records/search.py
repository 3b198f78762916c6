"""案件と記録票の検索: what of a file and of a record can be found, by whom, and when it is written anew."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any

from django.db.models import CharField, DateField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from common.business_number import BusinessNumberError, parse
from common.rows import RowsField
from history.versions import VersionModel
from organization import rules
from organization.models import Department, DepartmentKind, Succession, User
from organization.names import named_by
from records.kinds import KINDS, RecordKind
from records.models import Paper, PaperSection, Proposal, RecordVersion
from records.states import Status
from registry.models import Activity
from search.documents import Asked, Document, DocumentKind, Line, Presented, Shown, register
from search.places import Audience
from search.versioned import Versioned, precedence

PROPOSAL = "proposal"
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
            present=_alone(PROPOSAL),
            together=_shown,
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
        state_of=_state_of,
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
            present=_alone(kind.code),
            together=_shown,
        )
    )


def title_of(record: RecordVersion) -> str:
    """A record as a result names it: the business, or what was outsourced, with the other side."""
    own = getattr(record, "subject", "").strip() or str(record)
    other = getattr(record, _other_side(type(record)))
    return f"{own}（{other}）" if other.strip() else own


def _other_side(model: type[RecordVersion]) -> str:
    """The column that names whoever is on the other side of a record."""
    return "partner_name" if hasattr(model, "partner_name") else "providing_activity_name"


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
    return _read_number(version.activity_number)


def _read_number(text: str) -> str:
    try:
        return parse(text).number if text.strip() else ""
    except BusinessNumberError:
        return ""


def _of_activities(kind: RecordKind, rows: Sequence[Activity]) -> set[int]:
    """The records of businesses whose number may have come."""
    versions = kind.model.objects.filter(activity__in=[row.pk for row in rows])
    return set(versions.order_by().values_list(kind.identity, flat=True))


def _state_of(version: Any, day: date) -> tuple[str, str]:
    """状態 of a record on `day`: in force or not, else that of its file."""
    if version.valid_from is None:
        return tuple(version.proposal.shown_state)
    if version.in_force(day):
        return "in_force", "有効"
    return ("ended", "終了") if version.valid_from <= day else ("scheduled", "効力の始まる前")


# --- 案件: one document each, found by those who see the file


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


# --- how hits of all five kinds are shown: one statement


def _alone(code: str) -> Callable[[User, Collection[int], Collection[int], date], Presented]:
    return lambda user, identities, versions, day: _shown(user, {code: (identities, versions)}, day)[code]


def _shown(user: User, asked: Mapping[str, Asked], day: date) -> dict[str, Presented]:
    """How hits are shown, kind by kind: by identity the version that holds on `day`, by undecided version itself."""
    parts = [_lines(code, user, *both) for code, both in asked.items()]
    lines = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    chosen: dict[str, dict[int, Any]] = {code: {} for code in asked}
    drafts: dict[str, dict[int, Shown]] = {code: {} for code in asked}
    rows = [SimpleNamespace(**dict(zip(_COLUMNS, line, strict=True))) for line in lines]
    for row in sorted(rows, key=lambda row: (row.code, row.start or date.min, row.pk)):
        row.valid_from, row.valid_to = row.start, row.end
        row.in_force = partial(VersionModel.in_force, row)
        standing = chosen[row.code].get(row.identity)
        if row.start is None:
            drafts[row.code][row.pk] = _of_line(row, day)
        elif standing is None or precedence(row, day) > precedence(standing, day):
            chosen[row.code][row.identity] = row
    return {code: ({pk: _of_line(row, day) for pk, row in chosen[code].items()}, drafts[code]) for code in asked}


# What one line of the statement holds, whatever kind it is of.
_COLUMNS = (
    "code", "pk", "identity", "start", "end", "title", "subject", "other", "number", "typed", "state", "reason",
    "unit", "unit_kind", "above", "above_kind",
)  # fmt: skip


def _lines(code: str, user: User, identities: Collection[int], versions: Collection[int]) -> QuerySet:
    if code == PROPOSAL:
        rows = rules.permitted(Proposal.objects.filter(pk__in=versions), user, "view_proposal")
        no_day, words, prefix = Cast(Value(None), DateField()), Value("", output_field=CharField()), ""
        special = {"identity": F("pk"), "start": no_day, "end": no_day, "subject": words, "other": words}
        special |= {"number": words, "typed": words, "title_": F("title")}
    else:
        kind = KINDS[code]
        in_force = Q(valid_from__isnull=False)
        decided = in_force & Q(**{f"{kind.identity}__in": identities})
        found = kind.model.objects.filter(decided | (~in_force & Q(pk__in=versions)))
        rows, prefix = rules.permitted(found, user, kind.view_page), "proposal__"
        subject = F("subject") if hasattr(kind.model, "subject") else Value("", output_field=CharField())
        special = {"identity": F(f"{kind.identity}_id"), "start": F("valid_from"), "end": F("valid_to")}
        special |= {"subject": subject, "other": F(_other_side(kind.model)), "title_": F("activity_name")}
        special |= {"number": _or_empty("activity__number"), "typed": F("activity_number")}
    shared = {
        "code": Value(code, output_field=CharField()),
        "state": F(f"{prefix}status"),
        "reason": F(f"{prefix}return_reason"),
        "unit": F(f"{prefix}department__name"),
        "unit_kind": F(f"{prefix}department__kind"),
        "above": _or_empty(f"{prefix}department__parent__name"),
        "above_kind": _or_empty(f"{prefix}department__parent__kind"),
    }
    named = {f"line_{name}": expression for name, expression in (special | shared).items()}
    columns = ["pk" if name == "pk" else f"line_{'title_' if name == 'title' else name}" for name in _COLUMNS]
    return rows.order_by().annotate(**named).values_list(*columns)


def _or_empty(path: str) -> Coalesce:
    return Coalesce(F(path), Value(""), output_field=CharField())


def _of_line(row: Any, day: date) -> Shown:
    file = Proposal(status=row.state, return_reason=row.reason)
    state, words = _state_of(SimpleNamespace(**vars(row), proposal=file), day)
    in_division = row.unit_kind == DepartmentKind.SECTION and row.above_kind == DepartmentKind.DIVISION
    own = row.subject.strip() or row.title or "（業務未選択）"
    page = "view_proposal" if row.code == PROPOSAL else KINDS[row.code].view_page
    return Shown(
        title=f"{own}（{row.other}）" if row.other.strip() else own,
        url=reverse(page, args=[row.pk]),
        number=row.number or _read_number(row.typed),
        department=f"{row.above} {row.unit}" if in_division else row.unit,
        state=state,
        state_words=words,
    )
