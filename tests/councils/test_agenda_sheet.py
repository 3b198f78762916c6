"""次第の様式: held against section ５ of the 会議要録 of 2013-01-17."""

import re
from datetime import date, time
from io import StringIO

import pikepdf
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.html import strip_tags

from councils.models import BlockKind, Subject
from councils.services.agenda import add_block, add_item, edit_agenda_item, give_number
from councils.services.papers import add_paper
from councils.sheets.agenda import clock
from history.writing import SYSTEM
from organization.models import Role
from printing import layouts, sheets
from tests.councils.factories import BodyFactory, BodyRuleFactory, TermFactory, meeting_of
from tests.organization.factories import person

pytestmark = pytest.mark.django_db

# 議事および配布資料, as the 会議要録 prints it.
SOURCE = """
Ⅰ 報告
（１）練馬区立上石神井保育園における個人情報の紛失について
（保育課）―――― 資料６
Ⅱ 諮問
（１）【諮問第８号】
戸籍に関する業務に係る電子計算組織の結合について
（戸籍住民課）―――― 資料１
（２）【諮問第９号】
特別区民税・都民税に関する業務に係る外部委託について
（税務課）―――― 資料２
（３）【諮問第１０号】
軽自動車税に関する業務に係る外部委託の一部変更について
（税務課）―――― 資料３
Ⅲ 報告
（２）社会福祉法人練馬区社会福祉事業団が実施した災害時訓練中の個人情報の紛失について
（高齢社会対策課・光が丘総合福祉事務所）―――― 資料４
（３）個人情報保護に関する監査について
（情報公開課）―――― 資料５
"""
AGENDA = [
    (BlockKind.REPORT, [("練馬区立上石神井保育園における個人情報の紛失について", "保育課", 6, None)]),
    (
        BlockKind.CONSULTATION,
        [
            ("戸籍に関する業務に係る電子計算組織の結合について", "戸籍住民課", 1, 8),
            ("特別区民税・都民税に関する業務に係る外部委託について", "税務課", 2, 9),
            ("軽自動車税に関する業務に係る外部委託の一部変更について", "税務課", 3, 10),
        ],
    ),
    (
        BlockKind.REPORT,
        [
            (
                "社会福祉法人練馬区社会福祉事業団が実施した災害時訓練中の個人情報の紛失について",
                "高齢社会対策課・光が丘総合福祉事務所",
                4,
                None,
            ),
            ("個人情報保護に関する監査について", "情報公開課", 5, None),
        ],
    ),
]


@pytest.fixture
def meeting():
    """The meeting of 2013-01-17 with its agenda."""
    layouts.seed_layouts(SYSTEM)
    body = BodyRuleFactory(body=BodyFactory(name="練馬区情報公開および個人情報保護運営審議会")).body
    meeting = meeting_of(
        TermFactory(body=body, number=7),
        number=7,
        starts_at=time(10),
        place="練馬区役所本庁舎5階　庁議室",
    )
    for kind, lines in AGENDA:
        block = add_block(meeting, kind=kind, actor=SYSTEM)
        for title, presenter, paper, number in lines:
            item = add_item(block, title=title, presenter=presenter, subject=Subject.FREE, actor=SYSTEM)
            add_paper(item, title=title, number=paper, actor=SYSTEM)
            if number:
                give_number(item, number=number, actor=SYSTEM)
    return meeting


def fragment(meeting):
    sheet = sheets.get("agenda")
    layout = sheets.layout_for(sheet, meeting, today=date(2013, 1, 17))
    return sheets.render_fragment(sheet, sheet.values(meeting), layout)


def text_of(html):
    return re.sub(r"\s", "", strip_tags(html))


def test_the_agenda_says_what_section_5_of_the_minutes_says(meeting):
    html = fragment(meeting)
    assert text_of(html[html.index('data-field="agenda">') + 20 :]) == text_of(SOURCE)


def test_the_agenda_begins_with_the_meeting_its_time_and_its_place(meeting):
    said = text_of(fragment(meeting))
    assert said.startswith("第７期第７回練馬区情報公開および個人情報保護運営審議会次第")
    assert "平成25年1月17日（木）午前10時から" in said
    assert "練馬区役所本庁舎5階庁議室" in said


def test_a_closed_item_is_marked_and_several_papers_stand_in_one_line(meeting):
    item = meeting.items.get(title__startswith="戸籍")
    add_paper(item, title="チェックリスト", number=1, branch=1, actor=SYSTEM)
    closed = {"is_public": False, "closed_ground": "安全管理のため"}
    edit_agenda_item(item, title="戸籍", presenter="戸籍住民課", **closed, lock=item.lock, actor=SYSTEM)
    assert "戸籍（非公開）（戸籍住民課）――――資料１、資料１－１" in text_of(fragment(meeting))


def test_an_item_without_presenter_and_paper_has_no_second_line(meeting):
    add_item(meeting.blocks.last(), title="その他の報告", actor=SYSTEM)
    assert text_of(fragment(meeting)).endswith("（４）その他の報告")


@pytest.mark.parametrize(
    ("at", "words"), [(time(10), "午前10時"), (time(13, 30), "午後1時30分"), (time(9, 5), "午前9時05分"), (None, "")]
)
def test_the_clock_is_said_as_the_papers_say_it(at, words):
    assert clock(at) == words


def test_the_agenda_is_printed_on_its_page_and_by_the_command(meeting, client, tmp_path):
    client.force_login(person(Role.SECRETARIAT))
    answer = client.get(reverse("print_agenda", args=[meeting.pk]))
    assert answer.headers["Content-Type"] == "application/pdf"
    written = tmp_path / "agenda.pdf"
    call_command("print_sheet", "agenda", str(meeting.pk), out=written, stdout=StringIO())
    with pikepdf.open(written) as pdf:
        assert len(pdf.pages) == 1
