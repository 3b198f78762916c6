"""The six 記録票 of January 2022, printed from their values, say what the ward's papers say."""

import re

import pytest

from printing import pdf
from tests.printing.forms import COLLECTION, MATERNAL_HEALTH, NURSERY, PAPERS, SCHOOL, fragment
from tests.printing.papers import fold, pages_of, source, text_of

# Where our paper differs on purpose from the sources' text:
BOXES = re.compile("[□☑]")  # the tick boxes, lost in the sources, are printed
SOURCE_CORRECTIONS = {
    "out-of-purpose-school": [
        ("管理個人情報記録の種類", "管理個人情報の記録の種別"),  # one label on every sheet
        ("平成12年4月日以降継続", "年月日以降継続"),  # a leftover of an older sheet; only one period line may be filled
    ],
}


def expected(name):
    text = fold(source(name))
    for old, new in SOURCE_CORRECTIONS.get(name, []):
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("name", PAPERS)
def test_prints_the_words_of_the_source_in_their_order(name):
    code, values = PAPERS[name]
    printed = text_of(pdf.render([fragment(code, values)], title=name))
    assert BOXES.sub("", fold(printed)) == expected(name)


@pytest.mark.parametrize("name", PAPERS)
def test_fits_on_one_page(name):
    code, values = PAPERS[name]
    assert len(pages_of(pdf.render([fragment(code, values)], title=name))) == 1


def test_fits_on_one_page_with_every_box_of_the_longest_papers_filled():
    longest = MATERNAL_HEALTH | {
        "using_activity_name": "特別区民税・都民税、軽自動車税および国民健康保険料に関する業務",
        "kinds": ["family_register", "other"],
        "kinds_other": "取引明細",
        "grounds": ["law", "council", "preapproved"],
        "ground_law": "地方税法第298条",
        "council_date": "令和4年1月24日",
        "consultation_number": "5",
        "forms": ["viewing", "document", "computer", "other"],
        "forms_other": "通信回線",
        "continues_from": "令和4年12月31日",
    }
    assert len(pages_of(pdf.render([fragment("out-of-purpose-record", longest)], title="目的外利用記録票"))) == 1


@pytest.mark.parametrize(
    ("values", "ticked"),
    [
        (SCHOOL, ["戸籍等事項", "審議会事前一括承認基準(41)"]),
        (MATERNAL_HEALTH, ["戸籍等事項", "審議会事前一括承認基準(42)"]),
    ],
)
def test_ticks_the_boxes_that_the_covering_sheets_name_and_no_others(values, ticked):
    text = fold(text_of(pdf.render([fragment("out-of-purpose-record", values)], title="目的外利用記録票")))
    assert text.count("☑") == len(ticked)
    assert text.count("□") == 22 - len(ticked)
    assert all(f"☑{words}" in text for words in ticked)


def test_prints_blank_dates_as_each_sheet_has_them():
    collection = fragment("linkage-record", COLLECTION)
    nursery = fragment("linkage-record", NURSERY)
    assert '令和　　年　　月　　日</span>　諮問第<span data-field="consultation_number">　　</span>号）' in collection
    assert 'data-field="changed_on"><div class="text">　　　　年　　月</div>' in collection
    assert '<span data-field="council_date">　　　　年　　月　　日</span>' in nursery
    assert 'data-field="changed_on"><div class="text">　　　　年　　月　　日</div>' in nursery


def test_fills_the_right_bracket_after_the_decision():
    decided = COLLECTION | {"council_date": "令和4年1月24日", "consultation_number": "5"}
    text = fold(text_of(pdf.render([fragment("linkage-record", decided)], title="電算結合記録票")))
    assert "令和4年6月(審議会令和4年1月24日諮問第5号)" in text
    assert "年月(審議会年月日諮問第号)" in text


@pytest.mark.parametrize(("mark", "title"), [(False, "電算結合記録票"), (True, "電算結合記録票（案）")])
def test_says_draft_in_the_title_where_the_layout_asks_for_it(mark, title):
    assert f'<h1 class="sheet-title">{title}</h1>' in fragment("linkage-record", COLLECTION, draft_mark=mark)
