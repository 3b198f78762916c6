"""記載のページ: one address for ever, what changed when, and of what is over nothing but the days."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from file_register.kinds import PublicRegister
from file_register.models import PublishedState
from file_register.services import correct_file_entry, remove_file_entry
from history.writing import SYSTEM
from printing import sheets
from public.searching import find
from public.setting import read
from registry.services import abolish_activity, register_activity
from registry.sheets import CODE
from tests.file_register.factories import changed_file, entry_of_old, policy, published, registered_file
from tests.printing.papers import text_of
from tests.public.factories import public_policy
from tests.registry.factories import registered_activity, submitted_change_of

pytestmark = pytest.mark.django_db
LATER, LAST = date(2024, 4, 1), date(2025, 4, 1)


def page(client, kind, identity):
    """The page of an entry: its status and what it shows."""
    answer = client.get(reverse("public_entry", args=[kind, identity.token]))
    return answer.status_code, answer.context and answer.context.get("page"), answer.content.decode()


def events(shown):
    return [(event.day, event.what, event.items) for event in shown.events]


@pytest.fixture
def entry(department):
    """A published file whose entry was corrected."""
    version = registered_file(department, name="相談ファイル", scope="児童")
    published(version)
    changed_file(version, LATER, scope="児童と教職員", name="新しい相談ファイル")
    return correct_file_entry(version.file, on=LATER, actor=SYSTEM)


def test_says_what_was_published_and_when_what_changed(client, entry):
    status, shown, text = page(client, "files", entry.file)
    assert status == 200
    assert (shown.entry.values["scope"], shown.ref.title) == ("児童と教職員", "新しい相談ファイル")
    assert events(shown) == [
        (LATER, "修正", ("1 個人情報ファイルの名称", "6 記録範囲")),
        (entry.published_on, "公表", ()),
    ]
    assert "令和6年4月1日 修正" in text


def test_a_correction_of_nothing_public_is_not_told(client, department):
    version = registered_file(department)
    published(version)
    changed_file(version, LATER, exclusions=["personnel"], remarks="")
    correct_file_entry(version.file, on=LATER, actor=SYSTEM)
    _, shown, _ = page(client, "files", version.file)
    assert [event.what for event in shown.events] == ["公表"]
    assert shown.updated_on is None


def test_two_corrections_of_one_day_are_told_as_one(client, entry):
    changed_file(entry.version, LAST, scope="児童、教職員および保護者")
    correct_file_entry(entry.file, on=LAST, actor=SYSTEM)
    changed_file(entry.file.versions.latest("pk"), LAST + timedelta(days=1), scope="児童と教職員", remarks="注")
    _, shown, _ = page(client, "files", entry.file)
    assert [event.day for event in shown.events] == [LAST, LATER, entry.published_on]
    state = entry.states.latest("since")
    PublishedState(entry=entry, version=entry.version, since=state.since).save_as(SYSTEM, action="correct_file_entry")
    _, shown, _ = page(client, "files", entry.file)
    assert [event.day for event in shown.events] == [LATER, entry.published_on]


@pytest.mark.parametrize(("keeps", "title"), [(False, "（消除または廃止した記載）"), (True, "新しい相談ファイル")])
def test_a_removed_entry_keeps_its_address_and_says_since_when(keeps, title, client, entry):
    public_policy(keeps_names=keeps)
    remove_file_entry(entry.file, on=LAST, reason="秘密の理由", actor=SYSTEM)
    status, shown, text = page(client, "files", entry.file)
    assert (status, shown.ref.title, shown.entry) == (200, title, None)
    assert "令和7年4月1日に消除しました。" in text
    assert "秘密の理由" not in text
    assert "児童と教職員" not in text
    assert ("相談ファイル" in text) == keeps
    assert client.get(reverse("public_entry_pdf", args=["files", entry.file.token])).status_code == 410
    twin = client.get(reverse("public_entry_json", args=["files", entry.file.token])).json()
    assert (twin["status"], twin["removed_on"], twin["entry"]) == ("removed", "2025-04-01", None)


def test_a_removal_or_a_correction_still_to_come_is_not_told(client, entry):
    entry.removed_on = timezone.localdate() + timedelta(days=1)
    entry.save_as(SYSTEM, action="remove_file_entry", reason="保有をやめる")
    _, shown, _ = page(client, "files", entry.file)
    assert shown.entry is not None
    assert "消除" not in [event.what for event in shown.events]
    assert [str(entry.file.token) in hit.url for hit in find("教職員", read(timezone.localdate()))] == [True]


def test_says_of_an_item_that_is_left_out_that_it_is_left_out(client, department):
    version = registered_file(
        department,
        items="1氏名、2秘密の項目",
        recipients="秘密の提供先",
        special_procedure="",
        withheld_parts=["items", "recipients"],
        published_items="1氏名",
        withholding_reason="秘密の理由",
    )
    published(version)
    _, shown, text = page(client, "files", version.file)
    told = {field.key: words for field, words in shown.entry.lines}
    assert told["recipients"] == "（法第75条第3項の規定により掲載しない）"
    assert told["items"] == "1氏名\n（このほかは、法第75条第3項の規定により掲載しない）"
    assert told["special_procedure"] == ""
    assert "秘密" not in text
    assert find("規定により", read(timezone.localdate())) == []


def test_leaving_an_item_out_is_a_change_that_everybody_reads(client, department):
    version = registered_file(department, recipients="")
    published(version)
    changed_file(version, LATER, withheld_parts=["recipients"], recipients="秘密の提供先", withholding_reason="支障")
    correct_file_entry(version.file, on=LATER, actor=SYSTEM)
    _, shown, _ = page(client, "files", version.file)
    assert events(shown)[0] == (LATER, "修正", ("9 記録情報の経常的提供先",))


def test_a_file_published_again_in_the_other_register_keeps_its_address(client, entry):
    policy(publishes_small=True)
    remove_file_entry(entry.file, on=LAST, reason="1,000人に満たない", actor=SYSTEM)
    published(entry.version, on=LAST, register=PublicRegister.ORDINANCE)
    _, shown, _ = page(client, "files", entry.file)
    assert (shown.label, shown.register) == ("条例個人情報ファイル簿", "ordinance-files")
    assert {event.what for event in shown.events} == {"公表", "修正", "消除"}
    assert shown.entry is not None


def test_what_was_never_published_has_no_page(client, department):
    assert page(client, "files", registered_file(department).file)[0] == 404
    assert page(client, "activities", registered_activity(department).activity)[0] == 404
    small = entry_of_old(registered_file(department), register=PublicRegister.ORDINANCE)
    assert page(client, "files", small.file)[0] == 404


def test_what_was_published_once_is_never_404_when_the_ward_closes_the_register(client, department):
    today = timezone.localdate()
    policy(publishes_small=True, valid_to=today)
    small = published(registered_file(department, name="小さいファイル"), register=PublicRegister.ORDINANCE)
    version = registered_activity(department, name="相談の業務")
    public_policy(valid_to=today)
    for kind, identity in (("files", small.file), ("activities", version.activity)):
        status, shown, text = page(client, kind, identity)
        assert (status, shown.entry) == (200, None)
        assert "いまは公表していません" in text
        assert "小さいファイル" not in text
        assert "相談の業務" not in text


def test_a_business_says_its_changes_and_its_end(client, department):
    public_policy(keeps_names=True)
    first = registered_activity(department, name="相談の業務")
    second = register_activity(submitted_change_of(first, purpose="新しい目的"), on=LATER, actor=SYSTEM)
    third = register_activity(submitted_change_of(second, responsible="秘密の所長"), on=LAST, actor=SYSTEM)
    _, shown, _ = page(client, "activities", first.activity)
    assert events(shown)[0] == (LATER, "変更", ("業務の目的",))
    assert len(shown.events) == 2
    abolish_activity(third, on=date(2026, 4, 1), reason="秘密の理由", actor=SYSTEM)
    status, shown, text = page(client, "activities", first.activity)
    assert (status, shown.entry) == (200, None)
    assert "令和8年4月1日に廃止しました。" in text
    assert "秘密" not in text


def test_another_key_or_kind_is_404_in_the_public_look(client, open_ward):
    for address in ("/public/files/00000000-0000-0000-0000-000000000000/", "/public/files/1/", "/public/x/"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "個人情報保護の公表" in answer.content.decode()
        assert "情報公開課" not in answer.content.decode()


def test_the_sheet_of_a_business_says_which_items_are_not_public(client, open_ward, department):
    public_policy(activity_fields=["name", "sensitive"])
    row = registered_activity(
        department, name="相談の業務", purpose="秘密の目的", item_kinds=["family_register"], has_sensitive=True
    )
    answer = client.get(reverse("public_entry_pdf", args=["activities", row.activity.token]))
    text = text_of(answer.content)
    wording = sheets.layout_for(sheets.get(CODE), row, today=timezone.localdate()).wording
    assert text.count("（公表していない項目）") == len(wording["labels"]) - 2
    assert "らんには「（公表していない項目）」と印刷されています。" in page(client, "activities", row.activity)[2]
    assert "秘密" not in text
    assert not [one["text"] for one in wording["options"]["item_kinds"] if one["text"] in text]
    assert "相談の業務" in text
