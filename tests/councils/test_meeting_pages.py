"""会議のページ: planned, convened, opened, closed or cancelled; the roster with its answers and its quorum."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from councils.models import Convocation, Meeting, MeetingStatus, Restart
from councils.services.members import hold_office
from councils.services.outcomes import settle_items
from files.services import content_of
from history.writing import SYSTEM
from organization.models import Role
from printing.layouts import seed_layouts
from tests.councils.factories import AppointmentFactory, BodyRuleFactory, TermFactory, meeting_of
from tests.councils.sittings import consulted, sitting
from tests.organization.factories import person
from tests.printing.papers import fold, text_of
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
    told_again = "開催通知のあとに、日時か場所が変わりました"
    assert told_again in secretary.get(page("view_meeting", meeting)).content.decode()
    again = secretary.get(page("convene_meeting", meeting)).context["form"]
    assert again["text"].value() == "駐車場はありません。"
    secretary.post(page("convene_meeting", meeting), {"reply_by": "", "text": "駐車場はありません。"})
    assert told_again not in secretary.get(page("view_meeting", meeting)).content.decode()
    assert "第二委員会室" in text_of(content_of(Convocation.objects.get().file))


def test_the_notice_asks_for_the_answer_on_a_slip(secretary):
    seed_layouts(SYSTEM)
    answer = secretary.get(page("print_convocation", planned()))
    words = fold(text_of(answer.content))
    for line in ("出欠回答書", "□出席します", "□遅れて出席します(時分ころ)", "□欠席します", "氏名"):
        assert line in words


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


def test_chair_and_presence_are_two_things(secretary):
    meeting = sitting()
    item = consulted(meeting, accepted())
    secretary.post(page("take_chair", meeting), {"office": "vice_chair", "attendance": "", "from_item": ""})
    secretary.post(page("take_chair", meeting), {"office": "chair", "attendance": "", "from_item": item.pk})
    assert [str(row) for row in meeting.chairings.all()] == ["副会長", "会長"]
    assert [row.attendance for row in meeting.chairings.all()] == [None, None]
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


def test_the_holder_of_the_office_takes_the_chair_where_one_is_known(secretary):
    meeting = sitting(members=2)
    first, _ = meeting.attendances.all()
    hold_office(first.appointment, office="chair", actor=SYSTEM)
    words = secretary.get(page("take_chair", meeting)).content.decode()
    assert f"会長（{first}）" in words
    secretary.post(page("take_chair", meeting), {"office": "chair", "attendance": "", "from_item": ""})
    assert meeting.chairings.get().attendance == first
