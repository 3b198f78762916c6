"""要望・宿題: noted from what was said, answered by the department, told at a later meeting."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from councils.models import FollowUp, FollowUpKind, FollowUpStatus, Minutes
from councils.services.follow_ups import (
    DueBeforeMeeting,
    PassageNotSaid,
    ToldTooEarly,
    answer_followup,
    create_followup,
    report_followup,
)
from councils.services.minutes import begin_minutes
from councils.services.utterances import add_utterance
from history.writing import SYSTEM
from organization import rules
from organization.models import Role
from records.demo import load_ward
from tests.councils.factories import meeting_of
from tests.councils.sittings import sitting
from tests.organization.factories import DepartmentFactory, person
from tests.records.factories import submitted

pytestmark = pytest.mark.django_db


def promised(meeting=None, **values):
    given = {"kind": FollowUpKind.PROMISE, "task": "守秘義務の担保", "token": uuid.uuid4(), "actor": SYSTEM}
    return create_followup(meeting or sitting(), **given | values)


def signed_in(role, department=None):
    client = Client()
    client.force_login(person(role, department or DepartmentFactory()))
    return client


def test_the_five_promises_and_the_open_question_of_2013_stand_in_the_demo_ward():
    load_ward("nerima")
    rows = FollowUp.objects.select_related("utterance", "item")
    assert [row.kind for row in rows] == [FollowUpKind.PROMISE] * 5 + [FollowUpKind.QUESTION]
    assert all(row.passage in row.utterance.text for row in rows)
    text = "".join(one.text for one in Minutes.objects.get().utterances.all())
    assert text.count("まいりたいと思います") == 5
    question = rows.get(kind=FollowUpKind.QUESTION)
    assert question.utterance.speaker == "委員"
    assert "正社員でという縛り" in question.passage
    assert question.item.consultation.number == 9


def test_a_follow_up_is_taken_from_what_was_said_on_the_page():
    client, meeting = signed_in(Role.SECRETARIAT), sitting()
    minutes = begin_minutes(meeting, actor=SYSTEM)
    said = add_utterance(minutes, speaker="税務課長", text="検討してまいりたいと思います。", actor=SYSTEM)
    address = f"{reverse('create_followup', args=[meeting.pk])}?utterance={said.pk}"
    form = client.get(address).context["form"]
    assert form["passage"].value() == said.text
    given = {"kind": "promise", "passage": said.text, "task": "検討", "token": str(form["token"].value())}
    first, again = client.post(address, given), client.post(address, given)
    assert first.headers["Location"] == again.headers["Location"]
    row = FollowUp.objects.get()
    assert (row.utterance, row.status) == (said, FollowUpStatus.OPEN)
    assert row.task in client.get(reverse("view_meeting", args=[meeting.pk])).content.decode()


def test_the_owing_department_answers_and_another_does_not():
    department = DepartmentFactory()
    row = promised(department=department)
    address = reverse("answer_followup", args=[row.pk])
    assert signed_in(Role.CLERK).get(address).status_code in (403, 404)
    own = signed_in(Role.CLERK, department)
    empty = own.post(address, {"answer": "", "lock": row.lock})
    assert (empty.status_code, FollowUp.objects.get().status) == (422, "open")
    assert own.post(address, {"answer": "誓約書をとりました。", "lock": row.lock}).status_code == 303
    assert FollowUp.objects.get().status == "answered"


def test_two_answers_at_once_do_not_lose_one():
    row = promised()
    answer_followup(row, answer="はじめの回答", lock=0, actor=SYSTEM)
    client = signed_in(Role.SECRETARIAT)
    answer = client.post(reverse("answer_followup", args=[row.pk]), {"answer": "あとの回答", "lock": 0})
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "はじめの回答" in words
    assert "あとの回答" in words


def test_it_is_told_at_a_later_meeting_only_and_after_its_answer():
    meeting = sitting()
    row = promised(meeting)
    with pytest.raises(rules.NotPermitted):
        report_followup(row, meeting=meeting, actor=SYSTEM)
    answer_followup(row, answer="とりました。", lock=0, actor=SYSTEM)
    with pytest.raises(ToldTooEarly):
        report_followup(row, meeting=meeting, actor=SYSTEM)
    later = meeting_of(meeting.term, held_on=meeting.held_on + timedelta(days=60))
    assert report_followup(row, meeting=later, actor=SYSTEM).reported_at == later


def test_a_due_day_before_the_meeting_and_a_passage_that_was_not_said_are_refused():
    meeting = sitting()
    with pytest.raises(DueBeforeMeeting):
        promised(meeting, due_on=meeting.held_on)
    minutes = begin_minutes(meeting, actor=SYSTEM)
    said = add_utterance(minutes, speaker="税務課長", text="検討します。", actor=SYSTEM)
    with pytest.raises(PassageNotSaid):
        promised(meeting, utterance=said, passage="約束します。")


def test_dropping_needs_its_reason():
    row, client = promised(), signed_in(Role.SECRETARIAT)
    address = reverse("drop_followup", args=[row.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "制度がなくなったため"}).status_code == 303
    assert FollowUp.objects.get().status == "dropped"


def test_the_next_file_of_the_department_shows_what_is_still_owed():
    proposal = submitted()
    promised(department=proposal.department, task="守秘義務の担保の方法")
    client = signed_in(Role.OFFICE)
    assert "守秘義務の担保の方法" in client.get(reverse("view_proposal", args=[proposal.pk])).content.decode()


def test_the_list_shows_late_ones_and_asks_the_same_however_long_it_is(django_assert_num_queries):
    meeting, client = sitting(), signed_in(Role.SECRETARIAT)
    promised(meeting, task="遅れた宿題", due_on=meeting.held_on + timedelta(days=1))
    promised(meeting, task="期限のない宿題")
    words = client.get(f"{reverse('followup_list')}?status=late").content.decode()
    assert "遅れた宿題" in words
    assert "期限のない宿題" not in words
    with django_assert_num_queries(5):
        client.get(reverse("followup_list"))
    for number in range(5):
        promised(meeting, task=f"宿題{number}")
    with django_assert_num_queries(5):
        client.get(reverse("followup_list"))


def test_an_utterance_of_several_paragraphs_is_quoted_as_a_browser_sends_it():
    meeting = sitting()
    minutes = begin_minutes(meeting, actor=SYSTEM)
    said = add_utterance(minutes, speaker="委員", text="一つめ。\r\n二つめ。", actor=SYSTEM)
    assert said.text == "一つめ。\n二つめ。"
    given = {"kind": "request", "task": "検討する", "passage": "一つめ。\r\n二つめ。", "utterance": said}
    assert create_followup(meeting, **given, token=uuid.uuid4(), actor=SYSTEM).utterance == said
