"""A text longer than a page flows on, with the row's label on every page and nothing lost."""

import pytest

from printing import pdf
from printing.cells import LONG_LINES, VALUE_EM, line_count
from tests.printing.forms import COLLECTION, NURSERY, SCHOOL, fragment
from tests.printing.papers import fold, pages_of

SENTENCE = "提供する事柄を一つずつ書き連ねていく長い文である。"
LONG = "".join(f"{number:04}{SENTENCE}" for number in range(100))  # 2,900 characters, each sentence to be told apart


def pages(code, values, **layout):
    return [fold(page) for page in pages_of(pdf.render([fragment(code, values, **layout)], title="見本"))]


@pytest.mark.parametrize(
    ("code", "values", "field", "label"),
    [
        ("linkage-record", COLLECTION, "purpose", "電算結合の目的"),
        ("linkage-record", COLLECTION, "partner", "電算結合の相手方の住所および名称"),
        ("linkage-record", COLLECTION, "provided_items", "個人情報の記録項目"),
        ("linkage-record", COLLECTION, "linked_on", "結合年月日"),
        ("out-of-purpose-record", SCHOOL, "purpose", "目的外利用する業務の目的"),
        ("out-of-purpose-record", SCHOOL, "period_from", "目的外利用の期間"),
        ("out-of-purpose-record", SCHOOL, "ground_law", "目的外利用の根拠"),
        ("out-of-purpose-record", SCHOOL, "forms_other", "目的外利用の形態"),
    ],
)
def test_repeats_the_label_on_every_page_that_the_text_reaches(code, values, field, label):
    printed = pages(code, values | {field: LONG})
    reached = [page for page in printed if SENTENCE in page]
    assert len(reached) >= 2
    assert all(label in page for page in reached)
    # A sentence may be cut by the label at the top of a page; otherwise every one of them is there, once.
    text = "".join(page.replace(label, "", 1) if at else page for at, page in enumerate(printed))
    assert all(text.count(f"{number:04}提供") == 1 for number in range(100))


def test_keeps_two_long_rows_apart():
    printed = pages("linkage-record", NURSERY | {"purpose": LONG, "received_items": LONG})
    assert "".join(printed).count("0099提供") == 2
    assert "電算結合の目的" in printed[1]
    assert printed[-1].endswith("個人情報保護管理責任者保育計画調整課長")


def test_breaks_a_word_that_is_longer_than_a_line():
    code = "0123456789ABCDEF" * 40
    assert fold(code) in "".join(pages("linkage-record", COLLECTION | {"purpose": code}))


def test_leaves_the_label_in_the_middle_of_a_row_that_fits():
    assert 'class="long"' not in fragment("linkage-record", NURSERY)
    assert 'class="long"' in fragment("linkage-record", NURSERY | {"purpose": LONG})


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("あ" * VALUE_EM, 1),
        ("あ" * (VALUE_EM + 1), 2),
        ("a" * (2 * VALUE_EM), 1),
        ("一\n二\n\n四", 4),
        ("あ" * VALUE_EM * LONG_LINES, LONG_LINES),
    ],
)
def test_estimates_lines_by_the_width_of_the_characters(text, lines):
    assert line_count(text) == lines
