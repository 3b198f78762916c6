"""一致の印: the text as it is written, marked where its folded form holds the words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.marking import found_by_other_text, marked, passages, title_on
from search.models import SearchDocument
from search.words import key, understand

JAPANESE = st.text(alphabet="保健福祉髙高柴﨑あアｱｶﾞガがーｰ１1-－Ａaﾊﾟ㈱・、 ", max_size=30)


def hits(text, typed):
    return [piece.text for piece in marked(text, understand(typed)) if piece.is_hit]


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("柴﨑課長", "柴崎", ["柴﨑"]),
        ("髙齢者", "高齢", ["髙齢"]),
        ("デｰﾀとﾊﾞｽ", "データ バス", ["デｰﾀ", "ﾊﾞｽ"]),
        ("かなとカナ", "カナ", ["かな", "カナ"]),
        ("番号１３０９－１４です", "1309-14", ["１３０９－１４"]),
        ("㈱練馬", "株", ["㈱"]),
        ("保健保健", "保健", ["保健保健"]),
        ("保健室", "健", ["健"]),
        ("何もない", "保健", []),
    ],
)
def test_marks_the_written_form_of_what_is_folded(text, typed, found):
    assert hits(text, typed) == found


@given(JAPANESE, JAPANESE)
def test_loses_no_character(text, typed):
    assert "".join(piece.text for piece in marked(text, understand(typed))) == text


@given(JAPANESE, st.integers(0, 28), st.integers(1, 4))
def test_marks_whatever_the_index_finds(text, start, length):
    query = understand(text[start : start + length])
    is_found = bool(query) and all(phrase in key(text) for phrase in query.phrases)
    assert not is_found or hits(text, text[start : start + length])


TODAY = date(2026, 7, 1)


def document(title, *lines):
    """Lines of (label, text[, first day[, first day no longer]])."""
    return SearchDocument(title=title, passages=[[*line, "", ""][:4] for line in lines])


def test_shows_the_lines_that_hold_before_the_former_ones_and_cuts_long_ones():
    row = document(
        "名称",
        ("旧", "保健の古い名称", "", "2026-07-01"),
        ("目的", "あ" * 300 + "保健" + "い" * 300),
        ("記録項目", "住所"),
    )
    first, *rest = passages(row, understand("保健"), TODAY, "名称")
    assert (first.label, first.is_former) == ("目的", False)
    assert (first.text[0], first.text[-1]) == ("…", "…")
    assert len(first.text) < 100
    assert [passage.label for passage in rest] == ["旧"]


def test_a_word_that_only_an_old_text_holds_is_shown_with_it():
    lines = [("項目", f"保健{at}") for at in range(5)] + [("業務の名称", "児童手当", "", "2022-04-01")]
    found = passages(document("名称", *lines), understand("保健 児童"), TODAY, "名称")
    labels = [passage.label for passage in found]
    assert labels == ["項目", "項目", "業務の名称"]


def test_a_row_is_found_by_an_old_text_only_when_nothing_that_holds_says_it():
    row = document(
        "子ども手当", ("業務の目的", "支給"), ("業務の名称", "児童手当", "", "2022-04-01"),
        ("業務の目的", "支給", "", "2022-04-01"),
    )  # fmt: skip
    assert found_by_other_text(row, understand("児童"), ["子ども手当"], TODAY).text == "児童手当"
    assert found_by_other_text(row, understand("支給"), ["子ども手当"], TODAY) is None
    assert found_by_other_text(row, understand("児童"), ["児童手当"], TODAY) is None


def test_what_holds_is_asked_of_the_day_of_the_search():
    row = document("新しい名称", ("名称", "新しい名称", "2026-07-02"), ("名称", "古い名称", "2021-04-01", "2026-07-02"))
    tomorrow = TODAY + timedelta(days=1)
    assert (title_on(row, TODAY), title_on(row, tomorrow)) == ("古い名称", "新しい名称")
    (coming,) = passages(row, understand("新しい"), TODAY, "古い名称")
    assert (coming.is_former, coming.since, coming.text) == (False, tomorrow, "新しい名称")
    assert passages(row, understand("新しい"), tomorrow, "新しい名称") == []
    (former,) = passages(row, understand("古い"), tomorrow, "新しい名称")
    assert (former.is_former, former.since) == (True, None)


def test_a_text_that_held_before_and_holds_again_is_not_called_old():
    row = document(
        "名称", ("目的", "支給", "2025-04-01"), ("目的", "給付", "2023-04-01", "2025-04-01"),
        ("目的", "支給", "2021-04-01", "2023-04-01"),
    )  # fmt: skip
    assert [passage.is_former for passage in passages(row, understand("支給"), TODAY, "名称")] == [False]
