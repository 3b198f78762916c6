"""案件のページ: who sees which file, and how a draft begins."""

import uuid

import pytest
from django.urls import reverse

from organization.models import Role
from records.kinds import LINKAGE, OUT_OF_PURPOSE
from records.models import LinkageVersion, Proposal
from records.services import drafting, steps
from records.services.locks import file_version
from tests.organization.factories import person
from tests.records.factories import accepted, add_sheet, decided, draft, provider_of, section, submitted
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db


def page(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


def send(client, user, name, *args, **data):
    client.force_login(user)
    return client.post(reverse(name, args=args), data)


def test_the_list_shows_a_clerk_the_files_of_their_department_only(client):
    own, other = draft(), draft()
    answer = page(client, person(Role.CLERK, own.department), "proposal_list")
    assert reverse("view_proposal", args=[own.pk]) in answer.text
    assert reverse("view_proposal", args=[other.pk]) not in answer.text


def test_the_list_can_be_narrowed_to_a_state(client):
    office = person(Role.OFFICE)
    early, late = draft(), submitted()
    answer = page(client, office, "proposal_list", status="submitted")
    assert reverse("view_proposal", args=[late.pk]) in answer.text
    assert reverse("view_proposal", args=[early.pk]) not in answer.text


def test_a_draft_of_another_department_does_not_exist_for_a_clerk(client):
    proposal = draft()
    assert page(client, person(Role.CLERK), "view_proposal", proposal.pk).status_code == 404
    assert page(client, person(Role.CLERK), "edit_proposal", proposal.pk).status_code == 404
    assert page(client, person(Role.CLERK), "proposal_history", proposal.pk).status_code == 404


def test_the_providing_department_sees_the_file_from_its_submission_on(client):
    early, late = draft(OUT_OF_PURPOSE), submitted(OUT_OF_PURPOSE)
    assert page(client, person(Role.CLERK, provider_of(early)), "view_proposal", early.pk).status_code == 404
    answer = page(client, person(Role.CLERK, provider_of(late)), "view_proposal", late.pk)
    assert reverse("confirm_provision", args=[late.outofpurposeuseversions.get().pk]) in answer.text


def test_the_using_department_is_not_asked_to_confirm_for_the_providing_one(client):
    proposal = submitted(OUT_OF_PURPOSE)
    answer = page(client, person(Role.CLERK, proposal.department), "view_proposal", proposal.pk)
    assert reverse("confirm_provision", args=[proposal.outofpurposeuseversions.get().pk]) not in answer.text


@pytest.mark.parametrize(
    ("make", "role", "offered", "kept_back"),
    [
        (draft, Role.CLERK, "request_approval", "approve_proposal"),
        (submitted, Role.OFFICE, "accept_proposal", "decide_proposal"),
        (accepted, Role.OFFICE, "decide_proposal", "report_proposal"),
        (decided, Role.OFFICE, "proposal_history", "withdraw_proposal"),
    ],
)
def test_the_page_offers_the_steps_that_are_open(client, make, role, offered, kept_back):
    proposal = make()
    text = page(client, person(role, proposal.department), "view_proposal", proposal.pk).text
    assert reverse(offered, args=[proposal.pk]) in text
    assert reverse(kept_back, args=[proposal.pk]) not in text


def test_what_is_missing_before_submission_is_named(client):
    proposal = draft(purpose="")
    text = page(client, person(Role.CLERK, proposal.department), "view_proposal", proposal.pk).text
    assert "提出までに必要：目的" in text


def test_a_missing_number_is_a_warning_until_the_record_takes_effect(client):
    warning = "業務登録番号がありません"
    office = person(Role.OFFICE)
    assert warning in page(client, office, "view_proposal", accepted().pk).text
    assert warning not in page(client, office, "view_proposal", decided().pk).text


def test_a_file_is_created_once_for_a_double_click(client):
    department = section("収納課")
    clerk = person(Role.CLERK, department)
    typed = {"title": "財産調査システムの結合", "department": department.pk, "token": uuid.UUID(int=1)}
    first = send(client, clerk, "create_proposal", **typed)
    second = send(client, clerk, "create_proposal", **typed)
    assert Proposal.objects.count() == 1
    assert first.headers["Location"] == second.headers["Location"]


def test_a_clerk_cannot_file_for_another_department(client):
    clerk = person(Role.CLERK)
    typed = {"title": "他課の案件", "department": section("収納課").pk, "token": uuid.UUID(int=1)}
    answer = send(client, clerk, "create_proposal", **typed)
    assert answer.status_code == 422
    assert "他課の案件" in answer.text
    assert not Proposal.objects.exists()


def test_a_title_is_needed(client):
    department = section("収納課")
    answer = send(client, person(Role.CLERK, department), "create_proposal", title="", department=department.pk)
    assert answer.status_code == 422
    assert "件名を入力してください。" in answer.text


def test_each_chosen_business_gets_a_sheet_in_one_step(client):
    department = section("収納課")
    names = ["特別区民税・都民税に関する業務", "軽自動車税に関する業務", "国民健康保険に関する業務"]
    activities = [registered_activity(department=department, name=name).pk for name in names]
    proposal = draft(department=department)
    clerk = person(Role.CLERK, department)
    form = {"kind": LINKAGE.code, "activities": activities, "token": uuid.UUID(int=1)}
    for _ in range(2):
        assert send(client, clerk, "add_record", proposal.pk, **form).status_code == 303
    added = LinkageVersion.objects.filter(proposal=proposal).exclude(activity=None)
    assert set(added.values_list("activity_name", "purpose")) == {
        (name, "預金調査をオンラインで照会する。") for name in names
    }


def test_the_title_is_changed_and_a_stale_title_is_not_lost(client):
    proposal = draft()
    clerk = person(Role.CLERK, proposal.department)
    assert send(client, clerk, "edit_proposal", proposal.pk, title="直した件名", lock=0).status_code == 303
    answer = send(client, clerk, "edit_proposal", proposal.pk, title="別の件名", lock=0)
    assert answer.status_code == 422
    assert "別の件名" in answer.text
    assert "直した件名" in answer.text
    assert send(client, clerk, "edit_proposal", proposal.pk, title="別の件名", lock=1).status_code == 303


def test_the_history_names_who_did_what_in_japanese(client):
    proposal = submitted()
    text = page(client, person(Role.OFFICE), "proposal_history", proposal.pk).text
    assert "課長承認" in text
    assert "<del>課長承認待ち</del>" in text


def test_the_history_tells_the_sheets_of_one_request_in_one_line_and_those_taken_out(client):
    proposal = draft()
    second = add_sheet(proposal, LINKAGE, activity_name="軽自動車税に関する業務")
    third = add_sheet(proposal, LINKAGE, activity_name="やめた業務")
    clerk = person(Role.CLERK, proposal.department)
    send(client, clerk, "remove_record", LINKAGE, third.pk)
    send(client, clerk, "request_approval", proposal.pk, version=file_version(proposal))
    approval, removal, *_ = page(client, clerk, "proposal_history", proposal.pk).context["entries"]
    first = proposal.records()[0]
    assert approval.subject == f"案件、1「{first}」、2「{second}」"
    assert [(change.label, change.after) for change in approval.changes] == [("状態", "課長承認待ち")]
    assert (removal.action_label, removal.subject) == ("記録票の取りやめ", "取りやめた記録票「やめた業務」")


def test_a_sheet_taken_out_does_not_come_back_when_the_file_is_withdrawn():
    proposal = draft()
    kept = proposal.records()
    drafting.remove_record(add_sheet(proposal, LINKAGE), actor=person(Role.CLERK, proposal.department))
    proposal = steps.withdraw_proposal(proposal, reason="中止", actor=person(Role.CLERK, proposal.department))
    assert proposal.records() == kept


def test_a_form_sent_again_after_its_sheet_was_taken_out_says_so_and_can_be_sent_anew(client):
    proposal = draft()
    clerk = person(Role.CLERK, proposal.department)
    form = {"kind": LINKAGE.code, "token": uuid.UUID(int=1)}
    send(client, clerk, "add_record", proposal.pk, **form)
    drafting.remove_record(proposal.records()[-1], actor=clerk)
    answer = send(client, clerk, "add_record", proposal.pk, **form)
    assert answer.status_code == 422
    assert "取りやめられています" in answer.text
    form["token"] = answer.context["form"]["token"].value()
    assert send(client, clerk, "add_record", proposal.pk, **form).status_code == 303
    assert len(proposal.records()) == 2
