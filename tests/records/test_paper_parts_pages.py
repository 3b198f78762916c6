"""添付資料とチェックリストのページ."""

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from files.kinds import FileType
from files.models import StoredFile
from organization.models import Role
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
