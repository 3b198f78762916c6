"""公開した会議要録: the full text for everybody, nothing before its publication, nothing of a closed item."""

import pytest
from django.urls import reverse

from councils.models import Minutes
from councils.services.agenda import edit_agenda_item
from councils.services.minutes import (
    ClosedMeeting,
    begin_minutes,
    publish_minutes,
    return_minutes,
    send_minutes,
    settle_minutes,
)
from councils.services.utterances import add_utterance
from history.writing import SYSTEM
from organization.models import Role
from printing.layouts import seed_layouts
from records.demo import load_ward
from search import writing
from tests.councils.sittings import sitting, told
from tests.organization.factories import person
from tests.printing.papers import text_of

pytestmark = pytest.mark.django_db


def settled(meeting, item=None):
    minutes = begin_minutes(meeting, actor=SYSTEM)
    add_utterance(minutes, speaker="委員", text="住所の話です。", item=item, actor=SYSTEM)
    return settle_minutes(send_minutes(minutes, actor=SYSTEM), actor=SYSTEM)


def address(minutes, name="public_minutes"):
    return reverse(name, args=[minutes.meeting.token])


def test_everybody_reads_the_full_text_of_2013(client):
    load_ward("nerima")
    minutes = Minutes.objects.get()
    assert minutes.title in client.get(reverse("public_minutes_list")).content.decode()
    words = client.get(address(minutes)).content.decode()
    assert "会長は所用のため少し遅れます。" in words
    assert "（委員）" in words
    assert "【諮問第８号】" in words
    assert "本日の審議会はこれで終了いたします。" in text_of(client.get(address(minutes, "public_minutes_pdf")).content)


def test_nothing_is_read_before_it_is_published(client):
    seed_layouts(SYSTEM)
    minutes = settled(sitting())
    assert client.get(address(minutes)).status_code == 404
    assert minutes.title not in client.get(reverse("public_minutes_list")).content.decode()
    publish_minutes(minutes, actor=SYSTEM)
    assert "住所の話です。" in client.get(address(minutes)).content.decode()


def test_what_was_said_behind_closed_doors_is_not_published(client):
    seed_layouts(SYSTEM)
    meeting = sitting()
    item = told(meeting, "事故について")
    closed = {"is_public": False, "closed_ground": "個人が分かるため"}
    edit_agenda_item(item, title=item.title, presenter="税務課", **closed, lock=item.lock, actor=SYSTEM)
    minutes = publish_minutes(settled(meeting, item), actor=SYSTEM)
    words = client.get(address(minutes)).content.decode()
    assert "住所の話です。" not in words
    assert "「事故について」は、非公開で審議しました。" in words
    assert "住所の話です。" not in text_of(client.get(address(minutes, "public_minutes_pdf")).content)


def test_minutes_vanish_when_their_meeting_is_closed_to_the_public(client):
    seed_layouts(SYSTEM)
    minutes = publish_minutes(settled(sitting()), actor=SYSTEM)
    meeting = minutes.meeting
    meeting.is_public, meeting.closed_ground = False, "個人が分かるため"
    meeting.save_as(SYSTEM, action="edit_meeting")
    assert client.get(address(minutes)).status_code == 404


def test_the_minutes_of_a_closed_meeting_are_not_published():
    meeting = sitting()
    meeting.is_public, meeting.closed_ground = False, "個人が分かるため"
    meeting.save_as(SYSTEM, action="edit_meeting")
    minutes = settled(meeting)
    with pytest.raises(ClosedMeeting):
        publish_minutes(minutes, actor=SYSTEM)


def found(client, text):
    page = client.get(reverse("public_search"), {"q": text}).context["page"]
    return [(hit.name, [passage.text for passage in hit.passages]) for hit in page.rows]


def test_everybody_finds_what_was_said_once_it_is_published_and_not_after_it_was_taken_back(client):
    seed_layouts(SYSTEM)
    minutes = settled(sitting())
    writing.rebuild()
    assert found(client, "住所の話") == []
    publish_minutes(minutes, actor=SYSTEM)
    writing.rebuild()
    assert found(client, "住所の話") == [(minutes.title, ["住所の話です。"])]
    return_minutes(Minutes.objects.get(), reason="誤りがあった", actor=SYSTEM)
    assert found(client, "住所の話") == []


def test_nobody_finds_what_was_said_behind_closed_doors(client):
    seed_layouts(SYSTEM)
    meeting = sitting()
    item = told(meeting, "事故について")
    minutes = publish_minutes(settled(meeting, item), actor=SYSTEM)
    writing.rebuild()
    assert found(client, "住所の話")
    item.refresh_from_db()
    closed = {"is_public": False, "closed_ground": "個人が分かるため"}
    edit_agenda_item(item, title=item.title, presenter="税務課", **closed, lock=item.lock, actor=SYSTEM)
    assert found(client, "住所の話") == []
    writing.rebuild()
    assert found(client, "住所の話") == []
    assert [name for name, _ in found(client, "非公開で審議")] == [minutes.title]


def test_the_staff_finds_what_was_said_between_the_items(client):
    minutes = settled(sitting())
    writing.rebuild()
    client.force_login(person(Role.CLERK))
    results = client.get(reverse("search"), {"q": "住所の話", "kind": "minutes"}).context["results"]
    assert [result.shown.url for result in results] == [minutes.get_absolute_url()]
