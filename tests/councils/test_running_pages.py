"""会議の進行のページ: the secretariat records what came of the items; what is refused stays in the form."""

import pytest
from django.urls import reverse

from councils.models import Outcome, Result
from organization.models import Role
from records.models import Proposal
from tests.councils.sittings import consulted, sitting, told
from tests.organization.factories import person
from tests.records.factories import accepted

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client):
    client.force_login(person(Role.SECRETARIAT))
    return client


def test_an_outcome_is_recorded_and_taken_back_on_the_pages(secretary):
    meeting, proposal = sitting(), accepted()
    item = consulted(meeting, proposal, number=8)
    page = reverse("run_meeting", args=[meeting.pk])
    assert (
        secretary.post(reverse("begin_items", args=[meeting.pk]), {"items": [item.pk], "at": "10:05"}).status_code
        == 303
    )
    assert "審議中" in secretary.get(page).content.decode()
    given = {"items": [item.pk], "method": "none", "result": "approved", "phrase": "原案通り承認といたします。"}
    assert secretary.post(page, given).status_code == 303
    assert "原案通り承認といたします。" in secretary.get(page).content.decode()
    assert Proposal.objects.get().status == "decided"
    undo = reverse("undo_outcome", args=[Outcome.objects.get().pk])
    assert secretary.get(undo).status_code == 200
    assert secretary.post(undo, {"reason": ""}).status_code == 422
    assert secretary.post(undo, {"reason": "記入の誤り"}).status_code == 303
    assert Proposal.objects.get().status == "scheduled"


def test_what_is_refused_is_said_at_its_field_and_what_was_typed_stays(secretary):
    meeting = sitting(members=7, present=7)
    item = consulted(meeting, accepted())
    given = {
        "items": [item.pk], "method": "hands", "extent": "unanimous", "against": "1", "result": Result.APPROVED,
        "phrase": "それでは、承認といたします。",
    }  # fmt: skip
    answer = secretary.post(reverse("run_meeting", args=[meeting.pk]), given)
    assert answer.status_code == 422
    assert "全員一致にはできません" in answer.content.decode()
    assert "それでは、承認といたします。" in answer.content.decode()
    assert not Outcome.objects.exists()


def test_a_condition_without_its_words_is_said_in_words(secretary):
    meeting = sitting()
    given = {"items": [consulted(meeting, accepted()).pk], "method": "none", "result": "conditional"}
    answer = secretary.post(reverse("run_meeting", args=[meeting.pk]), given)
    assert (answer.status_code, "付された条件が必要です" in answer.content.decode()) == (422, True)


def test_a_clerk_does_not_open_the_page(client):
    meeting = sitting()
    told(meeting)
    client.force_login(person(Role.CLERK))
    assert client.get(reverse("run_meeting", args=[meeting.pk])).status_code == 403
