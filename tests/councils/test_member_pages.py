"""委員のページ: seats, offices and names, what is refused, and two people at once."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from councils.models import Category, OfficeHolding
from councils.services import members as services
from history.errors import StaleEdit
from history.writing import SYSTEM
from organization.models import Role
from tests.councils.factories import AppointmentFactory, BodyRuleFactory, MemberFactory, TermFactory
from tests.councils.sittings import sitting
from tests.organization.factories import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client):
    client.force_login(person(Role.SECRETARIAT))
    return client


@pytest.fixture
def term():
    return TermFactory(starts_on=date(2024, 4, 1), ends_on=date(2026, 3, 31))


def office(seat, **days):
    return services.hold_office(seat, office="chair", actor=SYSTEM, **days)


def boxes(client, url):
    form = client.get(url).context["form"]
    return {name: form[name].value() or "" for name in form.fields} | {
        name: form[name].value() for name in form.fields if name.endswith("lock")
    }


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


def test_a_form_opened_before_somebody_saved_wipes_nothing(secretary, term):
    seat = AppointmentFactory(term=term)
    url = reverse("edit_appointment", args=[seat.pk])
    mine, hers = boxes(secretary, url), boxes(secretary, url)
    assert secretary.post(url, hers | {"category": "expert", "given_name": "花子"}).status_code == 303
    refused = secretary.post(url, mine | {"starts_on": "R6.5.1"})
    words = refused.content.decode()
    assert (refused.status_code, "ほかの人がこの内容を保存しました" in words, "花子" in words) == (422, True, True)
    seat.refresh_from_db()
    assert (seat.category, seat.member.given_name, seat.starts_on) == ("expert", "花子", None)
    form = refused.context["form"]
    again = {name: form.data[name] for name in ("lock", "member_lock")}
    both = hers | {"category": "expert", "given_name": "花子", "starts_on": "R6.5.1"} | again
    assert secretary.post(url, both).status_code == 303
    seat.refresh_from_db()
    assert (seat.category, seat.starts_on) == ("expert", date(2024, 5, 1))


def test_a_choice_is_compared_by_its_words_and_a_day_by_its_meaning(secretary, term):
    url = reverse("edit_appointment", args=[AppointmentFactory(term=term).pk])
    given = boxes(secretary, url)
    secretary.post(url, given | {"category": "expert", "starts_on": "2024/5/1"})
    refused = secretary.post(url, given | {"category": "resident", "starts_on": "R6.5.1"})
    told = [(one.label, one.before, one.after) for one in refused.context["differences"]]
    assert told == [("区分", Category.EXPERT.label, Category.RESIDENT.label)]


def test_the_name_is_that_of_the_seats_in_all_terms(term):
    seat = AppointmentFactory(term=term)
    other = AppointmentFactory(term=TermFactory(body=term.body, number=9), member=seat.member)
    values = {"distinction": "", "category": "", "starts_on": None, "ends_on": None, "actor": SYSTEM, "member_lock": 0}
    services.edit_appointment(other, given_name="花子", lock=other.lock, **values)
    with pytest.raises(StaleEdit):
        services.edit_appointment(seat, given_name="", lock=seat.lock, **values)


def test_a_seat_is_not_cut_off_a_meeting_to_which_its_member_came():
    meeting = sitting(members=1)
    seat = meeting.attendances.get().appointment
    values = {"given_name": "", "distinction": "", "category": "", "ends_on": None, "actor": SYSTEM}
    with pytest.raises(services.CameOutside, match="の会議に出席しています"):
        services.edit_appointment(
            seat, starts_on=date(2026, 1, 1), lock=seat.lock, member_lock=seat.member.lock, **values
        )
    seat.refresh_from_db()
    assert seat.starts_on is None


def test_there_is_one_chair_at_a_time_and_the_next_one_follows(term):
    first, second = AppointmentFactory(term=term), AppointmentFactory(term=term)
    chair = office(first)
    with pytest.raises(ValidationError, match="がすでに会長です"):
        office(second, starts_on=date(2025, 4, 1))
    services.edit_office(
        chair, office="chair", starts_on=None, ends_on=date(2025, 3, 31), lock=chair.lock, actor=SYSTEM
    )
    office(second, starts_on=date(2025, 4, 1))
    with pytest.raises(ValidationError, match="委嘱の期間の外です"):
        office(first, starts_on=date(2027, 4, 1))


def test_the_roster_names_the_offices_of_its_day(secretary, term):
    seat = AppointmentFactory(term=term)
    office(seat, starts_on=date(2025, 4, 1), ends_on=date(2025, 9, 30))
    roster = reverse("member_list")
    days = ("R7.3.31", "R7.9.30", "R7.10.1")
    assert [secretary.get(f"{roster}?as_of={day}").context["rows"][0][1][4] for day in days] == ["", "会長", ""]


def test_an_office_is_ended_and_taken_back_on_the_page_of_the_member(secretary, term):
    seat = AppointmentFactory(term=term)
    secretary.post(reverse("hold_office", args=[seat.pk]), {"office": "chair", "starts_on": "", "ends_on": ""})
    row = OfficeHolding.objects.get()
    page = reverse("view_member", args=[seat.member_id])
    url = reverse("edit_office", args=[row.pk])
    assert url in secretary.get(page).content.decode()
    answer = secretary.post(url, boxes(secretary, url) | {"ends_on": "R7.3.31"})
    assert (answer.status_code, answer.headers["Location"]) == (303, page)
    assert "R7.3.31" in secretary.get(page).content.decode()
    secretary.post(reverse("remove_office", args=[row.pk]))
    assert "役職の記入はありません" in secretary.get(page).content.decode()
    assert secretary.post(url, {"office": "chair"}).status_code == 404


def test_the_page_of_a_member_tells_where_they_came(secretary):
    meeting = sitting(members=1)
    member = meeting.attendances.get().appointment.member
    words = secretary.get(reverse("view_member", args=[member.pk])).content.decode()
    assert str(meeting) in words
    assert "出席" in words


def test_a_clerk_reads_members_and_changes_none(client, term):
    client.force_login(person(Role.CLERK))
    seat = AppointmentFactory(term=term)
    words = client.get(reverse("view_member", args=[seat.member_id])).content.decode()
    assert "委嘱を編集" not in words
    assert client.get(reverse("edit_appointment", args=[seat.pk])).status_code == 403


def test_rules_of_a_body_do_not_overlap():
    rule = BodyRuleFactory(valid_to=date(2023, 4, 1))
    BodyRuleFactory(body=rule.body, valid_from=date(2023, 4, 1))
    with pytest.raises(ValidationError, match="期間が重なっています"):
        BodyRuleFactory(body=rule.body, valid_from=date(2022, 4, 1), valid_to=date(2022, 5, 1))


def test_the_secretariat_begins_a_term_of_a_body_without_one_and_appoints_into_it(secretary):
    body = BodyRuleFactory().body
    given = {"body": body.pk, "number": "1", "starts_on": "R8.4.1", "ends_on": "R10.3.31"}
    assert secretary.post(reverse("begin_term"), given).status_code == 303
    twice = secretary.post(reverse("begin_term"), given)
    assert (twice.status_code, "この期はすでにあります" in twice.content.decode()) == (422, True)
    term = body.terms.get()
    assert secretary.post(reverse("appoint_member"), {"term": term.pk, "surname": "内田"}).status_code == 303
    outside = secretary.post(reverse("appoint_member"), {"term": term.pk, "surname": "今井", "starts_on": "R7.4.1"})
    assert (outside.status_code, "の期間" in outside.content.decode()) == (422, True)
