"""前回の案件から: a new file begins with what an earlier one of the department says.

What is copied: the records' fields (as new records, or as 変更 of those in force), the papers' texts with their
measures, and the attachments as references, kept once however many papers name them.

What is not: what belongs to the procedure of the old file (起案者, 提出日, 審議会の日付, 諮問番号, 決定, 報告,
提供課の確認, 資料番号), what is to be answered anew (チェックリスト), and on a new record its days and its contract.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from common.fields import PartialDateField
from history.errors import DomainError
from history.writing import Actor, Write
from organization import rules
from organization.models import Department, User
from printing.models import SheetLayout
from records.kinds import kind_of
from records.models import Paper, PaperAttachment, Proposal, RecordVersion
from records.papers.layouts import offered, sections_of
from records.services.amending import add_change, require_latest
from records.services.drafting import SHEET_SPACE, create_proposal
from records.services.locks import lock_proposal
from records.services.paper_rows import keep_measures
from records.services.papers import create_paper

ACTION = "copy_proposal"
# Beside its dates, what a new record does not take over: the contract of the old one.
_OF_THE_CONTRACT = frozenset({"contract_number", "contract_renewal", "subcontracts"})


class NothingToChange(DomainError):
    """変更できる記録なし: no record of the old file is in force and free to be changed."""

    def __init__(self) -> None:
        super().__init__("前回の案件に、いま変更できる効力のある記録票がありません。新しい記録として写してください。")


def files_to_copy(user: User) -> QuerySet:
    """Files of the person's own departments that they may see, newest first."""
    seen = rules.permitted(Proposal.objects.all(), user, "view_proposal")
    return rules.permitted(seen, user, ACTION).select_related("department__parent").order_by("-pk")


@transaction.atomic
def copy_proposal(
    proposal: Proposal,
    *,
    title: str,
    department: Department,
    as_change: bool,
    token: UUID,
    actor: Actor,
    reason: str = "",
) -> Proposal:
    """前回の案件からの起案: see the module for what is copied. The same `token` again gives the first copy back.

    `as_change`: records in force become 変更 (with `reason`), others new records. Raises NothingToChange,
    AlreadyChanged, Ended and ChangeUnderWay for a record that cannot be changed now, ReasonRequired.
    """
    proposal = lock_proposal(proposal)  # the second click of two finds what the first made
    rules.require(actor, ACTION, proposal)
    existing = Proposal.objects.filter(token=token).first()
    if existing is not None:
        return existing
    copy = create_proposal(
        title=title, department=department, token=token, actor=actor, source_note=f"写しもと：{proposal.title}"[:200]
    )
    records = [record for record in proposal.records() if not record.is_end]
    current = {record: _in_force(record) for record in records} if as_change else {}
    if as_change and not any(current.values()):
        raise NothingToChange
    for position, record in enumerate(records, start=1):
        version = current.get(record)
        if version is not None:
            rules.require(actor, "revise_record", version)
            require_latest(version)
            add_change(version, copy, position=position, actor=actor, action="revise_record", reason=reason)
        else:
            _add_new(record, copy, position, uuid5(token, f"{kind_of(record).code}:{record.pk}"), actor)
    for paper in proposal.papers.in_use():
        _copy_paper(paper, copy, uuid5(token, f"paper:{paper.pk}"), as_change, actor)
    return copy


def _in_force(record: RecordVersion) -> RecordVersion | None:
    """The version of the same record that is in force today."""
    kind = kind_of(record)
    versions = kind.model.objects.filter(**{kind.identity: getattr(record, f"{kind.identity}_id")})
    return versions.as_of(timezone.localdate()).select_related("proposal__department__parent").first()


def _add_new(record: RecordVersion, copy: Proposal, position: int, token: UUID, actor: Actor) -> None:
    kind = kind_of(record)
    identity = kind.identity_model(token=token)
    identity.save_as(actor, action="add_record")
    values: dict[str, Any] = {name: getattr(record, name) for name in kind.editable if _is_copied(record, name)}
    if copy.department != record.proposal.department:
        values["department_name"] = copy.department.full_name.replace(" ", SHEET_SPACE)
        values["responsible"] = copy.department.head_title
    draft = kind.model(proposal=copy, position=position, **{kind.identity: identity}, **values)
    kind.derive(draft)
    draft.full_clean()
    draft.save_as(actor, action="add_record")


def _is_copied(record: RecordVersion, name: str) -> bool:
    """Not the days of the old record, nor its contract."""
    return name not in _OF_THE_CONTRACT and not isinstance(record._meta.get_field(name), PartialDateField)


def _copy_paper(paper: Paper, copy: Proposal, token: UUID, marks_changes: bool, actor: Actor) -> None:
    """The texts in today's layout of the kind; without one (a kind no longer written) the paper stays behind."""
    layout = _layouts(timezone.localdate()).get(paper.layout_code)
    if layout is None:
        return
    made = create_paper(copy, layout=layout, token=token, actor=actor, copy_of=paper)
    if made.marks_changes != marks_changes:
        made.marks_changes = marks_changes
        made.full_clean()
        made.save_as(actor, action="create_paper")
    texts = dict(made.sections.values_list("key", "text"))
    measures = [(one, texts.get(one["key"], "")) for one in sections_of(layout.wording, "measures")]
    keep_measures(made, measures, {}, Write(actor, "create_paper", ""))
    for row in paper.attachments.in_use():
        reference = PaperAttachment(
            paper=made,
            attachment_id=row.attachment_id,
            position=row.position,
            is_omitted=row.is_omitted,
            in_text=row.in_text,
        )
        reference.full_clean()
        reference.save_as(actor, action="create_paper")


def _layouts(day: date) -> Mapping[str, SheetLayout]:
    return {layout.code: layout for layout in offered(day)}
