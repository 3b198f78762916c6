"""検索の語: how texts and typed words are cut, and what never makes them fail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.words import LONGEST_QUERY, MOST_PHRASES, key, pairs, tokens, understand


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("保健課", ["保健", "健課", "課"]),
        ("保", ["保"]),
        ("保健・福祉", ["保健", "健", "福祉", "祉"]),
        ("データ", ["デ-", "-タ", "タ"]),
        ("1309-14", ["13", "30", "09", "9-", "-1", "14", "4"]),
        ("", []),
        ("、。", []),
    ],
)
def test_a_text_becomes_pairs_and_the_last_character_of_each_run(text, words):
    assert tokens(key(text)) == words


@given(st.text(), st.text())
def test_a_pair_never_spans_two_texts(one, other):
    assert sorted(tokens(key(one, other))) == sorted(tokens(key(one)) + tokens(key(other)))


@given(st.text())
def test_the_words_of_a_text_hold_no_blank_and_nothing_that_a_query_would_have_to_quote(text):
    assert not set("".join(tokens(key(text)))) & set(" '\"\\()*:|&!^")


@pytest.mark.parametrize("text", ["1309-14", "（1309-14）", "１３０９－１４", "1 3 0 9 _ 1 4", "130914", " 1309―14 "])
def test_a_number_in_any_spelling_is_that_number(text):
    assert understand(text).number == "1309-14"
    assert understand(text).phrases == ("1309-14",)


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("保健　申請", ("保健", "申請")),
        ("保健・福祉", ("保健", "福祉")),
        ("保健 保健 保", ("保健",)),
        ("かな", ("カナ",)),
        ("柴﨑 髙橋", ("柴崎", "高橋")),
        ("（１３０９－１４） 指導", ("1309-14", "指導")),
        ("・、 ", ()),
        ("%_", ("_",)),
    ],
)
def test_what_is_typed_becomes_runs_that_must_all_be_there(text, phrases):
    assert understand(text).phrases == phrases


def test_very_much_is_cut_and_said_so():
    assert understand(" ".join(chr(ord("一") + at) for at in range(MOST_PHRASES + 1))).is_cut
    assert understand("あ" * (LONGEST_QUERY + 1)).is_cut
    assert not understand("保健 申請").is_cut


@given(st.text(max_size=300))
def test_whatever_is_typed_is_understood(text):
    query = understand(text)
    assert len(query.phrases) <= MOST_PHRASES
    assert all(pairs(phrase) or len(phrase) == 1 for phrase in query.phrases)


def test_a_number_is_found_without_its_zeros_and_with_words_around_it():
    for typed in ("701-1", "第0701-01号", "0701〜01", "業務登録番号0701-01"):
        assert understand(typed).number == "0701-01"
