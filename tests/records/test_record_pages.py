"""記録票のページ: the record as it stands, its PDF, its changes and corrections."""

import subprocess
import uuid
from datetime import date

import pytest
from django.urls import reverse

from history.writing import SYSTEM
from organization.models import Role
from printing.models import SheetLayout
from records.kinds import KINDS, LINKAGE, OUT_OF_PURPOSE
from records.models import LinkageVersion, Proposal
from tests.organization.factories import person
from tests.records.factories import (
    LINKAGE_VALUES,
    accepted,
    carry_on,
    change_of,
    decided,
    draft,
    proposal_in,
    submitted,
    the_record,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("layouts")]


def text_of(pdf: bytes, folder) -> str:
    file = folder / "sheet.pdf"
    file.write_bytes(pdf)
    printed = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True, text=True)
    return "".join(printed.stdout.split())


def test_a_record_in_force_is_open_to_every_member_of_staff(client):
    client.force_login(person(Role.CLERK))
    assert client.get(reverse("view_linkageversion", args=[the_record(decided()).pk])).status_code == 200
    assert client.get(reverse("view_linkageversion", args=[the_record(submitted()).pk])).status_code == 404


def test_the_list_of_a_day_holds_what_was_in_force_on_it(client):
    record = the_record(decided())
    client.force_login(person(Role.AUDITOR))
    list_page = reverse("linkage_list")
    assert record.get_absolute_url() not in client.get(list_page, {"as_of": "令和4年5月31日"}).text
    assert record.get_absolute_url() in client.get(list_page, {"as_of": "R4.6.1"}).text


def test_a_wrong_day_is_named_and_today_is_shown_instead(client):
    record = the_record(decided())
    client.force_login(person(Role.AUDITOR))
    text = client.get(reverse("linkage_list"), {"as_of": "令和4年2月30日"}).text
    assert "令和4年2月30日という日はありません。" in text
    assert record.get_absolute_url() in text


def test_the_list_of_uses_follows_the_period_on_paper(client):
    use = the_record(proposal_in("accepted", OUT_OF_PURPOSE))
    client.force_login(person(Role.AUDITOR))
    list_page = reverse("out_of_purpose_list")
    assert use.get_absolute_url() in client.get(list_page, {"as_of": "令和4年3月31日"}).text
    assert use.get_absolute_url() not in client.get(list_page, {"as_of": "令和4年4月1日"}).text


def test_the_pdf_has_the_decision_in_the_bracket(client, tmp_path):
    record = the_record(decided())
    client.force_login(person(Role.CLERK))
    answer = client.get(reverse("print_record", args=[LINKAGE, record.pk]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "（審議会令和4年2月1日諮問第5号）" in text_of(answer.content, tmp_path)


def test_a_character_without_a_shape_is_asked_about_before_printing(client, tmp_path):
    record = the_record(draft(purpose="外字\ue000をふくむ目的"))
    client.force_login(person(Role.CLERK, record.proposal.department))
    address = reverse("print_record", args=[LINKAGE, record.pk])
    refused = client.get(address)
    assert refused.status_code == 422
    assert "U+E000" in refused.text
    printed = client.get(address, {"allow_missing": "1"})
    assert "外字〓をふくむ目的" in text_of(printed.content, tmp_path)


def test_a_change_keeps_the_first_bracket_and_fills_the_second(client):
    old = the_record(decided())
    clerk = person(Role.CLERK, old.proposal.department)
    client.force_login(clerk)
    typed = {"title": "相手方の変更", "reason": "相手方の変更", "token": uuid.UUID(int=3)}
    for _ in range(2):
        assert client.post(reverse("revise_record", args=[LINKAGE, old.pk]), typed).status_code == 303
    assert Proposal.objects.count() == 2
    new = LinkageVersion.objects.get(replaces=old)
    assert (new.council_date, new.consultation_number) == (old.council_date, old.consultation_number)
    assert new.change_consultation_number == ""


def test_a_second_change_is_refused_while_one_is_under_way(client):
    old = the_record(decided())
    change_of(old)
    client.force_login(person(Role.CLERK, old.proposal.department))
    typed = {"title": "もう一つの変更", "reason": "理由", "token": uuid.UUID(int=4)}
    answer = client.post(reverse("revise_record", args=[LINKAGE, old.pk]), typed)
    assert answer.status_code == 422
    assert "手続中の変更があります" in answer.text


def test_a_correction_moves_the_period_with_the_date_on_paper(client):
    record = the_record(decided())
    client.force_login(person(Role.OFFICE))
    typed = LINKAGE_VALUES | {
        "linked_on": "令和4年7月1日",
        "lock": record.lock,
        "reason": "転記の誤り",
        "evidence": "資料第3",
    }
    answer = client.post(reverse("correct_record", args=[LINKAGE, record.pk]), typed)
    record.refresh_from_db()
    assert (answer.status_code, record.valid_from) == (303, date(2022, 7, 1))
    assert record.history.latest().history_change_reason == "転記の誤り（決定の内容を示す文書：資料第3）"


def test_a_correction_of_a_replaced_record_stays_ended_by_its_successor(client):
    old = the_record(decided())
    carry_on(change_of(old, changed_on="令和5年1月1日"), "decided")
    old.refresh_from_db()
    client.force_login(person(Role.OFFICE))
    typed = LINKAGE_VALUES | {
        "linked_on": "令和4年7月1日",
        "lock": old.lock,
        "reason": "転記の誤り",
        "evidence": "資料第3",
    }
    client.post(reverse("correct_record", args=[LINKAGE, old.pk]), typed)
    old.refresh_from_db()
    assert (old.valid_from, old.valid_to) == (date(2022, 7, 1), date(2023, 1, 1))


def test_a_correction_needs_a_reason_and_the_office(client):
    record = the_record(decided())
    address = reverse("correct_record", args=[LINKAGE, record.pk])
    client.force_login(person(Role.OFFICE))
    assert client.post(address, LINKAGE_VALUES | {"lock": record.lock, "reason": ""}).status_code == 422
    client.force_login(person(Role.CLERK, record.proposal.department))
    assert client.post(address, LINKAGE_VALUES | {"lock": record.lock, "reason": "x"}).status_code == 403


def test_a_record_without_a_decision_is_in_no_list(client):
    record = the_record(accepted())
    client.force_login(person(Role.OFFICE))
    assert record.get_absolute_url() not in client.get(reverse("linkage_list"), {"as_of": "R5.1.1"}).text


def test_a_missing_layout_is_said_in_words(client):
    record = the_record(decided())
    for layout in SheetLayout.objects.filter(code=LINKAGE.sheet_code):
        layout.valid_to = date(2010, 1, 1)
        layout.save_as(SYSTEM, action="edit_reference")
    client.force_login(person(Role.OFFICE))
    answer = client.get(reverse("print_record", args=[LINKAGE, record.pk]))
    assert answer.status_code == 409
    assert "様式の版がありません" in answer.text


@pytest.mark.parametrize("kind", list(KINDS.values()), ids=list(KINDS))
def test_a_change_shows_what_it_changes_on_its_page_in_its_editor_and_on_paper(kind, client, tmp_path):
    record = the_record(proposal_in("decided", kind))
    later = {"linkage": {"changed_on": "令和5年4月1日"}, "out-of-purpose": {"period_from": "令和4年2月1日"}}
    values = later.get(kind.code, {"continues_from": "令和5年4月"} if kind.code == "outsourcing" else {})
    version = the_record(change_of(record, responsible="新しい責任者", **values))
    client.force_login(person(Role.CLERK, version.proposal.department))
    page, marked = (client.get(version.get_absolute_url(), {"changes": asked}).text for asked in ("", "1"))
    assert '<b class="chg">' not in page
    assert '<b class="chg">新しい責任者</b>' in marked
    assert "から効力のある記録票の内容からの変更箇所" in marked
    editor = client.get(reverse("edit_record", args=[kind, version.pk])).text
    assert '<b class="chg">新しい責任者</b>' in editor
    address = reverse("print_record", args=[kind, version.pk])
    assert "変更箇所" not in text_of(client.get(address).content, tmp_path)
    assert "の内容からの変更箇所" in text_of(client.get(address, {"changes": "1"}).content, tmp_path)
    assert "変更箇所を示す" not in client.get(record.get_absolute_url()).text
