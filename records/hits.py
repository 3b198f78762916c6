"""検索の結果の見せかた: how hits of all four kinds of records and of files are shown, by one statement."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any

from django.db.models import CharField, DateField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from common.business_number import BusinessNumberError, parse
from history.versions import VersionModel
from organization import rules
from organization.models import DepartmentKind, User
from records.kinds import KINDS
from records.models import Proposal, RecordVersion
from search.documents import Asked, Presented, Shown
from search.versioned import precedence

PROPOSAL = "proposal"


def other_side(model: type[RecordVersion]) -> str:
    """The column that names whoever is on the other side of a record."""
    return "partner_name" if hasattr(model, "partner_name") else "providing_activity_name"


def read_number(text: str) -> str:
    """The 業務登録番号 that a sheet says, in its one spelling; empty for none, and for what is none."""
    try:
        return parse(text).number if text.strip() else ""
    except BusinessNumberError:
        return ""


def state_of(version: Any, day: date) -> tuple[str, str]:
    """状態 of a record on `day`: in force or not, else that of its file."""
    if version.valid_from is None:
        return tuple(version.proposal.shown_state)
    if version.in_force(day):
        return "in_force", "有効"
    return ("ended", "終了") if version.valid_from <= day else ("scheduled", "効力の始まる前")


def alone(code: str) -> Callable[[User, Collection[int], Collection[int], date], Presented]:
    return lambda user, identities, versions, day: shown(user, {code: (identities, versions)}, day)[code]


def shown(user: User, asked: Mapping[str, Asked], day: date) -> dict[str, Presented]:
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
        special |= {"subject": subject, "other": F(other_side(kind.model)), "title_": F("activity_name")}
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
    state, words = state_of(SimpleNamespace(**vars(row), proposal=file), day)
    in_division = row.unit_kind == DepartmentKind.SECTION and row.above_kind == DepartmentKind.DIVISION
    own = row.subject.strip() or row.title or "（業務未選択）"
    page = "view_proposal" if row.code == PROPOSAL else KINDS[row.code].view_page
    return Shown(
        title=f"{own}（{row.other}）" if row.other.strip() else own,
        url=reverse(page, args=[row.pk]),
        number=row.number or read_number(row.typed),
        department=f"{row.above} {row.unit}" if in_division else row.unit,
        state=state,
        state_words=words,
    )
