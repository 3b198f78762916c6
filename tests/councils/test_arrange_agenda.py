"""次第の編成: the order is free, the numbers stay."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from councils import agenda, ordering
from councils.candidates import candidates
from councils.models import BlockKind, MeetingStatus, Restart, Subject
from councils.services import agenda as services
from councils.services.agenda import add_block, add_item, arrange_agenda, give_number, put_on_agenda
from councils.services.papers import add_paper
from history.errors import ReasonRequired
from history.writing import SYSTEM
from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import LINKAGE, OUT_OF_PURPOSE, OUTSOURCING
from records.states import Status
from tests.councils.factories import BodyRuleFactory, TermFactory, meeting_of
from tests.organization.factories import person
from tests.records.factories import FOR_COUNCIL, accepted, add_sheet, carry_on, draft, withdrawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    """Three blocks: one report, three 諮問 under 8, 9, 10, two reports."""
    meeting = meeting_of(TermFactory(), number=7)
    for kind, titles in [
        (BlockKind.REPORT, ["保育園"]),
        (BlockKind.CONSULTATION, ["戸籍", "住民税", "軽自動車税"]),
        (BlockKind.REPORT, ["訓練", "監査"]),
    ]:
        block = add_block(meeting, kind=kind, actor=SYSTEM)
        for title in titles:
            item = add_item(block, title=title, actor=SYSTEM)
            if kind == BlockKind.CONSULTATION:
                give_number(item, number=None if title != "戸籍" else 8, actor=SYSTEM)
    return meeting


def order_of(meeting):
    return ordering.order_of(agenda.read(meeting))


def lines(meeting):
    return [line for part in agenda.read(meeting) for line in part.lines]


def titles(meeting):
    return [line.item.title for line in lines(meeting)]


def item_of(meeting, title):
    return next(line.item for line in lines(meeting) if line.item.title == title)


def numbers(meeting):
    return {line.item.title: line.item.consultation.number for line in lines(meeting) if line.item.consultation}


def arrange(meeting, order):
    meeting.refresh_from_db()
    return arrange_agenda(meeting, order=order, agenda_lock=meeting.agenda_lock, actor=SYSTEM)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(steps=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2), st.integers(0, 5)), max_size=4))
def test_whatever_is_moved_the_numbers_stay_and_reports_count_through(meeting, steps):
    add_paper_once(meeting)
    for which, block, place in steps:
        order = order_of(meeting)
        item = lines(meeting)[which].item
        parts = agenda.read(meeting)
        if not services.fits(item, parts[block].block.kind):
            continue
        arrange(meeting, ordering.placed(order, {item.pk: (parts[block].block.pk, place)}))
    assert numbers(meeting) == {"戸籍": 8, "住民税": 9, "軽自動車税": 10}
    told = [line.number for part in agenda.read(meeting) if part.block.kind == "report" for line in part.lines]
    assert told == [f"（{agenda.fullwidth(count)}）" for count in range(1, len(told) + 1)]
    assert [paper.label for paper in item_of(meeting, "監査").papers.all()] == ["資料1"]


def add_paper_once(meeting):
    item = item_of(meeting, "監査")
    if not item.papers.exists():
        add_paper(item, title="監査", actor=SYSTEM)


def test_the_agenda_of_10_11_9_stands_in_that_order():
    meeting = meeting_of(TermFactory())
    block = add_block(meeting, kind=BlockKind.CONSULTATION, actor=SYSTEM)
    for number in (10, 11, 9):
        give_number(add_item(block, title=f"諮問{number}", actor=SYSTEM), number=number, actor=SYSTEM)
    assert [line.consultation_mark for line in lines(meeting)] == [
        "【諮問第１０号】",
        "【諮問第１１号】",
        "【諮問第９号】",
    ]


def test_a_body_that_counts_on_and_on_goes_from_692_to_693_over_the_years():
    term = TermFactory(body=BodyRuleFactory(consultation_restart=Restart.NEVER).body)
    for held_on, number in [(date(2016, 3, 1), 692), (date(2016, 5, 1), 693)]:
        meeting = meeting_of(term, held_on=held_on)
        item = add_item(add_block(meeting, kind=BlockKind.CONSULTATION, actor=SYSTEM), title="諮問", actor=SYSTEM)
        assert give_number(item, number=number if number == 692 else None, actor=SYSTEM).number == number


def test_one_consultation_carries_records_of_three_kinds():
    proposal = draft(LINKAGE)
    add_sheet(proposal, OUTSOURCING)
    add_sheet(proposal, OUT_OF_PURPOSE, **FOR_COUNCIL)
    proposal = carry_on(proposal, Status.ACCEPTED)
    item = put_on_agenda(meeting_of(TermFactory()), proposal, kind=BlockKind.CONSULTATION, actor=SYSTEM)
    assert give_number(item, actor=SYSTEM).number == 1
    assert len({type(record) for record in item.consultation.proposal.records()}) == 3


def test_two_secretaries_at_once_lose_nothing(meeting):
    mine = ordering.item_moved(order_of(meeting), item_of(meeting, "監査").pk, -1)
    theirs = ordering.item_moved(order_of(meeting), item_of(meeting, "戸籍").pk, 1)
    seen = meeting.agenda_lock
    arrange_agenda(meeting, order=theirs, agenda_lock=seen, actor=SYSTEM)
    with pytest.raises(services.StaleAgenda) as refusal:
        arrange_agenda(meeting, order=mine, agenda_lock=seen, actor=SYSTEM)
    assert titles(meeting) == ["保育園", "住民税", "戸籍", "軽自動車税", "訓練", "監査"]
    arrange_agenda(meeting, order=mine, agenda_lock=refusal.value.current.agenda_lock, actor=SYSTEM)
    assert titles(meeting) == ["保育園", "戸籍", "住民税", "軽自動車税", "監査", "訓練"]


def test_an_order_without_the_item_that_came_since_is_stale_and_can_be_brought_up_to_date(meeting):
    chosen = ordering.block_moved(order_of(meeting), agenda.read(meeting)[2].block.pk, -1)
    add_item(agenda.read(meeting)[0].block, title="後から", actor=SYSTEM)
    with pytest.raises(services.StaleAgenda):
        arrange(meeting, chosen)
    arrange(meeting, ordering.brought_up_to_date(chosen, order_of(meeting)))
    assert titles(meeting) == ["保育園", "後から", "訓練", "監査", "戸籍", "住民税", "軽自動車税"]


@pytest.mark.parametrize("text", ["1", "1:2,", "1:2;;", "a:1", "1:２", "1:2:3"])
def test_an_order_that_no_page_wrote_is_none(text):
    with pytest.raises(ValueError, match=text):
        ordering.parse(text)


def test_an_order_is_read_as_it_was_written(meeting):
    order = [*order_of(meeting), (99, [])]
    assert ordering.parse(ordering.written(order)) == order


def test_a_consultation_does_not_come_among_the_reports(meeting):
    item, block = item_of(meeting, "戸籍"), agenda.read(meeting)[0].block
    with pytest.raises(services.Misplaced, match="「戸籍」は、報告の区分に置けません"):
        arrange(meeting, ordering.placed(order_of(meeting), {item.pk: (block.pk, 0)}))


def test_an_audit_is_never_a_consultation(meeting):
    with pytest.raises(services.Misplaced):
        add_item(agenda.read(meeting)[1].block, title="監査", subject=Subject.AUDIT, actor=SYSTEM)


def test_a_report_may_come_from_one_block_of_reports_into_the_other(meeting):
    item, block = item_of(meeting, "監査"), agenda.read(meeting)[0].block
    arrange(meeting, ordering.placed(order_of(meeting), {item.pk: (block.pk, 0)}))
    assert [(line.item.title, line.number) for line in lines(meeting) if not line.item.consultation] == [
        ("監査", "（１）"),
        ("保育園", "（２）"),
        ("訓練", "（３）"),
    ]


def test_a_number_is_corrected_with_a_reason_and_the_trail_says_so(meeting):
    item = item_of(meeting, "軽自動車税")
    with pytest.raises(ReasonRequired):
        services.correct_consultation_number(item, number=11, reason="", actor=SYSTEM)
    with pytest.raises(ValidationError, match="すでに使われています（諮問第９号「住民税」）"):
        services.correct_consultation_number(item, number=9, reason="書き誤り", actor=SYSTEM)
    item = item_of(meeting, "軽自動車税")
    services.correct_consultation_number(item, number=11, reason="書き誤り", actor=SYSTEM)
    assert numbers(meeting)["軽自動車税"] == 11
    assert item.consultation.history.latest().history_change_reason == "書き誤り"


def test_without_a_number_there_is_nothing_to_correct(meeting):
    with pytest.raises(services.NoNumberYet):
        services.correct_consultation_number(item_of(meeting, "監査"), number=3, reason="誤り", actor=SYSTEM)


def test_a_block_is_renamed_and_only_an_empty_one_is_taken_off(meeting):
    first = agenda.read(meeting)[0].block
    assert services.edit_block(first, heading="報告（事故）", actor=SYSTEM).heading == "報告（事故）"
    with pytest.raises(services.BlockNotEmpty):
        services.remove_block(first, actor=SYSTEM)
    services.remove_agenda_item(item_of(meeting, "保育園"), actor=SYSTEM)
    services.remove_block(first, actor=SYSTEM)
    assert [part.block.heading for part in agenda.read(meeting)] == ["諮問", "報告"]


def test_once_the_members_are_convened_an_item_goes_with_a_reason_and_its_papers_with_it(meeting):
    item = item_of(meeting, "監査")
    paper = add_paper(item, title="監査", actor=SYSTEM)
    meeting.refresh_from_db()
    meeting.status = MeetingStatus.CONVENED
    meeting.save_as(SYSTEM, action="create_meeting")
    with pytest.raises(ReasonRequired):
        services.remove_agenda_item(item, actor=SYSTEM)
    services.remove_agenda_item(item, actor=SYSTEM, reason="資料が間に合わないため")
    paper.refresh_from_db()
    assert paper.is_removed
    assert "監査" not in titles(meeting)


def test_a_closed_item_needs_its_ground(meeting):
    item = item_of(meeting, "監査")
    with pytest.raises(ValidationError, match="非公開の議題には、その理由が必要です"):
        services.edit_agenda_item(item, title="監査", presenter="情報公開課", is_public=False, lock=0, actor=SYSTEM)


def test_accepted_files_wait_for_the_agenda_by_their_route():
    asked, told = accepted(LINKAGE), accepted(OUT_OF_PURPOSE)
    withdrawn(LINKAGE)
    assert list(candidates(BlockKind.CONSULTATION)) == [asked]
    assert list(candidates(BlockKind.REPORT)) == [told]


def test_a_file_under_the_criteria_comes_as_their_application_and_waits_no_longer():
    meeting, told = meeting_of(TermFactory()), accepted(OUT_OF_PURPOSE)
    item = put_on_agenda(meeting, told, kind=BlockKind.REPORT, actor=SYSTEM)
    assert (item.subject, item.presenter, item.block.heading) == (
        Subject.PRE_APPROVAL,
        told.department.name,
        "報告",
    )
    assert not candidates(BlockKind.REPORT).exists()
    with pytest.raises(services.AlreadyOnAgenda):
        put_on_agenda(meeting, told, kind=BlockKind.REPORT, actor=SYSTEM)
    with pytest.raises(services.NothingToBring):
        put_on_agenda(meeting, told, kind=BlockKind.CONSULTATION, actor=SYSTEM)


def test_a_file_of_both_routes_stands_in_both_blocks_and_waits_again_when_taken_off():
    proposal = draft(LINKAGE)
    add_sheet(proposal, OUT_OF_PURPOSE)
    proposal, meeting = carry_on(proposal, Status.ACCEPTED), meeting_of(TermFactory())
    both = [put_on_agenda(meeting, proposal, kind=kind, actor=SYSTEM) for kind in ("consultation", "report")]
    assert len({item.block_id for item in both}) == 2
    services.remove_agenda_item(both[0], actor=SYSTEM)
    assert list(candidates(BlockKind.CONSULTATION)) == [proposal]
    assert not candidates(BlockKind.REPORT).exists()


def test_a_withdrawn_file_does_not_come_onto_the_agenda():
    with pytest.raises(services.NothingToBring, match="取下げ"):
        put_on_agenda(meeting_of(TermFactory()), withdrawn(LINKAGE), kind=BlockKind.CONSULTATION, actor=SYSTEM)


def test_the_department_does_not_arrange_the_agenda(meeting):
    with pytest.raises(NotPermitted):
        arrange_agenda(meeting, order=order_of(meeting), agenda_lock=0, actor=person(Role.CLERK))
