"""個人情報ファイルの差戻し: back to the department, with a reason it can read."""

import pytest
from django.urls import reverse

from file_register.services import return_personal_file
from history.errors import ReasonRequired
from organization.models import Role
from tests.file_register.factories import submitted_file
from tests.organization.factories import person

pytestmark = pytest.mark.django_db


def test_makes_it_a_draft_again_and_keeps_the_reason_on_it_and_in_the_trail(department):
    version = return_personal_file(submitted_file(department), reason="記録範囲が不明", actor=person(Role.OFFICE))
    assert (version.status, version.return_reason) == ("draft", "記録範囲が不明")
    assert version.history.latest().history_change_reason == "記録範囲が不明"


def test_without_a_reason_is_refused(department, nothing_is_written):
    version, office = submitted_file(department), person(Role.OFFICE)
    with nothing_is_written(ReasonRequired):
        return_personal_file(version, reason=" ", actor=office)


def test_is_shown_to_the_department_on_the_page_of_the_file(department, sign_in, layouts):
    version = return_personal_file(submitted_file(department), reason="記録範囲が不明", actor=person(Role.OFFICE))
    url = reverse("view_personalfile", args=[version.file_id])
    page = sign_in(person(Role.CLERK, department)).get(url).content.decode()
    assert "記録範囲が不明" in page
    assert "差戻し" in page
