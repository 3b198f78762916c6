"""添付資料とチェックリストのページ."""

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from files.kinds import FileType
from files.models import StoredFile
from history.writing import SYSTEM
from organization.models import Role
from records.models import Proposal
from records.states import Status
from tests.files.conftest import SAMPLES, pdf
from tests.organization.factories import person
from tests.printing.papers import fold, text_of
from tests.records.paper_factories import paper_draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("layouts")]


@pytest.fixture
def paper():
    return paper_draft()


@pytest.fixture
def clerk(paper, client):
    user = person(Role.CLERK, paper.proposal.department)
    client.force_login(user)
    return user


def address(name, row, query=""):
    return reverse(name, args=[row.pk]) + query


def test_an_attachment_is_written_and_read(client, clerk, paper):
    attachment = paper.attachments.in_use().first().attachment
    answer = client.post(
        address("edit_attachment", attachment), {"text": "＜事務処理の流れ＞", "is_third_party": "on", "lock": 0}
    )
    assert answer.status_code == 303
    page = client.get(address("view_attachment", attachment)).text
    assert "＜事務処理の流れ＞" in page
    assert "第三者の文書" in page
    stale = client.post(address("edit_attachment", attachment), {"text": "別", "lock": 0})
    assert (stale.status_code, "別</textarea>" in stale.text) == (422, True)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (SAMPLES[FileType.XLSX], "受け付けられる種類ではありません"),
        (b"", "空"),
        (SAMPLES[FileType.PDF][:200], "壊れている"),
        (pdf(encryption=pikepdf.Encryption(owner="x", user="y")), "パスワード"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_and_the_text_stays(client, clerk, paper, content, words):
    attachment = paper.attachments.in_use().first().attachment
    sent = {"text": "打った文", "lock": 0, "upload": SimpleUploadedFile("構成図.pdf", content)}
    answer = client.post(address("edit_attachment", attachment), sent)
    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors["upload"])
    assert "打った文" in answer.text
    assert not StoredFile.objects.exists()


def test_a_file_is_attached_once_and_read_by_whoever_sees_the_paper(client, clerk, paper):
    attachment = paper.attachments.in_use().first().attachment
    sent = {"text": "", "lock": 0, "upload": SimpleUploadedFile("構成図.pdf", SAMPLES[FileType.PDF])}
    assert client.post(address("edit_attachment", attachment), sent).status_code == 303
    stored = StoredFile.objects.get()
    assert "構成図.pdf" in client.get(address("view_attachment", attachment)).text
    assert client.get(address("download_file", stored)).status_code == 200
    client.force_login(person(Role.CLERK))
    assert client.get(address("download_file", stored)).status_code == 404


def test_a_checklist_is_filled_in_and_printed(client):
    paper = paper_draft(code="paper-linkage-sheet", texts={"protection": "別紙チェックリストのとおり"})
    client.force_login(person(Role.CLERK, paper.proposal.department))
    checklist = paper.checklists.get()
    answers = {"answer_i1": "yes", "note_i1": "LGWANを使う", **{f"answer_i{n}": "" for n in range(2, 6)}, "lock": 0}
    assert client.post(address("edit_checklist", checklist), answers).status_code == 303
    assert "LGWANを使う" in client.get(address("view_checklist", checklist)).text
    printed = fold(text_of(client.get(address("print_checklist", checklist)).content))
    assert "はいLGWANを使う" in printed
    assert "情報保護対策" in client.get(address("view_paper", paper)).text


def test_the_history_of_the_file_tells_what_was_attached_and_answered(client):
    paper = paper_draft()
    listed = paper_draft(paper.proposal, code="paper-linkage-sheet", texts={"protection": "別紙チェックリストのとおり"})
    client.force_login(person(Role.CLERK, paper.proposal.department))
    attachment = paper.attachments.in_use().first().attachment
    client.post(address("edit_attachment", attachment), {"text": "＜事務処理の流れ＞", "lock": 0})
    checklist = listed.checklists.get()
    answers = {"answer_i1": "yes", "note_i1": "LGWANを使う", **{f"answer_i{n}": "" for n in range(2, 6)}, "lock": 0}
    client.post(address("edit_checklist", checklist), answers)
    client.post(address("edit_checklist", checklist), answers | {"note_i1": "専用回線を使う", "lock": 1})
    page = client.get(address("proposal_history", paper.proposal)).text
    for words in ("添付資料「システム構成図」", "＜事務処理の流れ＞", "チェックリストの回答", "専用回線を使う"):
        assert words in page, words


def hand_on(paper):
    """A colleague sends the file to its head while the page is open."""
    proposal = Proposal.objects.get(pk=paper.proposal_id)
    proposal.status = Status.AWAITING_HEAD
    proposal.save_as(SYSTEM, action="request_approval")


def test_an_attachment_typed_while_the_file_was_handed_on_is_given_back(client, clerk, paper):
    row = paper.attachments.first().attachment
    given = {"text": "長い説明の文", "lock": row.lock}
    hand_on(paper)
    answer = client.post(address("edit_attachment", row), given)
    assert (answer.status_code, "長い説明の文" in answer.content.decode()) == (409, True)


def test_a_title_and_an_answer_typed_while_the_file_was_handed_on_are_given_back(client, clerk, paper):
    proposal = paper.proposal
    hand_on(paper)
    given = {"title": "別の件名", "filing_reason": "別の理由", "lock": proposal.lock}
    answer = client.post(reverse("edit_proposal", args=[proposal.pk]), given)
    words = answer.content.decode()
    assert (answer.status_code, "別の件名" in words, "別の理由" in words) == (409, True, True)


def test_both_texts_of_an_attachment_stand_side_by_side(client, clerk, paper):
    row = paper.attachments.first().attachment
    client.post(address("edit_attachment", row), {"text": "隣の人の文", "lock": row.lock})
    refused = client.post(address("edit_attachment", row), {"text": "わたしの文", "lock": row.lock})
    words = refused.content.decode()
    assert (refused.status_code, "隣の人の文" in words, "わたしの文" in words) == (422, True, True)


def test_both_reasons_of_a_file_stand_side_by_side(client, clerk, paper):
    proposal = paper.proposal
    url, given = reverse("edit_proposal", args=[proposal.pk]), {"title": proposal.title, "lock": proposal.lock}
    client.post(url, given | {"filing_reason": "隣の人の理由"})
    refused = client.post(url, given | {"filing_reason": "わたしの理由"})
    words = refused.content.decode()
    assert (refused.status_code, "隣の人の理由" in words, "わたしの理由" in words) == (422, True, True)


def test_a_shared_attachment_says_so_and_is_made_the_papers_own_with_one_press(client, clerk, paper):
    row = paper.attachments.first()
    other = paper_draft(paper.proposal, texts={"attachments": f"・{row.attachment.name}"})
    assert "共に使っています" in client.get(address("edit_attachment", row.attachment)).content.decode()
    assert "ほかの資料と共用" in client.get(address("edit_paper", other)).content.decode()
    line = other.attachments.in_use().get()
    answer = client.post(reverse("own_attachment", args=[line.pk]))
    line.refresh_from_db()
    assert answer.headers["Location"] == address("edit_attachment", line.attachment)
    assert line.attachment != row.attachment
