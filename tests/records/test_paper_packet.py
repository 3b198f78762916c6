"""資料一式: a paper, what is attached to it and the 記録票, as one PDF; pictures in the text; partners' policies."""

from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse
from docx import Document
from PIL import Image

from files.forms import Upload
from files.models import StoredFile
from history.errors import StaleEdit
from history.writing import SYSTEM
from organization.models import Role
from printing import output, pdf, sheets
from printing.joining import Part, join
from records.kinds import LINKAGE, OUTSOURCING
from records.models import Attachment, PaperAttachment
from records.papers.packet import print_packet
from records.papers.sheets import PAPER
from records.services import paper_parts, papers
from records.services.papers import PaperEntry
from records.services.partners import create_partner, edit_partner
from records.services.policies import attach_policies, offered_policies
from tests.organization.factories import person
from tests.printing.papers import fold, pages_of, text_of
from tests.records.factories import SUBMITTED_ON, add_sheet, draft, section, token
from tests.records.paper_factories import TEXTS, layout, paper_draft, texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("layouts")]
FIGURE = {**TEXTS, "outline": "つぎの図のとおり。\n［図：システム構成図］\n以上"}


def a_pdf(*texts):
    """A PDF from elsewhere, a page for each text."""
    return pdf.render([f'<article class="sheet"><p>{text}</p></article>' for text in texts], title="会社の文書")


def a_picture(kind="PNG", size=(3000, 1000), **options):
    out = BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind, **options)
    return out.getvalue()


def fill(paper, name, content=None, text="", filename="資料.pdf"):
    """Give the attachment of this name its content."""
    attachment = Attachment.objects.get(proposal=paper.proposal, name=name)
    upload = None if content is None else Upload(filename, content)
    return paper_parts.edit_attachment(
        attachment, text=text, is_third_party=False, lock=attachment.lock, actor=SYSTEM, upload=upload
    )


def outline(content):
    with pikepdf.open(BytesIO(content)) as made, made.open_outline() as tree:
        return [item.title for item in tree.root]


def labels(content):
    with pikepdf.open(BytesIO(content)) as made:
        return [page.label for page in made.pages]


def printed(paper):
    return print_packet(paper, SUBMITTED_ON, False)


def test_the_paper_comes_first_then_what_is_attached_then_the_records():
    texts = {**TEXTS, "attachments": "・システム構成図\n・個人情報保護方針\n・電算結合記録票（案）"}
    paper = paper_draft(texts=texts)
    fill(paper, "システム構成図", a_pdf("構成図の一頁", "構成図の二頁"))
    fill(paper, "個人情報保護方針", text="【基本方針】\n(1) 法令を守ります。")
    content = printed(paper)
    assert outline(content) == [
        str(paper), "システム構成図", "個人情報保護方針", "電算結合記録票　特別区民税・都民税に関する業務",
    ]  # fmt: skip
    words = fold(text_of(content))
    places = [words.index(fold(text)) for text in ("構成図の一頁", "構成図の二頁", "法令を守ります", "第5号様式")]
    assert places == sorted(places)
    own = len(pages_of(pdf.render(["<p>x</p>"], title="x")))
    assert own == 1
    assert labels(content)[-4:] == ["添付1-1", "添付1-2", "添付2-1", "記録票-1"]


def test_equal_contents_give_equal_bytes_and_nothing_that_acts_by_itself_comes_along():
    paper = paper_draft(texts={**TEXTS, "attachments": "・システム構成図"})
    acting = BytesIO()
    with pikepdf.open(BytesIO(a_pdf("頁"))) as made:
        launch = pikepdf.Dictionary(Type=pikepdf.Name.Action, S=pikepdf.Name.Launch, F=pikepdf.String("x.exe"))
        web = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://www.example.com/"))
        made.pages[0].obj.AA = pikepdf.Dictionary(O=launch)
        made.pages[0].obj.Annots = pikepdf.Array(
            pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action) for action in (launch, web)
        )
        made.save(acting)
    fill(paper, "システム構成図", acting.getvalue())
    content = printed(paper)
    assert printed(paper) == content
    with pikepdf.open(BytesIO(content)) as made:
        kept = [link for page in made.pages for link in page.obj.get("/Annots", [])]
        assert [str(link.A.S) for link in kept] == ["/URI"]
        assert not [page for page in made.pages if "/AA" in page.obj]
        assert "/Launch" not in str([dict(link) for link in kept])


def test_what_an_earlier_paper_of_the_file_has_is_named_and_left_out():
    proposal = draft()
    texts = {**TEXTS, "attachments": "・情報セキュリティ方針\n・システム構成図"}
    first = paper_draft(proposal, texts=texts)
    second = paper_draft(proposal, texts=texts)
    fill(first, "情報セキュリティ方針", a_pdf("方針の頁"))
    assert "方針の頁" in text_of(printed(first))
    words = fold(text_of(printed(second)))
    assert fold("方針の頁") not in words
    assert fold(f"※以下資料は、「{first}」の資料と同一のため省略する。・情報セキュリティ方針・システム構成図") in words
    assert "同一のため省略" in outline(printed(second))


def test_each_paper_takes_the_records_of_its_kind_and_of_two_papers_those_that_it_names():
    proposal = draft(activity_name="軽自動車税に関する業務")
    add_sheet(proposal, OUTSOURCING)
    alone = paper_draft(proposal, texts={**TEXTS, "attachments": ""})
    assert outline(printed(alone))[1:] == ["電算結合記録票　軽自動車税に関する業務"]
    add_sheet(proposal, LINKAGE, activity_name="国民健康保険料に関する業務")
    assert len(outline(printed(alone))) == 3
    other = paper_draft(proposal, texts={**TEXTS, "outline": "国民健康保険料に関する業務で行う。", "attachments": ""})
    assert outline(printed(alone))[1:] == ["電算結合記録票　軽自動車税に関する業務"]
    assert outline(printed(other))[1:] == ["電算結合記録票　国民健康保険料に関する業務"]
    assert labels(printed(other))[-1] == "記録票-1"


def test_the_page_prints_the_whole_and_asks_the_table(client):
    paper = paper_draft()
    client.force_login(person(Role.CLERK, paper.proposal.department))
    assert 'name="whole"' in client.get(reverse("view_paper", args=[paper.pk])).text
    answer = client.get(reverse("print_paper", args=[paper.pk]), {"whole": "1", "number": "資料１"})
    assert answer["content-type"] == "application/pdf"
    assert len(outline(answer.content)) == 2
    assert "資料１" in text_of(answer.content)
    assert outline(client.get(reverse("print_paper", args=[paper.pk])).content) == [str(paper)]
    client.force_login(person(Role.CLERK))
    assert client.get(reverse("print_paper", args=[paper.pk]), {"whole": "1"}).status_code == 404


def test_nothing_to_join_is_a_fault():
    with pytest.raises(ValueError, match="nothing"):
        join([], title="資料")
    assert join([Part("一", a_pdf("頁"))], title="資料").startswith(b"%PDF-")


def test_a_picture_stands_in_the_text_on_screen_in_the_preview_on_paper_and_in_word(client):
    paper = paper_draft(texts=FIGURE)
    line = paper.attachments.in_use().get(in_text=True)
    assert line.attachment.name == "システム構成図"
    clerk = person(Role.CLERK, paper.proposal.department)
    client.force_login(clerk)
    before = client.get(reverse("view_paper", args=[paper.pk])).text
    assert '<p class="no-figure">［図：システム構成図］</p>' in before
    fill(paper, "システム構成図", a_picture(), filename="図.png")
    stored = StoredFile.objects.get()
    address = reverse("download_file", args=[stored.pk])
    for name in ("view_paper", "edit_paper"):
        page = client.get(reverse(name, args=[paper.pk])).text
        assert f'<img src="{address}" alt="図：システム構成図">' in page
    typed = {f"text_{key}": text for key, text in FIGURE.items()}
    sent = client.post(reverse("autosave_paper", args=[paper.pk]), {**typed, "title": "標題", "lock": paper.lock})
    assert address in sent.text
    content = client.get(reverse("print_paper", args=[paper.pk])).content
    with pikepdf.open(BytesIO(content)) as made:
        images = [image for page in made.pages for image in page.get_images().values()]
    assert [(int(image.Width), int(image.Height)) for image in images] == [(2000, 667)]
    assert "［図：" not in text_of(content)
    document = Document(BytesIO(client.get(reverse("export_paper", args=[paper.pk])).content))
    (shape,) = document.element.body.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline"
    )
    assert shape.docPr.get("descr") == "図：システム構成図"


def test_a_photograph_loses_the_place_where_it_was_taken_and_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "カメラの製造者".encode()
    paper = paper_draft(texts=FIGURE)
    fill(paper, "システム構成図", a_picture("JPEG", (300, 100), exif=exif), filename="図.jpg")
    (content,) = output.pictures_of(sheets.get(PAPER), paper).values()
    with Image.open(BytesIO(content)) as picture:
        assert (picture.size, dict(picture.getexif())) == ((100, 300), {})


@pytest.mark.parametrize("address", ["/etc/passwd", "attachment:0000", "https://www.example.com/x.png"])
def test_a_name_in_the_text_is_no_address(address):
    paper = paper_draft(texts={**TEXTS, "outline": f"［図：{address}］"})
    sheet = sheets.get(PAPER)
    fragment = sheets.render_fragment(sheet, sheet.values(paper), layout())
    assert "<img" not in fragment
    assert pdf.render_checked([fragment], title="x").refused == []


def test_a_figure_taken_out_of_the_text_is_taken_out_of_the_list():
    paper = paper_draft(texts=FIGURE)
    paper = papers.edit_paper(paper, layout=layout(), entry=PaperEntry(texts=TEXTS), lock=paper.lock, actor=SYSTEM)
    assert not paper.attachments.in_use().filter(in_text=True).exists()
    assert PaperAttachment.objects.filter(in_text=True, is_removed=True).count() == 1


NTT = "株式会社NTTデータ"
POLICY = f"{NTT}　個人情報保護方針（平成13年4月1日制定、令和3年4月1日改定）"


@pytest.fixture
def partner():
    policies = [
        {"title": "個人情報保護方針", "established_on": "平成13年4月1日", "revised_on": "令和3年4月1日"},
        {"title": "情報セキュリティ方針", "established_on": "", "revised_on": ""},
    ]
    return create_partner(values={"name": NTT, "policies": policies}, token=token(), actor=SYSTEM)


def test_the_policies_of_the_partners_of_the_file_are_offered_with_their_days(partner):
    proposal = draft()
    assert [policy.name for policy in offered_policies(proposal, SYSTEM)] == [POLICY, f"{NTT}　情報セキュリティ方針"]
    assert offered_policies(draft(partner_name="ほかの会社"), SYSTEM) == []


def test_a_document_that_bears_its_partners_name_is_not_called_by_it_twice(partner):
    row = {"title": f"{NTT}個人情報保護方針", "established_on": "", "revised_on": ""}
    edit_partner(partner, values={"policies": [row]}, lock=0, on=SUBMITTED_ON, actor=person(Role.OFFICE))
    assert [policy.name for policy in offered_policies(draft(), SYSTEM)] == [f"{NTT}個人情報保護方針"]


def test_what_another_department_has_attached_to_its_draft_is_not_used(partner):
    hidden = paper_draft()
    attach_policies(hidden, layout=layout(), names=[POLICY], lock=hidden.lock, actor=SYSTEM)
    fill(hidden, POLICY, a_pdf("方針の頁"))
    other = draft()
    known = {policy.name: policy.known for policy in offered_policies(other, person(Role.CLERK, other.department))}
    assert known[POLICY] is None
    own = person(Role.CLERK, hidden.proposal.department)
    assert next(policy.known for policy in offered_policies(hidden.proposal, own) if policy.name == POLICY)


def test_a_policy_that_was_attached_once_comes_with_its_content_to_the_next_paper(client, partner):
    department = section("収納課")
    first = paper_draft(draft(department=department))
    attach_policies(first, layout=layout(), names=[POLICY], lock=first.lock, actor=SYSTEM)
    fill(first, POLICY, a_pdf("方針の頁"))
    second = paper_draft(draft(department=department))
    client.force_login(person(Role.CLERK, second.proposal.department))
    address = reverse("attach_policies", args=[second.pk])
    assert "内容はまだありません" in client.get(address).text  # of the other policy
    answer = client.post(address, {"names": [POLICY], "lock": second.lock})
    assert (answer.status_code, answer["Location"]) == (303, reverse("edit_paper", args=[second.pk]))
    second.refresh_from_db()
    assert texts_of(second)["attachments"] == f"{TEXTS['attachments']}\n・{POLICY}"
    attached = Attachment.objects.get(proposal=second.proposal, name=POLICY)
    assert (attached.partner, attached.is_third_party, attached.file) == (partner, True, StoredFile.objects.get())
    assert fold("方針の頁") in fold(text_of(printed(second)))
    assert StoredFile.objects.count() == 1
    client.post(address, {"names": [POLICY], "lock": second.lock})
    assert texts_of(second)["attachments"].count(POLICY) == 1


def test_a_choice_that_is_not_offered_and_a_stale_page_are_refused(client, partner):
    paper = paper_draft()
    client.force_login(person(Role.CLERK, paper.proposal.department))
    address = reverse("attach_policies", args=[paper.pk])
    assert client.post(address, {"names": ["別の文書"], "lock": paper.lock}).status_code == 422
    assert client.post(address, {"names": [POLICY], "lock": paper.lock + 1}).status_code == 422
    with pytest.raises(StaleEdit):
        attach_policies(paper, layout=layout(), names=[POLICY], lock=paper.lock + 1, actor=SYSTEM)
    assert not Attachment.objects.filter(name=POLICY).exists()
