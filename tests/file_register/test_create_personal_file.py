"""個人情報ファイルの起案: a department starts a file with its first draft."""

import pytest
from django.urls import reverse

from file_register.models import PersonalFile
from file_register.services import create_personal_file
from history.writing import SYSTEM
from organization.models import Role, Ward
from organization.rules import NotPermitted
from tests.file_register.factories import VALUES, policy, token
from tests.organization.factories import DepartmentFactory, person
from tests.records.cast import all_but, somebody
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db
URL = "/personal-files/new/"
SHORT = {name: VALUES[name] for name in ("name", "purpose", "items", "scope")}


def call(department, actor, its_token=None, **more):
    return create_personal_file(department=department, values=SHORT, token=its_token or token(), actor=actor, **more)


def sent(department, **changed):
    return SHORT | {"department": department.pk, "token": token(), "activities": ""} | changed


def test_makes_a_draft_with_its_businesses_and_one_history_row_each(department):
    business = registered_activity(department).activity
    version = call(department, person(Role.CLERK, department), activities=[business])
    assert (version.status, version.department, version.activities) == ("draft", department, [business])
    assert [row.action for row in version.history.all()] == ["create_personal_file"]


def test_of_the_same_token_gives_the_first_one_back(department):
    clerk, its_token = person(Role.CLERK, department), token()
    assert call(department, clerk, its_token) == call(department, clerk, its_token)
    assert PersonalFile.objects.count() == 1


@pytest.mark.parametrize(("organ", "expected"), [("区長", "練馬区長"), ("教育委員会", "練馬区教育委員会")])
def test_starts_with_what_the_organisation_and_the_wards_policy_say(organ, expected):
    Ward(name="練馬区").save_as(SYSTEM, action="edit_organization", reason="試験")
    department = DepartmentFactory(name="収納課", parent__name="区民部", parent__parent__name=organ)
    policy(publishes_small=False, request_office="総務部情報公開課", proposal_office="なし")
    version = call(department, person(Role.CLERK, department))
    assert (version.organ_name, version.section_name) == (expected, "区民部 収納課")
    assert (version.request_office, version.proposal_office) == ("総務部情報公開課", "なし")


@pytest.mark.parametrize("who", all_but("担当", "課長", "情報公開課"))
def test_is_denied_to_everybody_else(who, department, nothing_is_written):
    actor = somebody(who, department)
    with nothing_is_written(NotPermitted):
        call(department, actor)


@pytest.mark.parametrize("after", [1, 2, 3])
def test_changes_nothing_when_the_history_cannot_be_written(after, department, history_breaks):
    clerk, business = person(Role.CLERK, department), registered_activity(department).activity
    with history_breaks(after=after):
        call(department, clerk, activities=[business])


def test_page_leads_to_the_draft_where_the_rest_is_filled_in(department, sign_in, layouts):
    registered_activity(department, number_as_printed="1309-14")
    client = sign_in(person(Role.CLERK, department))
    answer = client.post(URL, sent(department, activities="１３０９－１４"))
    version = PersonalFile.objects.get().versions.get()
    assert answer["Location"] == reverse("edit_personal_file", args=[version.pk])
    assert [row.number for row in version.activities] == ["1309-14"]
    assert client.get(answer["Location"]).status_code == 200


def test_page_sent_twice_makes_one_file(department, sign_in):
    client, data = sign_in(person(Role.CLERK, department)), sent(department)
    assert client.post(URL, data)["Location"] == client.post(URL, data)["Location"]
    assert PersonalFile.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("name", "", "個人情報ファイルの名称を入力してください。"),
        ("activities", "9999-99\nない業務", "「9999-99」という業務は登録されていません。"),
        ("name", "業" * 201, "200文字以内で入力してください（いま201文字です）。"),
    ],
)
def test_page_keeps_wrong_input_and_says_what_is_wrong_beside_the_field(field, typed, message, department, sign_in):
    answer = sign_in(person(Role.CLERK, department)).post(URL, sent(department, **{field: typed}))
    assert answer.status_code == 422
    assert message in " ".join(answer.context["form"].errors[field])
    assert VALUES["scope"] in answer.content.decode()
    assert not PersonalFile.objects.exists()


def test_page_refuses_the_department_of_others(department, sign_in):
    other = DepartmentFactory(name="収納課")
    answer = sign_in(person(Role.CLERK, department)).post(URL, sent(other))
    assert answer.context["form"].errors["department"] == ["所管課は、示された中から選んでください。"]
