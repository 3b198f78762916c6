"""個人情報ファイルの編集: the items of the 単票, and two people who never overwrite each other unseen."""

import pytest
from django.urls import reverse

from file_register.services import edit_personal_file
from file_register.services.drafting import EDITABLE
from history.errors import StaleEdit
from history.writing import SYSTEM
from organization.models import Role
from organization.rules import NotPermitted
from tests.file_register.factories import file_draft, file_in, form_data
from tests.organization.factories import person
from tests.records.cast import all_but, somebody
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db


def call(version, actor, **values):
    return edit_personal_file(version, values=values or {"name": "別の名称"}, lock=version.lock, actor=actor)


def url(version):
    return reverse("edit_personal_file", args=[version.pk])


@pytest.fixture
def opened(department, sign_in, layouts):
    """A draft and the browser of its clerk."""
    return file_draft(department), sign_in(person(Role.CLERK, department))


def test_saves_what_was_typed_and_counts_the_save(department):
    draft = file_draft(department)
    version = call(draft, person(Role.CLERK, department), remarks="備考のらん")
    assert (version.remarks, version.lock) == ("備考のらん", draft.lock + 1)


def test_switches_a_business_off_and_on_again_without_losing_its_trail(department):
    one, two = (registered_activity(department, name=name).activity for name in ("甲の業務", "乙の業務"))
    version = file_draft(department, activities=[one])
    for wanted in ([two], [one], [one, two]):
        version = edit_personal_file(version, values={}, activities=wanted, lock=version.lock, actor=SYSTEM)
        assert set(version.activities) == set(wanted)
    assert version.activity_links.count() == 2
    assert [row.is_linked for row in version.activity_links.get(activity=one).history.order_by("history_id")] == [
        True, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize("status", ["submitted", "registered"])
def test_is_refused_from_every_other_state(status, department, nothing_is_written):
    version, clerk = file_in(status, department), person(Role.CLERK, department)
    with nothing_is_written(NotPermitted):
        call(version, clerk)


@pytest.mark.parametrize("who", all_but("担当", "課長", "情報公開課"))
def test_is_denied_to_everybody_else(who, department, nothing_is_written):
    version, actor = file_draft(department), somebody(who, department)
    with nothing_is_written(NotPermitted):
        call(version, actor)


@pytest.mark.parametrize("after", [1, 2])
def test_changes_nothing_when_the_history_cannot_be_written(after, department, history_breaks):
    version, business = file_draft(department), registered_activity(department).activity
    with history_breaks(after=after):
        edit_personal_file(version, values={}, activities=[business], lock=version.lock, actor=SYSTEM)


def test_of_an_old_copy_is_refused(department, nothing_is_written):
    old, clerk = file_draft(department), person(Role.CLERK, department)
    call(old, clerk)
    with nothing_is_written(StaleEdit):
        call(old, clerk)


def test_page_shows_every_item_once_and_the_sheet_beside_it(opened):
    version, client = opened
    answer = client.get(url(version))
    shown = [field.name for _, fields in answer.context["form"].sections() for field in fields]
    assert sorted(shown) == sorted([*EDITABLE, "activities"])
    assert 'data-sheet="file-entry"' in answer.content.decode()


def test_page_saves_every_item(opened):
    version, client = opened
    typed = {"has_sensitive": "True", "kind": "manual", "invites_proposals": "on", "anonymised_summary": "概要"}
    answer = client.post(url(version), form_data(lock=version.lock, **typed))
    version.refresh_from_db()
    assert answer["Location"] == reverse("view_personalfile", args=[version.file_id])
    assert (version.has_sensitive, version.kind, version.invites_proposals) == (True, "manual", True)


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"is_withheld": "on"}, "withholding_reason", "その理由を書いてください。"),
        ({"withheld_parts": ["recipients"]}, "withholding_reason", "その理由を書いてください。"),
        (
            {"withheld_parts": ["items"], "withholding_reason": "支障がある"},
            "published_items",
            "公表する記録項目を書いてください。",
        ),
        ({"held_from": "令和4年2月30日"}, "held_from", "令和4年2月30日という日はありません。"),
        ({"exclusions": ["secret"]}, "exclusions", "示された中から選んでください。"),
        ({"kind": "film"}, "kind", "示された中から選んでください。"),
    ],
)
def test_page_keeps_wrong_input_and_says_what_is_wrong_beside_the_field(typed, field, message, opened):
    version, client = opened
    answer = client.post(url(version), form_data(lock=version.lock, **typed))
    assert answer.status_code == 422
    assert message in " ".join(answer.context["form"].errors[field])


def test_page_shows_both_versions_of_a_stale_edit_and_loses_neither(opened, department):
    version, client = opened
    business = registered_activity(department, number_as_printed="1309-14")
    mine = form_data(purpose="わたしの目的", has_sensitive="True", activities="1309-14", lock=version.lock)
    call(version, person(Role.HEAD, department), purpose="課長の目的")
    answer = client.post(url(version), mine)
    assert answer.status_code == 422
    assert [(line.label, line.before, line.after) for line in answer.context["stale"]] == [
        ("個人情報ファイルの利用目的", "課長の目的", "わたしの目的"),
        ("要配慮個人情報", "含まない", "含む"),
        ("ファイルを利用する業務", "", "1309-14"),
    ]
    assert client.post(url(version), mine | {"lock": answer.context["form"]["lock"].value()}).status_code == 303
    version.refresh_from_db()
    assert (version.purpose, version.activities) == ("わたしの目的", [business.activity])


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [("担当", "draft", 200), ("情報公開課", "draft", 200), ("担当", "registered", 403), ("他課の担当", "draft", 404),
     ("他課の担当", "registered", 403), ("監査", "draft", 403)],
)  # fmt: skip
def test_page_is_missing_for_who_may_not_see_it(who, status, code, department, sign_in, layouts):
    version = file_in(status, department)
    assert sign_in(somebody(who, department)).get(url(version)).status_code == code
