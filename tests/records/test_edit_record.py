"""記録票の編集: what was typed is saved, for one sheet or for all of its kind in the file."""

import pytest
from django.core.exceptions import ValidationError

from history.errors import StaleEdit
from history.writing import SYSTEM
from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import LINKAGE, OUT_OF_PURPOSE
from records.services.drafting import add_records, edit_record
from tests.organization.factories import person
from tests.records.cast import all_but, everything, somebody, states_but
from tests.records.factories import add_sheet, draft, proposal_in, section, the_record, token
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db


def call(proposal, actor, record=None, **values):
    record = record or the_record(proposal)
    return edit_record(record, values=values or {"purpose": "新しい目的"}, lock=record.lock, actor=actor)


def test_saves_the_texts_as_typed_and_counts_the_save():
    proposal = draft()
    before = the_record(proposal)
    rows = before.history.count()
    record = call(proposal, person(Role.CLERK, proposal.department), linked_on="令和４年６月　１日", purpose=" 目的 ")
    assert (record.linked_on.text, record.purpose) == ("令和４年６月　１日", " 目的 ")
    assert record.lock == before.lock + 1
    assert record.history.count() == rows + 1


def test_writes_what_the_sheets_share_into_the_others_and_leaves_each_its_own_business():
    proposal = draft()
    clerk = person(Role.CLERK, proposal.department)
    for _ in range(2):
        add_records(proposal, kind=LINKAGE, activities=[], token=token(), actor=clerk)
    use = add_sheet(proposal, OUT_OF_PURPOSE)
    first, *others = [record for record in proposal.records() if record != use]
    values = {"purpose": "同じ目的", "activity_name": "軽自動車税に関する業務"}
    edit_record(first, values=values, lock=first.lock, actor=clerk, same_for_all=True)
    records = proposal.records()
    assert [record.purpose for record in records[:3]] == ["同じ目的"] * 3
    assert [record.activity_name for record in records[:3]] == ["軽自動車税に関する業務", "", ""]
    assert [record.lock for record in records[1:3]] == [other.lock + 1 for other in others]
    assert records[3].purpose == use.purpose


def test_a_save_without_a_change_leaves_no_trail_on_any_sheet():
    proposal = draft()
    clerk = person(Role.CLERK, proposal.department)
    add_records(proposal, kind=LINKAGE, activities=[], token=token(), actor=clerk)
    first = proposal.records()[0]
    before = everything()
    values = {name: getattr(first, name) for name in LINKAGE.editable}
    edit_record(first, values=values, lock=first.lock, actor=clerk, same_for_all=True)
    assert everything() == before


def test_a_date_respelt_is_a_change():
    proposal = draft()
    record = call(proposal, person(Role.CLERK, proposal.department), linked_on="R4.6")
    assert (record.linked_on.text, record.lock) == ("R4.6", 2)


def test_a_sheet_beside_that_somebody_saved_since_is_not_overwritten(nothing_is_written):
    proposal = draft()
    clerk, beside = person(Role.CLERK, proposal.department), add_sheet(proposal, LINKAGE)
    first, seen = proposal.records()[0], {beside.pk: beside.lock}
    call(proposal, clerk, beside, purpose="隣の人の目的")
    with nothing_is_written(StaleEdit) as refusal:
        edit_record(
            first, values={"purpose": "自分の目的"}, lock=first.lock, actor=clerk, same_for_all=True, sibling_locks=seen
        )
    assert refusal.value.current.purpose == "隣の人の目的"


def test_a_text_longer_than_any_sheet_is_refused(nothing_is_written):
    proposal = draft()
    actor = person(Role.CLERK, proposal.department)
    call(proposal, actor, purpose="あ" * 10_000)
    with nothing_is_written(ValidationError) as refusal:
        call(proposal, actor, provided_items="あ" * 10_001)
    assert "10000文字以内" in "".join(refusal.value.messages)


def test_finds_the_business_by_the_number_typed_in_any_spelling():
    proposal = draft()
    activity = registered_activity(proposal.department, number_as_printed="1309-14").activity
    record = call(proposal, person(Role.CLERK, proposal.department), activity_number="（１３０９－１４）")
    assert (record.activity, record.activity_number) == (activity, "（１３０９－１４）")


def test_the_ground_chooses_the_route_of_a_use():
    proposal = draft(OUT_OF_PURPOSE)
    clerk = person(Role.CLERK, proposal.department)
    assert the_record(proposal).route == "report"
    assert call(proposal, clerk, grounds=["council", "law"]).route == "consultation"
    assert call(proposal, clerk, grounds=["law"]).route == "report"


def test_a_stale_edit_is_refused_and_shows_what_stands(nothing_is_written):
    proposal = draft()
    clerk, stale = person(Role.CLERK, proposal.department), the_record(proposal)
    call(proposal, clerk, purpose="先の人の目的")
    with nothing_is_written(StaleEdit) as refusal:
        call(proposal, clerk, stale, purpose="後の人の目的")
    assert refusal.value.current.purpose == "先の人の目的"


@pytest.mark.parametrize(
    ("kind", "values", "message"),
    [
        (LINKAGE, {"linked_on": "令和4年2月30日"}, "令和4年2月30日という日はありません。"),
        (OUT_OF_PURPOSE, {"period_to": "令和3年11月29日"}, "期間の末日は、初日より前にはできません。"),
        (OUT_OF_PURPOSE, {"purpose": "目的", "department_name": "あ" * 201}, "200"),
    ],
)
def test_what_no_sheet_can_hold_is_refused_by_name(kind, values, message, nothing_is_written):
    proposal = draft(kind)
    clerk = person(Role.CLERK, proposal.department)
    with nothing_is_written(ValidationError) as refusal:
        call(proposal, clerk, **values)
    assert message in "".join(refusal.value.messages)


def test_a_draft_may_hold_both_period_lines_while_it_is_written():
    proposal = draft(OUT_OF_PURPOSE)
    record = call(proposal, person(Role.CLERK, proposal.department), continues_from="平成12年4月1日")
    assert (bool(record.period_from), bool(record.continues_from)) == (True, True)


@pytest.mark.parametrize("status", states_but("draft"))
def test_is_refused_from_every_other_state(status, nothing_is_written):
    proposal = proposal_in(status)
    actor = person(Role.CLERK, proposal.department)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


@pytest.mark.parametrize("who", all_but("担当", "課長"))
def test_is_denied_to_everybody_else(who, nothing_is_written):
    proposal = draft()
    actor = somebody(who, proposal.department)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


def test_saves_all_sheets_or_none(history_breaks):
    proposal = draft()
    add_records(proposal, kind=LINKAGE, activities=[], token=token(), actor=SYSTEM)
    first = proposal.records()[0]
    with history_breaks(after=2):
        edit_record(first, values={"purpose": "同じ"}, lock=first.lock, actor=SYSTEM, same_for_all=True)


def test_a_clerk_of_another_department_cannot_save_into_a_draft_that_names_theirs(nothing_is_written):
    provider = section("区立中学校")
    proposal = draft(OUT_OF_PURPOSE, providing_department=provider)
    stranger = person(Role.CLERK, provider)
    with nothing_is_written(NotPermitted):
        call(proposal, stranger)
