"""業務登録の起案: a department starts a business with its first draft."""

import pytest
from django.urls import reverse

from organization.models import Role
from organization.rules import NotPermitted
from registry.models import Activity, ActivityVersion
from registry.services import create_activity
from tests.organization.factories import DepartmentFactory, person
from tests.records.cast import all_but, somebody
from tests.registry.factories import VALUES, form_data, token

pytestmark = pytest.mark.django_db
URL = "/activities/new/"


def call(department, actor, its_token=None):
    return create_activity(department=department, values=VALUES, token=its_token or token(), actor=actor)


def test_makes_a_draft_with_one_history_row(department):
    version = call(department, person(Role.CLERK, department))
    assert (version.status, version.department, version.name) == ("draft", department, VALUES["name"])
    assert [row.action for row in version.history.all()] == ["create_activity"]


def test_of_the_same_token_gives_the_first_one_back(department):
    clerk, its_token = person(Role.CLERK, department), token()
    assert call(department, clerk, its_token) == call(department, clerk, its_token)
    assert Activity.objects.count() == 1


@pytest.mark.parametrize("who", all_but("担当", "課長", "情報公開課"))
def test_is_denied_to_everybody_else(who, department, nothing_is_written):
    actor = somebody(who, department)
    with nothing_is_written(NotPermitted):
        call(department, actor)


def test_changes_nothing_when_the_history_cannot_be_written(department, history_breaks):
    clerk = person(Role.CLERK, department)
    with history_breaks(after=2):
        call(department, clerk)


def test_page_lists_the_fields_in_the_order_of_the_form(department, sign_in):
    form = sign_in(person(Role.CLERK, department)).get(URL).context["form"]
    assert [field.label for field in form.visible_fields()] == [
        "業務登録番号", "業務の名称", "業務の目的", "所管課", "個人情報保護管理責任者", "対象者（個人の範囲）",
        "対象者の人数", "記録項目の種別", "記録項目", "収集の方法", "収集の方法の補足", "記録の媒体", "要注意情報",
        "死者に関する情報", "業務の開始年月日",
    ]  # fmt: skip


def test_page_offers_only_ones_own_departments_but_all_to_the_office(department, sign_in):
    other = DepartmentFactory(name="収納課")
    choices = [
        list(sign_in(user).get(URL).context["form"].fields["department"].queryset)
        for user in (person(Role.CLERK, department), person(Role.OFFICE, department))
    ]
    assert choices[0] == [department]
    assert {department, other} <= set(choices[1])


@pytest.mark.parametrize("number", ["1309-14", "（1309-14）", "１３０９－１４", "1 3 0 9 _ 1 4"])
def test_page_keeps_the_number_as_it_was_typed(number, department, sign_in):
    client = sign_in(person(Role.CLERK, department))
    sent = form_data(number_as_printed=number, department=department.pk, token=token(), item_kinds=["health", "other"])
    answer = client.post(URL, sent)
    version = ActivityVersion.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, reverse("view_activity", args=[version.activity_id]))
    assert version.number_as_printed == number
    assert (version.item_kinds, version.has_sensitive, version.activity.number) == (["health", "other"], False, None)


def test_page_sent_twice_makes_one_business_and_lands_on_it_twice(department, sign_in):
    client, sent = sign_in(person(Role.CLERK, department)), form_data(department=department.pk, token=token())
    assert client.post(URL, sent)["Location"] == client.post(URL, sent)["Location"]
    assert Activity.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("name", "", "業務の名称を入力してください。"),
        ("number_as_printed", "13-14", "「13-14」は業務登録番号として読めません。"),
        ("started_on", "令和4年2月30日", "令和4年2月30日という日はありません。"),
        ("started_on", "平成32年5月1日", "令和2年5月1日"),
        ("item_kinds", ["secret"], "記録項目の種別は、示された中から選んでください。"),
        ("name", "業" * 201, "業務の名称は200文字以内で入力してください（いま201文字です）。"),
    ],
)
def test_page_keeps_wrong_input_and_says_what_is_wrong_beside_the_field(field, typed, message, department, sign_in):
    client = sign_in(person(Role.CLERK, department))
    answer = client.post(URL, form_data(department=department.pk, token=token()) | {field: typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in " ".join(answer.context["form"].errors[field])
    assert "1か所に誤りがあります。" in page
    assert VALUES["purpose"] in page
    assert not Activity.objects.exists()


def test_page_refuses_the_department_of_others(department, sign_in):
    other = DepartmentFactory(name="収納課")
    answer = sign_in(person(Role.CLERK, department)).post(URL, form_data(department=other.pk, token=token()))
    assert answer.status_code == 422
    assert answer.context["form"].errors["department"] == ["所管課は、示された中から選んでください。"]


def test_page_sent_empty_is_a_wrong_form_and_not_a_fresh_one(department, sign_in):
    assert sign_in(person(Role.CLERK, department)).post(URL, {}).status_code == 422
