"""台帳の表: what goes out comes in again as the same."""

from datetime import date

import pytest

from exchange import registers
from exchange.drafts import Outcome
from file_register.kinds import EXCLUSION_CHOICES
from organization.models import Role
from tests.file_register.factories import changed_file, counted, file_draft, registered_file
from tests.organization.factories import UserFactory, person
from tests.registry.factories import (
    abolished_activity,
    activity_draft,
    registered_activity,
    submitted_change_of,
    written_activity,
)

pytestmark = pytest.mark.django_db
TODAY = date(2024, 4, 1)
CODES = ["departments", "files", "registry", "users"]


@pytest.fixture
def ward():
    """A few entries of every register."""
    first = registered_activity(number_as_printed="１３０９－１４", items="氏名\r\n住所", persons="")
    submitted_change_of(registered_activity(first.department, number_as_printed="1309-15"))
    abolished_activity(first.department, number_as_printed="1309-16")
    written_activity(first.department, date(2020, 4, 1))
    activity_draft(first.department)
    exclusions = [EXCLUSION_CHOICES[0][0], EXCLUSION_CHOICES[-1][0]]
    file = registered_file(first.department, activities=[first.activity], exclusions=exclusions)
    counted(file, "約1,200人")
    changed_file(file, date(2024, 1, 1), remarks="一、\n二、")
    file_draft(first.department)
    person(Role.ADMIN, first.department)
    UserFactory()


def exported(code):
    return registers.get(code).resource().export()


def checked(code, table):
    return registers.get(code).resource().check(table, range(2, 2 + len(table)), today=TODAY)


def test_the_registers_are_known_by_their_codes():
    assert sorted(registers.codes()) == CODES


@pytest.mark.parametrize("code", CODES)
def test_an_export_comes_in_again_as_the_same(code, ward):
    table = exported(code)
    found = checked(code, table)
    assert len(table) > 0
    others = [draft for draft in found.drafts if draft.outcome != Outcome.SAME]
    assert [(draft.title, draft.faults, draft.changes) for draft in others] == []
    assert (found.unknown, found.absent) == ([], [])


@pytest.mark.parametrize("code", CODES)
def test_the_columns_bear_japanese_labels_once_each(code):
    labels = [column.label for column in registers.get(code).resource().columns]
    assert len(labels) == len(set(labels))
    assert all(not label.isascii() for label in labels)


def test_passwords_neither_go_out_nor_come_in():
    assert not any("パスワード" in column.label for column in registers.get("users").resource().columns)


@pytest.mark.parametrize("code", ["registry", "files"])
def test_only_what_is_registered_goes_out(code, ward):
    names = [row["管理番号"] for row in exported(code).dict]
    assert len(names) == {"registry": 4, "files": 1}[code]
