"""受理・決定・報告: the office puts records into force."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from common.wareki import PartialDate, format_date
from history.writing import Actor, SystemActor
from organization import rules
from records.kinds import kind_of
from records.models import Confirmation, OutOfPurposeUseVersion, Proposal, RecordVersion
from records.services.completeness import require_complete
from records.services.criteria import add_precedents
from records.services.errors import (
    ConsultationNumberMissing,
    ConsultationNumberWrong,
    ImplausibleDate,
    NothingToDecide,
    ProviderNotAsked,
    RouteDoesNotFit,
)
from records.services.locks import lock_proposal
from records.services.routes import offered_routes
from records.services.steps import move
from records.services.validity import put_into_force
from records.states import SETTLED, WAITING, Route, Status

_NUMBER = re.compile(r"\s*(?:諮問)?\s*第?\s*(?P<figures>[1-9][0-9]{0,4})\s*号?\s*")


@transaction.atomic
def accept_proposal(
    proposal: Proposal, *, actor: Actor, routes: Mapping[RecordVersion, Route] | None = None
) -> Proposal:
    """受理: the office takes the file and settles the route of each record (`routes`; else as the rules suggest).

    A record of the route 報告 is in force from its 適用日; so is one of the route 届出, which is done with that.
    Raises ProviderNotAsked, RouteDoesNotFit, SamePairInForce.
    """
    proposal = lock_proposal(proposal)
    rules.require(actor, "accept_proposal", proposal)
    records = proposal.records()
    require_complete(records)
    _require_confirmed(records)
    for record in records:
        route = (routes or {}).get(record, record.route)
        _require_fitting(record, route, proposal.form_date)
        if route != record.route:
            record.route = route
            record.save_as(actor, action="accept_proposal")
    proposal = move(proposal, Status.ACCEPTED, actor=actor, action="accept_proposal")
    notified = False
    for record in proposal.records():
        if record.route == Route.NOTIFICATION:
            record.status, notified = Status.NOTIFIED, True
        if record.route != Route.CONSULTATION:
            put_into_force(record, actor=actor, action="accept_proposal")
    return _settle(proposal, actor, "accept_proposal") if notified else proposal


@transaction.atomic
def decide_proposal(
    proposal: Proposal, *, council_date: date, consultation_number: str, actor: Actor, conditions: str = ""
) -> Proposal:
    """決定: writes 審議会の日付 and 諮問番号 into each record that went by 諮問, and puts it into force.

    `consultation_number`: 「26」, also 「第２６号」; `conditions`: what the council attached to its approval. Raises
    NothingToDecide, ConsultationNumberMissing, ConsultationNumberWrong, ImplausibleDate, ChangeTooEarly.
    """
    proposal = lock_proposal(proposal)
    rules.require(actor, "decide_proposal", proposal)
    number = plain_number(consultation_number)
    _require_plausible(council_date, proposal, actor)
    decided = _open_records(proposal, Route.CONSULTATION)
    for record in decided:
        _fill_bracket(record, PartialDate.of(council_date), number)
        record.status = Status.DECIDED
        put_into_force(record, actor=actor, action="decide_proposal")
    proposal.conditions = conditions
    return _settle(proposal, actor, "decide_proposal")


@transaction.atomic
def reject_proposal(
    proposal: Proposal, *, council_date: date, consultation_number: str, reason: str, actor: Actor
) -> Proposal:
    """不承認: the records that went by 諮問 keep date and number of the refusal and never come into force.

    Raises what `decide_proposal` raises of the date and the number.
    """
    proposal = lock_proposal(proposal)
    rules.require(actor, "reject_proposal", proposal)
    number = plain_number(consultation_number)
    _require_plausible(council_date, proposal, actor)
    for record in _open_records(proposal, Route.CONSULTATION):
        _fill_bracket(record, PartialDate.of(council_date), number)
        record.status = Status.REJECTED
        record.full_clean()
        record.save_as(actor, action="reject_proposal", reason=reason)
    proposal.rejection_reason = reason
    return _settle(proposal, actor, "reject_proposal", reason)


@transaction.atomic
def report_proposal(proposal: Proposal, *, on: date, actor: Actor) -> Proposal:
    """報告: the council was told on `on`; the line 審議会事項 stays empty, the record was in force already.

    A case under the criteria becomes one of their 事例.
    """
    proposal = lock_proposal(proposal)
    rules.require(actor, "report_proposal", proposal)
    _require_plausible(on, proposal, actor)
    reported = _open_records(proposal, Route.REPORT)
    for record in reported:
        record.status, record.reported_on = Status.REPORTED, on
        record.full_clean()
        record.save_as(actor, action="report_proposal")
    add_precedents(reported, on=on, actor=actor, action="report_proposal")
    return _settle(proposal, actor, "report_proposal")


def plain_number(text: str) -> str:
    """諮問番号 as it stands between 「諮問第」 and 「号」: the figures alone, half width."""
    if not text.strip():
        raise ConsultationNumberMissing
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text))
    if found is None:
        raise ConsultationNumberWrong(text)
    return found["figures"]


def _require_plausible(council_day: date, proposal: Proposal, actor: Actor) -> None:
    """After the submission and not in the future; papers taken over by the system keep the days they have."""
    if isinstance(actor, SystemActor):
        return
    if council_day > timezone.localdate():
        raise ImplausibleDate("審議会の日付が、きょうより先の日になっています。")
    if council_day < proposal.form_date:
        raise ImplausibleDate(f"審議会の日付が、提出日（{format_date(proposal.form_date)}）より前になっています。")


def _fill_bracket(record: RecordVersion, council_date: PartialDate, number: str) -> None:
    """New: the bracket of 結合年月日; 変更: that of 結合変更年月日, the first stays (architecture §4)."""
    bracket = kind_of(record).change_bracket if record.is_change else None
    day_field, number_field = bracket or ("council_date", "consultation_number")
    setattr(record, day_field, council_date)
    setattr(record, number_field, number)


def _open_records(proposal: Proposal, route: Route) -> list[RecordVersion]:
    records = [record for record in proposal.records() if record.status in WAITING and record.route == route]
    if not records:
        raise NothingToDecide(Route(route).label)
    return records


def _settle(proposal: Proposal, actor: Actor, action: str, reason: str = "") -> Proposal:
    """The file is settled with its last record: 決定 when there is a decision in it, else 報告済, 届出済, 不承認."""
    states = {record.status for record in proposal.records()}
    if not states & {*WAITING}:
        proposal.status = next(status for status in [*SETTLED, Status.REJECTED] if status in states)
    proposal.full_clean()
    return proposal.save_as(actor, action=action, reason=reason)


def _require_confirmed(records: list[RecordVersion]) -> None:
    waiting = [
        record.providing_department_name
        for record in records
        if isinstance(record, OutOfPurposeUseVersion)
        and not record.is_end  # nothing is asked of the provider any more
        and record.confirmation != Confirmation.CONFIRMED
    ]
    if waiting:
        raise ProviderNotAsked(waiting)


def _require_fitting(record: RecordVersion, route: Route, form_date: date) -> None:
    """Raise RouteDoesNotFit unless the rules leave `route` open to the record."""
    offered = offered_routes(record, form_date)
    if route not in offered:
        reasons = "".join(offered.values())
        raise RouteDoesNotFit(f"{record}：経路を「{Route(route).label}」にはできません。{reasons}")
