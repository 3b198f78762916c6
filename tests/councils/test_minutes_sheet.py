"""会議要録の様式: printed again, it says what the 要録 of 2013-01-17 says."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from councils.models import Minutes
from councils.reading.minutes import parse
from printing import output, sheets
from records.demo import load_ward
from tests.printing.papers import fold, fonts_of, text_of

pytestmark = pytest.mark.django_db

SOURCE = (Path(settings.BASE_DIR) / "fixtures" / "demo" / "minutes-2013-01-17.txt").read_text()


def printed():
    load_ward("nerima")
    return output.print_rows(sheets.get("minutes"), [Minutes.objects.get()], today=timezone.localdate())


def test_the_printed_minutes_give_the_text_of_the_source_back_utterance_for_utterance():
    pdf = printed()
    text = fold(text_of(pdf))
    place = 0
    for said in parse(SOURCE).said:
        words = fold(f"（{said.speaker}）{said.text}")
        assert text.find(words, place) >= 0, words
        place = text.index(words, place) + len(words)
    ends = fold(SOURCE).index(fold("平 成 25年 1月 17日\nこども家庭部保育課"))
    assert text == fold(SOURCE)[:ends]
    assert {name.split("-")[0] for name in fonts_of(pdf)} <= {"BIZ", "BIZUDMincho", "NotoSerifCJKjp"}


def test_the_papers_stand_behind_in_the_order_of_the_agenda():
    read = parse(SOURCE)
    assert [paper.item.paper for paper in read.papers] == [6, 1, 2, 3, 4, 5]
    behind = re.sub(r"\s", "", SOURCE[SOURCE.index("本日の審議会はこれで終了いたします。") + 18 :])
    stamps = re.compile("資料[６４]")
    together = "".join(
        paper.dated + "".join(paper.senders) + paper.title + "".join(paper.lines) for paper in read.papers
    )
    assert re.sub(r"\s", "", together) == stamps.sub("", behind)
