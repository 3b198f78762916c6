"""会議資料と資料一式: numbered by submission, bound with stamps and outline, and kept as it was distributed."""

import uuid
from io import BytesIO, StringIO

import pikepdf
import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from weasyprint.document import Document

from councils.models import Distribution, Meeting, MeetingAttachment, MeetingPaper
from councils.packet import print_packet
from councils.services.papers import add_paper, attach
from files.models import StoredFile
from files.services import content_of
from history.writing import SYSTEM
from notices import jobs
from notices.models import Job
from organization.models import Role
from printing import pdf
from printing.layouts import seed_layouts
from records.demo import load_ward
from tests.councils.sittings import sitting, told
from tests.organization.factories import person
from tests.printing.papers import pages_of

pytestmark = pytest.mark.django_db


def page(name, row):
    return reverse(name, args=[row.pk])


def sheet_of(*texts, rotate=0):
    """A PDF from elsewhere, a page for each text."""
    content = pdf.render([f'<article class="sheet"><p>{text}</p></article>' for text in texts], title="別紙")
    with pikepdf.open(BytesIO(content)) as made:
        for one in made.pages:
            one.rotate(rotate, relative=False)
        out = BytesIO()
        made.save(out)
    return out.getvalue()


@pytest.fixture
def secretary(client):
    client.force_login(person(Role.SECRETARIAT))
    return client


@pytest.fixture
def meeting():
    seed_layouts(SYSTEM)
    return sitting()


def outline_of(content):
    with pikepdf.open(BytesIO(content)) as bound, bound.open_outline() as tree:
        return [(item.title, [child.title for child in item.children]) for item in tree.root]


def test_the_packet_of_2013_has_agenda_and_papers_in_the_order_of_their_numbers():
    load_ward("nerima")
    content = print_packet(Meeting.objects.get(), timezone.localdate(), False)
    names = [name.split("　")[0] for name, _ in outline_of(content)]
    assert names == ["次第", "資料１", "資料２", "資料３", "資料４", "資料５", "資料６"]
    parts = dict(outline_of(content))
    outsourcing = next(children for name, children in parts.items() if name.startswith("資料２"))
    assert outsourcing[-1].startswith("外部委託記録票")
    pages = pages_of(content)
    total = len(pages)
    for number, text in enumerate(pages, 1):
        assert f"{number}／{total}" in text
    assert "次第 1／1" in pages[0]
    sixth = [text for text in pages if "資料６ " in text]
    assert "資料６ 1／" in sixth[0]
    assert all("机上配布" in text for text in sixth)
    assert sum("資料６" in text and "こども家庭部保育課" in text for text in pages) == 1


def test_the_same_packet_is_the_same_file():
    load_ward("nerima")
    meeting = Meeting.objects.get()
    first, second = (print_packet(meeting, timezone.localdate(), False) for _ in range(2))
    assert first == second


def test_a_changed_paper_costs_one_print(meeting, monkeypatch):
    caches["prints"].clear()
    for number in range(3):
        add_paper(told(meeting, f"報告{number}"), title=f"報告{number}", text="本文", is_ready=True, actor=SYSTEM)
    print_packet(meeting, timezone.localdate(), False)
    written = []
    real = Document.write_pdf
    monkeypatch.setattr(Document, "write_pdf", lambda *args, **given: written.append(1) or real(*args, **given))
    row = meeting.papers.get(number=2)
    row.text = "直した本文"
    row.save_as(SYSTEM, action="edit_meeting_paper")
    content = print_packet(meeting, timezone.localdate(), False)
    assert len(written) == 1  # not the stamps either: no page has moved
    assert "直した本文" in pages_of(content)[2]


def test_pages_from_elsewhere_are_stamped_also_when_they_are_turned(meeting):
    paper = add_paper(told(meeting), title="監査について", text="本文", is_ready=True, actor=SYSTEM)
    attach(paper, name="別紙", content=sheet_of("横向き", rotate=90), file_name="別紙.pdf", actor=SYSTEM)
    pages = pages_of(print_packet(meeting, timezone.localdate(), False))
    assert len(pages) == 3
    assert "資料１ 2／2" in pages[2]
    assert "3／3" in pages[2]
    assert pages[2].count("資料１") == 2  # in the box and at the foot


def test_an_attachment_of_two_papers_is_printed_once_and_named_the_second_time(meeting):
    first = add_paper(told(meeting, "一つめ"), title="一つめ", text="本文", is_ready=True, actor=SYSTEM)
    second = add_paper(told(meeting, "二つめ"), title="二つめ", text="本文", is_ready=True, actor=SYSTEM)
    row = attach(first, name="特記事項", content=sheet_of("守ること"), file_name="特記.pdf", actor=SYSTEM)
    attach(second, name="特記事項", same_as=row, actor=SYSTEM)
    text = "".join(pages_of(print_packet(meeting, timezone.localdate(), False)))
    assert text.count("守ること") == 1
    assert "以下資料は、資料１の資料と同一のため省略する。" in text


def test_an_attachment_whose_paper_was_taken_off_goes_with_the_first_that_names_it(secretary, meeting):
    rows = [
        add_paper(told(meeting, title), title=title, text="本文", is_ready=True, actor=SYSTEM)
        for title in ("一つめ", "二つめ", "三つめ")
    ]
    row = attach(rows[0], name="特記事項", content=sheet_of("守ること"), file_name="特記.pdf", actor=SYSTEM)
    for other in rows[1:]:
        attach(other, name="特記事項", same_as=row, actor=SYSTEM)
    assert secretary.post(page("remove_meeting_paper", rows[0])).status_code == 303
    text = "".join(pages_of(print_packet(meeting, timezone.localdate(), False)))
    assert text.count("守ること") == 1
    assert "以下資料は、資料２の資料と同一のため省略する。" in text
    assert "資料1と同一" not in secretary.get(page("meeting_papers", meeting)).content.decode()


def test_an_item_whose_paper_was_taken_off_is_named_as_without_one(secretary, meeting):
    paper = add_paper(told(meeting, "監査"), title="監査", text="本文", actor=SYSTEM)
    secretary.post(page("remove_meeting_paper", paper))
    assert [item.title for item in secretary.get(page("meeting_papers", meeting)).context["bare"]] == ["監査"]


def test_printing_asks_the_same_however_many_papers_there_are(meeting, django_assert_num_queries):
    def add(numbers):
        for number in numbers:
            paper = add_paper(told(meeting, f"報告{number}"), title="報告", text="本文", is_ready=True, actor=SYSTEM)
            attach(paper, name="別紙", content=sheet_of("別紙"), file_name="別紙.pdf", actor=SYSTEM)

    add(range(2))
    with CaptureQueriesContext(connection) as few:
        print_packet(meeting, timezone.localdate(), False)
    add(range(2, 7))
    with django_assert_num_queries(len(few)):
        print_packet(meeting, timezone.localdate(), False)


def test_a_members_copy_bears_the_name(secretary, meeting):
    add_paper(told(meeting), title="監査について", text="本文", is_ready=True, actor=SYSTEM)
    member = meeting.attendances.first()
    answer = secretary.get(f"{page('print_packet', meeting)}?member={member.pk}")
    assert f"{member.appointment.member.surname}委員" in pages_of(answer.content)[0]


def test_what_was_distributed_stays_when_the_paper_changes(secretary, meeting):
    paper = add_paper(told(meeting), title="監査について", text="はじめの本文", is_ready=True, actor=SYSTEM)
    assert secretary.post(page("distribute_papers", meeting), {"note": "事前送付"}).status_code == 303
    jobs.run(Job.objects.get().pk)
    row = Distribution.objects.get()
    sent = content_of(row.file)
    assert (row.pages, row.note, "はじめの本文" in "".join(pages_of(sent))) == (2, "事前送付", True)
    form = secretary.get(page("edit_meeting_paper", paper)).context["form"]
    given = {name: form[name].value() or "" for name in form.fields} | {"lock": paper.lock, "text": "直した本文"}
    assert secretary.post(page("edit_meeting_paper", paper), given).status_code == 303
    assert content_of(Distribution.objects.get().file) == sent
    assert row.file.digest[:16] in secretary.get(page("meeting_papers", meeting)).content.decode()


def test_nothing_is_distributed_while_a_paper_is_missing_or_a_draft(secretary, meeting):
    told(meeting, "資料のない報告")
    add_paper(told(meeting, "案の報告"), title="案の報告", text="本文", actor=SYSTEM)
    answer = secretary.post(page("distribute_papers", meeting), {"note": ""})
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "資料がありません：資料のない報告" in words
    assert "資料1（案の報告）は、まだ確定していません。" in words
    assert not Job.objects.exists()


def test_a_number_twice_is_refused_and_a_branch_is_not(secretary, meeting):
    item = told(meeting)
    add_paper(item, title="一つめ", number=54, actor=SYSTEM)
    given = {"item": item.pk, "title": "二つめ", "number": "54", "branch": "", "token": str(uuid.uuid4())}
    refused = secretary.post(page("add_meeting_paper", meeting), given)
    assert (refused.status_code, "すでに使われています" in refused.content.decode()) == (422, True)
    with_pdf = given | {"file": SimpleUploadedFile("監査.pdf", sheet_of("監査の結果"))}
    assert secretary.post(page("add_meeting_paper", meeting), with_pdf).status_code == 422
    assert not StoredFile.objects.exists()
    assert secretary.post(page("add_meeting_paper", meeting), given | {"branch": "1"}).status_code == 303
    assert [row.label for row in meeting.papers.all()] == ["資料54", "資料54-1"]


def test_a_pdf_goes_in_as_a_paper_and_what_is_none_is_refused(secretary, meeting):
    item = told(meeting)
    good = SimpleUploadedFile("監査.pdf", sheet_of("監査の結果"))
    given = {"item": item.pk, "title": "監査", "number": "", "branch": "", "token": str(uuid.uuid4())}
    bad = secretary.post(page("add_meeting_paper", meeting), given | {"file": SimpleUploadedFile("x.pdf", b"MZ")})
    assert bad.status_code == 422
    assert not MeetingPaper.objects.exists()
    assert secretary.post(page("add_meeting_paper", meeting), given | {"file": good}).status_code == 303
    answer = secretary.get(page("print_meeting_paper", MeetingPaper.objects.get()))
    assert "監査の結果" in pages_of(answer.content)[0]


def test_another_pdf_takes_the_place_of_the_one_of_a_paper(secretary, meeting):
    paper = add_paper(told(meeting), title="監査", content=sheet_of("古い結果"), file_name="監査.pdf", actor=SYSTEM)
    given = {"number": "1", "title": "監査", "is_ready": "on", "lock": "0"}
    bad = secretary.post(page("edit_meeting_paper", paper), given | {"file": SimpleUploadedFile("x.pdf", b"MZ")})
    assert bad.status_code == 422
    new = SimpleUploadedFile("監査.pdf", sheet_of("新しい結果"))
    assert secretary.post(page("edit_meeting_paper", paper), given | {"file": new}).status_code == 303
    paper.refresh_from_db()
    assert "新しい結果" in pages_of(content_of(paper.file))[0]
    assert secretary.post(page("edit_meeting_paper", paper), given | {"lock": paper.lock}).status_code == 303
    assert MeetingPaper.objects.get().file == paper.file


def test_an_attachment_is_a_pdf_or_the_same_as_another_never_both_nor_neither(secretary, meeting):
    paper = add_paper(told(meeting), title="監査", text="本文", actor=SYSTEM)
    answer = secretary.post(page("attach_to_paper", paper), {"name": "別紙"})
    assert (answer.status_code, "どちらか一つ" in answer.content.decode()) == (422, True)
    given = {"name": "別紙", "file": SimpleUploadedFile("別紙.pdf", sheet_of("別紙"))}
    assert secretary.post(page("attach_to_paper", paper), given).status_code == 303
    row = MeetingAttachment.objects.get()
    secretary.post(page("remove_paper_attachment", row))
    assert "別紙" not in secretary.get(page("meeting_papers", meeting)).content.decode()


def test_one_paper_is_distributed_by_itself(secretary, meeting):
    paper = add_paper(told(meeting), title="監査", text="監査の結果", is_ready=True, on_desk=True, actor=SYSTEM)
    told(meeting, "まだ資料のない報告")
    given = {"paper": paper.pk, "note": "当日机上配布"}
    assert secretary.post(page("distribute_papers", meeting), given).status_code == 303
    jobs.run(Job.objects.get().pk)
    made = Distribution.objects.get()
    assert (made.paper, made.pages) == (paper, 1)
    assert "監査の結果" in pages_of(content_of(made.file))[0]


def test_a_paper_taken_off_after_it_was_to_be_distributed_is_told(secretary, meeting):
    paper = add_paper(told(meeting), title="監査", text="本文", is_ready=True, actor=SYSTEM)
    secretary.post(page("distribute_papers", meeting), {"paper": paper.pk, "note": ""})
    secretary.post(page("remove_meeting_paper", paper))
    jobs.run(Job.objects.get().pk)
    assert "すでに取りやめ" in Job.objects.get().message
    assert not Distribution.objects.exists()


def test_a_character_without_a_shape_is_named_and_distributed_as_a_mark_when_allowed(secretary, meeting):
    add_paper(told(meeting), title="監査", text="外字\ue000です", is_ready=True, actor=SYSTEM)
    secretary.post(page("distribute_papers", meeting), {"note": ""})
    jobs.run(Job.objects.get().pk)
    assert "字体にない文字" in Job.objects.get().message
    assert not Distribution.objects.exists()
    secretary.post(page("distribute_papers", meeting), {"note": "", "allow_missing": "on"})
    jobs.run(Job.objects.order_by("-pk").first().pk)
    assert "外字〓です" in "".join(pages_of(content_of(Distribution.objects.get().file)))


def test_the_list_of_papers_asks_the_same_however_many_there_are(secretary, meeting, django_assert_num_queries):
    for number in range(2):
        add_paper(told(meeting, f"報告{number}"), title=f"報告{number}", text="本文", actor=SYSTEM)
    secretary.get(page("meeting_papers", meeting))
    with django_assert_num_queries(12):
        secretary.get(page("meeting_papers", meeting))
    for number in range(2, 9):
        add_paper(told(meeting, f"報告{number}"), title=f"報告{number}", text="本文", actor=SYSTEM)
    with django_assert_num_queries(12):
        secretary.get(page("meeting_papers", meeting))


def test_the_command_prints_the_packet(tmp_path, meeting):
    add_paper(told(meeting), title="監査", text="本文", is_ready=True, actor=SYSTEM)
    file = tmp_path / "packet.pdf"
    call_command("print_sheet", "packet", str(meeting.pk), out=file, stdout=StringIO())
    assert [name.split("　")[0] for name, _ in outline_of(file.read_bytes())] == ["次第", "資料１"]
