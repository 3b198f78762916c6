"""次第の番号: what follows from the order of the agenda, and what does not."""

import pytest
from django.core.exceptions import ValidationError

from councils import agenda
from councils.models import BlockKind
from councils.services.agenda import add_block, add_item, give_number
from councils.services.papers import add_paper
from history.writing import SYSTEM
from tests.councils.factories import TermFactory, meeting_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    """Three blocks as in the meeting of 2013: a report moved to the front, three 諮問, the other reports."""
    meeting = meeting_of(TermFactory(), number=7)
    for kind, titles in [
        (BlockKind.REPORT, ["保育園"]),
        (BlockKind.CONSULTATION, ["戸籍", "住民税", "軽自動車税"]),
        (BlockKind.REPORT, ["訓練", "監査"]),
    ]:
        block = add_block(meeting, kind=kind, actor=SYSTEM)
        for title in titles:
            add_item(block, title=title, actor=SYSTEM)
    return meeting


def lines(meeting):
    return {line.item.title: line for part in agenda.read(meeting) for line in part.lines}


def test_reports_count_through_both_blocks_and_consultations_within_theirs(meeting):
    numbers = {title: line.number for title, line in lines(meeting).items()}
    assert numbers == {
        "保育園": "（１）",
        "戸籍": "（１）",
        "住民税": "（２）",
        "軽自動車税": "（３）",
        "訓練": "（２）",
        "監査": "（３）",
    }
    assert [(part.numeral, part.block.heading) for part in agenda.read(meeting)] == [
        ("Ⅰ", "報告"),
        ("Ⅱ", "諮問"),
        ("Ⅲ", "報告"),
    ]


def test_a_consultation_takes_the_next_number_and_keeps_it(meeting):
    found = lines(meeting)
    give_number(found["戸籍"].item, actor=SYSTEM, number=8)
    assert give_number(found["住民税"].item, actor=SYSTEM).number == 9
    assert lines(meeting)["戸籍"].consultation_mark == "【諮問第８号】"


def test_a_number_in_use_in_the_same_period_is_refused(meeting):
    found = lines(meeting)
    give_number(found["戸籍"].item, actor=SYSTEM, number=8)
    with pytest.raises(ValidationError, match="この諮問番号は、すでに使われています"):
        give_number(found["住民税"].item, actor=SYSTEM, number=8)


def test_papers_are_numbered_as_they_come_whatever_the_agenda_says(meeting):
    found = lines(meeting)
    for title in ["戸籍", "住民税", "軽自動車税", "訓練", "監査", "保育園"]:
        add_paper(found[title].item, title=title, actor=SYSTEM)
    assert [paper.label for line in lines(meeting).values() for paper in line.papers] == [
        "資料6",
        "資料1",
        "資料2",
        "資料3",
        "資料4",
        "資料5",
    ]


def test_a_paper_number_is_given_once_a_meeting(meeting):
    item = lines(meeting)["戸籍"].item
    add_paper(item, title="戸籍", number=54, branch=1, actor=SYSTEM)
    add_paper(item, title="チェックリスト", number=54, branch=2, actor=SYSTEM)
    with pytest.raises(ValidationError, match="この資料番号は、この会議ですでに使われています"):
        add_paper(item, title="戸籍", number=54, branch=1, actor=SYSTEM)
