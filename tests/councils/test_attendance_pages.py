"""出欠のページ: who answered, who was there when, also when two secretaries write at once."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from councils.models import Answer, BodyRule, MeetingStatus
from councils.quorum import quorum_needed
from councils.services import meetings as services
from councils.services.attendance import OutsideAppointment, OutsideMeeting, call_members, record_presence
from history.writing import SYSTEM
from organization.models import Role
from tests.councils.factories import AppointmentFactory, TermFactory, meeting_of
from tests.councils.sittings import sitting
from tests.organization.factories import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client):
    client.force_login(person(Role.SECRETARIAT))
    return client


def page(name, meeting):
    return reverse(name, args=[meeting.pk])


def attendance_boxes(client, meeting, **typed):
    """What the form of the roster would send, with some boxes typed over: by name of the box and place of the row."""
    form = client.get(page("meeting_attendance", meeting)).context["form"]
    given = {name: form[name].value() or "" for name in form.fields}
    given |= {form.add_initial_prefix(name): value for name, value in given.items()}
    for key, value in typed.items():
        name, place = key.rsplit("_", 1)
        given[f"{name}-{form.attendances[int(place)].pk}"] = value
    return given


def save(client, meeting, given):
    return client.post(page("record_presence", meeting), given)


def test_seven_attend_one_comes_late_and_the_quorum_is_told_for_each_moment(secretary):
    term = TermFactory()
    for _ in range(7):
        AppointmentFactory(term=term)
    meeting = meeting_of(term, starts_at=time(10))
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
    ahead = meeting_of(AppointmentFactory().term, held_on=timezone.localdate() + timedelta(days=7))
    call_members(ahead, actor=SYSTEM)
    answer = secretary.post(page("record_presence", ahead), attendance_boxes(secretary, ahead, came_0="yes"))
    assert (answer.status_code, "より前には、出席を記入できません" in answer.content.decode()) == (422, True)
    meeting = sitting(members=2, present=0)
    seat = meeting.attendances.first().appointment
    seat.ends_on = meeting.held_on - timedelta(days=1)
    seat.save_as(SYSTEM, action="edit_appointment")
    answer = secretary.post(page("record_presence", meeting), attendance_boxes(secretary, meeting, came_0="yes"))
    assert (answer.status_code, "には委嘱されていません" in answer.content.decode()) == (422, True)


def came(meeting):
    return list(meeting.attendances.order_by("position", "pk").values_list("came", flat=True))


def test_two_secretaries_write_at_once_and_neither_puts_back_what_the_other_wrote(secretary):
    meeting = sitting(members=3, present=0)
    mine, hers = attendance_boxes(secretary, meeting), attendance_boxes(secretary, meeting)
    first, second, _ = (row.pk for row in meeting.attendances.all())
    assert save(secretary, meeting, hers | {f"came-{first}": "yes"}).status_code == 303
    assert save(secretary, meeting, mine | {f"came-{second}": "yes"}).status_code == 303
    assert came(meeting) == [True, True, False]


def test_what_two_wrote_of_one_member_is_shown_and_taken_at_the_second_attempt(secretary):
    meeting = sitting(members=2, present=0)
    mine, hers = attendance_boxes(secretary, meeting), attendance_boxes(secretary, meeting)
    first = meeting.attendances.first().pk
    save(secretary, meeting, hers | {f"came-{first}": "yes", f"when-{first}": "10:20から"})
    refused = save(secretary, meeting, mine | {f"came-{first}": "yes"})
    words = refused.content.decode()
    assert (refused.status_code, "ほかの人が同じ委員の出欠を保存しました" in words) == (422, True)
    assert "10:20から" in words
    assert meeting.attendances.first().presences.filter(is_removed=False).get().arrived_at == time(10, 20)
    form = refused.context["form"]
    again = mine | {f"came-{first}": "yes"}
    again |= {name: form.data[name] for name in form.data if name.startswith("initial-")}
    assert save(secretary, meeting, again).status_code == 303
    assert meeting.attendances.first().presences.filter(is_removed=False).get().arrived_at is None


def test_times_without_the_tick_that_somebody_came_are_asked_about_and_not_dropped(secretary):
    meeting = sitting(members=1, present=0)
    answer = save(secretary, meeting, attendance_boxes(secretary, meeting, came_0="no", when_0="10:20から"))
    assert (answer.status_code, "「出席」を選んでください" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("stretch", [(time(12), None), (None, time(10)), (time(9), time(9, 30))])
def test_nobody_is_there_only_before_the_opening_or_after_the_close(stretch):
    meeting = sitting(members=1, present=0)
    meeting.starts_at, meeting.ends_at = time(10), time(12)
    meeting.save_as(SYSTEM, action="edit_meeting")
    with pytest.raises(OutsideMeeting, match="会議の時間の外です"):
        record_presence(meeting.attendances.get(), came=True, stretches=[stretch], actor=SYSTEM)


def edit(meeting, **values):
    given = {name: getattr(meeting, name) for name in services.EDITABLE} | values
    return services.edit_meeting(meeting, values=given, lock=meeting.lock, actor=SYSTEM)


def test_a_meeting_does_not_close_before_somebody_came():
    meeting = sitting(members=1, present=0)
    record_presence(meeting.attendances.get(), came=True, stretches=[(time(11), None)], actor=SYSTEM)
    with pytest.raises(OutsideMeeting):
        services.close_meeting(meeting, starts_at=time(10), ends_at=time(10, 50), actor=SYSTEM)
    with pytest.raises(OutsideMeeting):
        edit(meeting, starts_at=time(10), ends_at=time(10, 50))
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.OPEN


def test_an_open_meeting_or_one_with_people_in_it_is_not_moved_to_a_day_to_come():
    tomorrow = timezone.localdate() + timedelta(days=1)
    term = TermFactory()
    AppointmentFactory(term=term)
    meeting = meeting_of(term)
    (row,) = call_members(meeting, actor=SYSTEM)
    record_presence(row, came=True, actor=SYSTEM)
    for held in (meeting, sitting(present=0)):
        with pytest.raises(services.HasBegun, match="先の日"):
            edit(held, held_on=tomorrow)


def test_a_meeting_is_not_moved_to_a_day_on_which_who_came_had_no_seat():
    meeting = sitting(members=1, present=1)
    seat = meeting.attendances.get().appointment
    seat.starts_on = meeting.held_on
    seat.save_as(SYSTEM, action="edit_appointment")
    with pytest.raises(OutsideAppointment):
        edit(meeting, held_on=meeting.held_on - timedelta(days=1))


def test_who_has_no_seat_on_the_day_stays_on_the_list_and_counts_no_more(secretary):
    term = TermFactory()
    for _ in range(4):
        AppointmentFactory(term=term)
    meeting = meeting_of(term)
    leaving = call_members(meeting, actor=SYSTEM)[0].appointment
    assert quorum_needed(meeting) == 3
    leaving.ends_on = meeting.held_on - timedelta(days=1)
    leaving.save_as(SYSTEM, action="edit_appointment")
    assert quorum_needed(meeting) == 2
    assert "開催日には委嘱なし" in secretary.get(page("meeting_attendance", meeting)).content.decode()
    assert (
        f"{leaving}は、開催日には委嘱されていません。" in secretary.get(page("view_meeting", meeting)).content.decode()
    )


def test_a_meeting_lies_within_the_days_of_its_term_and_the_term_around_its_meetings():
    term = TermFactory(starts_on=date(2012, 4, 1), ends_on=date(2014, 3, 31))
    with pytest.raises(ValidationError, match="期間（平成24年4月1日から平成26年3月31日まで）の外です"):
        meeting_of(term, held_on=date(2014, 4, 1))
    meeting = meeting_of(term, held_on=date(2014, 3, 31))
    with pytest.raises(ValidationError, match="の外です"):
        edit(meeting, held_on=date(2012, 3, 31))
    term.ends_on = date(2014, 3, 30)
    with pytest.raises(ValidationError, match="この期の会議があります"):
        term.full_clean()


@pytest.mark.parametrize("name", ["view_meeting", "meeting_attendance", "run_meeting", "view_agenda"])
def test_a_meeting_whose_rule_was_ended_before_it_is_still_read(secretary, name):
    meeting = sitting()
    rule = BodyRule.objects.get()
    rule.valid_to = meeting.held_on
    rule.save_as(SYSTEM, action="edit_reference", reason="誤り")
    shown = secretary.get(page(name, meeting))
    assert shown.status_code == 200
    if name != "view_agenda":
        assert "開催日に審議体の定めがありません" in shown.content.decode()
