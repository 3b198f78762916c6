"""見せかた: what pages show of a file and its sheets, gathered for the templates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from common.rows import RowsField
from common.wareki import PartialDate, format_date
from organization import rules
from organization.models import User
from printing import output, pdf, sheets
from records.checks import RULES
from records.kinds import KINDS, RecordKind, kind_of
from records.models import LinkageVersion, OutOfPurposeUseVersion, Partner, Proposal, RecordVersion
from records.models.parts import WithPartner
from records.papers.layouts import headings_of
from records.services.completeness import missing_labels
from records.services.remarks import remarks
from records.states import WAITING, Route, Status


@dataclass(frozen=True)
class Card:
    """One sheet of a file, as the file's page shows it."""

    record: RecordVersion
    kind: RecordKind
    number: int
    missing: list[str]
    in_force: bool
    facts: list[tuple[str, str]]
    remarks: list[str]
    asks_provider: bool
    may_answer: bool


def cards(user: User, records: Iterable[RecordVersion]) -> list[Card]:
    """The sheets of a file in its order."""
    today = timezone.localdate()
    answerable = _answerable(user, records)
    return [
        Card(
            record=record,
            kind=kind_of(record),
            number=number,
            missing=missing_labels(record),
            in_force=record.in_force(today),
            facts=facts(record),
            remarks=remarks(record),
            asks_provider=_asks_provider(record) and record.status != Status.DRAFT,
            may_answer=isinstance(record, OutOfPurposeUseVersion) and record.pk in answerable,
        )
        for number, record in enumerate(records, start=1)
    ]


def _asks_provider(record: RecordVersion) -> bool:
    """A new use or a change; of an end nothing is asked."""
    return isinstance(record, OutOfPurposeUseVersion) and not record.is_end


def facts(record: RecordVersion) -> list[tuple[str, str]]:
    """What a card says of a sheet: the other side, when, and the council's decision; empty lines are left out."""
    if record.is_end:
        last_day = f"{format_date(record.ends_on, 'weekday')}（翌日から効力がなくなります）"
        return [("終了する日", last_day), ("終了の理由", record.end_reason)]
    bracket = _bracket(record.council_date, record.consultation_number)
    if isinstance(record, LinkageVersion):
        change = _bracket(record.change_council_date, record.change_consultation_number)
        lines = [("結合年月日", f"{record.linked_on}{bracket}")]
        lines += [("結合変更年月日", f"{record.changed_on}{change}")] if record.is_change else []
    else:
        lines = [("期間", _period(record)), ("審議会事項", bracket.strip("（）"))]
    if isinstance(record, OutOfPurposeUseVersion):
        provider = f"{record.providing_department_name}　{record.providing_activity_name}"
        return [("提供する業務", provider.strip()), *((label, text) for label, text in lines if text)]
    return [("相手方", record.partner_name), *((label, text) for label, text in lines if text)]


def _bracket(day: PartialDate, number: str) -> str:
    return f"（審議会　{day}　諮問第{number}号）" if number else ""


def _period(record: RecordVersion) -> str:
    if record.continues_from:
        return f"{record.continues_from.text.removesuffix('以降継続')}以降継続"
    clause = f"（{record.continuing_clause}）" if getattr(record, "continuing_clause", "") else ""
    return f"{record.period_from}から{record.period_to}まで{clause}" if record.period_from else ""


@dataclass(frozen=True)
class RowTable:
    """番号付きの行 of a record, as its page shows them."""

    label: str
    columns: list[str]
    rows: list[list[str]]


def row_tables(record: Model) -> list[RowTable]:
    """再委託, 経由・最終提供先, 事務処理の流れ, 根拠文書: those in which something stands."""
    fields = [field for field in record._meta.concrete_fields if isinstance(field, RowsField)]
    return [
        RowTable(
            label=str(field.verbose_name),
            columns=[column.label for column in field.columns],
            rows=[[column.shown(row) for column in field.columns] for row in getattr(record, field.name)],
        )
        for field in fields
        if getattr(record, field.name)
    ]


@dataclass(frozen=True)
class RecordLine:
    """One record in a short list."""

    kind: str
    words: str
    url: str


def records_of_partner(partner: Partner, user: User, day: date) -> list[RecordLine]:
    """The records of all kinds with this partner that are in force on `day` and that `user` may see."""
    found = []
    for kind in KINDS.values():
        if issubclass(kind.model, WithPartner):
            rows = kind.model.objects.as_of(day).filter(partner=partner).order_by("pk")
            for record in rules.permitted(rows, user, kind.view_page):
                words = f"{record.department_name}　{record}"
                found.append(RecordLine(kind.short, words, record.get_absolute_url()))
    return found


def _answerable(user: User, records: Iterable[RecordVersion]) -> set[int]:
    """The uses that `user` may confirm; one query for the whole file."""
    uses = [record.pk for record in records if _asks_provider(record)]
    if not uses:
        return set()
    rows = OutOfPurposeUseVersion.objects.filter(pk__in=uses)
    return set(rules.permitted(rows, user, "confirm_provision").values_list("pk", flat=True))


@dataclass(frozen=True)
class Step:
    """A step that is open to this person now: a button of the file's page."""

    action: str
    label: str
    url: str
    look: str


# In the order of the way; the looks are those of the buttons in app.css (one primary, refusals red, the rest neutral).
_STEPS = {
    "request_approval": "btn-p",
    "submit_proposal": "btn-n",
    "approve_proposal": "btn-p",
    "accept_proposal": "btn-p",
    "decide_proposal": "btn-p",
    "report_proposal": "btn-p",
    "reject_proposal": "btn-d",
    "send_back_proposal": "btn-d",
    "return_proposal": "btn-d",
    "withdraw_proposal": "btn-n",
    "undo_decision": "btn-n",
}
_LABELS = {
    "submit_proposal": "提出する（自ら起案）",
    "approve_proposal": "承認して提出する",
    "send_back_proposal": "担当へ差し戻す",
    "accept_proposal": "受理する",
    "return_proposal": "差し戻す",
    "decide_proposal": "審議会の決定を記入する",
    "report_proposal": "審議会への報告を記入する",
    "reject_proposal": "不承認を記入する",
    "undo_decision": "結果を取り消す",
    "withdraw_proposal": "取り下げる",
}


def open_steps(
    user: User, proposal: Proposal, records: Iterable[RecordVersion], rights: Iterable[str] = ()
) -> tuple[list[Step], set[str]]:
    """The steps that `user` may take with `proposal` as it stands (`records`: its sheets), and those of the further
    actions `rights` that they may do; one statement for all.
    """
    rights = set(rights)
    open_now = rules.allowed(user, [*_STEPS, *rights], proposal)
    granted, open_now = open_now & rights, open_now - rights
    if "submit_proposal" in open_now and proposal.written_by_id not in user.writer_ids_today:
        open_now.remove("submit_proposal")
    settling = {
        "decide_proposal": Route.CONSULTATION,
        "reject_proposal": Route.CONSULTATION,
        "report_proposal": Route.REPORT,
    }
    if open_now & settling.keys():
        routes = {record.route for record in records if record.status in WAITING}
        open_now -= {action for action, route in settling.items() if route not in routes}
    if proposal.status in WAITING and all(record.status in WAITING for record in records):
        open_now.discard("undo_decision")  # nothing has come of the file yet
    steps = [
        Step(action, _LABELS.get(action, rules.RULES[action].label), reverse(action, args=[proposal.pk]), look)
        for action, look in _STEPS.items()
        if action in open_now
    ]
    return steps, granted


def sheet_fragment(record: RecordVersion, values: Any = None, *, marks_changes: bool = False) -> SafeString:
    """The official sheet of a record as HTML, from its own values or from those being typed.

    With `marks_changes` what a 変更 changes is bold and underlined, and the sheet says from which contents.
    """
    sheet = sheets.get(kind_of(record).sheet_code)
    layout = sheets.layout_for(sheet, record, today=timezone.localdate())
    baseline = baseline_of(record) if marks_changes else None
    return sheets.render_fragment(sheet, sheet.values(record) if values is None else values, layout, baseline)


def baseline_of(record: RecordVersion) -> Mapping[str, Any] | None:
    """変更前: the values of the version that `record` changes, with the line that names it; None for a new one."""
    before = record.replaces
    if before is None:
        return None
    since = f"{format_date(before.valid_from)}から効力のある" if before.valid_from else "変更前の"
    note = f"※太ゴシック(下線)が、{since}記録票の内容からの変更箇所"
    return {**sheets.get(kind_of(record).sheet_code).values(before), "change_note": note}


def print_changes(record: RecordVersion, allow_missing: bool) -> bytes:
    """変更箇所を示した印刷: the sheet with its changes marked. Raises MissingGlyphs."""
    fragments = output.checked([sheet_fragment(record, marks_changes=True)], allow_missing=allow_missing)
    return pdf.render(fragments, title=f"{sheets.get(kind_of(record).sheet_code).title} {record}（変更箇所）")


def earlier_versions(record: RecordVersion) -> QuerySet:
    """All versions of the same record that were in force, newest first."""
    kind = kind_of(record)
    same = kind.model.objects.filter(**{kind.identity: getattr(record, f"{kind.identity}_id")})
    return same.filter(valid_from__isnull=False).order_by("-valid_from", "-pk")


def trail_subjects(proposal: Proposal) -> dict[Model, str]:
    """The file and all its sheets, also those taken out, each with the words that its history calls it by."""
    kept = {one: f"{number}「{one}」" for number, one in enumerate(proposal.records(), start=1)}
    removed = {one: f"取りやめた記録票「{one}」" for one in proposal.removed_records()}
    answers = {one: f"点検「{RULES[one.rule].name}」への答え" for one in proposal.check_answers.all()}
    return {proposal: "案件", **kept, **removed, **_paper_subjects(proposal), **answers}


def _paper_subjects(proposal: Proposal) -> dict[Model, str]:
    """The papers with their sections, attachments and checklists; one query for a file without papers."""
    papers = list(proposal.papers.prefetch_related("sections", "checklists__answers"))
    if not papers:
        return {}
    headings = headings_of(paper.layout_code for paper in papers)
    found: dict[Model, str] = {}
    for paper in papers:
        words = f"{'取りやめた' if paper.is_removed else ''}資料「{paper}」"
        found[paper] = words
        for section in paper.sections.all():
            found[section] = f"{words}の「{headings.get((paper.layout_code, section.key), section.key)}」"
        for checklist in paper.checklists.all():
            found[checklist] = f"{words}のチェックリスト"
            for answer in checklist.answers.all():
                found[answer] = f"{words}のチェックリストの回答（{answer.item}）"
    for attachment in proposal.attachments.select_related("file", "partner"):
        found[attachment] = f"添付資料「{attachment}」"
    return found
