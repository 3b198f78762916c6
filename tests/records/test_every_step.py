"""案件の歩み, exhaustively: each kind, state, verb, role, own or other department is allowed or refused by name."""

import uuid

import pytest
from django.db import transaction

from history.errors import DomainError
from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import KINDS, OUT_OF_PURPOSE
from records.services import amending, drafting, ending, settling, steps
from records.states import Status
from tests.organization.factories import person
from tests.records.cast import NOBODY, OTHERS, OWN, REASON, somebody
from tests.records.factories import COUNCIL_DATE, NUMBER, SUBMITTED_ON, proposal_in, the_record

pytestmark = pytest.mark.django_db

PEOPLE = [*OWN, *OTHERS, NOBODY]
WRITERS = {"担当", "課長"}
OPEN = {"draft", "awaiting_head", "submitted", "accepted"}
SETTLED = {"decided", "reported", "notified"}
# Who may, in which states; everything else is refused by the permission table.
ALLOWED = {
    "edit_record": {who: {"draft"} for who in WRITERS},
    "remove_record": {who: {"draft"} for who in WRITERS},
    "request_approval": {"担当": {"draft"}},
    "submit_proposal": {"課長": {"draft"}},
    "approve_proposal": {"課長": {"awaiting_head"}},
    "send_back_proposal": {"課長": {"awaiting_head"}},
    "return_proposal": {"情報公開課": {"submitted"}},
    "accept_proposal": {"情報公開課": {"submitted"}},
    "decide_proposal": {"情報公開課": {"accepted"}},
    "report_proposal": {"情報公開課": {"accepted"}},
    "withdraw_proposal": {**dict.fromkeys(WRITERS, OPEN), "情報公開課": {"submitted", "accepted"}},
    "revise_record": {who: {"accepted", *SETTLED} for who in WRITERS},
    "end_record": {who: {"accepted", *SETTLED} for who in WRITERS},
    "correct_record": {"情報公開課": {"accepted", *SETTLED}},
}


def attempts(proposal, record, actor):
    """Each verb as a call."""
    return {
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
        "withdraw_proposal": lambda: steps.withdraw_proposal(proposal, reason=REASON, actor=actor),
        "revise_record": lambda: amending.revise_record(
            record, title="変更", reason=REASON, token=uuid.uuid4(), actor=actor
        ),
        "end_record": lambda: ending.end_record(
            record, title="終了", ends_on=COUNCIL_DATE, reason=REASON, token=uuid.uuid4(), actor=actor
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


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("kind", list(KINDS.values()), ids=list(KINDS))
def test_each_verb_is_permitted_to_exactly_those_whom_the_list_names(kind, status):
    proposal = proposal_in(status, kind)
    record = the_record(proposal)
    for who in PEOPLE:
        actor = somebody(who, proposal.department)
        for verb, step in attempts(proposal, record, actor).items():
            permitted = status in ALLOWED[verb].get(who, ())
            assert (outcome(step) is not NotPermitted) == permitted, (kind.code, status, verb, who)


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
