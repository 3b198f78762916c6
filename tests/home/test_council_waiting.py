"""はじめの画面: what waits for the secretariat: meetings ahead and left over, and the 要録 on their way."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from councils.models import MeetingStatus
from councils.services.meetings import close_meeting
from councils.services.minutes import begin_minutes, publish_minutes, send_minutes, settle_minutes
from councils.services.utterances import add_utterance
from history.writing import SYSTEM
from home.council_waiting import groups
from organization.models import Role
from tests.councils.factories import TermFactory, meeting_of
from tests.councils.sittings import sitting
from tests.organization.factories import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return person(Role.SECRETARIAT)


def waiting(user):
    return {group.code: [row.detail for row in group.rows] for group in groups(user, timezone.localdate())}


def test_each_step_of_the_minutes_waits_for_the_secretariat_until_they_are_out(secretary):
    meeting = sitting()
    close_meeting(meeting, starts_at=time(10), ends_at=time(11), actor=SYSTEM)
    shown = [waiting(secretary)["minutes"]]
    minutes = begin_minutes(meeting, actor=SYSTEM)
    add_utterance(minutes, speaker="会長", text="開会します。", actor=SYSTEM)
    shown.append(waiting(secretary)["minutes"])
    for step in (send_minutes, settle_minutes):
        minutes = step(minutes, actor=SYSTEM)
        shown.append(waiting(secretary)["minutes"])
    assert shown == [["要録を作る"], ["発言を書き、確認にまわす"], ["確認し、確定する"], ["公開する"]]
    publish_minutes(minutes, actor=SYSTEM)
    assert waiting(secretary) == {}


def test_the_minutes_of_a_closed_meeting_are_done_once_they_are_settled(secretary):
    meeting = sitting()
    meeting.is_public, meeting.closed_ground, meeting.status = False, "個人の審査のため", MeetingStatus.CLOSED
    meeting.save_as(SYSTEM, action="edit_meeting")
    minutes = begin_minutes(meeting, actor=SYSTEM)
    add_utterance(minutes, speaker="会長", text="開会します。", actor=SYSTEM)
    settle_minutes(send_minutes(minutes, actor=SYSTEM), actor=SYSTEM)
    assert waiting(secretary) == {}


def test_a_meeting_that_nobody_opened_or_closed_stays_on_the_page(secretary):
    meeting_of(TermFactory(), held_on=timezone.localdate() - timedelta(days=1))
    assert waiting(secretary)["meetings"] == ["諮問 0件　報告 0件　開催日を過ぎています"]


def test_the_page_leads_there_and_no_clerk_sees_it(secretary):
    close_meeting(meeting := sitting(), starts_at=time(10), ends_at=time(11), actor=SYSTEM)
    for user, expected in ((secretary, True), (person(Role.CLERK), False)):
        client = Client()
        client.force_login(user)
        page = client.get(reverse("home")).content.decode()
        assert (reverse("meeting_minutes", args=[meeting.pk]) in page) is expected
