"""What the boxes hold, from whole, half-filled and odd values."""

import pytest

from printing import cells
from tests.printing.forms import COLLECTION, LAYOUTS, SCHOOL, fragment


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("年 月 日", "　　　　年　　月　　日"),
        ("年月日", "　　　　年　　月　　日"),
        ("年 月", "　　　　年　　月"),
        ("令和 年 月 日", "令和　　年　　月　　日"),
        ("平成12年4月 日", "平成12年4月　　日"),
        ("令和4年6月", "令和4年6月"),
        ("令和3年 4月 1日", "令和3年 4月 1日"),  # padded by the department: stays as typed
        ("令和元年 月", "令和元年　　月"),
        ("令和6年1月初旬", "令和6年1月初旬"),
        ("生年月日", "生年月日"),
        ("", ""),
    ],
)
def test_spreads_the_blanks_of_a_date_template_and_nothing_else(typed, printed):
    assert cells.spread_blanks(typed) == printed


def test_leaves_words_in_other_fields_alone():
    assert "氏名、生年月日、入園年 月" in fragment(
        "linkage-record", COLLECTION | {"purpose": "氏名、生年月日、入園年 月"}
    )
    assert '<div class="text">年月日</div>' in fragment("linkage-record", COLLECTION | {"department": "年月日"})


@pytest.mark.parametrize("written", ["1303-02", "１３０３－０２", "1303−02", "1303‐02", "1303ー02", " 1303-02 "])
def test_prints_every_spelling_of_a_number_in_boxes(written):
    assert cells.number_boxes(written) == ["1", "3", "0", "3", "", "0", "2"]


def test_prints_empty_boxes_without_a_number_and_text_for_what_is_none():
    assert cells.number_boxes("") == cells.number_boxes("　") == [""] * 7
    assert cells.number_boxes("未定") is None
    assert ">未定<" in fragment("linkage-record", COLLECTION | {"activity_number": "未定"})


@pytest.mark.parametrize(
    ("label", "spacing"), [("所管課名", "w4"), ("個人情報保護管理責任者", "w11"), ("課", "w0"), ("あ" * 12, "w0")]
)
def test_chooses_the_spacing_of_a_label_by_its_length(label, spacing):
    assert cells.label_lines(label) == [(label, spacing)]


def test_breaks_a_label_where_the_layout_says():
    lines = cells.label_lines(LAYOUTS["linkage-record"]["wording"]["labels"]["partner"])
    assert [line.text for line in lines] == ["電算結合の相手方の", "住所および名称"]


@pytest.mark.parametrize("code", LAYOUTS)
def test_prints_an_empty_form_with_all_its_blanks(code):
    html = fragment(code, {})
    assert "None" not in html
    blanks = list(LAYOUTS[code]["wording"]["blanks"].values())
    assert all(html.count(blank) >= blanks.count(blank) for blank in blanks)
    assert fragment(code, dict.fromkeys([*COLLECTION, *SCHOOL])) == html


def test_every_field_of_the_values_has_its_place_on_the_sheet():
    for code, values in (("linkage-record", COLLECTION), ("out-of-purpose-record", SCHOOL)):
        extra = {"kinds_other", "ground_law", "forms_other", "council_date", "consultation_number"}
        for key in set(values) | (extra if code == "out-of-purpose-record" else set()):
            assert f'data-field="{key}"' in fragment(code, values), key


def test_ticks_the_chosen_options_only():
    html = fragment(
        "out-of-purpose-record", {"kinds": ["health"], "forms": ["computer", "other"], "forms_other": "回線"}
    )
    assert '<li data-option="health">☑ 心身健康' in html
    assert '<li data-option="computer">☑ 電算処理' in html
    assert 'その他（<span data-field="forms_other">回線</span>）' in html
    assert html.count("☑") == 3


def test_marks_what_differs_from_the_baseline_field_by_field():
    now = COLLECTION | {"linked_on": "令和4年7月", "activity_number": "0701-01", "received_items": "氏名、電話番号"}
    html = fragment("linkage-record", now, COLLECTION)
    assert '<div class="text"><b class="chg">令和4年7月</b></div>' in html
    assert html.count('<b class="chg">') == 1 + 6 + 1
    assert '氏名、<b class="chg">電話番号</b>' in html
    assert '<td colspan="8" data-field="linked_on" data-changed>' in html
    assert '<td colspan="8" data-field="purpose">' in html


def test_marks_boxes_that_were_ticked_or_cleared():
    html = fragment("out-of-purpose-record", SCHOOL | {"kinds": ["health"]}, SCHOOL)
    assert '<li data-option="health"><b class="chg">☑</b> ' in html
    assert '<li data-option="family_register"><b class="chg">□</b> ' in html
    assert html.count('class="chg"') == 2


def test_marks_nothing_when_nothing_changed_or_only_the_order_of_ticks():
    baseline = SCHOOL | {"kinds": ["health", "family_register"], "kinds_other": None}
    html = fragment(
        "out-of-purpose-record", SCHOOL | {"kinds": ["family_register", "health"], "kinds_other": ""}, baseline
    )
    assert "chg" not in html
    assert "data-changed" not in html


def test_says_that_a_field_changed_even_where_words_were_only_taken_out():
    html = fragment("linkage-record", COLLECTION | {"provided_items": "氏名、住所"}, COLLECTION)
    assert 'data-field="items" data-changed' in html
    assert "chg" not in html


def test_repeating_a_form_of_another_layout_uses_its_own_words():
    older = LAYOUTS["linkage-record"]["wording"] | {
        "headings": {"provided_items": "〔提供〕", "received_items": "〔受領〕"}
    }
    html = fragment("linkage-record", COLLECTION, wording=older, form_label="第４号様式（第10条関係）")
    assert "〔受領〕" in html
    assert "第４号様式（第10条関係）" in html
