"""業務登録の手続のページ: missing for who may not see the version, forbidden for who sees it but may not act."""

import pytest
from django.urls import reverse

from tests.records.cast import somebody
from tests.registry.factories import activity_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("action", "status", "who", "code"),
    [
        ("submit_activity", "draft", "担当", 200),
        ("submit_activity", "draft", "課長", 200),
        ("submit_activity", "draft", "他課の担当", 404),
        ("submit_activity", "draft", "監査", 403),
        ("submit_activity", "registered", "他課の担当", 403),
        ("return_activity", "submitted", "情報公開課", 200),
        ("return_activity", "draft", "情報公開課", 403),
        ("return_activity", "submitted", "担当", 403),
        ("register_activity", "submitted", "情報公開課", 200),
        ("register_activity", "registered", "情報公開課", 403),
        ("register_activity", "submitted", "課長", 403),
        ("revise_activity", "registered", "担当", 200),
        ("revise_activity", "registered", "他課の課長", 403),
        ("revise_activity", "registered", "管理者", 403),
        ("revise_activity", "submitted", "他課の課長", 404),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_answers_by_the_permission_table(method, action, status, who, code, department, sign_in):
    url = reverse(action, args=[activity_in(status, department).pk])
    answer = getattr(sign_in(somebody(who, department)), method)(url)
    expected = {200} if method == "get" else {303, 422}
    assert answer.status_code in (expected if code == 200 else {code})


@pytest.mark.parametrize("action", ["edit_activity", "submit_activity", "register_activity", "revise_activity"])
def test_is_missing_when_there_is_no_such_version(action, sign_in, department):
    roles = {"register_activity": "情報公開課"}
    client = sign_in(somebody(roles.get(action, "担当"), department))
    assert client.get(reverse(action, args=[999])).status_code == 404
