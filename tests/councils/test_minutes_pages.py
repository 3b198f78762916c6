"""会議要録のページ: written utterance by utterance, checked, settled, published; members are never named."""

import uuid
from datetime import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from councils.models import Minutes, MinutesStatus, Utterance
from councils.services.attendance import name_ward_side, take_chair
from councils.services.minutes import begin_minutes, send_minutes, settle_minutes
from councils.services.outcomes import settle_items
from councils.services.utterances import MemberNamed, add_utterance, remove_utterance
from history.writing import SYSTEM
from organization import rules
from organization.models import Role
from printing.layouts import seed_layouts
from tests.councils.factories import AppointmentFactory, MemberFactory, TermFactory
from tests.councils.sittings import consulted, sitting, told
from tests.councils.test_import_minutes import SOURCE, seventh_term
from tests.organization.factories import person
from tests.records.factories import accepted

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client):
    client.force_login(person(Role.SECRETARIAT))
    return client


def page(name, row):
    return reverse(name, args=[row.pk])


def held():
    """A meeting with a 諮問 approved and a report heard."""
    meeting = sitting()
    meeting.starts_at, meeting.ends_at, meeting.observers = time(10), time(12, 5), 1
    meeting.save_as(SYSTEM, action="edit_meeting")
    name_ward_side(meeting, ["総務部長", "税務課長"], actor=SYSTEM)
    item = consulted(meeting, accepted(), number=8)
    take_chair(meeting, office="vice_chair", actor=SYSTEM)
    settle_items(meeting, [item], result="approved", phrase="原案通り承認", method="none", actor=SYSTEM)
    settle_items(meeting, [told(meeting)], result="reported", method="none", actor=SYSTEM)
    return meeting


def test_minutes_begin_with_what_the_meeting_knows(secretary):
    meeting = held()
    assert "まだありません" in secretary.get(page("meeting_minutes", meeting)).content.decode()
    first = secretary.post(page("begin_minutes", meeting))
    assert secretary.post(page("begin_minutes", meeting)).headers["Location"] == first.headers["Location"]
    minutes = Minutes.objects.get()
    assert minutes.when.endswith("午前10時から12時05分まで")
    assert (minutes.ward_side, minutes.observers) == ("総務部長、税務課長", "1名")
    assert minutes.members.count("委員、") == 6
    texts = [(one.speaker, one.text) for one in minutes.utterances.all()]
    assert texts[0][1].startswith("――― （１）諮問第８号 ")
    assert texts[1] == ("副会長", "諮問第８号については、原案通り承認でよろしいでしょうか。＜承認＞")
    assert texts[2][1].startswith("――― （１）監査について")


def test_an_utterance_is_added_between_others_moved_on_edited_and_removed(secretary):
    minutes = begin_minutes(held(), actor=SYSTEM)
    first = minutes.utterances.first()
    given = {
        "speaker": "委員", "text": "質問です。\n二つあります。", "item": first.item_id, "remark": "",
        "token": str(uuid.uuid4()),
    }  # fmt: skip
    added, again = (secretary.post(f"{page('add_utterance', minutes)}?after={first.pk}", given) for _ in range(2))
    assert (added.status_code, again.headers["Location"]) == (303, added.headers["Location"])
    assert [one.speaker for one in minutes.utterances.all()][1] == "委員"
    said = minutes.utterances.get(speaker="委員")
    assert added.headers["Location"].endswith(f"#said-{said.pk}")
    assert secretary.get(page("edit_utterance", said)).context["form"]["text"].value() == "質問です。\n二つあります。"
    secretary.post(page("edit_utterance", said), given | {"text": "質問です。", "lock": 0})
    said.refresh_from_db()
    assert said.text == "質問です。"
    stale = secretary.post(page("edit_utterance", said), given | {"text": "ほかの質問です。", "lock": 0})
    assert (stale.status_code, "ほかの質問です。" in stale.content.decode()) == (422, True)
    secretary.post(page("move_utterance", said), {"to": "up"})
    assert minutes.utterances.first() == said
    secretary.post(page("move_utterance", said), {"to": "up"})
    assert minutes.utterances.first() == said
    secretary.post(page("remove_utterance", said))
    assert "質問です。" not in secretary.get(page("view_minutes", minutes)).content.decode()


def test_a_member_is_never_named_as_speaker(secretary):
    meeting = held()
    minutes = begin_minutes(meeting, actor=SYSTEM)
    surname = meeting.attendances.first().appointment.member.surname
    for speaker in (
        surname,
        f"{surname}委員",
        f"委員（{surname}）",
        f"{surname} 委員",
        f"{surname}花子委員",
        f"{surname}氏",
    ):
        given = {"speaker": speaker, "text": "意見です。", "token": str(uuid.uuid4())}
        answer = secretary.post(page("add_utterance", minutes), given)
        assert (answer.status_code, "委員の名です" in answer.content.decode()) == (422, True)
        assert "意見です。" in answer.content.decode()
    assert not Utterance.objects.filter(text="意見です。").exists()


def test_open_marks_warn_before_it_is_settled_and_stay_with_a_reason(secretary):
    minutes = begin_minutes(held(), actor=SYSTEM)
    given = {"speaker": "委員", "text": "世帯主の名前と（場所名？）が", "token": str(uuid.uuid4())}
    secretary.post(page("add_utterance", minutes), given)
    assert secretary.post(page("send_minutes", minutes)).status_code == 303
    assert "（場所名？）" in secretary.get(page("settle_minutes", minutes)).content.decode()
    refused = secretary.post(page("settle_minutes", minutes), {"reason": ""})
    assert (refused.status_code, "このまま確定するときは" in refused.content.decode()) == (422, True)
    assert secretary.post(page("settle_minutes", minutes), {"reason": "もとの録音のとおり"}).status_code == 303
    assert secretary.post(page("publish_minutes", minutes)).status_code == 303
    minutes.refresh_from_db()
    assert minutes.status == MinutesStatus.PUBLISHED


def test_what_is_still_written_is_the_secretariats_alone(secretary, client):
    minutes = begin_minutes(held(), actor=SYSTEM)
    secretary.logout()
    client.force_login(person(Role.CLERK))
    assert client.get(page("view_minutes", minutes)).status_code in (403, 404)
    assert "いま作成しています" in client.get(page("meeting_minutes", minutes.meeting)).content.decode()


def test_settled_minutes_are_not_written_in_until_they_are_sent_back_with_a_reason(secretary):
    seed_layouts(SYSTEM)
    minutes = begin_minutes(held(), actor=SYSTEM)
    secretary.post(page("send_minutes", minutes))
    secretary.post(page("settle_minutes", minutes), {"reason": ""})
    said = minutes.utterances.first()
    given = {"speaker": "委員", "text": "あとから", "lock": 0}
    assert secretary.post(page("edit_utterance", said), given).status_code == 403
    assert "発言内容" in secretary.get(page("view_minutes", minutes)).content.decode()
    assert secretary.post(page("return_minutes", minutes), {"reason": ""}).status_code == 422
    assert secretary.post(page("return_minutes", minutes), {"reason": "発言者の誤り"}).status_code == 303
    minutes.refresh_from_db()
    assert (minutes.status, minutes.settled_on) == (MinutesStatus.DRAFT, None)


def test_nobody_settles_what_was_not_checked():
    minutes = begin_minutes(held(), actor=SYSTEM)
    with pytest.raises(rules.NotPermitted):
        settle_minutes(minutes, actor=SYSTEM)


def test_two_people_at_the_headings_see_both_versions(secretary):
    minutes = begin_minutes(held(), actor=SYSTEM)
    form = secretary.get(page("edit_minutes", minutes)).context["form"]
    given = {name: form[name].value() for name in form.fields}
    secretary.post(page("edit_minutes", minutes), given | {"place": "第一委員会室"})
    answer = secretary.post(page("edit_minutes", minutes), given | {"place": "第二委員会室"})
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "第一委員会室" in words
    assert "第二委員会室" in words


def test_a_file_goes_in_through_the_page_after_its_preview(secretary):
    seventh_term()
    bad = secretary.post(reverse("import_minutes"), {"file": SimpleUploadedFile("メモ.txt", "あれこれ".encode())})
    assert (bad.status_code, "会議要録として読めません" in bad.content.decode()) == (422, True)
    answer = secretary.post(reverse("import_minutes"), {"file": SimpleUploadedFile("要録.txt", SOURCE.encode())})
    preview = secretary.get(answer.headers["Location"])
    words = preview.content.decode()
    assert "資料6では平成24年12月27日です。" in words
    assert "（場所名？）" in words
    assert not Minutes.objects.exists()
    refused = secretary.post(answer.headers["Location"], {})
    assert (refused.status_code, "名簿にない委員がいます" in refused.content.decode()) == (422, True)
    assert secretary.post(answer.headers["Location"], {"add_members": "on"}).status_code == 303
    assert Minutes.objects.get().utterances.count() == 126


def test_the_page_of_long_minutes_asks_no_more_than_that_of_short_ones(secretary, django_assert_num_queries):
    minutes = begin_minutes(held(), actor=SYSTEM)
    secretary.get(page("view_minutes", minutes))
    with django_assert_num_queries(8):
        secretary.get(page("view_minutes", minutes))
    for number in range(20):
        Utterance(minutes=minutes, position=100 + number, speaker="委員", text="はい。").save_as(
            SYSTEM, action="add_utterance"
        )
    with django_assert_num_queries(8):
        secretary.get(page("view_minutes", minutes))


def closed_and_open(meeting):
    """An item that was closed to the public, and one that was not."""
    items = [told(meeting, title) for title in ("事故について", "監査について")]
    items[0].is_public, items[0].closed_ground = False, "個人が識別されるため"
    items[0].save_as(SYSTEM, action="edit_agenda_item")
    return items


def test_a_further_utterance_is_offered_the_item_of_the_one_before(secretary):
    meeting = sitting()
    closed, _ = closed_and_open(meeting)
    minutes = begin_minutes(meeting, actor=SYSTEM)
    add_utterance(minutes, speaker="委員", text="住所の話です。", item=closed, actor=SYSTEM)
    form = secretary.get(reverse("add_utterance", args=[minutes.pk])).context["form"]
    assert form["item"].value() == closed.pk


def test_what_stands_behind_a_closed_item_without_one_of_its_own_is_not_settled_unseen(secretary):
    meeting = sitting()
    closed, opened = closed_and_open(meeting)
    minutes = begin_minutes(meeting, actor=SYSTEM)
    for row in minutes.utterances.all():
        remove_utterance(row, actor=SYSTEM)
    add_utterance(minutes, speaker="委員", text="住所の話です。", item=closed, actor=SYSTEM)
    add_utterance(minutes, speaker="委員", text="議題を選ばなかった発言です。", actor=SYSTEM)
    add_utterance(minutes, speaker="委員", text="監査の話です。", item=opened, actor=SYSTEM)
    add_utterance(minutes, speaker="会長", text="閉会します。", actor=SYSTEM)
    minutes = send_minutes(minutes, actor=SYSTEM)
    page = reverse("settle_minutes", args=[minutes.pk])
    assert "議題を選んでいない発言が1件" in secretary.get(page).content.decode()
    assert secretary.post(page, {"reason": ""}).status_code == 422
    assert secretary.post(page, {"reason": "議題の外の発言のため"}).status_code == 303


@pytest.mark.parametrize("speaker", ["柴崎委員", "（柴﨑委員）"])
def test_a_member_is_not_named_in_any_spelling_and_brackets_are_not_doubled(speaker):
    term = TermFactory()
    AppointmentFactory(term=term, member=MemberFactory(body=term.body, surname="柴﨑"))
    minutes = begin_minutes(sitting(term=term), actor=SYSTEM)
    with pytest.raises(MemberNamed):
        add_utterance(minutes, speaker=speaker, text="伺います。", actor=SYSTEM)
    assert add_utterance(minutes, speaker="（委員）", text="伺います。", actor=SYSTEM).speaker == "委員"
