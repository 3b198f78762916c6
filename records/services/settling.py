"""受理・決定・報告: the office puts records into force."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from common import regime
from common.wareki import PartialDate, format_date
from history.writing import Actor, SystemActor
from organization import rules
from records.kinds import LINKAGE, kind_of
from records.models import Confirmation, OutOfPurposeUseVersion, Proposal, RecordVersion
from records.models.out_of_purpose import Ground
from records.services.completeness import require_complete
from records.services.errors import (
    ConsultationNumberMissing,
    ConsultationNumberWrong,
    ImplausibleDate,
    NothingToDecide,
    ProviderNotAsked,
    RouteDoesNotFit,
)
from records.services.locks import lock_proposal
from records.services.steps import move
from records.services.validity import put_into_force
from records.states import Route, Status

_NUMBER = re.compile(r"\s*(?:諮問)?\s*第?\s*(?P<figures>[1-9][0-9]{0,4})\s*号?\s*")


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
    require_complete(records)
    _require_confirmed(records)
    for record in records:
        route = (routes or {}).get(record, record.route)
        _require_fitting(record, route, proposal.form_date)
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

    `consultation_number`: 「26」, also 「第２６号」. Raises NothingToDecide, ConsultationNumberMissing,
    ConsultationNumberWrong, ImplausibleDate, ChangeTooEarly.
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
    return _settle(proposal, actor, "decide_proposal")


@transaction.atomic
def report_proposal(proposal: Proposal, *, on: date, actor: Actor) -> Proposal:
    """報告: the council was told on `on`; the line 審議会事項 stays empty, the record was in force already."""
    proposal = lock_proposal(proposal)
    rules.require(actor, "report_proposal", proposal)
    _require_plausible(on, proposal, actor)
    for record in _open_records(proposal, Route.REPORT):
        record.status, record.reported_on = Status.REPORTED, on
        record.full_clean()
        record.save_as(actor, action="report_proposal")
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


def _require_fitting(record: RecordVersion, route: Route, form_date: date) -> None:
    """A linkage needs a 諮問 under the ordinance (条例第17条); a use needs one for 審議会事項, and only for it."""
    if not isinstance(record, OutOfPurposeUseVersion):
        if route == Route.REPORT and regime.on(form_date).consults_by_kind:
            raise RouteDoesNotFit(f"{record}：電算結合は、報告だけでは済みません。諮問してください。")
        return
    if route == Route.CONSULTATION and Ground.COUNCIL not in record.grounds:
        raise RouteDoesNotFit(f"{record}：諮問するには、根拠の「審議会事項」に印が必要です。")
    if route == Route.REPORT and Ground.COUNCIL in record.grounds:
        raise RouteDoesNotFit(f"{record}：根拠が「審議会事項」の記録票は、報告だけでは済みません。")
