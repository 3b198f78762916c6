"""案件の歩みのページ: each step asks what it needs, refuses in words, and leads back to the file."""

from datetime import date

import pytest
from django.urls import reverse

from organization.models import Role
from records.kinds import OUT_OF_PURPOSE
from records.models import OutOfPurposeUseVersion
from records.states import Status
from tests.organization.factories import person
from tests.records.factories import (
    accepted,
    awaiting_head,
    draft,
    proposal_in,
    provider_of,
    submitted,
    the_record,
)

pytestmark = pytest.mark.django_db
REASON = {"reason": "目的の書き方を直してください。"}
STEPS = [
    ("request_approval", draft, Role.CLERK, {}, Status.AWAITING_HEAD),
    ("approve_proposal", awaiting_head, Role.HEAD, {}, Status.SUBMITTED),
    ("send_back_proposal", awaiting_head, Role.HEAD, REASON, Status.DRAFT),
    ("return_proposal", submitted, Role.OFFICE, REASON, Status.DRAFT),
    ("withdraw_proposal", submitted, Role.CLERK, REASON, Status.WITHDRAWN),
    ("decide_proposal", accepted, Role.OFFICE, {"council_date": "R4.2.1", "consultation_number": "5"}, Status.DECIDED),
]


@pytest.mark.parametrize(("step", "make", "role", "typed", "state"), STEPS)
def test_the_step_is_taken_and_leads_back_to_the_file(client, step, make, role, typed, state):
    proposal = make()
    client.force_login(person(role, proposal.department))
    address = reverse(step, args=[proposal.pk])
    assert client.get(address).status_code == 200
    answer = client.post(address, typed)
    proposal.refresh_from_db()
    assert (answer.status_code, answer.headers["Location"]) == (303, reverse("view_proposal", args=[proposal.pk]))
    assert proposal.status == state


@pytest.mark.parametrize("step", ["send_back_proposal", "return_proposal", "withdraw_proposal"])
def test_a_reason_of_blanks_is_refused_beside_the_field(client, step):
    make, role = {name: (make, role) for name, make, role, *_ in STEPS}[step]
    proposal = make()
    client.force_login(person(role, proposal.department))
    answer = client.post(reverse(step, args=[proposal.pk]), {"reason": "　 "})
    assert answer.status_code == 422
    assert "理由を入力してください。" in answer.text


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"council_date": "令和4年2月30日", "consultation_number": "5"}, "令和4年2月30日という日はありません。"),
        ({"council_date": "令和4年2月", "consultation_number": "5"}, "年月日まで書いてください"),
        ({"council_date": "R4.2.1", "consultation_number": ""}, "諮問番号を入力してください。"),
    ],
)
def test_a_decision_needs_a_whole_date_and_a_number(client, typed, message):
    proposal = accepted()
    client.force_login(person(Role.OFFICE))
    answer = client.post(reverse("decide_proposal", args=[proposal.pk]), typed)
    assert answer.status_code == 422
    assert message in answer.text
    assert typed["council_date"] in answer.text


def test_an_unfinished_sheet_keeps_the_file_in_the_department_and_is_named(client):
    proposal = draft(purpose="")
    client.force_login(person(Role.CLERK, proposal.department))
    answer = client.post(reverse("request_approval", args=[proposal.pk]))
    proposal.refresh_from_db()
    assert answer.status_code == 422
    assert "つぎの項目を記入してください" in answer.text
    assert proposal.status == Status.DRAFT


def test_the_reason_of_a_return_is_shown_to_the_clerk(client):
    proposal = submitted()
    client.force_login(person(Role.OFFICE))
    client.post(reverse("return_proposal", args=[proposal.pk]), REASON)
    client.force_login(person(Role.CLERK, proposal.department))
    assert REASON["reason"] in client.get(reverse("view_proposal", args=[proposal.pk])).text


def test_the_office_chooses_the_route_of_each_sheet(client):
    proposal = submitted()
    record = the_record(proposal)
    client.force_login(person(Role.OFFICE))
    client.post(reverse("accept_proposal", args=[proposal.pk]), {f"route_linkageversion_{record.pk}": "report"})
    record.refresh_from_db()
    assert (record.status, record.route, record.valid_from) == ("accepted", "report", date(2022, 6, 1))


def test_a_use_waits_for_its_provider_and_says_so(client):
    proposal = submitted(OUT_OF_PURPOSE)
    use = the_record(proposal)
    client.force_login(person(Role.OFFICE))
    routes = {f"route_outofpurposeuseversion_{use.pk}": "report"}
    answer = client.post(reverse("accept_proposal", args=[proposal.pk]), routes)
    assert answer.status_code == 422
    assert "提供する課の確認がまだです" in answer.text
    client.force_login(person(Role.HEAD, provider_of(proposal)))
    client.post(reverse("confirm_provision", args=[use.pk]), {"note": ""})
    client.force_login(person(Role.OFFICE))
    assert client.post(reverse("accept_proposal", args=[proposal.pk]), routes).status_code == 303


def test_an_objection_needs_its_reason_and_reaches_the_office(client):
    proposal = submitted(OUT_OF_PURPOSE)
    use = the_record(proposal)
    address = reverse("object_to_provision", args=[use.pk])
    client.force_login(person(Role.CLERK, provider_of(proposal)))
    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "対象者が広すぎます。"})
    client.force_login(person(Role.OFFICE))
    assert "対象者が広すぎます。" in client.get(reverse("view_proposal", args=[proposal.pk])).text


def test_a_report_leaves_the_line_of_the_council_empty(client):
    proposal = proposal_in(Status.ACCEPTED, OUT_OF_PURPOSE)
    client.force_login(person(Role.OFFICE))
    client.post(reverse("report_proposal", args=[proposal.pk]), {"on": "令和4年1月24日"})
    use = OutOfPurposeUseVersion.objects.get()
    assert (use.status, use.reported_on) == ("reported", date(2022, 1, 24))
    assert (use.council_date.is_blank, use.consultation_number) == (True, "")


@pytest.mark.parametrize(("step", "make", "role", "typed", "state"), STEPS)
def test_the_second_click_is_refused_because_the_state_has_moved(client, step, make, role, typed, state):
    proposal = make()
    client.force_login(person(role, proposal.department))
    address = reverse(step, args=[proposal.pk])
    client.post(address, typed)
    before = proposal.history.count()
    assert client.post(address, typed).status_code == 403
    assert proposal.history.count() == before


@pytest.mark.parametrize(("step", "make", "role", "typed", "state"), STEPS)
def test_a_stranger_finds_no_such_file(client, step, make, role, typed, state):
    proposal = make()
    client.force_login(person(Role.CLERK if role == Role.OFFICE else role))
    assert client.post(reverse(step, args=[proposal.pk]), typed).status_code in {403, 404}
    proposal.refresh_from_db()
    assert proposal.status == make().status
