"""資料のページ: the editor keeps what is typed, the sheet follows it, and each page asks the table."""

import re
from html import unescape
from urllib.parse import unquote

import pytest
from django.urls import reverse

from history.writing import SYSTEM
from home.bench.timing import statements
from organization.models import Role, Ward
from records.models import EditBuffer, Paper
from records.services import papers as services
from records.services import steps
from records.services.papers import PaperEntry
from tests.organization.factories import person
from tests.printing.papers import text_of
from tests.records.factories import draft, submitted
from tests.records.paper_factories import TEXTS, layout, paper_draft, texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("layouts")]
TYPED = {
    "title": "結合について",
    "choice_items": "0",
    "lock": 1,
    **{f"text_{key}": text for key, text in TEXTS.items()},
}
STATEMENTS = 10


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


def test_a_clerk_chooses_a_kind_and_gets_its_headings(client, clerk, paper):
    page = client.get(address("create_paper", paper.proposal))
    form = page.context["form"]
    answer = client.post(
        address("create_paper", paper.proposal), {"layout": "paper-linkage", "token": form["token"].value()}
    )
    created = Paper.objects.exclude(pk=paper.pk).get()
    assert (answer.status_code, answer["Location"]) == (303, address("edit_paper", created))
    assert "7 個人情報の保護" in client.get(answer["Location"]).text


def test_a_ward_is_offered_its_own_kinds_and_those_of_no_ward(client, clerk, paper):
    Ward(name="練馬区").save_as(SYSTEM, action="load_demo")
    offered = client.get(address("create_paper", paper.proposal)).context["form"].layouts
    assert "paper-linkage" in offered
    assert "paper-agenda-cover" not in offered


def test_only_a_paper_of_the_same_kind_and_of_ones_own_department_is_copied(client, clerk, paper):
    other = paper_draft(draft())
    url, sent = address("create_paper", paper.proposal), {"token": "6d9f0f6c-5b53-4c1e-9a6e-2f1f4f4f4c1b"}
    for layout_code, source in (("paper-outsourcing", paper.pk), ("paper-linkage", other.pk)):
        answer = client.post(url, sent | {"layout": layout_code, "copy_of": source})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["copy_of"])
    assert client.post(url, sent | {"layout": "paper-linkage", "copy_of": paper.pk}).status_code == 303


def test_saving_writes_the_paper_with_the_heading_that_was_chosen(client, clerk, paper):
    answer = client.post(address("edit_paper", paper), TYPED | {"text_start": "令和4年7月", "choice_items": "1"})
    paper.refresh_from_db()
    assert answer.status_code == 303
    assert (texts_of(paper)["start"], paper.heading_choices, paper.lock) == ("令和4年7月", {"items": 1}, 2)
    assert "（または送受信する個人情報）" in client.get(address("view_paper", paper)).text


def test_autosave_shows_the_sheet_and_touches_nothing(client, clerk, paper):
    history = Paper.history.count()
    answer = client.post(address("autosave_paper", paper), TYPED | {"text_start": "打ちかけ", "text_current": ""})
    assert answer.status_code == 200
    assert "打ちかけ" in answer.text
    assert "未記入" not in client.get(address("view_paper", paper)).text
    assert (texts_of(paper)["start"], Paper.history.count()) == (TEXTS["start"], history)
    shown = client.get(address("edit_paper", paper)).text
    assert "打ちかけ" in shown
    assert "書きかけを表示しています" in shown
    client.post(address("edit_paper", paper), TYPED | {"text_start": "打ち終えた"})
    assert not EditBuffer.objects.exists()


def test_what_was_autosaved_can_be_thrown_away_and_a_colleague_does_not_see_it(client, clerk, paper):
    client.post(address("autosave_paper", paper), TYPED | {"text_start": "打ちかけ"})
    client.force_login(person(Role.CLERK, paper.proposal.department))
    assert "打ちかけ" not in client.get(address("edit_paper", paper)).text
    client.force_login(clerk)
    client.post(address("discard_paper_buffer", paper))
    assert "打ちかけ" not in client.get(address("edit_paper", paper)).text


def test_changes_are_marked_while_they_are_typed(client, clerk, paper):
    client.post(address("edit_paper", paper), TYPED | {"marks_changes": "on", "baseline_name": "平成27年度第8回承認済"})
    old = {f"old_{key}": text for key, text in TEXTS.items()}
    typed = TYPED | old | {"marks_changes": "on", "baseline_name": "平成27年度第8回承認済", "text_start": "令和4年7月"}
    answer = client.post(address("autosave_paper", paper), typed)
    assert answer.text.count('class="chg"') == 1
    assert '<b class="chg">令和4年7月</b>' in answer.text
    assert "平成27年度第8回承認済の内容からの変更箇所" in answer.text


def test_the_fields_for_what_stood_before_come_with_the_first_saving(client, clerk, paper):
    assert "変更前の文" not in client.get(address("edit_paper", paper)).context["form"].fields
    client.post(address("edit_paper", paper), TYPED | {"marks_changes": "on"})
    assert "old_start" in client.get(address("edit_paper", paper)).context["form"].fields


def test_a_stale_edit_shows_both_texts_and_can_then_be_saved(client, clerk, paper):
    client.post(address("edit_paper", paper), TYPED | {"text_start": "隣の人の文"})
    answer = client.post(address("edit_paper", paper), TYPED | {"text_start": "わたしの文"})
    assert answer.status_code == 422
    assert {(one.after, one.before) for one in answer.context["stale"]} == {("わたしの文", "隣の人の文")}
    assert client.post(address("edit_paper", paper), TYPED | {"text_start": "わたしの文", "lock": 2}).status_code == 303


def test_a_text_too_long_is_refused_in_words_and_stays_in_the_form(client, clerk, paper):
    answer = client.post(address("edit_paper", paper), TYPED | {"text_outline": "長" * 10_001})
    assert answer.status_code == 422
    assert "10000文字以内で入力してください（いま10001文字です）" in answer.text
    assert TEXTS["outline"] in answer.context["fragment"]


def test_scripts_in_a_text_are_text_everywhere(client, clerk, paper):
    entry = PaperEntry(title="標題", texts={"outline": "<script>alert(1)</script>"})
    services.edit_paper(paper, layout=layout(), entry=entry, lock=paper.lock, actor=SYSTEM)
    for name in ("view_paper", "edit_paper"):
        page = client.get(address(name, paper)).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_what_was_typed_is_given_back_when_a_colleague_has_handed_the_file_in(client, clerk, paper):
    steps.request_approval(paper.proposal, actor=clerk)
    answer = client.post(address("edit_paper", paper), TYPED | {"text_start": "打ち終えた"})
    assert answer.status_code == 409
    assert "打ち終えた" in answer.text
    assert client.post(address("autosave_paper", paper), TYPED).status_code == 409
    assert client.get(address("edit_paper", paper)).status_code == 403
    assert client.get(address("view_paper", paper)).status_code == 200


@pytest.mark.parametrize(
    "name", ["view_paper", "edit_paper", "print_paper", "export_paper", "autosave_paper", "remove_paper"]
)
def test_a_paper_of_another_departments_draft_does_not_exist(client, paper, name):
    client.force_login(person(Role.CLERK))
    call = client.post if name in ("autosave_paper", "remove_paper") else client.get
    assert call(address(name, paper)).status_code == 404


def test_the_office_reads_a_submitted_paper_and_does_not_write_it(client):
    paper = paper_draft(draft())
    steps.approve_proposal(
        steps.request_approval(paper.proposal, actor=person(Role.CLERK, paper.proposal.department)),
        actor=person(Role.HEAD, paper.proposal.department),
    )
    client.force_login(person(Role.OFFICE))
    assert client.get(address("view_paper", paper)).status_code == 200
    assert client.get(address("edit_paper", paper)).status_code == 403


def test_a_paper_taken_out_is_gone_from_the_file_and_told_in_its_history(client, clerk, paper):
    client.post(address("remove_paper", paper))
    assert client.get(address("view_paper", paper)).status_code == 404
    assert list(client.get(address("view_proposal", paper.proposal)).context["papers"]) == []
    assert "取りやめた資料" in client.get(address("proposal_history", paper.proposal)).text


def test_the_history_names_the_heading_under_which_a_text_changed(client, clerk, paper):
    client.post(address("edit_paper", paper), TYPED | {"title": paper.title, "text_start": "令和4年7月"})
    newest = client.get(address("proposal_history", paper.proposal)).context["entries"][0]
    assert "実施予定年月" in newest.subject
    assert [(change.before, change.after) for change in newest.changes] == [("令和4年6月", "令和4年7月")]


def test_prints_with_and_without_a_number(client, clerk, paper):
    plain = client.get(address("print_paper", paper))
    numbered = client.get(address("print_paper", paper), {"number": "資料１"})
    assert plain["Content-Type"] == "application/pdf"
    assert "資料１" not in text_of(plain.content)
    assert "資料１" in text_of(numbered.content)


def test_a_character_without_a_shape_is_asked_about_first(client, clerk, paper):
    client.post(address("edit_paper", paper), TYPED | {"text_start": "外字\ue000"})
    asked = client.get(address("print_paper", paper), {"number": "資料１"})
    assert asked.status_code == 422
    assert "U+E000" in asked.text
    (again,) = re.findall(r'href="(\?[^"]*allow_missing=1)"', asked.text)
    printed = text_of(client.get(address("print_paper", paper, unescape(again))).content)
    assert "〓" in printed
    assert "資料１" in printed


def test_comes_out_for_word_under_its_title(client, clerk, paper):
    answer = client.get(address("export_paper", paper))
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert "預金照会に係る電子計算組織の結合について.docx" in unquote(answer["Content-Disposition"])
    assert answer.content.startswith(b"PK")


def test_pages_ask_as_much_for_a_long_paper_as_for_a_short_one_and_stay_within_ten(client, clerk, paper):
    pages = [address(name, paper) for name in ("view_paper", "edit_paper", "print_paper", "export_paper")]
    pages += [address("view_proposal", paper.proposal), address("create_paper", paper.proposal)]
    few = {url: statements(lambda url=url: client.get(url)) for url in pages}
    measures = "【区が講じる保護措置】\n" + "\n".join(f"({n}) 措置{n}を講じる。" for n in range(1, 60))
    files = "\n".join(f"・資料{n}" for n in range(40))
    entry = PaperEntry(title="長い資料", texts=TEXTS | {"protection": measures, "attachments": files})
    services.edit_paper(paper, layout=layout(), entry=entry, lock=paper.lock, actor=clerk)
    assert {url: statements(lambda url=url: client.get(url)) for url in pages} == few
    assert max(few.values()) <= STATEMENTS, few


def test_a_submitted_file_without_papers_says_so_to_nobody(client):
    proposal = submitted()
    client.force_login(person(Role.OFFICE))
    assert "資料を追加" not in client.get(address("view_proposal", proposal)).text
