"""受理・決定・報告: the office puts records into force."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from common.wareki import PartialDate
from history.writing import Actor
from organization import rules
from records.kinds import LINKAGE, kind_of
from records.models import Confirmation, OutOfPurposeUseVersion, Proposal, RecordVersion
from records.models.out_of_purpose import Ground
from records.services.errors import ConsultationNumberMissing, NothingToDecide, ProviderNotAsked, RouteDoesNotFit
from records.services.locks import lock_proposal
from records.services.steps import move
from records.services.validity import put_into_force
from records.states import Route, Status


@transaction.atomic
def accept_proposal(
    proposal: Proposal, *, actor: Actor, routes: Mapping[RecordVersion, Route] | None = None
) -> Proposal:
    """受理: the office takes the file and settles the route of each record (`routes`; else as the grounds say).

    A record of the route 報告 is in force from its 適用日. Raises ProviderNotAsked, RouteDoesNotFit.
    """
    proposal = lock_proposal(proposal)
    rules.require(actor, "accept_proposal", proposal)
    records = proposal.records()
    _require_confirmed(records)
    for record in records:
        route = (routes or {}).get(record, record.route)
        _require_fitting(record, route)
        if route != record.route:
            record.route = route
            record.save_as(actor, action="accept_proposal")
    proposal = move(proposal, Status.ACCEPTED, actor=actor, action="accept_proposal")
    for record in proposal.records():
        if record.route == Route.REPORT:
            put_into_force(record, actor=actor, action="accept_proposal")
    return proposal


@transaction.atomic
def decide_proposal(proposal: Proposal, *, council_date: date, consultation_number: str, actor: Actor) -> Proposal:
    """決定: writes 審議会の日付 and 諮問番号 into each record that went by 諮問, and puts it into force.

    Raises NothingToDecide, and ConsultationNumberMissing for a number of blanks only.
    """
    proposal = lock_proposal(proposal)
    rules.require(actor, "decide_proposal", proposal)
    if not consultation_number.strip():
        raise ConsultationNumberMissing
    decided = _open_records(proposal, Route.CONSULTATION)
    for record in decided:
        _fill_bracket(record, PartialDate.of(council_date), consultation_number)
        record.status = Status.DECIDED
        put_into_force(record, actor=actor, action="decide_proposal")
    return _settle(proposal, actor, "decide_proposal")


@transaction.atomic
def report_proposal(proposal: Proposal, *, on: date, actor: Actor) -> Proposal:
    """報告: the council was told on `on`; the line 審議会事項 stays empty, the record was in force already."""
    proposal = lock_proposal(proposal)
    rules.require(actor, "report_proposal", proposal)
    for record in _open_records(proposal, Route.REPORT):
        record.status, record.reported_on = Status.REPORTED, on
        record.full_clean()
        record.save_as(actor, action="report_proposal")
    return _settle(proposal, actor, "report_proposal")


def _fill_bracket(record: RecordVersion, council_date: PartialDate, number: str) -> None:
    """New: the bracket of 結合年月日; 変更: that of 結合変更年月日, the first stays (architecture §4)."""
    if kind_of(record) is LINKAGE and record.is_change:
        record.change_council_date, record.change_consultation_number = council_date, number
    else:
        record.council_date, record.consultation_number = council_date, number


def _open_records(proposal: Proposal, route: Route) -> list[RecordVersion]:
    accepted = [record for record in proposal.records() if record.status == Status.ACCEPTED]
    records = [record for record in accepted if record.route == route]
    if not records:
        raise NothingToDecide(Route(route).label)
    return records


def _settle(proposal: Proposal, actor: Actor, action: str) -> Proposal:
    """The file is settled with its last record; a file with a decision in it is 決定, else 報告済."""
    states = {record.status for record in proposal.records()}
    if Status.ACCEPTED in states:
        return proposal
    proposal.status = Status.DECIDED if Status.DECIDED in states else Status.REPORTED
    proposal.full_clean()
    return proposal.save_as(actor, action=action)


def _require_confirmed(records: list[RecordVersion]) -> None:
    waiting = [
        record.providing_department_name
        for record in records
        if isinstance(record, OutOfPurposeUseVersion) and record.confirmation != Confirmation.CONFIRMED
    ]
    if waiting:
        raise ProviderNotAsked(waiting)


def _require_fitting(record: RecordVersion, route: Route) -> None:
    if not isinstance(record, OutOfPurposeUseVersion):
        return
    if route == Route.CONSULTATION and Ground.COUNCIL not in record.grounds:
        raise RouteDoesNotFit(f"{record}：諮問するには、根拠の「審議会事項」に印が必要です。")
    if route == Route.REPORT and Ground.COUNCIL in record.grounds:
        raise RouteDoesNotFit(f"{record}：根拠が「審議会事項」の記録票は、報告だけでは済みません。")
