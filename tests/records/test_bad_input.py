"""悪い入力: what is wrong is named beside its field or by the step, and what was typed with it stays."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from common.wareki import BLANK
from files.kinds import FileType
from files.models import StoredFile
from files.storage import place_of
from history.writing import SYSTEM
from organization.models import Role
from records.kinds import KINDS, LINKAGE, OUT_OF_PURPOSE, OUTSOURCING, PROVISION, kind_of
from records.papers.attaching import LIMIT
from records.services import steps
from records.services.completeness import missing_fields
from records.services.contradictions import contradictions
from records.services.errors import RecordContradictory, RecordIncomplete
from records.services.locks import file_version
from registry import services as registry
from tests.files.conftest import SAMPLES
from tests.organization.factories import person
from tests.records.factories import (
    FOR_COUNCIL,
    VALUES,
    accepted,
    awaiting_head,
    decided,
    draft,
    proposal_in,
    section,
    the_record,
)
from tests.records.paper_factories import TEXTS, paper_draft, texts_of
from tests.registry.factories import registered_activity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("layouts")]
ALL = list(KINDS.values())
WITH_GROUNDS = [OUT_OF_PURPOSE, PROVISION]
PAGE_SOURCE = "<p>目的は</p><script src=//example.com/x.js></script>"
# A workbook with a password: Office keeps it in the container of the old .xls.
LOCKED_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)


def sent(record, **values):
    """The form of a record as a browser sends it; `values` differ from the complete sheet."""
    kind = kind_of(record)
    typed = {name: value for name, value in VALUES[kind.code].items() if value is not None} | values
    if kind is OUT_OF_PURPOSE:
        typed |= {"providing_department": record.providing_department_id}
    return {"lock": record.lock, **typed}


def post(client, record, **values):
    client.force_login(person(Role.CLERK, record.proposal.department))
    return client.post(reverse("edit_record", args=[kind_of(record), record.pk]), sent(record, **values))


REVERSED = {
    LINKAGE: {"linked_on": "令和4年6月1日", "linked_until": "令和4年5月31日"},
    OUT_OF_PURPOSE: {"period_from": "令和4年6月1日", "period_to": "令和4年5月31日"},
    OUTSOURCING: {"continues_from": "", "period_from": "令和4年6月1日", "period_to": "令和4年5月31日"},
    PROVISION: {"period_from": "令和4年6月1日", "period_to": "令和4年5月31日"},
}


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.code)
def test_a_period_that_runs_backwards_is_named_and_stays_in_its_boxes(kind, client):
    record = the_record(draft(kind))
    answer = post(client, record, **REVERSED[kind])
    assert answer.status_code == 422
    assert "期間の末日は、初日より前にはできません。" in answer.text
    for typed in filter(None, REVERSED[kind].values()):
        assert f'value="{typed}"' in answer.text
    record.refresh_from_db()
    assert record.lock == 1


@pytest.mark.parametrize("kind", [OUT_OF_PURPOSE, OUTSOURCING, PROVISION], ids=lambda kind: kind.code)
def test_both_lines_of_the_period_are_named_and_stay(kind, client):
    answer = post(
        client, the_record(draft(kind)),
        period_from="令和4年4月1日", period_to="令和5年3月31日", continues_from="令和4年4月2日",
    )  # fmt: skip
    assert answer.status_code == 422
    assert "期間と「以降継続」は一方だけ" in answer.text
    assert 'value="令和4年4月2日"' in answer.text


@pytest.mark.parametrize("kind", WITH_GROUNDS, ids=lambda kind: kind.code)
@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"grounds": ["law"]}, ["ground_law"]),
        ({"grounds": ["law"], "ground_law": "　"}, ["ground_law"]),
        ({"kinds": ["other"]}, ["kinds_other"]),
        ({"use_forms": ["other"]}, ["use_forms_other"]),
    ],
)
def test_a_law_without_its_name_and_an_other_without_words_keep_the_file_back(kind, values, missing):
    record = the_record(draft(kind, **FOR_COUNCIL | values))
    assert missing_fields(record) == missing
    with pytest.raises(RecordIncomplete, match=str(record._meta.get_field(missing[0]).verbose_name)):
        steps.request_approval(record.proposal, actor=SYSTEM)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.code)
@pytest.mark.parametrize(
    ("day", "number", "words"),
    [
        ("", "26", "審議会の日付を入力してください"),
        ("令和4年2月1日", " ", "諮問番号を入力してください"),
        ("令和4年2月30日", "26", "令和4年2月30日"),
        ("令和4年2月1日", "二十六", "諮問番号は数だけを書いてください"),
    ],
)
def test_a_decision_without_its_day_or_number_is_refused_with_what_was_typed(kind, day, number, words, client):
    proposal = accepted(kind, **(FOR_COUNCIL if kind.has_grounds else {}))
    client.force_login(person(Role.OFFICE))
    typed = {"version": file_version(proposal), "council_date": day, "consultation_number": number}
    answer = client.post(reverse("decide_proposal", args=[proposal.pk]), typed)
    assert (answer.status_code, answer.context["form"].is_valid()) == (422, False)
    assert words in str(answer.context["form"].errors)
    for value in filter(str.strip, (day, number)):
        assert f'value="{value}"' in answer.text
    proposal.refresh_from_db()
    assert proposal.status == "accepted"


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.code)
@pytest.mark.parametrize(("emptied", "words"), [("council_date", "審議会の日付"), ("consultation_number", "諮問番号")])
def test_the_table_holds_no_decided_record_without_them_either(kind, emptied, words):
    record = the_record(proposal_in("decided", kind))
    setattr(record, emptied, BLANK if emptied == "council_date" else "")
    with pytest.raises(ValidationError, match=words):
        record.full_clean()


def test_a_use_by_the_business_that_provides_is_refused_by_number_and_by_name():
    own = registered_activity(number_as_printed="1309-14").department
    by_number = {"activity_number": "1309-14", "providing_number": "1309-14", "providing_department": own}
    by_name = {
        "providing_activity_name": VALUES["out-of-purpose"]["activity_name"],
        "providing_department_name": VALUES["out-of-purpose"]["department_name"],
    }
    for values in (by_number, by_name):
        with pytest.raises(RecordContradictory, match="同じ業務の中の利用は、目的外利用ではありません"):
            awaiting_head(OUT_OF_PURPOSE, **values)


@pytest.mark.parametrize("number", ["activity_number", "providing_number"])
def test_an_ended_business_neither_uses_nor_provides(number):
    version = registered_activity(number_as_printed="1309-14", on=date(2010, 4, 1))
    registry.abolish_activity(version, on=date(2020, 4, 1), reason="終了", actor=SYSTEM)
    values = {number: "1309-14"}
    if number == "providing_number":
        values["providing_department"] = version.department
    record = the_record(draft(OUT_OF_PURPOSE, **values))
    assert [words for words in contradictions(record) if "廃止されています" in words]


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.code)
def test_two_records_for_the_same_pair_are_refused_with_the_one_that_is_in_force(kind):
    registered_activity(number_as_printed="1309-14")
    values = {"activity_number": "1309-14", **(FOR_COUNCIL if kind.has_grounds else {})}
    if kind is OUT_OF_PURPOSE:
        provider = registered_activity(number_as_printed="1303-02", department=section("区立中学校"))
        values |= {"providing_number": "1303-02", "providing_department": provider.department}
    decided(kind, **values)
    with pytest.raises(RecordContradictory, match="その記録票の変更を起案してください"):
        awaiting_head(kind, **values)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.code)
def test_the_source_of_a_page_is_named_in_a_record_and_stays_to_be_mended(kind, client):
    record = the_record(draft(kind))
    answer = post(client, record, purpose=PAGE_SOURCE)
    assert answer.status_code == 422
    assert "HTMLのタグ（&lt;p&gt;）が入っています。文字だけを貼り付けてください。" in answer.text
    assert "&lt;script src=//example.com/x.js&gt;" in answer.text
    assert "<script src=//example.com" not in answer.text


def test_and_in_the_cells_of_its_rows(client):
    answer = post(client, the_record(draft(OUTSOURCING)), **{"flow_steps.step": ["<img src=x onerror=alert(1)>"]})
    assert answer.status_code == 422
    assert "HTMLのタグ（&lt;img src=x onerror=alert(1)&gt;）" in answer.text


def test_and_in_a_paper_an_attachment_and_a_title(client):
    paper = paper_draft()
    client.force_login(person(Role.CLERK, paper.proposal.department))
    attachment = paper.attachments.in_use().first().attachment
    typed = {f"text_{key}": text for key, text in TEXTS.items()}
    for name, row, field, values in (
        ("edit_paper", paper, "text_outline", {**typed, "title": "結合", "lock": 1}),
        ("edit_attachment", attachment, "text", {"lock": 0}),
        ("edit_proposal", paper.proposal, "title", {"lock": 0}),
    ):
        answer = client.post(reverse(name, args=[row.pk]), {**values, field: PAGE_SOURCE})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field]), name
        assert "目的は&lt;/p&gt;" in answer.text
    assert texts_of(paper)["outline"] == TEXTS["outline"]


@pytest.mark.parametrize(
    "words", ["a<b かつ c>d", "＜現行の業務＞", "<氏名>、<住所>", "表示は<別紙>のとおり", "<NERIMA-1>"]
)
def test_brackets_that_are_no_tags_are_words(words, client):
    record = the_record(draft(LINKAGE))
    assert post(client, record, purpose=words).status_code == 303
    record.refresh_from_db()
    assert record.purpose == words


@pytest.fixture
def attachment(client):
    paper = paper_draft()
    client.force_login(person(Role.CLERK, paper.proposal.department))
    return paper.attachments.in_use().first().attachment


def upload(client, attachment, content, name="構成図.pdf"):
    typed = {"text": "打った文", "lock": 0, "upload": SimpleUploadedFile(name, content)}
    return client.post(reverse("edit_attachment", args=[attachment.pk]), typed)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空"),
        (b"MZ\x90\x00 a programme", "受け付けられる種類ではありません"),
        (b"<html><script>alert(1)</script></html>", "受け付けられる種類ではありません"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "受け付けられる種類ではありません"),
        (SAMPLES[FileType.XLSX], "受け付けられる種類ではありません"),
        (LOCKED_OFFICE, "パスワード"),
        (b"%PDF-1.7" + bytes(LIMIT), "大きすぎます（50.0MB）。50MBまで受け付けます"),
    ],
    ids=["empty", "programme", "html", "svg", "office", "locked office", "large"],
)
def test_an_attachment_that_is_not_what_it_says_is_refused_by_its_content(client, attachment, content, words):
    answer = upload(client, attachment, content)
    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors["upload"])
    assert "打った文" in answer.text
    assert not StoredFile.objects.exists()


def test_300_megabytes_are_refused_before_anybody_reads_them_and_nothing_changes(client, attachment):
    class Huge(BytesIO):
        """Announces 300 MB and is heard out without ever being there."""

        def read(self, size=-1):
            return b""

    answer = client.generic(
        "POST", reverse("edit_attachment", args=[attachment.pk]), b"", "multipart/form-data; boundary=x",
        **{"CONTENT_LENGTH": str(300 * 1024 * 1024), "wsgi.input": Huge()},
    )  # fmt: skip
    assert answer.status_code == 413
    assert "64MBまで" in answer.text
    attachment.refresh_from_db()
    assert (attachment.lock, attachment.file) == (0, None)


@pytest.mark.parametrize("kind", [FileType.PDF, FileType.PNG, FileType.JPEG])
def test_it_is_kept_under_a_name_that_nobody_chose_and_only_ever_handed_over(client, attachment, kind):
    assert upload(client, attachment, SAMPLES[kind], "../../構成図.html").status_code == 303
    stored = StoredFile.objects.get()
    assert stored.name == "構成図.html"
    assert "構成図" not in place_of(stored.digest)
    answer = client.get(reverse("download_file", args=[stored.pk]))
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] in {"application/pdf", "image/png", "image/jpeg"}
