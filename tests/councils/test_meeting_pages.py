"""会議のページ: planned, convened, opened, closed or cancelled; the roster with its answers and its quorum."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from councils.models import Answer, Convocation, Meeting, MeetingStatus, Restart
from councils.services.attendance import call_members
from councils.services.outcomes import settle_items
from files.services import content_of
from history.writing import SYSTEM
from organization.models import Role
from printing.layouts import seed_layouts
from tests.councils.factories import AppointmentFactory, BodyRuleFactory, MemberFactory, TermFactory, meeting_of
from tests.councils.sittings import consulted, sitting
from tests.organization.factories import person
from tests.printing.papers import text_of
from tests.records.factories import accepted

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client):
    client.force_login(person(Role.SECRETARIAT))
    return client


def planned(**values):
    term = TermFactory()
    for _ in range(7):
        AppointmentFactory(term=term)
    return meeting_of(term, held_on=timezone.localdate() + timedelta(days=7), place="庁議室", **values)


def page(name, meeting):
    return reverse(name, args=[meeting.pk])


def test_a_meeting_is_registered_under_the_next_number_and_a_second_click_lands_on_it(secretary):
    term = TermFactory(number=7)
    form = secretary.get(reverse("create_meeting")).context["form"]
    given = {
        "body": term.body_id, "term": term.pk, "number": "", "held_on": "R8.12.1", "starts_at": "午前10時",
        "place": "庁議室", "token": str(form["token"].value()),
    }  # fmt: skip
    first = secretary.post(reverse("create_meeting"), given)
    again = secretary.post(reverse("create_meeting"), given)
    meeting = Meeting.objects.get()
    assert (first.status_code, first.headers["Location"]) == (303, page("view_meeting", meeting))
    assert again.headers["Location"] == first.headers["Location"]
    assert str(meeting) == "第7期第1回審議会"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"held_on": "平成25年2月30日"}, "2月30日"),
        ({"held_on": ""}, "開催日"),
        ({"term": ""}, "期を選んでください"),
        ({"number": "1"}, "この回の会議はすでにあります"),
        ({"starts_at": "25時"}, "時刻として読めません"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_what_was_typed_stays(secretary, typed, words):
    term = TermFactory(number=7)
    meeting_of(term)
    form = secretary.get(reverse("create_meeting")).context["form"]
    given = {
        "body": term.body_id, "term": term.pk, "number": "2", "held_on": "R8.12.1", "place": "庁議室",
        "token": str(form["token"].value()),
    }  # fmt: skip
    answer = secretary.post(reverse("create_meeting"), given | typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "庁議室" in answer.content.decode()
    assert Meeting.objects.count() == 1


def test_the_notice_that_was_sent_stays_as_it_was(secretary):
    seed_layouts(SYSTEM)
    meeting = planned()
    answer = secretary.post(page("convene_meeting", meeting), {"reply_by": "", "text": "駐車場はありません。"})
    assert answer.status_code == 303
    notice = Convocation.objects.get()
    sent = content_of(notice.file)
    assert "駐車場はありません。" in text_of(sent)
    assert "庁議室" in text_of(sent)
    meeting.refresh_from_db()
    assert (meeting.status, meeting.convened_on) == (MeetingStatus.CONVENED, timezone.localdate())
    secretary.post(page("edit_meeting", meeting), edited(secretary, meeting) | {"place": "第二委員会室"})
    assert content_of(Convocation.objects.get().file) == sent


def test_a_reply_after_the_meeting_is_no_reply(secretary):
    meeting = planned()
    late = (meeting.held_on + timedelta(days=1)).isoformat()
    answer = secretary.post(page("convene_meeting", meeting), {"reply_by": late, "text": ""})
    assert (answer.status_code, "回答期限は" in answer.content.decode()) == (422, True)
    assert not Convocation.objects.exists()


def edited(client, meeting):
    form = client.get(page("edit_meeting", meeting)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None or value is False else value for name, value in values.items()}


def test_two_people_who_edit_at_once_see_both_versions(secretary):
    meeting = planned()
    opened = edited(secretary, meeting)
    secretary.post(page("edit_meeting", meeting), opened | {"place": "第一委員会室"})
    answer = secretary.post(page("edit_meeting", meeting), opened | {"place": "第二委員会室"})
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "第一委員会室" in words
    assert "第二委員会室" in words


def test_a_new_day_in_another_fiscal_year_counts_in_that_year(secretary):
    body = BodyRuleFactory(session_restart=Restart.FISCAL_YEAR).body
    meeting = meeting_of(TermFactory(body=body))
    secretary.post(page("edit_meeting", meeting), edited(secretary, meeting) | {"held_on": "H25.4.10"})
    assert Meeting.objects.get().numbering == "平成25年度第1回"


def test_a_meeting_is_not_opened_before_its_day_and_not_closed_with_an_item_hanging(secretary):
    ahead = planned()
    secretary.post(page("open_meeting", ahead))
    ahead.refresh_from_db()
    assert ahead.status == MeetingStatus.PREPARING
    meeting = sitting()
    item = consulted(meeting, accepted())
    refused = secretary.post(
        page("close_meeting", meeting), {"starts_at": "10:00", "ends_at": "12:05", "observers": "1"}
    )
    assert (refused.status_code, item.title in refused.content.decode()) == (422, True)
    settle_items(meeting, [item], result="continued", method="none", actor=SYSTEM)
    assert secretary.get(page("close_meeting", meeting)).status_code == 200
    assert (
        secretary.post(
            page("close_meeting", meeting), {"starts_at": "10:00", "ends_at": "12:05", "observers": "1"}
        ).status_code
        == 303
    )
    meeting.refresh_from_db()
    assert (meeting.status, meeting.observers) == (MeetingStatus.CLOSED, 1)


def test_opening_calls_the_roster_of_the_day(secretary):
    term = TermFactory()
    for _ in range(3):
        AppointmentFactory(term=term)
    meeting = meeting_of(term)
    assert secretary.post(page("open_meeting", meeting)).status_code == 303
    assert meeting.attendances.count() == 3


def test_a_cancelled_meeting_gives_its_files_and_its_number_back(secretary):
    meeting, proposal = meeting_of(TermFactory()), accepted()
    consulted(meeting, proposal)
    assert secretary.post(page("cancel_meeting", meeting), {"reason": ""}).status_code == 422
    assert secretary.post(page("cancel_meeting", meeting), {"reason": "委員の都合"}).status_code == 303
    proposal.refresh_from_db()
    meeting.refresh_from_db()
    assert (meeting.status, proposal.status) == (MeetingStatus.CANCELLED, "accepted")
    assert meeting_of(meeting.term).number == 1


def attendance_boxes(client, meeting, **typed):
    """What the form of the roster would send, with some boxes typed over: by name of the box and place of the row."""
    form = client.get(page("meeting_attendance", meeting)).context["form"]
    given = {name: form[name].value() or "" for name in form.fields}
    for key, value in typed.items():
        name, place = key.rsplit("_", 1)
        given[f"{name}-{form.attendances[int(place)].pk}"] = value
    return given


def test_seven_attend_one_comes_late_and_the_quorum_is_told_for_each_moment(secretary):
    term = TermFactory()
    for _ in range(7):
        AppointmentFactory(term=term)
    meeting = meeting_of(term, starts_at=None)
    secretary.post(page("edit_meeting", meeting), edited(secretary, meeting) | {"starts_at": "10:00"})
    secretary.post(page("call_members", meeting))
    came = {f"came_{place}": "yes" for place in range(7)}
    given = attendance_boxes(secretary, meeting, **came, when_6="10:20から", answer_6=Answer.LATE)
    assert secretary.post(page("record_presence", meeting), given).status_code == 303
    shown = secretary.get(page("meeting_attendance", meeting))
    assert [(f"{at:%H:%M}", count) for at, count, _ in shown.context["moments"]] == [("10:00", 6), ("10:20", 7)]
    late = meeting.attendances.get(answer=Answer.LATE)
    assert attendance_boxes(secretary, meeting)[f"when-{late.pk}"] == "10:20から"


def test_a_time_that_is_none_is_said_beside_its_box_and_nothing_is_saved(secretary):
    meeting = sitting(members=3, present=0)
    given = attendance_boxes(secretary, meeting, came_0="yes", when_0="11:00から10:30まで")
    answer = secretary.post(page("record_presence", meeting), given)
    assert (answer.status_code, "来場の時刻より後ではありません" in answer.content.decode()) == (422, True)
    assert not meeting.attendances.filter(came=True).exists()


def test_nobody_attends_before_the_day_or_outside_the_term(secretary):
    ahead = planned()
    call_members(ahead, actor=SYSTEM)
    answer = secretary.post(page("record_presence", ahead), attendance_boxes(secretary, ahead, came_0="yes"))
    assert (answer.status_code, "より前には、出席を記入できません" in answer.content.decode()) == (422, True)
    meeting = sitting(members=2, present=0)
    seat = meeting.attendances.first().appointment
    seat.ends_on = meeting.held_on - timedelta(days=1)
    seat.save_as(SYSTEM, action="edit_appointment")
    answer = secretary.post(page("record_presence", meeting), attendance_boxes(secretary, meeting, came_0="yes"))
    assert (answer.status_code, "には委嘱されていません" in answer.content.decode()) == (422, True)


def test_two_of_one_surname_are_told_apart(secretary):
    term = TermFactory()
    AppointmentFactory(term=term, member=MemberFactory(body=term.body, surname="中村", distinction="三"))
    given = {"term": term.pk, "surname": "中村"}
    answer = secretary.post(reverse("appoint_member"), given)
    assert (answer.status_code, "名簿で見分けられるよう" in answer.content.decode()) == (422, True)
    assert secretary.post(reverse("appoint_member"), given | {"distinction": "弘"}).status_code == 303
    words = secretary.get(reverse("member_list")).content.decode()
    assert "中村（三）" in words
    assert "中村（弘）" in words
    assert "不明" in words


def test_chair_and_presence_are_two_things(secretary):
    meeting = sitting()
    item = consulted(meeting, accepted())
    secretary.post(page("take_chair", meeting), {"office": "vice_chair", "attendance": "", "from_item": ""})
    secretary.post(page("take_chair", meeting), {"office": "chair", "attendance": "", "from_item": item.pk})
    assert [str(row) for row in meeting.chairings.all()] == ["副会長", "会長"]
    nobody = secretary.post(page("take_chair", meeting), {"office": "", "attendance": "", "from_item": ""})
    assert nobody.status_code == 422


def test_the_ward_side_is_offered_from_the_agenda(secretary):
    meeting = sitting()
    consulted(meeting, accepted())
    offered = secretary.get(page("name_ward_side", meeting)).context["form"]["titles"].value().splitlines()
    assert offered[:3] == ["総務部長", "情報公開課長", "情報政策課長"]
    secretary.post(page("name_ward_side", meeting), {"titles": "税務課長\n総務部長\n税務課長\n"})
    assert list(meeting.ward_attendees.values_list("title", flat=True)) == ["税務課長", "総務部長"]


def test_the_list_of_meetings_asks_the_same_however_long_it_is(secretary, django_assert_num_queries):
    term = TermFactory()
    for number in range(3):
        meeting_of(term, number=number + 1)
    with django_assert_num_queries(6):
        secretary.get(reverse("meeting_list"))
    for number in range(3, 9):
        meeting_of(term, number=number + 1)
    with django_assert_num_queries(6):
        assert len(secretary.get(reverse("meeting_list")).context["rows"]) == 9
