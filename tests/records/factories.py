"""案件 and 記録票 for tests, brought to their state by the services themselves."""

import itertools
import uuid
from datetime import date
from typing import Any

from history.writing import SYSTEM
from organization.models import Department, Role
from records.kinds import LINKAGE, OUT_OF_PURPOSE, OUTSOURCING, PROVISION, RecordKind
from records.models import Criterion, CriterionScope, Proposal, RecordVersion
from records.services import amending, criteria, drafting, scheduling, settling, steps
from records.states import Route, Status
from tests.organization.factories import DepartmentFactory, person

SUBMITTED_ON = date(2022, 1, 24)
COUNCIL_DATE = date(2022, 2, 1)
NUMBER = "5"
LINKAGE_VALUES: dict[str, Any] = {
    "department_name": "区民部　収納課",
    "activity_name": "特別区民税・都民税に関する業務",
    "purpose": "預金調査をオンラインで照会する。",
    "linked_on": "令和4年6月",
    "partner_name": "株式会社NTTデータ",
    "partner_address": "東京都江東区豊洲3-3-3",
    "provided_items": "氏名、住所",
    "received_items": "口座の有無",
    "responsible": "区民部収納課長",
}
USE_VALUES: dict[str, Any] = {
    "department_name": "教育振興部　学校教育支援センター",
    "activity_name": "児童生徒指導上の課題対応に関する業務",
    "purpose": "調査の対象者を特定するため",
    "providing_department_name": "教育振興部　区立中学校",
    "providing_activity_name": "指導に関する業務",
    "period_from": "令和3年11月30日",
    "period_to": "令和4年3月31日",
    "kinds": ["family_register"],
    "grounds": ["preapproved"],
    "criterion_article": 4,
    "criterion_type": 1,
    "applied_on": "令和3年11月30日",
    "responsible": "学校教育支援センター所長",
}
OUTSOURCING_VALUES: dict[str, Any] = {
    "department_name": "区民部　税務課",
    "activity_name": "軽自動車税に関する業務",
    "subject": "軽自動車税事務等委託",
    "purpose": "窓口の利便性を高めるため",
    "work": "(1)申告書等の処理（窓口・郵送）",
    "partner_name": "民間事業者",
    "continues_from": "令和4年4月",
    "items": "住所、氏名、生年月日",
    "protection": "特記事項を契約内容に定める。",
    "responsible": "税務課長",
}
PROVISION_VALUES: dict[str, Any] = {
    "department_name": "福祉部　高齢社会対策課",
    "activity_name": "見守りに関する業務",
    "partner_name": "見守り協議会",
    "purpose": "見守りのため",
    "period_from": "令和4年4月1日",
    "period_to": "令和5年3月31日",
    "items": "氏名、住所",
    "kinds": ["family_register"],
    "grounds": ["consent"],
    "demanded_measures": "目的のほかに使わないこと",
    "responsible": "高齢社会対策課長",
}
FOR_COUNCIL = {"grounds": ["council"], "criterion_article": None, "criterion_type": None, "applied_on": ""}
# From 2023-04-01: grounds of 法第69条 and a period under it.
UNDER_THE_ACT: dict[str, dict[str, Any]] = {
    "out-of-purpose": {
        "grounds": ["act_law"],
        "ground_law": "児童福祉法",
        "criterion_article": None,
        "criterion_type": None,
        "applied_on": "",
        "period_from": "令和5年4月3日",
        "period_to": "令和6年3月31日",
    },
    "provision": {
        "grounds": ["act_law"],
        "ground_law": "老人福祉法",
        "period_from": "令和5年4月3日",
        "period_to": "令和6年3月31日",
    },
}
VALUES = {
    LINKAGE.code: LINKAGE_VALUES,
    OUT_OF_PURPOSE.code: USE_VALUES,
    OUTSOURCING.code: OUTSOURCING_VALUES,
    PROVISION.code: PROVISION_VALUES,
}
_serial = itertools.count()


def token() -> uuid.UUID:
    """A submission token not used before in this run."""
    return uuid.UUID(int=next(_serial) + (8 << 96))


def section(name: str) -> Department:
    """A 課 beside all others: every one stands in a 部 of its own."""
    return DepartmentFactory(name=name)


def provider_of(proposal: Proposal) -> Department:
    """The department that shall provide for the first 目的外利用 of the file."""
    return proposal.outofpurposeuseversions.get().providing_department


def draft(kind: RecordKind = LINKAGE, *, department: Department | None = None, **values: Any) -> Proposal:
    """下書き with one complete sheet; `values` differ from VALUES."""
    department = department or section("収納課")
    proposal = drafting.create_proposal(title="収納課の案件", department=department, token=token(), actor=SYSTEM)
    add_sheet(proposal, kind, **values)
    return proposal


def add_sheet(proposal: Proposal, kind: RecordKind, **values: Any) -> RecordVersion:
    """One more complete sheet in a draft."""
    if "preapproved" in (VALUES[kind.code] | values).get("grounds", ()):
        ensure_criteria()
    (record,) = drafting.add_records(proposal, kind=kind, activities=[], token=token(), actor=SYSTEM)
    filled = VALUES[kind.code] | values
    if kind is OUT_OF_PURPOSE and "providing_department" not in filled:
        filled["providing_department"] = section("区立中学校")
    return drafting.edit_record(record, values=filled, lock=record.lock, actor=SYSTEM)


def ensure_criteria() -> list[Criterion]:
    """類型1 and 2 of both scopes, once."""
    for scope in CriterionScope:
        for number in (1, 2):
            if not Criterion.objects.of(scope, 4, number).exists():
                wording = f"{scope.label}の類型{number}にあたる場合"
                values = {"scope": scope, "article": 4, "number": number, "wording": wording}
                criteria.add_criterion(values=values, actor=SYSTEM)
    return list(Criterion.objects.all())


def awaiting_head(kind: RecordKind = LINKAGE, **values: Any) -> Proposal:
    """課長承認待ち."""
    return steps.request_approval(draft(kind, **values), actor=SYSTEM)


def submitted(kind: RecordKind = LINKAGE, **values: Any) -> Proposal:
    """提出済."""
    return steps.approve_proposal(awaiting_head(kind, **values), actor=SYSTEM, on=SUBMITTED_ON)


def accepted(kind: RecordKind = LINKAGE, **values: Any) -> Proposal:
    """受理, with the providing department's confirmation where one is needed."""
    return carry_on(submitted(kind, **values), Status.ACCEPTED)


def decided(kind: RecordKind = LINKAGE, **values: Any) -> Proposal:
    """決定 by the council (for a 目的外利用 give FOR_COUNCIL)."""
    return carry_on(submitted(kind, **values), Status.DECIDED)


def reported(**values: Any) -> Proposal:
    """報告済: a 目的外利用 under the pre-approval criteria."""
    return carry_on(submitted(OUT_OF_PURPOSE, **values), Status.REPORTED)


def withdrawn(kind: RecordKind = LINKAGE, **values: Any) -> Proposal:
    """取下げ after submission."""
    return steps.withdraw_proposal(submitted(kind, **values), reason="中止のため", actor=person(Role.OFFICE))


def carry_on(proposal: Proposal, status: Status) -> Proposal:
    """From draft or any later state forward to 受理, 決定 or 報告済."""
    proposal = Proposal.objects.get(pk=proposal.pk)
    if proposal.status == Status.DRAFT:
        proposal = steps.request_approval(proposal, actor=SYSTEM)
    if proposal.status == Status.AWAITING_HEAD:
        proposal = steps.approve_proposal(proposal, actor=SYSTEM, on=SUBMITTED_ON)
    if proposal.status == Status.SUBMITTED:
        for use in proposal.outofpurposeuseversions.filter(status=Status.SUBMITTED):
            steps.confirm_provision(use, actor=SYSTEM)
        proposal = settling.accept_proposal(proposal, actor=SYSTEM)
    if status == Status.SCHEDULED:
        return scheduling.schedule_proposal(proposal, actor=SYSTEM)
    if status == Status.REJECTED:
        return settling.reject_proposal(
            proposal,
            council_date=COUNCIL_DATE,
            consultation_number=NUMBER,
            reason="慎重な検討が必要なため",
            actor=SYSTEM,
        )
    if status == Status.DECIDED:
        return settling.decide_proposal(proposal, council_date=COUNCIL_DATE, consultation_number=NUMBER, actor=SYSTEM)
    if status == Status.REPORTED:
        return settling.report_proposal(proposal, on=COUNCIL_DATE, actor=SYSTEM)
    return proposal


def change_of(record: RecordVersion, **values: Any) -> Proposal:
    """A 変更 of a record in force, as a draft of its own with complete values."""
    clerk = person(Role.CLERK, record.proposal.department)
    proposal = amending.revise_record(record, title="変更の案件", reason="相手方の変更", token=token(), actor=clerk)
    (version,) = proposal.records()
    drafting.edit_record(version, values=values, lock=version.lock, actor=SYSTEM)
    return proposal


def the_record(proposal: Proposal) -> Any:
    """The only sheet of a file, fresh from the database."""
    (record,) = Proposal.objects.get(pk=proposal.pk).records()
    return record


def proposal_in(status: str, kind: RecordKind = LINKAGE, **values: Any) -> Proposal:
    """A file in `status`; 決定 by the ground 審議会事項, 報告済 and 届出済 as the kind and the day allow."""
    if status == Status.NOTIFIED or (status == Status.REPORTED and not kind.has_grounds):
        return _under_the_act(kind, Status(status), **values)
    if status in (Status.DECIDED, Status.REJECTED) and kind.has_grounds:
        values = FOR_COUNCIL | values
    return _MAKERS[Status(status)](kind, **values)


def _under_the_act(kind: RecordKind, status: Status, **values: Any) -> Proposal:
    """Filed under the Act, where the office may choose 報告 or 届出 also for a linkage and an outsourcing."""
    route = Route.NOTIFICATION if status == Status.NOTIFIED else Route.REPORT
    proposal = accepted_under_the_act(draft(kind, **UNDER_THE_ACT.get(kind.code, {}) | values), route)
    if status == Status.NOTIFIED:
        return proposal
    return settling.report_proposal(proposal, on=COUNCIL_DATE, actor=SYSTEM)


def accepted_under_the_act(proposal: Proposal, route: Route = Route.REPORT) -> Proposal:
    """A draft filed on 2023-04-03 and accepted by `route`."""
    proposal = steps.request_approval(proposal, actor=SYSTEM)
    proposal = steps.approve_proposal(proposal, actor=SYSTEM, on=date(2023, 4, 3))
    for use in proposal.outofpurposeuseversions.all():
        steps.confirm_provision(use, actor=SYSTEM)
    return settling.accept_proposal(proposal, actor=SYSTEM, routes=dict.fromkeys(proposal.records(), route))


_MAKERS = {
    Status.DRAFT: draft,
    Status.AWAITING_HEAD: awaiting_head,
    Status.SUBMITTED: submitted,
    Status.ACCEPTED: accepted,
    Status.DECIDED: decided,
    Status.REPORTED: lambda kind, **values: carry_on(submitted(kind, **values), Status.REPORTED),
    Status.WITHDRAWN: withdrawn,
    Status.SCHEDULED: lambda kind, **values: carry_on(submitted(kind, **values), Status.SCHEDULED),
    Status.REJECTED: lambda kind, **values: carry_on(submitted(kind, **values), Status.REJECTED),
}
