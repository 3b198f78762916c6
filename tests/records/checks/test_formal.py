"""形式の点検 F1–F11: what a step would refuse is seen before, and what does not fit is named once, sheet by sheet."""

import pytest

from history.writing import SYSTEM
from organization.models import Role
from records.checks import RULES, Level
from records.checks.running import check_file
from records.kinds import OUT_OF_PURPOSE, PROVISION
from records.services import drafting
from records.services.errors import RecordIncomplete
from records.services.steps import request_approval
from tests.organization.factories import person
from tests.printing.papers import fold
from tests.records.checks.passages import excerpts
from tests.records.factories import UNDER_THE_ACT, draft, section, the_record, token
from tests.records.paper_factories import TEXTS, paper_draft
from tests.registry.factories import registered_activity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("layouts")]
STOPS = {"F1", "F2", "F3", "F4"}


def lines(proposal, code):
    """The sentences of a rule on the file; none when it found nothing."""
    (one,) = [one for one in check_file(proposal).results if one.rule.code == code]
    return list(one.finding.lines) if one.finding else []


def test_only_what_a_step_refuses_keeps_a_file_back():
    assert {code for code, rule in RULES.items() if rule.level is Level.STOP} == STOPS


def test_a_complete_file_is_kept_back_by_nothing_and_goes_on():
    proposal = draft()
    assert check_file(proposal).stops == []
    request_approval(proposal, actor=SYSTEM)


def test_a_box_left_empty_is_named_as_the_step_names_it(nothing_is_written):
    proposal = draft(purpose="")
    assert lines(proposal, "F1") == ["特別区民税・都民税に関する業務：目的"]
    with nothing_is_written(RecordIncomplete):
        request_approval(proposal, actor=SYSTEM)


def test_a_file_without_a_sheet_says_so():
    department = section("収納課")
    clerk = person(Role.CLERK, department)
    proposal = drafting.create_proposal(title="空の案件", department=department, token=token(), actor=clerk)
    assert lines(proposal, "F1") == ["記録票が1枚もありません。"]


def test_what_contradicts_itself_is_told_only_of_whole_sheets():
    outside = {"applied_on": "令和4年4月1日"}
    assert "適用日は、目的外利用の期間の中の日にしてください。" in lines(draft(OUT_OF_PURPOSE, **outside), "F2")[0]
    assert lines(draft(OUT_OF_PURPOSE, **outside | {"purpose": ""}), "F2") == []


def test_both_lines_of_the_period_are_one_too_many():
    """学校: 「令和3年11月30日から令和4年3月31日まで」 and a leftover 「平成12年4月 日以降継続」."""
    assert len(lines(draft(OUT_OF_PURPOSE, continues_from="平成12年4月"), "F3")) == 1
    assert lines(draft(OUT_OF_PURPOSE), "F3") == []


def test_a_case_under_the_act_cites_no_criterion():
    late = {"applied_on": "令和5年4月3日", "period_from": "令和5年4月3日", "period_to": "令和6年3月31日"}
    (line,) = lines(draft(OUT_OF_PURPOSE, **late), "F4")
    assert "令和5年4月1日から新しい事例に使えません" in line


def test_remarks_on_a_sheet_stand_among_the_checks():
    (line,) = lines(draft(partner_name="未定（入札により決定する。）"), "F5")
    assert "相手方が未定です。" in line


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "業務登録が選ばれていません。"),
        ({"activity_number": "0545-09"}, "業務登録に、番号「0545-09」のものがありません。"),
        (
            {"activity_number": "0545-01", "linked_on": "令和2年4月"},
            "業務登録は、効力の始まる日（令和2年4月1日）に",
        ),
        ({"activity_number": "0545-01", "activity_name": "別の業務"}, "業務の名称が、業務登録の"),
    ],
)
def test_the_business_is_registered_and_in_force_on_the_first_day(values, words):
    version = registered_activity(number_as_printed="0545-01")
    (line,) = lines(draft(department=version.department, **values), "F6")
    assert words in line


def test_the_business_that_provides_is_registered_too():
    found = lines(draft(OUT_OF_PURPOSE, providing_number="1303-02"), "F6")
    assert len(found) == 2
    assert "目的外利用させる業務の登録に、番号「1303-02」のものがありません。" in found[1]


def test_a_business_in_force_under_its_name_is_fine():
    version = registered_activity(number_as_printed="0545-01")
    given = {"activity_number": "0545-01", "activity_name": version.name, "linked_on": "令和6年4月"}
    assert lines(draft(department=version.department, **given), "F6") == []
    (line,) = lines(draft(**given), "F6")
    assert f"業務登録は、{version.department.name}のものです" in line


@pytest.mark.parametrize(
    ("partner", "found"), [("見守り協議会", 1), ("東京都", 0), ("練馬警察署", 0), ("株式会社練馬区", 1)]
)
def test_the_ground_for_other_authorities_needs_one(partner, found):
    grounds = {"grounds": ["act_public_body"], "ground_reason": "見守りのため", "ground_law": ""}
    proposal = draft(PROVISION, **UNDER_THE_ACT["provision"] | grounds | {"partner_name": partner})
    assert len(lines(proposal, "F7")) == found


def test_a_paper_cites_the_criterion_of_the_sheet_in_its_words():
    texts = {"reason": "承認基準の類型1を適用する。", "example": "1｜目的外利用の類型1にあたる場合｜"}
    paper = paper_draft(draft(OUT_OF_PURPOSE), code="paper-criterion", texts=texts)
    assert lines(paper.proposal, "F8") == []
    other = {"reason": "承認基準の類型2を適用する。", "example": "2｜別の文言｜"}
    paper = paper_draft(draft(OUT_OF_PURPOSE), code="paper-criterion", texts=other)
    assert len(lines(paper.proposal, "F8")) == 2


def test_the_responsible_person_is_the_head_of_the_department():
    head = the_record(draft()).proposal.department.head_title
    assert lines(draft(responsible=f"区民部{head}"), "F9") == []
    assert "区民部税務課長" in lines(draft(responsible="区民部税務課長"), "F9")[0]


def test_items_and_partner_are_those_of_the_sheet():
    items = "【区が送信する項目】\n住所、氏名（カナ）、生年月日\n【区が受信する項目】\n口座の有無"
    paper = paper_draft(draft(), texts=TEXTS | {"items": items, "partner": "株式会社エヌ\n東京都江東区"})
    assert lines(paper.proposal, "F10") == ["提供する項目：資料だけにある項目　生年月日"]
    assert len(lines(paper.proposal, "F11")) == 1


def test_an_item_that_only_the_sheet_has_is_named_too():
    paper = paper_draft(draft(provided_items="氏名、住所、性別"))
    assert "提供する項目：記録票だけにある項目　性別" in lines(paper.proposal, "F10")


def test_what_is_quoted_stands_in_a_source():
    quoted = [passage for rule in RULES.values() for passage in rule.passages if passage.quoted]
    assert len(quoted) >= 20
    assert [passage.words for passage in quoted if fold(passage.words) not in excerpts()] == []
