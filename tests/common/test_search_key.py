"""検索キー: what a person takes for the same is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.text import _VARIANT_SETS, DASHES, fold_dashes, search_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("０１０２－０１", "0102-01"),
        ("0102−01", "0102-01"),  # U+2212
        ("0102‐01", "0102-01"),  # U+2010
        ("0102ー01", "0102-01"),  # the IME's prolonged sound mark
        ("柴﨑", "柴崎"),
        ("髙橋", "高橋"),
        ("𠮷田", "吉田"),
        ("辻󠄀", "辻"),
        ("一齐送信", "一斉送信"),
        ("廣田", "広田"),
        ("㈱ＮＴＴデータ", "(株)nttデータ"),
        ("ﾃﾞｰﾀ", "データ"),
        ("でーた", "データ"),
        ("か\u3099くしゅう", "ガクシュウ"),
        ("⑴", "(1)"),
        ("①", "1"),
        ("午前〜午後", "午前～午後"),
        ("区民部　 収納課", "区民部 収納課"),
        (" 収納課\n", "収納課"),
        ("ＮＴＴ", "ntt"),
    ],
)
def test_the_same_in_two_spellings_has_one_key(one, other):
    assert search_key(one) == search_key(other)


@pytest.mark.parametrize(("one", "other"), [("荻", "萩"), ("一", "ー"), ("収納課", "税務課"), ("キヤノン", "キャノン")])
def test_what_differs_keeps_different_keys(one, other):
    assert search_key(one) != search_key(other)


@given(st.text())
def test_a_key_is_its_own_key(text):
    assert search_key(search_key(text)) == search_key(text)


@given(st.text(alphabet="ぁあがゞゔわゐｶﾞﾊﾟヷ\u3099\u309a\u309b\u309c\ufe00\U000e0100ー-〜İßſ㍿﨑𠮷齋ヶ 　", max_size=8))
def test_a_key_of_kana_marks_and_variants_is_its_own_key(text):
    assert search_key(search_key(text)) == search_key(text)


def test_no_variant_stands_in_two_sets():
    letters = "".join(_VARIANT_SETS)
    assert len(letters) == len(set(letters))


def test_every_dash_becomes_the_hyphen_and_nothing_else_does():
    assert fold_dashes(DASHES) == "-" * len(DASHES)
    assert fold_dashes("一 十 ~ _") == "一 十 ~ _"
