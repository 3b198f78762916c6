"""create_admin: the first account of a new database."""

import getpass

import pytest
from django.core.management import CommandError, call_command

from organization import rules
from organization.models import Department, Role, User
from tests.organization.factories import DepartmentFactory

pytestmark = pytest.mark.django_db
PASSWORD = "nagai-kotoba-2022"


@pytest.fixture
def typed(monkeypatch):
    """What the person types at the two prompts."""

    def type_in(*answers):
        waiting = iter(answers)
        monkeypatch.setattr(getpass, "getpass", lambda prompt: next(waiting))

    return type_in


def test_makes_an_administrator_who_can_sign_in_and_the_organ_of_an_empty_database(typed, client, capsys):
    typed(PASSWORD, PASSWORD)
    call_command("create_admin", "kanri", "情報公開課 管理者")
    admin = User.objects.get()
    assert admin.roles_today == {Role.ADMIN}
    assert rules.may(admin, "edit_organization")
    assert client.login(username="kanri", password=PASSWORD)
    assert [department.name for department in Department.objects.all()] == ["区長"]
    assert [row.actor_name for row in admin.history.all()] == ["システム"]
    assert "管理者「情報公開課 管理者」を作りました。" in capsys.readouterr().out


def test_puts_them_into_a_department_that_is_there(typed):
    department = DepartmentFactory(name="情報公開課")
    typed(PASSWORD, PASSWORD)
    call_command("create_admin", "kanri", "管理者", department="情報公開課")
    assert User.objects.get().assignments.get().department == department


@pytest.mark.parametrize(
    ("answers", "username", "message"),
    [
        ((PASSWORD, "betsu-no-kotoba"), "kanri", "二つのパスワードが違います"),
        (("123", "123"), "kanri", "10 文字以上"),
        (("password12", "password12"), "kanri", "一般的すぎ"),
        ((PASSWORD, PASSWORD), "kan ri", "ユーザー名"),
    ],
)
def test_refuses_with_the_reason_and_leaves_nobody(typed, answers, username, message):
    typed(*answers)
    with pytest.raises(CommandError, match=message):
        call_command("create_admin", username, "管理者")
    assert not User.objects.exists()
    assert not Department.objects.exists()


def test_does_not_invent_a_department_beside_others(typed):
    DepartmentFactory(name="情報公開課")
    typed(PASSWORD, PASSWORD)
    with pytest.raises(CommandError, match="「情報公開」という組織はありません"):
        call_command("create_admin", "kanri", "管理者", department="情報公開")
    assert not User.objects.exists()
