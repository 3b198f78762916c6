"""業務登録番号 in the spellings of the papers."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from common import business_number
from common.business_number import BusinessNumberError
from common.text import DASHES

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
numbers = st.from_regex(r"[0-9]{4}-[0-9]{2}", fullmatch=True)


def spellings(number):
    four, two = number.split("-")
    return [
        number,
        f"（{number}）",
        f"({number})",
        f"{four.translate(WIDE)}－{two.translate(WIDE)}",
        f"{' '.join(four)} _ {' '.join(two)}",
        f"{' '.join(four)} | {' '.join(two)}",
        f"{' '.join(four)}　　{' '.join(two)}",
        *(f"{four}{dash}{two}" for dash in DASHES),
    ]


@given(numbers)
def test_every_spelling_is_the_one_number_and_keeps_its_text(number):
    for text in spellings(number):
        read = business_number.parse(text)
        assert (read.number, read.text, str(read)) == (number, text, number)


@pytest.mark.parametrize(
    "text",
    [
        "701-1",
        "0701-1",
        "701-01",
        "第0701-01号",
        "第０７０１－０１号",
        "0701〜01",
        "0701～01",
        "業務登録番号0701-01",
        "業務登録番号：0701-01",
        "登録番号 第0701-01号",
        "番号0701-01",
        "（第701-1号）",
        "【業務登録番号0701-01】",
        "070101",
    ],
)
def test_words_around_it_waves_and_missing_zeros_do_not_matter(text):
    assert (business_number.parse(text).number, business_number.parse(text).text) == ("0701-01", text)


@given(numbers)
def test_the_wide_spelling_is_read_as_the_same_number(number):
    assert business_number.parse(business_number.parse(number).wide).number == number


def test_the_outsourcing_record_prints_it_all_wide():
    assert business_number.parse("0102-01").wide == "０１０２－０１"


@pytest.mark.parametrize("text", ["1309-14", "（1309-14）", "１３０９－１４", "1 3 0 9 _ 1 4"])
def test_the_sheet_has_seven_cells_with_an_empty_one(text):
    assert business_number.boxes(text) == ["1", "3", "0", "9", "", "1", "4"] == business_number.parse(text).boxes


@pytest.mark.parametrize("missing", [None, "", "　"])
def test_no_number_leaves_seven_empty_cells(missing):
    assert business_number.boxes(missing) == [""] * 7


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1309",
        "130-914",
        "13091-4",
        "1309-141",
        "一三〇九-一四",
        "1309-1a",
        "1309--14",
        "70-1",
        "7011",
        "号",
        "第号",
        "第1309-14号室",
    ],
)
def test_what_is_no_number_is_refused_in_words(text):
    with pytest.raises(BusinessNumberError, match="業務登録番号として読めません。"):
        business_number.parse(text)


def test_a_field_shows_the_same_words():
    with pytest.raises(ValidationError, match="「0703/15」は業務登録番号として読めません。"):
        business_number.validate_business_number("0703/15")
    business_number.validate_business_number("（0703-15）")
