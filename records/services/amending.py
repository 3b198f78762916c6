"""変更と正誤: what may still happen to a record after it took effect."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from common.wareki import BLANK, PartialDate
from history.writing import Actor
from organization import rules
from organization.scoping import heir_for
from records.kinds import kind_of
from records.models import Proposal, RecordVersion
from records.models.record_versions import end_in_effect
from records.services.completeness import require_complete
from records.services.drafting import create_proposal
from records.services.errata import carry_into_change, columns_of, fill_in, require_slip, with_evidence
from records.services.errors import AlreadyChanged, ChangeUnderWay, Ended, NotInForceYet, RouteDoesNotFit
from records.services.locks import lock_record
from records.services.routes import offered_routes
from records.services.validity import put_into_force
from records.states import UNDECIDED


@transaction.atomic
def revise_record(
    record: RecordVersion, *, title: str, reason: str, token: UUID, actor: Actor, source_note: str = ""
) -> Proposal:
    """記録の変更の起案: a new file with a version that starts as a copy; the old one stays in force until then.

    The same `token` again gives the first file back. Raises ChangeUnderWay, AlreadyChanged, Ended.
    """
    record = lock_record(record)
    rules.require(actor, "revise_record", record)
    existing = Proposal.objects.filter(token=token).first()
    if existing is not None:
        return existing
    require_latest(record)
    department = heir_for(actor, record.proposal.department, timezone.localdate())
    proposal = create_proposal(title=title, department=department, token=token, actor=actor, source_note=source_note)
    add_change(record, proposal, position=1, actor=actor, action="revise_record", reason=reason)
    return proposal


def add_change(
    record: RecordVersion, proposal: Proposal, *, position: int, actor: Actor, action: str, reason: str
) -> RecordVersion:
    """The version of a 変更 in `proposal`, as a copy of `record`; part of a step that has asked the table."""
    kind = kind_of(record)
    department = proposal.department
    draft = kind.model(
        proposal=proposal,
        position=position,
        replaces=record,
        **{kind.identity: getattr(record, kind.identity)},
        **{name: getattr(record, name) for name in kind.editable},
    )
    if kind.change_bracket is not None:
        # 結合年月日 keeps its own bracket; the change's is filled by the coming decision (architecture §4).
        draft.council_date, draft.consultation_number = record.council_date, record.consultation_number
        draft.changed_on = _template(record.changed_on)
        draft.change_council_date = _template(record.change_council_date)
    for name in kind.not_copied:
        setattr(draft, name, BLANK)
    if department != record.proposal.department:
        # The old sheet keeps the name that it was printed with; the new one is the successor's (decision 0004).
        draft.department_name, draft.responsible = department.full_name, department.head_title
    kind.derive(draft)
    draft.full_clean()
    return draft.save_as(actor, action=action, reason=reason)


def require_latest(record: RecordVersion) -> None:
    """Raise AlreadyChanged, Ended or ChangeUnderWay unless a change or an end may follow on `record`."""
    if record.replaced_by.filter(valid_from__isnull=False).exists():
        raise AlreadyChanged
    kind = kind_of(record)
    versions = kind.model.objects.filter(**{kind.identity: getattr(record, kind.identity)})
    if end := versions.filter(end_in_effect()).first():
        raise Ended(end.ends_on)
    if versions.not_yet_in_force().filter(status__in=UNDECIDED).exists():
        raise ChangeUnderWay


def _template(last: PartialDate) -> PartialDate:
    """What the new sheet prints before the day is known: the paper's blank; the last change's day is not the next's."""
    return BLANK if last else last


@transaction.atomic
def correct_record(
    record: RecordVersion, *, values: dict[str, Any], reason: str, lock: int, actor: Actor, evidence: str = ""
) -> RecordVersion:
    """正誤（決定後の訂正）: the paper was wrong, the use was not; same version, and the trail keeps what stood before.

    Boxes that say what the council was asked need `evidence`: the document which shows that the decision said so.
    Raises StaleEdit, NotInForceYet, NothingToCorrect, NotASlip, RecordIncomplete, RouteDoesNotFit, ChangeTooEarly.
    """
    record = lock_record(record)
    rules.require(actor, "correct_record", record)
    record.check_lock(lock)
    if record.valid_from is None:
        raise NotInForceYet
    route, before = record.route, columns_of(record)
    fill_in(record, values, before)
    kind_of(record).derive(record)
    record.route = route  # the office's choice at the acceptance; what is written suggests another at most
    if route not in offered_routes(record, record.proposal.form_date):
        raise RouteDoesNotFit("訂正で、審議会への経路が変わる根拠には直せません。変更の案件をつくってください。")
    changed = require_slip(record, before, evidence)
    require_complete([record])
    reason = with_evidence(reason, evidence)
    put_into_force(record, actor=actor, action="correct_record", reason=reason)
    carry_into_change(record, changed, before, actor=actor, reason=reason)
    return record
