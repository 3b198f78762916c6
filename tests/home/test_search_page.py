"""検索の画面: what somebody finds and sees of it, with and without JavaScript."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from common.wareki import format_date
from history.writing import SYSTEM
from organization.models import Role, Succession
from registry.models import ActivityStatus, ActivityVersion
from registry.services import register_activity
from tests.file_register.factories import changed_file, registered_file
from tests.organization.factories import DepartmentFactory, person
from tests.registry.factories import activity_draft, registered_activity, submitted_change_of

pytestmark = pytest.mark.django_db
URL = reverse("search")


@pytest.fixture
def department():
    return DepartmentFactory(name="収納課")


@pytest.fixture
def clerk(client, department):
    client.force_login(person(Role.CLERK, department))
    return client


def shown(answer):
    return [(result.kind, result.shown.title, result.shown.state_words) for result in answer.context["results"]]


def words(answer):
    return re.sub(r"<[^>]*>", "", answer.content.decode())


def test_one_box_finds_entries_of_both_registers_with_kind_department_and_state(clerk, department):
    registered_activity(department, name="母子保健の業務", number_as_printed="0701-01")
    registered_file(department, name="妊婦保健ファイル")
    activity_draft(department, name="保健の新しい業務")
    answer = clerk.get(URL, {"q": "保健"})
    assert shown(answer) == [
        ("業務登録", "母子保健の業務", "有効"),
        ("業務登録", "保健の新しい業務", "下書き"),
        ("個人情報ファイル", "妊婦保健ファイル", "有効"),
    ]
    assert "母子<mark>保健</mark>の業務" in answer.content.decode()
    assert "3件 見つかりました" in words(answer)
    assert "区民部 収納課" in words(answer)


@pytest.mark.parametrize("typed", ["柴崎髙齢", "柴﨑高齢", "ｼﾊﾞ", "しば", "０７０１－０１", "（0701-01）", "住 所"])
def test_variants_and_every_spelling_of_a_number_find_it(typed, clerk, department):
    registered_activity(department, name="柴﨑高齢シバの業務", number_as_printed="0701-01", items="住民の所在")
    assert len(shown(clerk.get(URL, {"q": typed}))) == 1


def test_an_old_name_finds_the_entry_and_is_shown_as_old(clerk, department):
    first = registered_activity(department, name="児童手当の業務")
    register_activity(submitted_change_of(first, name="子ども手当の業務"), on=date(2022, 4, 1), actor=SYSTEM)
    answer = clerk.get(URL, {"q": "児童手当"})
    assert shown(answer) == [("業務登録", "子ども手当の業務", "有効")]
    assert "業務の名称（以前の内容）：児童手当の業務" in words(answer)
    listed = clerk.get(reverse("activity_list"), {"q": "児童手当"})
    assert "以前の内容で見つかりました（業務の名称：児童手当の業務）" in words(listed)
    assert "以前の内容で見つかりました" not in words(clerk.get(reverse("activity_list"), {"q": "手当"}))


def test_the_list_of_a_past_day_does_not_call_the_name_of_that_day_old(clerk, department):
    first = registered_activity(department, name="児童手当の業務")
    register_activity(submitted_change_of(first, name="子ども手当の業務"), on=date(2022, 4, 1), actor=SYSTEM)
    listed = clerk.get(reverse("activity_list"), {"q": "児童手当", "as_of": "R4.3.31"})
    assert [row[0].name for row in listed.context["rows"]] == ["児童手当の業務"]
    assert "以前の内容で見つかりました" not in words(listed)


def test_the_list_of_files_tells_an_old_text_too(clerk, department):
    changed_file(registered_file(department, name="乳幼児台帳"), on=date(2024, 4, 1), name="こども台帳")
    listed = words(clerk.get(reverse("personal_file_list"), {"q": "乳幼児"}))
    assert "（個人情報ファイルの名称：乳幼児台帳）" in listed


def test_a_kind_can_be_chosen_and_stays_while_turning_pages(clerk, department):
    for number in range(21):
        registered_activity(department, name=f"保健の業務{number}")
    registered_file(department, name="保健ファイル")
    answer = clerk.get(URL, {"q": "保健", "kind": "activity"})
    assert len(shown(answer)) == 20
    assert "1〜20件目（21件）" in words(answer)
    second = clerk.get(URL + answer.context["pager"]["next"])
    assert len(shown(second)) == 1
    assert second.context["kind"] == "activity"
    assert [row[0] for row in shown(clerk.get(URL, {"q": "保健", "kind": "file"}))] == ["個人情報ファイル"]


@pytest.mark.parametrize(
    "typed", ["", "  ", "・", "。、", "%", "'", '"', "(", "*", "保", "の" * 500, "a b c d e f g h i j k l"]
)
def test_whatever_is_typed_is_answered(typed, clerk, department):
    registered_activity(department, name="母子保健の業務")
    assert clerk.get(URL, {"q": typed}).status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "x", "51", "99999999", "2"])
def test_a_page_that_is_not_there_is_answered(page, clerk, department):
    registered_activity(department, name="母子保健の業務")
    assert clerk.get(URL, {"q": "保健", "page": page}).status_code == 200


def test_says_when_nothing_is_found_or_nothing_can_be_looked_for(clerk):
    assert "「該当なし」は見つかりませんでした。" in words(clerk.get(URL, {"q": "該当なし"}))
    assert "探すことばを入力してください。" in words(clerk.get(URL))
    assert "文字か数字をふくむことばを入力してください。" in words(clerk.get(URL, {"q": "・・"}))


def test_what_stands_in_a_text_is_never_markup(clerk, department):
    registered_activity(department, name="<script>保健</script>", purpose="<b>保健</b>&amp;")
    page = clerk.get(URL, {"q": "保健"}).content.decode()
    assert "&lt;script&gt;<mark>保健</mark>&lt;/script&gt;" in page
    assert "&lt;b&gt;<mark>保健</mark>&lt;/b&gt;&amp;amp;" in page
    assert "<script>保健" not in clerk.get(URL, {"q": "<script>保健"}).content.decode()


def test_as_somebody_types_only_the_results_are_sent(clerk, department):
    registered_activity(department, name="母子保健の業務")
    answer = clerk.get(URL, {"q": "保健"}, headers={"HX-Request": "true"})
    assert "HX-Request" in answer["Vary"]
    part = answer.content.decode()
    assert "<mark>保健</mark>" in part
    assert "<html" not in part
    back = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in clerk.get(URL, {"q": "保健"}, headers=back).content.decode()


def test_the_box_stands_in_the_bar_of_every_page_but_once_on_its_own(clerk):
    for page in ("home", "activity_list", "proposal_list"):
        assert clerk.get(reverse(page)).content.decode().count('id="bar-search"') == 1
    own = clerk.get(URL).content.decode()
    assert 'id="bar-search"' not in own
    assert own.count("data-search") == 1


def test_a_coming_version_is_found_and_told_as_coming_never_shown_as_what_holds(clerk, department):
    today = timezone.localdate()
    coming = today + timedelta(days=40)
    first = registered_activity(department, name="児童手当の業務")
    register_activity(submitted_change_of(first, name="子ども支援の業務"), on=coming, actor=SYSTEM)
    answer = clerk.get(URL, {"q": "子ども支援"})
    assert [title for _, title, _ in shown(answer)] == ["児童手当の業務"]
    assert f"業務の名称　{format_date(coming)}から：子ども支援の業務" in words(answer)
    assert "以前の内容" not in words(answer)
    held = clerk.get(URL, {"q": "児童手当"})
    assert "<mark>児童手当</mark>の業務" in held.content.decode()
    assert "以前の内容" not in words(held)
    listed = clerk.get(reverse("activity_list"), {"q": "子ども支援"})
    assert f"{format_date(coming)}からの内容で見つかりました（業務の名称：子ども支援の業務）" in words(listed)


def test_when_nothing_is_in_force_the_last_that_was_is_shown_not_what_comes(clerk, department):
    today = timezone.localdate()
    first = registered_activity(department, name="終わった業務")
    first.valid_to = date(2022, 4, 1)
    first.save_as(SYSTEM, action="load_demo")
    ActivityVersion(
        activity=first.activity, department=department, name="始まる業務", valid_from=today + timedelta(days=9),
        status=ActivityStatus.REGISTERED, replaces=first,
    ).save_as(SYSTEM, action="load_demo")  # fmt: skip
    assert [title for _, title, _ in shown(clerk.get(URL, {"q": "業務"}))] == ["終わった業務"]


def test_the_successor_of_a_department_is_no_old_name_and_its_predecessor_is(client):
    before, now, after = (DepartmentFactory(name=name) for name in ("甲課", "乙課", "丙課"))
    Succession(before=before, after=now, on=date(2022, 4, 1)).save_as(SYSTEM, action="edit_organization")
    Succession(before=now, after=after, on=date(2024, 4, 1)).save_as(SYSTEM, action="edit_organization")
    registered_activity(now, name="相談の業務", responsible="長")
    client.force_login(person(Role.CLERK, now))
    successor = words(client.get(URL, {"q": "丙課"}))
    assert "承継先の所管課：区民部 丙課" in successor
    assert "以前の内容" not in successor
    assert "承継前の所管課（以前の内容）：区民部 甲課" in words(client.get(URL, {"q": "甲課"}))
