"""条例改正: its paper as the one of 2022-01-24, 新旧対照表 made from both texts, enacted and filed."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from councils.comparing import align, compared, shortened
from councils.models import Amendment, BlockKind, Subject
from councils.packet import print_paper
from councils.services import amendments as services
from councils.services.agenda import add_block, add_item
from councils.services.papers import add_paper
from councils.sheets.amendment import values as values_of
from history.writing import SYSTEM
from organization.models import Role
from printing import output, sheets
from printing.layouts import seed_layouts
from records.demo import load_ward
from tests.councils.factories import TermFactory, an_amendment, meeting_of
from tests.organization.factories import person
from tests.printing.papers import fold, text_of

pytestmark = pytest.mark.django_db

# The paper of 2022-01-24 as it stands in the council papers, without its markup.
SOURCE = """
令和 4 年 1 月 24 日
総務部情報公開課
練馬区個人情報保護条例の一部改正について
1 改正の理由
行政手続における特定の個人を識別するための番号の利用等に関する法律（平成25年法律第27号）の一部改正に伴い、条例で引用している同法の規定が号ずれしたこと等から、規定の整備を行う。
2 改正の内容
第26条第3項中「総務大臣」を「内閣総理大臣」に、「第19条第7号」を「第19条第8号」に、「同条第8号」を「同条第9号」に改める。（第26条関係）
3 施行期日
公布の日（令和3年10月18日）
4 新旧対照表
裏面のとおり
"""


@pytest.fixture
def secretary(client):
    client.force_login(person(Role.SECRETARIAT))
    return client


def marked(html):
    return re.findall(r'<b class="chg">(.*?)</b>', str(html))


def test_the_paper_of_2022_is_printed_again_with_its_table_on_the_back():
    load_ward("nerima")
    row = Amendment.objects.get()
    pages = text_of(output.print_rows(sheets.get("amendment"), [row], today=timezone.localdate())).split("\f")
    assert fold(pages[0]) == fold(SOURCE)
    back = fold(pages[1])
    assert back.startswith(fold("練馬区個人情報保護条例新旧対照表"))
    assert back.endswith(fold("付 則 この条例は、公布の日から施行する。"))
    assert fold("現 行") in back
    assert fold("改正案") in back


def test_what_the_paper_underlines_comes_out_of_the_two_texts():
    load_ward("nerima")
    rows = [compared(one.old_text, one.new_text) for one in Amendment.objects.get().provisions.all()]
    old = "".join(word for row in rows for word in marked(row.old))
    new = "".join(word for row in rows for word in marked(row.new))
    assert fold(old) == fold("総務大臣番号法第19条第7号同条第8号")
    assert fold(new) == fold("内閣総理大臣番号法第19条第8号同条第9号付則この条例は、公布の日から施行する。")


def test_it_was_told_after_the_fact():
    load_ward("nerima")
    row = Amendment.objects.get()
    assert (row.enacted_on, row.effective_on) == (date(2021, 10, 18), date(2021, 10, 18))


def test_provisions_are_paired_and_the_unchanged_ones_shortened():
    old = "第1条　目的を定める長い条文です。\n第2条　区長は、総務大臣に届け出る。\n第3条　廃止される条。"
    new = "第1条　目的を定める長い条文です。\n第2条　区長は、内閣総理大臣に届け出る。\n第4条　新しい規定。"
    rows = shortened(align(old, new))
    assert rows[0] == ("第1条　［略］", "第1条　［略］")
    assert rows[1] == ("第2条　区長は、総務大臣に届け出る。", "第2条　区長は、内閣総理大臣に届け出る。")
    assert ("第3条　廃止される条。", "") in rows
    assert ("", "第4条　新しい規定。") in rows


def test_an_amendment_is_written_enacted_and_filed_on_its_pages(secretary):
    seed_layouts(SYSTEM)
    body = TermFactory().body
    form = secretary.get(reverse("create_amendment")).context["form"]
    given = {
        "body": body.pk, "ordinance": "練馬区個人情報保護条例", "title": "一部改正について", "old": "第1条　甲とする。",
        "new": "第1条　甲とする。", "token": str(form["token"].value()),
    }  # fmt: skip
    same = secretary.post(reverse("create_amendment"), given)
    assert (same.status_code, "現行と改正案が同じです" in same.content.decode()) == (422, True)
    assert not Amendment.objects.exists()
    given |= {"new": "第1条　乙とする。"}
    first, again = (secretary.post(reverse("create_amendment"), given) for _ in range(2))
    assert first.headers["Location"] == again.headers["Location"]
    row = Amendment.objects.get()
    enact = reverse("enact_amendment", args=[row.pk])
    assert secretary.get(enact).status_code == 200
    assert secretary.post(enact, {"enacted_on": "R3.2.30", "effective_on": "R3.10.18"}).status_code == 422
    assert secretary.post(enact, {"enacted_on": "R3.10.18", "effective_on": "R3.10.18"}).status_code == 303
    file = reverse("file_amendment", args=[row.pk])
    early = secretary.post(file, {"filed_on": "R3.10.1", "filing_note": ""})
    assert (early.status_code, "公布日より前" in early.content.decode()) == (422, True)
    assert secretary.post(file, {"filed_on": "R3.11.1", "filing_note": ""}).status_code == 303
    assert secretary.get(reverse("edit_amendment", args=[row.pk])).status_code == 403


def test_two_people_who_edit_at_once_see_both_versions(secretary):
    row = an_amendment()
    page = reverse("edit_amendment", args=[row.pk])
    form = secretary.get(page).context["form"]
    given = {name: form[name].value() or "" for name in form.fields} | {"lock": row.lock}
    assert secretary.post(page, given | {"reason": "はじめの理由"}).status_code == 303
    answer = secretary.post(page, given | {"reason": "あとの理由"})
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "はじめの理由" in words
    assert "あとの理由" in words


def test_it_goes_before_a_meeting_with_its_number_and_says_that_it_was_in_force(secretary):
    seed_layouts(SYSTEM)
    row = an_amendment(effective_on=date(2021, 10, 18))
    meeting = meeting_of(TermFactory(body=row.body), held_on=date(2022, 1, 24))
    block = add_block(meeting, kind=BlockKind.REPORT, actor=SYSTEM)
    item = add_item(block, title=row.title, subject=Subject.AMENDMENT, amendment=row, actor=SYSTEM)
    paper = add_paper(item, title=row.title, number=5, is_ready=True, actor=SYSTEM)
    text = text_of(print_paper(paper, timezone.localdate(), False))
    assert "資料５" in text
    assert "新旧対照表" in text
    assert "事後報告" in secretary.get(row.get_absolute_url()).content.decode()


def test_the_list_asks_the_same_however_long_it_is(secretary, django_assert_num_queries):
    an_amendment()
    secretary.get(reverse("amendment_list"))
    with django_assert_num_queries(5):
        secretary.get(reverse("amendment_list"))
    for _ in range(4):
        an_amendment()
    with django_assert_num_queries(5):
        secretary.get(reverse("amendment_list"))


def test_what_is_left_out_on_paper_is_kept_in_the_rows():
    old = "第1条　区長は、総務大臣に届け出る。\n第2条　実施機関は、この条例の趣旨を尊重しなければならない。"
    new = old.replace("総務大臣", "内閣総理大臣")
    row = an_amendment(old=old, new=new)
    values = {name: getattr(row, name) for name in services.EDITABLE}
    row = services.edit_amendment(row, values=values, old=old, new=new, shorten=True, lock=row.lock, actor=SYSTEM)
    assert services.texts_of(row) == (old, new)
    printed = [after for _, after in values_of(row)["provisions"]]
    assert printed == ["第1条　区長は、内閣総理大臣に届け出る。", "第2条　［略］"]


def test_days_that_cannot_be_are_refused_and_wrong_ones_corrected_with_a_reason(client):
    client.force_login(person(Role.SECRETARIAT))
    row = an_amendment()
    enact, correct = (reverse(name, args=[row.pk]) for name in ("enact_amendment", "correct_enactment"))
    for enacted, effective in (("R5.3.1", "R4.1.1"), ("2081-01-01", "2081-04-01")):
        assert client.post(enact, {"enacted_on": enacted, "effective_on": effective}).status_code == 422
    assert client.post(enact, {"enacted_on": "R5.3.1", "effective_on": "R5.4.1"}).status_code == 303
    right = {"enacted_on": "R5.3.10", "effective_on": "R5.4.1"}
    assert client.post(correct, right | {"reason": ""}).status_code == 422
    assert client.post(correct, right | {"reason": "写しまちがい"}).status_code == 303
    row.refresh_from_db()
    assert row.enacted_on == date(2023, 3, 10)
    late = {"filed_on": "R81.1.1", "filing_note": ""}
    assert client.post(reverse("file_amendment", args=[row.pk]), late).status_code == 422
