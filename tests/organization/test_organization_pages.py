"""組織と担当のページ: what the office reads and the administrator changes, on any day, in how many statements."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from history.writing import SYSTEM
from organization.models import Role
from organization.reorganizing import NewDepartment, reorganize
from tests.organization.factories import DepartmentFactory, person
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db
ON = date(2022, 4, 1)


@pytest.fixture
def tax():
    return DepartmentFactory(name="税務課")


@pytest.fixture
def collection(tax):
    """収納課, once 税務課."""
    return reorganize([tax], [NewDepartment("収納課", tax.parent)], on=ON, actor=SYSTEM, reason="改称")[0]


def statements(client, url):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_the_list_shows_the_departments_of_a_day_and_who_followed_whom(collection, sign_in):
    client = sign_in(person(Role.OFFICE))
    before = client.get(reverse("department_list"), {"as_of": "R4.3.31", "q": "税務"}).content.decode()
    after = client.get(reverse("department_list"), {"as_of": "R4.4.1", "q": "収納"}).content.decode()
    assert "収納課へ" in before
    assert "税務課から" in after
    assert [row.name for row in client.get(reverse("department_list"), {"q": "税務"}).context["rows"]] == []


def test_the_people_are_those_of_the_day(tax, sign_in):
    clerk = person(Role.CLERK, tax, name="税務課 担当")
    client = sign_in(person(Role.OFFICE))
    collection = reorganize([tax], [NewDepartment("収納課", tax.parent)], on=ON, actor=SYSTEM, reason="改称")[0]
    for day, department in [("R4.3.31", tax), ("R4.4.1", collection)]:
        rows = client.get(reverse("people_list"), {"as_of": day, "q": "税務課 担当"}).context["rows"]
        assert [(row.user, row.department) for row in rows] == [(clerk, department)]


@pytest.mark.parametrize(("role", "shown"), [(Role.ADMIN, True), (Role.OFFICE, False)])
def test_only_the_administrator_finds_the_way_to_a_change(role, shown, tax, sign_in):
    client = sign_in(person(role))
    for name, arguments, way in [
        ("department_list", [], "reorganize"),
        ("view_department", [tax.pk], "reorganize"),
        ("people_list", [], "hand_over"),
    ]:
        page = client.get(reverse(name, args=arguments)).content.decode()
        assert (reverse(way) in page) is shown


def test_a_department_shows_its_rules_and_what_hangs_on_it(tax, sign_in):
    registered_activity(tax, name="軽自動車税に関する業務")
    page = sign_in(person(Role.OFFICE)).get(reverse("view_department", args=[tax.pk])).content.decode()
    assert "軽自動車税に関する業務" in page
    assert "個人情報保護法" in page


def test_pages_ask_as_much_for_many_rows_as_for_few(tax, sign_in):
    client = sign_in(person(Role.ADMIN))
    urls = [reverse("department_list"), reverse("people_list"), reverse("view_department", args=[tax.pk])]
    urls += [reverse(name) for name in ("reorganize", "hand_over", "stand_in")]
    registered_activity(tax)
    person(Role.HEAD, tax)
    few = [statements(client, url) for url in urls]
    for number in range(3):
        registered_activity(tax)
        person(Role.HEAD, tax)
        person(Role.CLERK, DepartmentFactory(name=f"第{number}課", parent=tax.parent))
    assert [statements(client, url) for url in urls] == few
    assert max(few[:2]) <= 8
