"""基準日: each list and each count of the registers, of 組織 and of 担当 answers for the day that is asked."""

from datetime import date

import pytest
from django.urls import reverse

from history.writing import SYSTEM
from organization.models import Role
from organization.reorganizing import NewDepartment, reorganize
from registry.services import abolish_activity
from tests.file_register.factories import counted, registered_file
from tests.organization.factories import person
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db
BEFORE, AFTER = "R6.3.31", "R6.4.1"
ON = date(2024, 4, 1)


@pytest.fixture
def office():
    return person(Role.OFFICE)


@pytest.fixture
def reorganised(department, office):
    """What is there before ON is another thing after it: a business, a file, a department and a charge."""
    person(Role.CLERK, department, name="担当のひと")
    registered_file(department, name="あとのファイル", on=ON)
    ended = registered_activity(department, name="先の業務")
    abolish_activity(ended, on=ON, reason="終了", actor=SYSTEM)
    registered_activity(department, on=ON, name="あとの業務")
    after = [NewDepartment("あとの課", department.parent)]
    reorganize([department], after, on=ON, actor=SYSTEM, reason="改正")


@pytest.mark.parametrize(
    ("page", "before", "after"),
    [
        ("activity_list", "先の業務", "あとの業務"),
        ("personal_file_list", "この条件にあう個人情報ファイルはありません", "あとのファイル"),
        ("department_list", "学校教育支援センター</a>", "あとの課</a>"),
        ("people_list", "学校教育支援センター", "あとの課"),
    ],
)
def test_each_list_shows_the_day_that_is_asked(page, before, after, reorganised, office, sign_in):
    client = sign_in(office)

    def shown(day):
        answer = client.get(reverse(page), {"as_of": day})
        assert answer.context["list"]["as_of"].text == day
        return answer.content.decode().split("<tbody>")[-1]

    assert before in shown(BEFORE)
    assert after not in shown(BEFORE)
    assert after in shown(AFTER)


def test_the_page_of_a_department_counts_what_is_there_on_the_day(department, office, sign_in):
    registered_activity(department)
    counted(registered_file(department), "10人")
    reorganize([department], [NewDepartment("あとの課", department.parent)], on=ON, actor=SYSTEM, reason="改正")
    url = reverse("view_department", args=[department.pk])

    def figures(day):
        return {group.label: group.total for group in sign_in(office).get(url, {"as_of": day}).context["touched"]}

    assert figures(BEFORE)["登録された業務"] == 1
    assert "登録された業務" not in figures(AFTER)
