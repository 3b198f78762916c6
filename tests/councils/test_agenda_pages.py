"""次第のページ: the board, what it refuses, and what it says is missing."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from councils import agenda, ordering
from councils.models import AgendaItem, Amendment, Answer, BlockKind, MeetingStatus
from councils.readiness import remarks, too_few_coming
from councils.services.agenda import add_block, add_item, give_number, put_on_agenda, remove_agenda_item
from councils.services.attendance import call_members
from councils.services.papers import add_paper
from history.writing import SYSTEM
from organization.models import Role
from printing.layouts import seed_layouts
from records.kinds import LINKAGE, OUT_OF_PURPOSE
from records.services import steps
from records.states import Status
from tests.councils.factories import AppointmentFactory, TermFactory, meeting_of
from tests.organization.factories import person
from tests.records.factories import accepted, carry_on
from tests.records.paper_factories import paper_draft

pytestmark = pytest.mark.django_db
TOKEN = str(uuid.uuid4())


@pytest.fixture
def meeting():
    return meeting_of(TermFactory(), number=7)


@pytest.fixture
def secretariat():
    return signed_in(Role.SECRETARIAT)


def signed_in(role):
    client = Client()
    client.force_login(person(role))
    return client


def block_of(meeting, kind, *titles):
    block = add_block(meeting, kind=kind, actor=SYSTEM)
    for title in titles:
        add_item(block, title=title, presenter="税務課", actor=SYSTEM)
    return block


def titles(meeting):
    return [line.item.title for part in agenda.read(meeting) for line in part.lines]


def shown(meeting, **pressed):
    order = ordering.written(ordering.order_of(agenda.read(meeting)))
    return {"agenda_lock": meeting.agenda_lock, "order": order, **pressed}


def arrange(client, meeting, given):
    return client.post(reverse("arrange_agenda", args=[meeting.pk]), given)


def said(meeting):
    return [remark.words for remark in remarks(meeting, agenda.read(meeting))]


def test_a_file_comes_from_the_list_of_what_waits_into_a_block_that_is_made_for_it(meeting, secretariat):
    proposal = accepted(LINKAGE)
    page = reverse("put_on_agenda", args=[meeting.pk])
    assert proposal.title in secretariat.get(page).content.decode()
    answer = secretariat.post(page, {"kind": "consultation", "proposal": proposal.pk})
    assert answer.status_code == 303
    assert titles(meeting) == [proposal.title]
    assert "付議を待つ案件はありません" in secretariat.get(page).content.decode()


def test_reports_wait_under_their_own_heading(meeting, secretariat):
    proposal = accepted(OUT_OF_PURPOSE)
    page = secretariat.get(reverse("put_on_agenda", args=[meeting.pk]) + "?kind=report").content.decode()
    assert proposal.title in page


@pytest.mark.parametrize("given", [{"kind": "other"}, {"kind": "report", "proposal": "x"}, {"kind": "report"}])
def test_what_no_page_offers_is_not_found(meeting, secretariat, given):
    assert secretariat.post(reverse("put_on_agenda", args=[meeting.pk]), given).status_code == 404


def test_the_buttons_and_the_boxes_move_an_item_without_javascript(meeting, secretariat):
    block_of(meeting, BlockKind.REPORT, "一", "二", "三")
    last = AgendaItem.objects.get(title="三")
    answer = arrange(secretariat, meeting, shown(meeting, **{"item-up": last.pk}))
    assert answer.headers["Location"].endswith(f"#item-{last.pk}")
    assert titles(meeting) == ["一", "三", "二"]
    meeting.refresh_from_db()
    arrange(secretariat, meeting, shown(meeting, **{f"place-{last.pk}": f"{last.block_id}:0"}))
    assert titles(meeting) == ["三", "一", "二"]


def test_a_block_is_moved_with_its_items(meeting, secretariat):
    block_of(meeting, BlockKind.CONSULTATION, "諮問する")
    second = block_of(meeting, BlockKind.REPORT, "報告する")
    arrange(secretariat, meeting, shown(meeting, **{"block-up": second.pk}))
    assert titles(meeting) == ["報告する", "諮問する"]


def test_who_comes_second_sees_both_orders_and_can_still_take_the_chosen_one(meeting, secretariat):
    block = block_of(meeting, BlockKind.REPORT, "一", "二", "三")
    one, two = (AgendaItem.objects.get(title=title) for title in ("一", "二"))
    seen = shown(meeting)
    arrange(secretariat, meeting, seen | {"item-up": two.pk})
    answer = arrange(signed_in(Role.OFFICE), meeting, seen | {f"place-{one.pk}": f"{block.pk}:2"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "ほかの人が次第を変えました" in page
    assert titles(meeting) == ["二", "一", "三"]
    meeting.refresh_from_db()
    arrange(secretariat, meeting, {"agenda_lock": meeting.agenda_lock, "order": answer.context["wanted"]})
    assert titles(meeting) == ["二", "三", "一"]


@pytest.mark.parametrize("broken", [{"order": "x"}, {"agenda_lock": "x"}, {"item-up": "x"}])
def test_an_order_that_cannot_be_read_changes_nothing(meeting, secretariat, broken):
    block_of(meeting, BlockKind.REPORT, "一", "二")
    assert arrange(secretariat, meeting, shown(meeting) | broken).status_code == 303
    assert titles(meeting) == ["一", "二"]


def test_a_number_in_use_is_refused_in_words_beside_its_box(meeting, secretariat):
    block_of(meeting, BlockKind.CONSULTATION, "一", "二")
    one, two = AgendaItem.objects.order_by("pk")
    give_number(one, number=8, actor=SYSTEM)
    answer = secretariat.post(reverse("number_consultation", args=[two.pk]), {"number": "8"})
    assert answer.status_code == 422
    assert "すでに使われています（諮問第８号「一」）" in answer.content.decode()
    assert secretariat.post(reverse("number_consultation", args=[two.pk]), {"number": ""}).status_code == 303
    two.refresh_from_db()
    assert two.consultation.number == 9


def test_a_number_is_corrected_with_a_reason(meeting, secretariat):
    block_of(meeting, BlockKind.CONSULTATION, "一")
    item = AgendaItem.objects.get()
    give_number(item, number=8, actor=SYSTEM)
    page = reverse("correct_consultation_number", args=[item.pk])
    assert secretariat.post(page, {"number": "9"}).status_code == 422
    assert secretariat.post(page, {"number": "9", "reason": "書き誤り"}).status_code == 303
    item.consultation.refresh_from_db()
    assert item.consultation.number == 9


def test_items_that_are_no_files_are_added_edited_and_taken_off(meeting, secretariat):
    block = block_of(meeting, BlockKind.REPORT)
    page = reverse("add_agenda_item", args=[meeting.pk])
    given = {"block": block.pk, "subject": "audit", "title": "個人情報保護に関する監査について", "token": TOKEN}
    assert [secretariat.post(page, given).status_code for _click in range(2)] == [303, 303]
    item = AgendaItem.objects.get()
    edit = reverse("edit_agenda_item", args=[item.pk])
    closed = {"title": item.title, "presenter": "情報公開課", "is_closed": "on", "lock": item.lock}
    assert secretariat.post(edit, closed).status_code == 422
    assert secretariat.post(edit, closed | {"closed_ground": "個人が識別されるため"}).status_code == 303
    stale = secretariat.post(edit, closed | {"presenter": "総務課", "closed_ground": "個人が識別されるため"})
    assert (stale.status_code, "保存されている内容" in stale.content.decode()) == (422, True)
    assert "非公開：個人が識別されるため" in secretariat.get(reverse("view_agenda", args=[meeting.pk])).content.decode()
    assert secretariat.post(reverse("remove_agenda_item", args=[item.pk]), {"reason": ""}).status_code == 303
    assert titles(meeting) == []


def test_an_audit_among_the_consultations_is_refused_on_the_page(meeting, secretariat):
    block = block_of(meeting, BlockKind.CONSULTATION)
    given = {"block": block.pk, "subject": "audit", "title": "監査", "token": TOKEN}
    answer = secretariat.post(reverse("add_agenda_item", args=[meeting.pk]), given)
    assert answer.status_code == 422
    assert "「監査」は、諮問の区分に置けません" in answer.content.decode()


def test_a_block_is_added_renamed_and_taken_off(meeting, secretariat):
    secretariat.post(reverse("add_agenda_block", args=[meeting.pk]), {"kind": "report", "heading": ""})
    block = meeting.blocks.get()
    page = reverse("edit_agenda_block", args=[block.pk])
    assert secretariat.post(page, {"heading": "報告事項"}).status_code == 303
    assert "報告事項" in secretariat.get(page).content.decode()
    secretariat.post(page, {"remove": "1", "heading": "報告事項"})
    assert agenda.read(meeting) == []


def test_once_convened_an_item_is_not_taken_off_without_a_reason(meeting, secretariat):
    block_of(meeting, BlockKind.REPORT, "一")
    meeting.status = MeetingStatus.CONVENED
    meeting.save_as(SYSTEM, action="create_meeting")
    page = reverse("remove_agenda_item", args=[AgendaItem.objects.get().pk])
    assert secretariat.post(page, {"reason": ""}).status_code == 422
    assert secretariat.post(page, {"reason": "延期のため"}).status_code == 303


def test_everybody_of_the_ward_reads_the_board_and_nobody_else_changes_it(meeting):
    block_of(meeting, BlockKind.REPORT, "一")
    clerk = signed_in(Role.CLERK)
    page = clerk.get(reverse("view_agenda", args=[meeting.pk])).content.decode()
    assert "一" in page
    assert "選んだ位置に並べる" not in page
    assert arrange(clerk, meeting, shown(meeting)).status_code == 403


def test_the_board_says_what_is_missing(meeting):
    block_of(meeting, BlockKind.CONSULTATION, "一", "二")
    block_of(meeting, BlockKind.REPORT)
    one, two = AgendaItem.objects.order_by("pk")
    give_number(one, number=8, actor=SYSTEM)
    add_paper(one, title="一", text="本文", actor=SYSTEM)
    add_paper(two, title="二", paper=None, text="本文", is_ready=True, actor=SYSTEM)
    assert said(meeting) == [
        "開会の時刻が決まっていません。",
        "場所が決まっていません。",
        "区分「Ⅱ　報告」に議題がありません。",
        "諮問番号がありません：二",
        "資料1（一）は、まだ確定していません。",
    ]


def test_the_board_names_the_numbers_that_nobody_has(meeting):
    block_of(meeting, BlockKind.CONSULTATION, "一", "二")
    for item, number in zip(AgendaItem.objects.order_by("pk"), (11, 8), strict=True):
        give_number(item, number=number, actor=SYSTEM)
    assert "諮問番号が飛んでいます（第９号、第１０号がありません）。" in said(meeting)


def test_the_board_names_items_without_presenter_and_paper(meeting):
    block = block_of(meeting, BlockKind.REPORT)
    add_item(block, title="監査", actor=SYSTEM)
    assert {"説明する課がありません：監査", "資料がありません：監査"} <= set(said(meeting))


def test_an_empty_agenda_is_said_to_be_empty(meeting):
    assert "議題がありません。" in said(meeting)


def test_a_paper_of_a_file_that_was_not_accepted_is_named(meeting):
    seed_layouts(SYSTEM)
    block_of(meeting, BlockKind.CONSULTATION, "一")
    add_paper(AgendaItem.objects.get(), title="一", paper=paper_draft(), actor=SYSTEM)
    assert "資料1の案件が受理されていません（下書き）。" in said(meeting)


def test_the_page_of_a_file_says_on_which_agenda_it_stands(meeting, secretariat):
    proposal = accepted(LINKAGE)
    give_number(put_on_agenda(meeting, proposal, kind="consultation", actor=SYSTEM), number=9, actor=SYSTEM)
    carry_on(proposal, Status.DECIDED)
    page = secretariat.get(reverse("view_proposal", args=[proposal.pk])).content.decode()
    assert "第7期第7回審議会</a>　諮問第9号に付議" in page


def test_a_file_that_was_withdrawn_is_shown_as_such_on_the_board(meeting, secretariat):
    proposal = accepted(LINKAGE)
    put_on_agenda(meeting, proposal, kind="consultation", actor=SYSTEM)
    proposal.refresh_from_db()
    steps.withdraw_proposal(proposal, reason="中止のため", actor=person(Role.OFFICE))
    assert "案件が取り下げられました" in secretariat.get(reverse("view_agenda", args=[meeting.pk])).content.decode()
    assert f"案件が取り下げられました：{proposal.title}" in said(meeting)


def test_answers_below_the_quorum_are_counted(meeting):
    assert list(too_few_coming(meeting, 2)) == []
    for _ in range(3):
        AppointmentFactory(term=meeting.term)
    first, *_ = call_members(meeting, actor=SYSTEM)
    first.answer = Answer.LATE
    first.save_as(SYSTEM, action="record_presence")
    (remark,) = too_few_coming(meeting, 2)
    assert remark.words == "出席の回答が1名で、定足数2名に足りません（未回答2名）。"
    assert [*too_few_coming(meeting, 1), *too_few_coming(meeting, None)] == []


def test_the_first_page_of_the_secretariat_shows_the_meeting_ahead(secretariat):
    meeting = meeting_of(TermFactory(), held_on=timezone.localdate())
    block_of(meeting, BlockKind.CONSULTATION, "一", "二")
    block_of(meeting, BlockKind.REPORT, "三")
    one, two, _ = AgendaItem.objects.order_by("pk")
    for number in (1, 2):
        add_paper(one, title="一", number=number, actor=SYSTEM)
    remove_agenda_item(two, actor=SYSTEM)
    page = secretariat.get(reverse("home")).content.decode()
    assert "諮問 1件　報告 1件　資料のない議題 1件" in page
    assert reverse("view_agenda", args=[meeting.pk]) in page
    assert "これからの会議" not in signed_in(Role.CLERK).get(reverse("home")).content.decode()


def test_the_board_asks_as_much_for_many_items_as_for_few(meeting, secretariat, django_assert_max_num_queries):
    block_of(meeting, BlockKind.CONSULTATION, *"一二三四五六七八九")
    for item in AgendaItem.objects.all():
        give_number(item, actor=SYSTEM)
    with django_assert_max_num_queries(16):
        secretariat.get(reverse("view_agenda", args=[meeting.pk]))


def test_an_amendment_of_the_body_comes_onto_the_agenda_as_such(meeting, secretariat):
    block = block_of(meeting, BlockKind.REPORT)
    amendment = Amendment(body=meeting.body, ordinance="条例", title="条例の一部改正について", token=uuid.uuid4())
    amendment.save_as(SYSTEM, action="edit_reference", reason="試験のため")
    page = reverse("add_agenda_item", args=[meeting.pk])
    given = {"block": block.pk, "subject": "audit", "title": amendment.title, "amendment": amendment.pk}
    given |= {"token": TOKEN}
    assert secretariat.post(page, given).status_code == 422
    assert secretariat.post(page, given | {"subject": "amendment"}).status_code == 303
    assert AgendaItem.objects.get().amendment == amendment
