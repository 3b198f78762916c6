"""法129条: what the council may be asked before and after 2023-04-01."""

from datetime import date

import pytest
from django.urls import reverse

from councils.lawful import OnlyReported
from councils.models import BlockKind, BodyKind, Restart, Subject
from councils.services.agenda import add_block, add_item, give_number, put_on_agenda
from councils.services.meetings import edit_meeting
from history.writing import SYSTEM
from organization.models import Role
from tests.councils.factories import BodyFactory, BodyRuleFactory, TermFactory, meeting_of
from tests.organization.factories import person
from tests.records.factories import accepted

pytestmark = pytest.mark.django_db

LAST, FIRST = date(2023, 3, 31), date(2023, 4, 1)


def test_a_file_is_a_consultation_until_the_last_day_of_the_ordinance_and_not_after():
    term = TermFactory()
    put_on_agenda(meeting_of(term, held_on=LAST), accepted(), kind=BlockKind.CONSULTATION, actor=SYSTEM)
    with pytest.raises(OnlyReported, match="個人情報の保護に関する法律第129条"):
        put_on_agenda(meeting_of(term, held_on=FIRST), accepted(), kind=BlockKind.CONSULTATION, actor=SYSTEM)


@pytest.mark.parametrize("subject", [Subject.AMENDMENT, Subject.ASSESSMENT, Subject.FREE])
def test_systems_ordinances_and_assessments_are_still_asked_about(subject):
    meeting = meeting_of(TermFactory(), held_on=FIRST)
    block = add_block(meeting, kind=BlockKind.CONSULTATION, actor=SYSTEM)
    item = add_item(block, title="安全管理の考え方について", subject=subject, actor=SYSTEM)
    assert give_number(item, actor=SYSTEM).number == 1


def test_an_internal_meeting_goes_on_as_its_ward_has_it():
    body = BodyRuleFactory(body=BodyFactory(kind=BodyKind.MANAGEMENT), session_restart=Restart.FISCAL_YEAR).body
    meeting = meeting_of(TermFactory(body=body), held_on=FIRST)
    put_on_agenda(meeting, accepted(), kind=BlockKind.CONSULTATION, actor=SYSTEM)


def test_a_meeting_with_consultations_on_files_does_not_move_over_the_day():
    meeting = meeting_of(TermFactory(), held_on=LAST)
    put_on_agenda(meeting, accepted(), kind=BlockKind.CONSULTATION, actor=SYSTEM)
    meeting.refresh_from_db()
    names = ("number", "held_on", "starts_at", "ends_at", "place", "is_public", "closed_ground", "observers")
    values = {name: getattr(meeting, name) for name in names}
    with pytest.raises(OnlyReported):
        edit_meeting(meeting, values=values | {"held_on": FIRST}, lock=meeting.lock, actor=SYSTEM)


def test_the_page_says_why_none_of_the_files_can_be_asked_about(client):
    client.force_login(person(Role.SECRETARIAT))
    meeting = meeting_of(TermFactory(), held_on=FIRST)
    accepted()
    page = reverse("put_on_agenda", args=[meeting.pk])
    assert "報告として載せてください" in client.get(page).content.decode()
    assert "報告として載せてください" not in client.get(f"{page}?kind=report").content.decode()


def test_what_may_still_be_asked_carries_its_article(client):
    client.force_login(person(Role.SECRETARIAT))
    meeting = meeting_of(TermFactory(), held_on=FIRST)
    block = add_block(meeting, kind=BlockKind.CONSULTATION, actor=SYSTEM)
    item = add_item(block, title="安全管理の考え方について", subject=Subject.FREE, actor=SYSTEM)
    page = reverse("number_consultation", args=[item.pk])
    form = client.get(page).context["form"]
    assert "第129条" in form["ground"].value()
    chosen = "安全管理の考え方（個人情報の保護に関する法律第129条）"
    assert client.post(page, {"number": "", "ground": "何か"}).status_code == 422
    assert client.post(page, {"number": "", "ground": chosen}).status_code == 303
    board = client.get(reverse("view_agenda", args=[meeting.pk])).content.decode()
    assert f"根拠：{chosen}" in board
    assert "種類による諮問のように読めます" not in board


def test_an_item_that_reads_as_a_case_of_a_kind_is_remarked_on(client):
    client.force_login(person(Role.SECRETARIAT))
    meeting = meeting_of(TermFactory(), held_on=FIRST)
    block = add_block(meeting, kind=BlockKind.CONSULTATION, actor=SYSTEM)
    add_item(block, title="税の業務に係る電子計算組織の結合について", subject=Subject.FREE, actor=SYSTEM)
    board = client.get(reverse("view_agenda", args=[meeting.pk])).content.decode()
    assert "種類による諮問のように読めます" in board


def test_under_the_ordinance_no_ground_is_asked(client):
    client.force_login(person(Role.SECRETARIAT))
    meeting = meeting_of(TermFactory(), held_on=LAST)
    item = put_on_agenda(meeting, accepted(), kind=BlockKind.CONSULTATION, actor=SYSTEM)
    assert "ground" not in client.get(reverse("number_consultation", args=[item.pk])).context["form"].fields
    assert give_number(item, actor=SYSTEM).ground == ""
