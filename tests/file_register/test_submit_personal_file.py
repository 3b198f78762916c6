"""個人情報ファイルの提出: complete by the rules of the day, then out of the department's hands."""

from datetime import date

import pytest
from django.urls import reverse

from file_register.services import FileIncomplete, return_personal_file, submit_personal_file
from history.writing import SYSTEM
from organization.models import Role
from tests.file_register.factories import file_draft, submitted_file
from tests.organization.factories import person

pytestmark = pytest.mark.django_db
ACT, ORDINANCE = date(2023, 4, 1), date(2023, 3, 31)


def test_hands_the_draft_to_the_office_and_clears_the_reason_of_an_earlier_return(department):
    returned = return_personal_file(submitted_file(department), reason="記入もれ", actor=person(Role.OFFICE))
    version = submit_personal_file(returned, actor=person(Role.CLERK, department))
    assert (version.status, version.return_reason) == ("submitted", "")


@pytest.mark.parametrize("name", ["purpose", "items", "scope"])
@pytest.mark.parametrize("day", [ACT, ORDINANCE])
def test_needs_the_four_items_of_the_ordinance_on_every_day(name, day, department, nothing_is_written):
    version = file_draft(department, **{name: " "})
    with nothing_is_written(FileIncomplete) as caught:
        submit_personal_file(version, actor=SYSTEM, on=day)
    assert str(version._meta.get_field(name).verbose_name) in str(caught.value)


@pytest.mark.parametrize(
    ("name", "empty"),
    [("organ_name", ""), ("section_name", ""), ("collection_method", ""), ("has_sensitive", None), ("kind", ""),
     ("request_office", "")],
)  # fmt: skip
def test_needs_the_items_of_the_law_since_the_law_only(name, empty, department, nothing_is_written):
    version = file_draft(department, **{name: empty})
    with nothing_is_written(FileIncomplete):
        submit_personal_file(version, actor=SYSTEM, on=ACT)
    assert submit_personal_file(version, actor=SYSTEM, on=ORDINANCE).status == "submitted"


def test_page_of_an_incomplete_draft_says_what_is_missing(department, sign_in):
    version = file_draft(department, kind="")
    url = reverse("submit_personal_file", args=[version.pk])
    answer = sign_in(person(Role.CLERK, department)).post(url)
    assert answer.status_code == 422
    assert "個人情報ファイルの種別の記入が必要です" in answer.content.decode()
