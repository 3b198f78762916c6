"""案件の歩みのページ: each step asks what it needs, refuses in words, and leads back to the file."""

from datetime import date

import pytest
from django.urls import reverse

from history.writing import SYSTEM
from organization.models import Role
from records.kinds import OUT_OF_PURPOSE
from records.models import OutOfPurposeUseVersion, Proposal
from records.services import drafting, steps
from records.services.locks import file_version
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
    token,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("layouts")]


def take(client, step, pk, **typed):
    """Open the step's page and send it, as a person does."""
    address = reverse(step, args=[pk])
    hidden = {"version": client.get(address).context["form"]["version"].value()}
    return client.post(address, hidden | typed)


REASON = {"reason": "目的の書き方を直してください。"}


def send(client, name, row, typed=None):
    """What the browser sends from the page of the step as it was just opened."""
    proposal = row if isinstance(row, Proposal) else row.proposal
    typed = {"version": file_version(proposal)} | (typed or {})
    return client.post(reverse(name, args=[row.pk]), typed)


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
    answer = send(client, step, proposal, typed)
    proposal.refresh_from_db()
    assert (answer.status_code, answer.headers["Location"]) == (303, reverse("view_proposal", args=[proposal.pk]))
    assert proposal.status == state


@pytest.mark.parametrize("step", ["send_back_proposal", "return_proposal", "withdraw_proposal"])
def test_a_reason_of_blanks_is_refused_beside_the_field(client, step):
    make, role = {name: (make, role) for name, make, role, *_ in STEPS}[step]
    proposal = make()
    client.force_login(person(role, proposal.department))
    answer = send(client, step, proposal, {"reason": "　 "})
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
    answer = send(client, "decide_proposal", proposal, typed)
    assert answer.status_code == 422
    assert message in answer.text
    assert typed["council_date"] in answer.text


def test_an_unfinished_sheet_keeps_the_file_in_the_department_and_is_named(client):
    proposal = draft(purpose="")
    client.force_login(person(Role.CLERK, proposal.department))
    answer = send(client, "request_approval", proposal)
    proposal.refresh_from_db()
    assert answer.status_code == 422
    assert "つぎの項目を記入してください" in answer.text
    assert proposal.status == Status.DRAFT


def test_the_reason_of_a_return_is_shown_to_the_clerk(client):
    proposal = submitted()
    client.force_login(person(Role.OFFICE))
    send(client, "return_proposal", proposal, REASON)
    client.force_login(person(Role.CLERK, proposal.department))
    assert REASON["reason"] in client.get(reverse("view_proposal", args=[proposal.pk])).text


def test_under_the_act_the_office_chooses_the_route_of_each_sheet(client):
    proposal = steps.approve_proposal(awaiting_head(), actor=SYSTEM, on=date(2023, 4, 3))
    record = the_record(proposal)
    client.force_login(person(Role.OFFICE))
    take(client, "accept_proposal", proposal.pk, **{f"route_linkageversion_{record.pk}": "report"})
    record.refresh_from_db()
    assert (record.status, record.route, record.valid_from) == ("accepted", "report", date(2022, 6, 1))


@pytest.mark.parametrize(("typed", "kept"), [("26", "26"), ("第２６号", "26"), (" 諮問第5号 ", "5")])
def test_a_number_is_taken_in_any_spelling_and_kept_as_figures(client, typed, kept):
    proposal = accepted()
    client.force_login(person(Role.OFFICE))
    take(client, "decide_proposal", proposal.pk, council_date="R4.2.1", consultation_number=typed)
    assert the_record(proposal).consultation_number == kept


@pytest.mark.parametrize(
    ("day", "message"), [("R99.2.1", "先の日"), ("平成12年4月1日", "提出日（令和4年1月24日）より前")]
)
def test_a_day_on_which_the_council_cannot_have_met_is_refused(client, day, message):
    proposal = accepted()
    client.force_login(person(Role.OFFICE))
    answer = take(client, "decide_proposal", proposal.pk, council_date=day, consultation_number="5")
    assert answer.status_code == 422
    assert message in answer.text
    assert day in answer.text


def test_what_is_no_number_is_refused(client):
    proposal = accepted()
    client.force_login(person(Role.OFFICE))
    answer = take(client, "decide_proposal", proposal.pk, council_date="R4.2.1", consultation_number="abc")
    assert answer.status_code == 422
    assert "諮問番号は数だけを書いてください" in answer.text


def test_a_use_waits_for_its_provider_and_says_so(client):
    proposal = submitted(OUT_OF_PURPOSE)
    use = the_record(proposal)
    client.force_login(person(Role.OFFICE))
    routes = {f"route_outofpurposeuseversion_{use.pk}": "report"}
    answer = send(client, "accept_proposal", proposal, routes)
    assert answer.status_code == 422
    assert "提供する課の確認がまだです" in answer.text
    client.force_login(person(Role.HEAD, provider_of(proposal)))
    send(client, "confirm_provision", use, {"note": ""})
    client.force_login(person(Role.OFFICE))
    assert send(client, "accept_proposal", proposal, routes).status_code == 303


def test_an_objection_needs_its_reason_and_reaches_the_office(client):
    proposal = submitted(OUT_OF_PURPOSE)
    use = the_record(proposal)
    client.force_login(person(Role.CLERK, provider_of(proposal)))
    assert send(client, "object_to_provision", use, {"reason": ""}).status_code == 422
    send(client, "object_to_provision", use, {"reason": "対象者が広すぎます。"})
    client.force_login(person(Role.OFFICE))
    assert "対象者が広すぎます。" in client.get(reverse("view_proposal", args=[proposal.pk])).text


def test_a_report_leaves_the_line_of_the_council_empty(client):
    proposal = proposal_in(Status.ACCEPTED, OUT_OF_PURPOSE)
    client.force_login(person(Role.OFFICE))
    send(client, "report_proposal", proposal, {"on": "令和4年1月24日"})
    use = OutOfPurposeUseVersion.objects.get()
    assert (use.status, use.reported_on) == ("reported", date(2022, 1, 24))
    assert (use.council_date.is_blank, use.consultation_number) == (True, "")


@pytest.mark.parametrize(("step", "make", "role", "typed", "state"), STEPS)
def test_the_second_click_is_refused_because_the_state_has_moved(client, step, make, role, typed, state):
    proposal = make()
    client.force_login(person(role, proposal.department))
    send(client, step, proposal, typed)
    before = proposal.history.count()
    assert send(client, step, proposal, typed).status_code == 403
    assert proposal.history.count() == before


@pytest.mark.parametrize(("step", "make", "role", "typed", "state"), STEPS)
def test_a_stranger_finds_no_such_file(client, step, make, role, typed, state):
    proposal = make()
    client.force_login(person(Role.CLERK if role == Role.OFFICE else role))
    assert send(client, step, proposal, typed).status_code in {403, 404}
    proposal.refresh_from_db()
    assert proposal.status == make().status


def test_a_head_does_not_approve_what_was_changed_after_the_page_was_opened(client):
    proposal = awaiting_head()
    head, clerk = person(Role.HEAD, proposal.department), person(Role.CLERK, proposal.department)
    client.force_login(head)
    seen = {"version": file_version(proposal)}
    assert f'value="{seen["version"]}"' in client.get(reverse("approve_proposal", args=[proposal.pk])).text
    steps.send_back_proposal(proposal, reason="直してください", actor=head)
    record = the_record(proposal)
    drafting.edit_record(record, values={"purpose": "あとから変えた目的"}, lock=record.lock, actor=clerk)
    steps.request_approval(proposal, actor=clerk)
    answer = send(client, "approve_proposal", proposal, seen)
    proposal.refresh_from_db()
    assert (answer.status_code, proposal.status) == (422, Status.AWAITING_HEAD)
    assert "この画面を開いたあとに、案件の内容が変わりました" in answer.text
    assert "あとから変えた目的" in answer.text
    assert reverse("view_proposal", args=[proposal.pk]) in answer.text
    assert f'value="{file_version(proposal)}"' in answer.text
    assert send(client, "approve_proposal", proposal).status_code == 303


def test_every_write_to_a_file_or_its_sheets_raises_its_version():
    proposal = draft()
    clerk = person(Role.CLERK, proposal.department)
    seen = [file_version(proposal)]
    (added,) = drafting.add_records(proposal, kind=OUT_OF_PURPOSE, activities=[], token=token(), actor=clerk)
    seen.append(file_version(proposal))
    drafting.edit_record(added, values={"purpose": "目的"}, lock=0, actor=clerk)
    seen.append(file_version(proposal))
    drafting.remove_record(added, actor=clerk)
    seen.append(file_version(proposal))
    drafting.edit_proposal(proposal, title="別の件名", lock=0, actor=clerk)
    seen.append(file_version(proposal))
    steps.request_approval(proposal, actor=clerk)
    assert len({*seen, file_version(proposal)}) == 6


def test_an_answer_of_the_provider_raises_the_version_of_the_file():
    proposal = submitted(OUT_OF_PURPOSE)
    before = file_version(proposal)
    steps.confirm_provision(the_record(proposal), actor=person(Role.HEAD, provider_of(proposal)))
    assert file_version(proposal) != before


@pytest.mark.parametrize(("step", "make", "role"), [(step, make, role) for step, make, role, *_ in STEPS])
def test_a_step_shows_the_sheets_that_it_is_about(client, step, make, role):
    proposal = make()
    client.force_login(person(role, proposal.department))
    answer = client.get(reverse(step, args=[proposal.pk]))
    assert answer.text.count('class="sheet"') == 1
    assert the_record(proposal).purpose in answer.text


def test_a_reason_ends_at_two_thousand_characters(client):
    proposal = submitted()
    client.force_login(person(Role.OFFICE))
    answer = send(client, "return_proposal", proposal, {"reason": "長" * 2_001})
    assert answer.status_code == 422
    assert "理由は2000文字以内で入力してください（いま2001文字です）。" in answer.text
