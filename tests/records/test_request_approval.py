"""課長の確認に出す: the clerk hands a complete file to the head."""

import pytest

from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import LINKAGE, OUT_OF_PURPOSE
from records.services.drafting import remove_record
from records.services.errors import NothingToSubmit, RecordIncomplete
from records.services.steps import request_approval
from tests.organization.factories import person
from tests.records.cast import all_but, somebody, states_but
from tests.records.factories import draft, proposal_in, the_record

pytestmark = pytest.mark.django_db


def call(proposal, actor):
    return request_approval(proposal, actor=actor)


def test_waits_for_the_head_with_every_sheet_of_the_file():
    proposal = draft()
    proposal = call(proposal, person(Role.CLERK, proposal.department))
    assert (proposal.status, the_record(proposal).status) == ("awaiting_head", "awaiting_head")
    assert proposal.form_date is None


@pytest.mark.parametrize(
    ("kind", "emptied", "label"),
    [
        (LINKAGE, {"purpose": " "}, "目的"),
        (LINKAGE, {"linked_on": "年 月 日"}, "結合年月日"),
        (LINKAGE, {"received_items": ""}, "提供を受ける個人情報"),
        (OUT_OF_PURPOSE, {"kinds": []}, "記録の種別"),
        (OUT_OF_PURPOSE, {"period_to": ""}, "利用期間の末日"),
        (OUT_OF_PURPOSE, {"applied_on": ""}, "適用日"),
        (OUT_OF_PURPOSE, {"grounds": ["law"]}, "根拠法令等"),
    ],
)
def test_names_what_is_not_filled_in(kind, emptied, label, nothing_is_written):
    proposal = draft(kind, **emptied)
    clerk = person(Role.CLERK, proposal.department)
    with nothing_is_written(RecordIncomplete) as refusal:
        call(proposal, clerk)
    assert f"「{label}」" in str(refusal.value)


def test_a_file_whose_only_sheet_was_taken_out_cannot_go(nothing_is_written):
    proposal = draft()
    clerk = person(Role.CLERK, proposal.department)
    remove_record(the_record(proposal), actor=clerk)
    with nothing_is_written(NothingToSubmit):
        call(proposal, clerk)


@pytest.mark.parametrize("status", states_but("draft"))
def test_is_refused_from_every_other_state(status, nothing_is_written):
    proposal = proposal_in(status)
    actor = person(Role.CLERK, proposal.department)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


@pytest.mark.parametrize("who", all_but("担当"))
def test_is_denied_to_everybody_else(who, nothing_is_written):
    proposal = draft()
    actor = somebody(who, proposal.department)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


def test_changes_nothing_when_the_history_cannot_be_written(history_breaks):
    proposal = draft()
    actor = person(Role.CLERK, proposal.department)
    with history_breaks(after=2):
        call(proposal, actor)
