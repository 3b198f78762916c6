"""案件の起案: an empty draft of one's own department; a second click gives the first one back."""

import pytest

from organization.models import Role
from organization.rules import NotPermitted
from records.models import Proposal
from records.services.drafting import create_proposal
from tests.organization.factories import person
from tests.records.cast import all_but, somebody
from tests.records.factories import section, token

pytestmark = pytest.mark.django_db


def call(department, actor, **changed):
    arguments = {"title": "預金調査の案件", "department": department, "token": token(), "actor": actor}
    return create_proposal(**arguments | changed)


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD])
def test_is_a_draft_of_the_department_and_knows_who_wrote_it(role):
    department = section("収納課")
    writer = person(role, department)
    proposal = call(department, writer)
    assert (proposal.status, proposal.written_by, proposal.form_date) == ("draft", writer, None)
    assert [row.action for row in proposal.history.all()] == ["create_proposal"]


def test_the_same_token_again_gives_the_first_one_back():
    department = section("収納課")
    clerk, key = person(Role.CLERK, department), token()
    assert call(department, clerk, token=key) == call(department, clerk, token=key, title="二度目")
    assert Proposal.objects.get().title == "預金調査の案件"


@pytest.mark.parametrize("who", all_but("担当", "課長"))
def test_is_denied_to_everybody_else(who, nothing_is_written):
    department = section("収納課")
    actor = somebody(who, department)
    with nothing_is_written(NotPermitted):
        call(department, actor)


def test_changes_nothing_when_the_history_cannot_be_written(history_breaks):
    department = section("収納課")
    clerk = person(Role.CLERK, department)
    with history_breaks():
        call(department, clerk)
