"""業務登録の編集: what was typed into a draft is saved, and two people never overwrite each other unseen."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from history.errors import StaleEdit
from history.writing import SYSTEM
from organization.models import Role
from organization.rules import NotPermitted
from registry.services import edit_activity, submit_activity
from tests.organization.factories import person
from tests.records.cast import all_but, somebody
from tests.registry.factories import activity_draft, activity_in, change_of, form_data, registered_activity

pytestmark = pytest.mark.django_db


def call(version, actor, **values):
    return edit_activity(version, values=values or {"name": "別の名称"}, lock=version.lock, actor=actor)


def url(version):
    return reverse("edit_activity", args=[version.pk])


def test_saves_what_was_typed_and_counts_the_save(department):
    draft = activity_draft(department)
    version = call(draft, person(Role.CLERK, department), purpose="別の目的")
    assert (version.purpose, version.lock) == ("別の目的", draft.lock + 1)


@pytest.mark.parametrize("status", ["submitted", "registered"])
def test_is_refused_from_every_other_state(status, department, nothing_is_written):
    version, clerk = activity_in(status, department), person(Role.CLERK, department)
    with nothing_is_written(NotPermitted):
        call(version, clerk)


@pytest.mark.parametrize("who", all_but("担当", "課長", "情報公開課"))
def test_is_denied_to_everybody_else(who, department, nothing_is_written):
    version, actor = activity_draft(department), somebody(who, department)
    with nothing_is_written(NotPermitted):
        call(version, actor)


def test_changes_nothing_when_the_history_cannot_be_written(department, history_breaks):
    version, clerk = activity_draft(department), person(Role.CLERK, department)
    with history_breaks():
        call(version, clerk)


def test_of_an_old_copy_is_refused(department, nothing_is_written):
    old, clerk = activity_draft(department), person(Role.CLERK, department)
    call(old, clerk)
    with nothing_is_written(StaleEdit):
        call(old, clerk)


def test_page_shows_what_is_saved_and_saves_what_is_typed(department, sign_in):
    version, client = activity_draft(department), sign_in(person(Role.CLERK, department))
    assert client.get(url(version)).context["form"]["purpose"].value() == version.purpose
    answer = client.post(url(version), form_data(purpose="別の目的", has_sensitive="", lock=version.lock))
    version.refresh_from_db()
    assert answer["Location"] == reverse("view_activity", args=[version.activity_id])
    assert (version.purpose, version.has_sensitive) == ("別の目的", None)


def test_page_shows_both_versions_of_a_stale_edit_and_loses_neither(department, sign_in):
    version, client = activity_draft(department), sign_in(person(Role.CLERK, department))
    mine = form_data(purpose="わたしの目的", item_kinds=["health"], has_sensitive="True", lock=version.lock)
    call(version, person(Role.HEAD, department), purpose="課長の目的")
    answer = client.post(url(version), mine)
    assert answer.status_code == 422
    assert [(line.label, line.before, line.after) for line in answer.context["stale"]] == [
        ("業務の目的", "課長の目的", "わたしの目的"),
        ("記録項目の種別", "戸籍等事項、生活状況", "心身健康"),
        ("要注意情報", "なし", "あり"),
    ]
    assert answer.context["form"]["purpose"].value() == "わたしの目的"
    version.refresh_from_db()
    assert version.purpose == "課長の目的"
    assert client.post(url(version), mine | {"lock": answer.context["form"]["lock"].value()}).status_code == 303
    version.refresh_from_db()
    assert version.purpose == "わたしの目的"


def test_page_refuses_wrong_input_with_the_saved_name_still_above_it(department, sign_in):
    version, client = activity_draft(department), sign_in(person(Role.CLERK, department))
    answer = client.post(url(version), form_data(name="", lock=version.lock))
    assert answer.status_code == 422
    assert answer.context["title"] == version.name


def test_page_never_changes_the_number_that_a_business_was_given(department, sign_in):
    draft = change_of(registered_activity(department, number_as_printed="（1309-14）"))
    client = sign_in(person(Role.CLERK, department))
    client.post(url(draft), form_data(number_as_printed="9999-99", lock=draft.lock))
    draft.refresh_from_db()
    assert draft.number_as_printed == "（1309-14）"


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [
        ("担当", "draft", 200),
        ("課長", "draft", 200),
        ("情報公開課", "draft", 200),
        ("担当", "registered", 403),
        ("他課の担当", "draft", 404),
        ("他課の担当", "registered", 403),
        ("監査", "draft", 403),
    ],
)
def test_page_is_missing_for_who_may_not_see_it_and_forbidden_for_who_may(who, status, code, department, sign_in):
    version = activity_in(status, department)
    assert sign_in(somebody(who, department)).get(url(version)).status_code == code


def with_other_number(department):
    """A change in which another number than that of its business stands, as no page and no service lets through."""
    change = change_of(registered_activity(department, number_as_printed="1309-14"))
    change.number_as_printed = "1309-15"
    return change.save_as(SYSTEM, action="edit_activity")


def test_refuses_another_number_than_the_one_of_the_business(department, nothing_is_written):
    change, clerk = change_of(registered_activity(department, number_as_printed="1309-14")), person(Role.OFFICE)
    with nothing_is_written(ValidationError) as refusal:
        call(change, clerk, number_as_printed="1309-15")
    message = "この業務の業務登録番号は 1309-14 です。登録した番号は変えられません。"
    assert refusal.value.message_dict == {"number_as_printed": [message]}


def test_page_says_at_the_field_that_it_is_not_the_number_of_the_business_and_takes_the_right_one(department, sign_in):
    change, client = with_other_number(department), sign_in(person(Role.CLERK, department))
    answer = client.post(url(change), form_data(number_as_printed="1309-15", lock=change.lock))
    assert answer.status_code == 422
    assert "1309-14" in answer.context["form"].errors["number_as_printed"][0]
    assert client.post(url(change), form_data(number_as_printed="（1309-14）", lock=change.lock)).status_code == 303


def test_a_change_with_another_number_is_not_submitted(department, sign_in, nothing_is_written):
    change, clerk = with_other_number(department), person(Role.CLERK, department)
    with nothing_is_written(ValidationError):
        submit_activity(change, actor=clerk)
    answer = sign_in(clerk).post(reverse("submit_activity", args=[change.pk]))
    assert answer.status_code == 422
    assert "登録した番号は変えられません。" in answer.content.decode()


@pytest.mark.parametrize("lock", ["x", None])
def test_page_names_the_count_of_saves_in_japanese_when_it_is_missing_or_no_number(lock, department, sign_in):
    version, client = activity_draft(department), sign_in(person(Role.CLERK, department))
    (message,) = client.post(url(version), form_data(lock=lock)).context["form"].errors["lock"]
    assert message.startswith("保存回数")


@pytest.mark.parametrize("character", ["\x0b", "\x07", "\x1f", "\x85"])
def test_page_refuses_a_control_character_as_an_import_does(department, sign_in, character):
    draft = activity_draft(department)
    sent = form_data(name=f"指導に{character}関する業務", lock=draft.lock)
    answer = sign_in(person(Role.CLERK, department)).post(reverse("edit_activity", args=[draft.pk]), sent)
    assert answer.status_code == 422
    words = f"業務の名称に使えない文字（制御文字 U+{ord(character):04X}）がふくまれています。"
    assert answer.context["form"].errors["name"] == [words]
