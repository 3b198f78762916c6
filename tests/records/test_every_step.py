"""案件の歩み, exhaustively: each kind, state, route, verb, role, department is allowed or refused by name."""

import uuid
from datetime import date
from typing import Any, NamedTuple

import pytest
from django.db import transaction

from history.errors import DomainError
from history.writing import SYSTEM
from organization.models import Role
from organization.permissions import RECORDS, Scope
from organization.rules import NotPermitted
from records.kinds import KINDS, LINKAGE, OUT_OF_PURPOSE, RecordKind
from records.models import Checklist, Proposal
from records.services import (
    amending,
    drafting,
    paper_parts,
    papers,
    policies,
    record_ends,
    scheduling,
    settling,
    steps,
    undoing,
)
from records.services.errors import (
    ChangeUnderWay,
    InForce,
    NothingToDecide,
    NothingToUndo,
    NotInForce,
    NotInForceYet,
    ProviderNotAsked,
    WrittenByAnother,
)
from records.services.papers import PaperEntry
from records.states import Route, Status
from tests.organization.factories import person
from tests.records.cast import NOBODY, OTHERS, OWN, REASON, somebody
from tests.records.factories import (
    FOR_COUNCIL,
    NUMBER,
    SUBMITTED_ON,
    UNDER_THE_ACT,
    accepted_under_the_act,
    carry_on,
    draft,
    proposal_in,
    the_record,
)
from tests.records.paper_factories import layout, paper_draft

pytestmark = pytest.mark.django_db

COUNCIL_DATE = date(2023, 5, 1)  # after every submission of these tests
PEOPLE = [*OWN, *OTHERS, NOBODY]
WRITERS = {"担当", "課長"}
WAITING = {"accepted", "scheduled"}
OPEN = {"draft", "awaiting_head", "submitted", *WAITING}
COUNCIL = ["情報公開課", "審議会事務局"]
SETTLED = {"decided", "reported", "notified"}
# Who may, in which states; everything else is refused by the permission table.
ALLOWED = {
    "edit_proposal": {who: {"draft"} for who in WRITERS},
    "add_record": {who: {"draft"} for who in WRITERS},
    "edit_record": {who: {"draft"} for who in WRITERS},
    "remove_record": {who: {"draft"} for who in WRITERS},
    "request_approval": {"担当": {"draft"}},
    "submit_proposal": {"課長": {"draft"}},
    "approve_proposal": {"課長": {"awaiting_head"}},
    "send_back_proposal": {"課長": {"awaiting_head"}},
    "return_proposal": {"情報公開課": {"submitted"}},
    "accept_proposal": {"情報公開課": {"submitted"}},
    "schedule_proposal": {who: {"accepted"} for who in COUNCIL},
    "unschedule_proposal": {who: {"scheduled"} for who in COUNCIL},
    "decide_proposal": dict.fromkeys(COUNCIL, WAITING),
    "report_proposal": dict.fromkeys(COUNCIL, WAITING),
    "reject_proposal": dict.fromkeys(COUNCIL, WAITING),
    "undo_decision": {who: {*WAITING, *SETTLED, "rejected"} for who in COUNCIL},
    "withdraw_proposal": {**dict.fromkeys(WRITERS, OPEN), "情報公開課": {"submitted", *WAITING}},
    "revise_record": {who: {*WAITING, *SETTLED} for who in WRITERS},
    "end_record": {who: {*WAITING, *SETTLED} for who in WRITERS},
    "correct_record": {"情報公開課": {*WAITING, *SETTLED}},
}
# The papers of a file are written with its draft, by its department alone.
OF_PAPERS = (
    "create_paper",
    "edit_paper",
    "remove_paper",
    "attach_policies",
    "edit_attachment",
    "own_attachment",
    "edit_checklist",
)
# Tried elsewhere: before there is a file, by the providing department, as a draft of the screen, by the system.
NOT_TRIED_HERE = {
    "create_proposal", "create_partner", "edit_partner", "confirm_provision", "object_to_provision",
    "autosave_record", "discard_buffer", "autosave_paper", "discard_paper_buffer", "keep_templates",
    # Beside the way of a file; who may is tried where each of them is.
    "proposal_checks", "answer_check", "take_back_answer", "ask_inquiry", "answer_inquiry", "number_proposal",
    "filing_text", "correct_paper", "carry_correction", "supervision", "add_supervision", "correct_supervision",
    "answer_ending", "edit_end", "end_activity_records", "copy_proposal",
}  # fmt: skip


class Case(NamedTuple):
    """A state of a file of one kind, and for 受理 the route that the office chose."""

    kind: RecordKind
    status: Status
    route: Route | None = None
    under_act: bool = False

    def proposal(self) -> Proposal:
        if self.under_act:
            return accepted_under_the_act(draft(self.kind, **UNDER_THE_ACT.get(self.kind.code, {})), self.route)
        if self.route is not None:
            by_council = self.kind.has_grounds and self.route == Route.CONSULTATION
            return proposal_in(self.status, self.kind, **(FOR_COUNCIL if by_council else {}))
        return proposal_in(self.status, self.kind)

    def __str__(self) -> str:
        return "-".join([self.kind.code, self.status, self.route or "", "act" * self.under_act]).strip("-")


CASES = [
    *(Case(kind, status) for kind in KINDS.values() for status in Status if status not in WAITING),
    *(Case(kind, Status(status), Route.CONSULTATION) for kind in KINDS.values() for status in sorted(WAITING)),
    *(
        Case(kind, Status(status), Route.REPORT)
        for kind in KINDS.values()
        for status in sorted(WAITING)
        if kind.has_grounds
    ),
    *(
        Case(kind, Status.ACCEPTED, route, under_act=True)
        for kind in KINDS.values()
        for route in (Route.CONSULTATION, Route.REPORT)
    ),
]


def refusal_of_the_permitted(case: Case, verb: str) -> type[DomainError] | None:
    """What those hear whom the table lets try, in this very case; None: it is done."""
    by_council = case.route == Route.CONSULTATION
    refusals: dict[str, Any] = {
        "submit_proposal": WrittenByAnother,  # the files of these tests were taken over, no head wrote them
        "accept_proposal": ProviderNotAsked if case.kind is OUT_OF_PURPOSE else None,
    }
    if case.status in WAITING:
        refusals |= {
            "reject_proposal": None if by_council else NothingToDecide,
            "undo_decision": NothingToUndo,
            "decide_proposal": None if by_council else NothingToDecide,
            "report_proposal": NothingToDecide if by_council else None,
            "withdraw_proposal": None if by_council else InForce,
            "revise_record": ChangeUnderWay if by_council else None,
            "correct_record": NotInForceYet if by_council else None,
            "end_record": NotInForce if by_council else None,
        }
    return refusals.get(verb)


def attempts(proposal, record, actor):
    """Each verb as a call."""
    return {
        "edit_proposal": lambda: drafting.edit_proposal(proposal, title="別の件名", lock=proposal.lock, actor=actor),
        "add_record": lambda: drafting.add_records(
            proposal, kind=KINDS["linkage"], activities=[], token=uuid.uuid4(), actor=actor
        ),
        "edit_record": lambda: drafting.edit_record(
            record, values={"purpose": "直した目的"}, lock=record.lock, actor=actor
        ),
        "remove_record": lambda: drafting.remove_record(record, actor=actor),
        "request_approval": lambda: steps.request_approval(proposal, actor=actor),
        "submit_proposal": lambda: steps.submit_proposal(proposal, actor=actor, on=SUBMITTED_ON),
        "approve_proposal": lambda: steps.approve_proposal(proposal, actor=actor, on=SUBMITTED_ON),
        "send_back_proposal": lambda: steps.send_back_proposal(proposal, reason=REASON, actor=actor),
        "return_proposal": lambda: steps.return_proposal(proposal, reason=REASON, actor=actor),
        "accept_proposal": lambda: settling.accept_proposal(proposal, actor=actor),
        "decide_proposal": lambda: settling.decide_proposal(
            proposal, council_date=COUNCIL_DATE, consultation_number=NUMBER, actor=actor
        ),
        "report_proposal": lambda: settling.report_proposal(proposal, on=COUNCIL_DATE, actor=actor),
        "schedule_proposal": lambda: scheduling.schedule_proposal(proposal, actor=actor),
        "unschedule_proposal": lambda: scheduling.unschedule_proposal(proposal, actor=actor),
        "reject_proposal": lambda: settling.reject_proposal(
            proposal, council_date=COUNCIL_DATE, consultation_number=NUMBER, reason=REASON, actor=actor
        ),
        "undo_decision": lambda: undoing.undo_decision(proposal, reason=REASON, actor=actor),
        "withdraw_proposal": lambda: steps.withdraw_proposal(proposal, reason=REASON, actor=actor),
        "revise_record": lambda: amending.revise_record(
            record, title="変更", reason=REASON, token=uuid.uuid4(), actor=actor
        ),
        "end_record": lambda: record_ends.end_record(
            record,
            title="終了",
            ends_on=record.valid_from or COUNCIL_DATE,
            reason=REASON,
            token=uuid.uuid4(),
            actor=actor,
        ),
        "correct_record": lambda: amending.correct_record(
            record, values={"responsible": "訂正"}, reason=REASON, lock=record.lock, actor=actor
        ),
    }


def outcome(step):
    """ "allowed", or the refusal's class; nothing of the try remains."""
    refusal = None
    with transaction.atomic():
        try:
            with transaction.atomic():
                step()
        except DomainError as error:
            refusal = type(error)
        transaction.set_rollback(True)
    return refusal


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_verb_is_done_for_those_whom_the_list_names_or_refused_by_name(case):
    proposal = case.proposal()
    record = the_record(proposal)
    for who in PEOPLE:
        actor = somebody(who, proposal.department)
        for verb, step in attempts(proposal, record, actor).items():
            permitted = case.status in ALLOWED[verb].get(who, ())
            expected = refusal_of_the_permitted(case, verb) if permitted else NotPermitted
            assert outcome(step) is expected, (str(case), verb, who)


def attempts_on_papers(paper, actor):
    """Each verb on a paper, an attachment and a checklist as a call."""
    attachment = paper.attachments.get().attachment
    checklist = Checklist.objects.get(paper__proposal=paper.proposal)
    kind, asked = layout(paper.layout_code), layout(checklist.layout_code)
    return {
        "create_paper": lambda: papers.create_paper(paper.proposal, layout=kind, token=uuid.uuid4(), actor=actor),
        "edit_paper": lambda: papers.edit_paper(
            paper, layout=kind, entry=PaperEntry(title="別の標題"), lock=paper.lock, actor=actor
        ),
        "remove_paper": lambda: papers.remove_paper(paper, actor=actor),
        "attach_policies": lambda: policies.attach_policies(paper, layout=kind, names=[], lock=paper.lock, actor=actor),
        "edit_attachment": lambda: paper_parts.edit_attachment(
            attachment, text="別の文", is_third_party=False, lock=attachment.lock, actor=actor
        ),
        "own_attachment": lambda: paper_parts.own_attachment(paper.attachments.get(), actor=actor),
        "edit_checklist": lambda: paper_parts.edit_checklist(
            checklist, layout=asked, answers={}, lock=checklist.lock, actor=actor
        ),
    }


def paper_in(status):
    """A paper with an attachment, whose file was brought to `status`; 報告済 is a 目的外利用 under the criteria."""
    texts = {"attachments": "・システム構成図"}
    paper = paper_draft(draft(OUT_OF_PURPOSE if status == Status.REPORTED else LINKAGE), texts=texts)
    proposal = paper.proposal
    paper_draft(proposal, code="paper-linkage-sheet", texts={"protection": "別紙チェックリストのとおり"})
    if status == Status.NOTIFIED:
        accepted_under_the_act(proposal, Route.NOTIFICATION)
    elif status != Status.DRAFT:
        proposal = steps.request_approval(proposal, actor=SYSTEM)
        if status == Status.WITHDRAWN:
            steps.withdraw_proposal(proposal, reason=REASON, actor=person(Role.HEAD, proposal.department))
        elif status != Status.AWAITING_HEAD:
            proposal = steps.approve_proposal(proposal, actor=SYSTEM, on=SUBMITTED_ON)
            if status != Status.SUBMITTED:
                carry_on(proposal, status)
    return paper


@pytest.mark.usefixtures("layouts")
@pytest.mark.parametrize("status", list(Status))
def test_papers_attachments_and_checklists_are_written_with_the_draft_of_their_department_alone(status):
    paper = paper_in(status)
    assert Proposal.objects.get().status == status
    for who in PEOPLE:
        actor = somebody(who, paper.proposal.department)
        for verb, step in attempts_on_papers(paper, actor).items():
            expected = None if who in WRITERS and status == Status.DRAFT else NotPermitted
            assert outcome(step) is expected, (status, verb, who)


def test_no_verb_of_the_table_is_left_untried():
    verbs = {
        action
        for action, rule in RECORDS.items()
        if any(grant.states or grant.scope == Scope.OWN for grant in rule.grants.values())
        and not action.startswith(("view_", "print_", "export_"))
        and not action.endswith(("_list", "_history"))
    }
    assert verbs <= {*ALLOWED, *OF_PAPERS, *NOT_TRIED_HERE}


@pytest.mark.parametrize("kind", list(KINDS.values()), ids=list(KINDS))
def test_every_way_through_ends_settled_and_in_force(kind):
    for status in SETTLED:
        record = the_record(proposal_in(status, kind))
        assert (record.status, record.valid_from is not None) == (status, True)


@pytest.mark.parametrize("status", list(Status))
def test_only_the_providing_department_answers_and_only_while_the_file_is_submitted(status):
    proposal = proposal_in(status, OUT_OF_PURPOSE)
    use = the_record(proposal) if status != Status.WITHDRAWN else proposal.outofpurposeuseversions.get()
    provider = person(Role.CLERK, use.providing_department)
    people = {who: somebody(who, proposal.department) for who in PEOPLE} | {"提供課": provider}
    for who, actor in people.items():
        for step in (
            lambda actor=actor: steps.confirm_provision(use, actor=actor),
            lambda actor=actor: steps.object_to_provision(use, reason=REASON, actor=actor),
        ):
            assert (outcome(step) is None) == (who == "提供課" and status == Status.SUBMITTED), (status, who)
