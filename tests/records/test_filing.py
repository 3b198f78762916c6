"""起案: 文書番号 and 保存年限 beside the procedure, and its text to take along."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from docx import Document

from history.errors import StaleEdit
from history.writing import SYSTEM
from organization.models import Role
from organization.rules import NotPermitted
from records.filing import filing
from records.kinds import LINKAGE, OUT_OF_PURPOSE
from records.models import Proposal, RetentionPeriod
from records.services.documents import add_retention, number_proposal
from records.services.drafting import edit_proposal
from records.states import Status
from tests.organization.factories import person
from tests.records.cast import all_but, somebody
from tests.records.factories import FOR_COUNCIL, add_sheet, decided, draft, proposal_in, submitted
from tests.records.paper_factories import paper_draft

pytestmark = pytest.mark.django_db
DAY = date(2022, 1, 12)
LEFT = ["submitted", "accepted", "scheduled", "decided", "reported", "notified", "rejected", "withdrawn"]


def call(proposal, actor, number="3練総情第123号", retention=None):
    return number_proposal(
        proposal, document_number=number, retention=retention, lock=proposal.lock, actor=actor
    )  # fmt: skip


@pytest.mark.parametrize("status", list(Status))
def test_the_number_comes_in_every_state_and_moves_nothing(status):
    proposal = proposal_in(status)
    five = add_retention(name="5年", years=5, actor=SYSTEM)
    numbered = call(proposal, person(Role.CLERK, proposal.department), retention=five)
    assert (numbered.document_number, numbered.retention, numbered.status) == ("3練総情第123号", five, status)
    assert numbered.history.latest().action == "number_proposal"


@pytest.mark.parametrize("who", all_but("担当", "課長", "情報公開課"))
def test_is_denied_to_everybody_else(who, nothing_is_written):
    proposal = submitted()
    actor = somebody(who, proposal.department)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


@pytest.mark.parametrize("status", list(Status))
def test_the_office_numbers_what_has_left_the_department(status):
    proposal, office = proposal_in(status), person(Role.OFFICE)
    if status in LEFT:
        assert call(proposal, office).document_number
    else:
        with pytest.raises(NotPermitted):
            call(proposal, office)


def test_a_stale_number_is_refused(nothing_is_written):
    proposal = draft()
    clerk = person(Role.CLERK, proposal.department)
    call(proposal, clerk)
    with nothing_is_written(StaleEdit):
        call(proposal, clerk, number="別の番号")


def test_a_class_is_chosen_while_it_is_in_use_and_stays_where_it_was_given(client):
    add_retention(name="5年", years=5, actor=SYSTEM)
    old = RetentionPeriod(name="旧10年", years=10, valid_to=date(2000, 4, 1)).save_as(SYSTEM, action="edit_reference")
    with pytest.raises(ValidationError):
        add_retention(name="5年", years=5, actor=SYSTEM)
    given, fresh = draft(), draft()
    clerk = person(Role.CLERK, given.department)
    call(given, clerk, retention=old)
    client.force_login(clerk)
    form = client.get(reverse("number_proposal", args=[given.pk])).context["form"]
    assert [str(one) for one in form.fields["retention"].queryset] == ["5年", "旧10年"]
    client.force_login(person(Role.CLERK, fresh.department))
    form = client.get(reverse("number_proposal", args=[fresh.pk])).context["form"]
    assert [str(one) for one in form.fields["retention"].queryset] == ["5年"]


def test_the_text_has_title_reason_grounds_records_and_route(layouts):
    proposal = draft(OUT_OF_PURPOSE, **FOR_COUNCIL)
    add_sheet(proposal, LINKAGE)
    paper = paper_draft(proposal)
    clerk = person(Role.CLERK, proposal.department)
    edit_proposal(
        proposal, title="収納課の案件", filing_reason="照会を早めるため。\n郵送をやめる。", lock=0, actor=clerk
    )
    proposal = call(
        Proposal.objects.get(pk=proposal.pk), clerk, retention=add_retention(name="5年", years=5, actor=SYSTEM)
    )
    text = filing(proposal, proposal.records(), day=DAY).text
    for line in (
        "文書番号　3練総情第123号", "保存年限　5年", "提出日　　未提出", "件名　　　収納課の案件",
        "１　理由", "　照会を早めるため。", "　郵送をやめる。", "２　根拠", "　・審議会事項", "３　記録票",
        "　(1) 目的外利用記録票　児童生徒指導上の課題対応に関する業務",
        "　(2) 電算結合記録票　特別区民税・都民税に関する業務", "　　　相手方：株式会社NTTデータ",
        "４　審議会への経路", "５　添付する資料", f"　・{paper}",
    ):  # fmt: skip
        assert line in text.splitlines(), line
    assert "(1) 諮問（見込み）　根拠が「審議会事項」のため、審議会に諮問します。" in text


def test_of_a_decided_file_the_text_has_the_route_it_took():
    proposal = Proposal.objects.get(pk=decided().pk)
    assert "(1) 諮問　旧条例第17条により" in filing(proposal, proposal.records(), day=DAY).text


def test_page_text_file_and_word_say_the_same_to_whoever_sees_the_file(client):
    proposal = submitted()
    lines = [line.strip() for line in filing(proposal, proposal.records(), day=DAY).text.splitlines() if line.strip()]
    client.force_login(person(Role.AUDITOR))
    page = client.get(reverse("filing_text", args=[proposal.pk]))
    assert page.context["filing"].text in page.text
    answer = client.get(reverse("export_filing_text", args=[proposal.pk]))
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert [line.strip() for line in answer.content.decode().split("\r\n") if line.strip()] == lines
    word = Document(BytesIO(client.get(reverse("export_filing_word", args=[proposal.pk])).content))
    texts = [line.strip() for paragraph in word.paragraphs for line in paragraph.text.split("\n") if line.strip()]
    assert texts == ["起案文", *lines]
    client.force_login(person(Role.CLERK))
    for name in ("filing_text", "export_filing_text", "export_filing_word"):
        assert client.get(reverse(name, args=[proposal.pk])).status_code == 404


def test_the_pages_write_reason_number_and_class_and_keep_what_was_typed(client):
    proposal, five = draft(), add_retention(name="5年", years=5, actor=SYSTEM)
    client.force_login(person(Role.CLERK, proposal.department))
    edit, number = (reverse(name, args=[proposal.pk]) for name in ("edit_proposal", "number_proposal"))
    typed = {"title": "件名", "filing_reason": "早めるため。", "lock": 0}
    assert client.post(edit, typed | {"title": ""}).status_code == 422
    assert client.post(edit, typed).status_code == 303
    typed = {"document_number": "3練総情第123号", "retention": five.pk, "lock": 0}
    stale = client.post(number, typed)
    assert (stale.status_code, "3練総情第123号" in stale.text) == (422, True)
    assert client.post(number, typed | {"lock": 1}).status_code == 303
    page = client.get(reverse("view_proposal", args=[proposal.pk])).text
    assert "3練総情第123号" in page
    assert "5年" in page
