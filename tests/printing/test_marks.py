"""変更箇所: phrases, not stray characters, are marked (domain.md §3.9)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing import marks

ALPHABET = "氏名住所生年月日性別、。（）〔〕\n 　・令和4年12フリガナをのに<&"


def marked(text, baseline):
    """The new text with its changes in 【】."""
    return "".join(f"【{run.text}】" if run.changed else run.text for run in marks.runs(text, baseline))


@pytest.mark.parametrize(
    ("baseline", "text", "expected"),
    [
        ("氏名、住所、性別", "氏名、住所、電話番号、性別", "氏名、住所、【電話番号】、性別"),
        ("氏名、フリガナ、住所", "氏名、住所、生年月日", "氏名、住所、【生年月日】"),
        (
            "児童名、所属グループ、備考",
            "児童名、所属グループ、出欠席情報、備考",
            "児童名、所属グループ、【出欠席情報】、備考",
        ),
        ("令和4年6月", "令和4年7月", "【令和4年7月】"),
        ("令和3年11月30日から", "令和4年11月30日から", "【令和4年11月30日】から"),
        ("　　　　年　　月　　日", "令和4年1月24日", "【令和4年1月24日】"),
        (
            "紙や郵送代の経費削減および回答書の入力などの業務量を削減する。",
            "紙や郵送代の経費削減および回答書の確認などの業務量を削減する。",
            "紙や郵送代の経費削減および回答書の【確認】などの業務量を削減する。",
        ),
        (
            "東京都江東区豊洲3-3-3　豊洲センタービル",
            "東京都江東区豊洲3-3-9　豊洲センタービル",
            "東京都江東区豊洲【3-3-9】　豊洲センタービル",
        ),
        ("身体記録（身長、体重）", "身体記録（身長、体重、胸囲）", "身体記録（身長、体重、【胸囲】）"),
        ("氏名、住所、性別", "氏名、性別、住所", "氏名、性別、住所"),
        ("氏名、住所、性別", "氏名、性別、電話番号、住所", "氏名、性別、【電話番号】、住所"),
        (
            "(1)鍵を掛ける。\n(2)ログを取る。\n(3)暗号にする。",
            "(1)ログを取る。\n(2)鍵を掛ける。\n(3)暗号にする。",
            "(1)ログを取る。\n(2)鍵を掛ける。\n(3)暗号にする。",
        ),
        (
            "(1)鍵を掛ける。\n(2)ログを取る。",
            "(1)鍵を掛ける。\n(2)複数人で確かめる。\n(3)ログを取る。",
            "(1)鍵を掛ける。\n(2)【複数人で確かめる。】\n(3)ログを取る。",
        ),
        ("学年・組・配信内容", "学年・組・所属グループ・配信内容", "学年・組・【所属グループ】・配信内容"),
        (
            "現行のメールでの配信を、し、負担軽減を図る。",
            "現行のメールでの配信を、連絡機能・翻訳機能等を有したアプリによる配信に変更し、負担軽減を図る。",
            "現行のメールでの配信を、【連絡機能・翻訳機能等を有したアプリによる配信に変更】し、負担軽減を図る。",
        ),
        (
            "(次年度以降も、同様とする。)",
            "令和6年1月初旬から令和6年3月31日まで (次年度以降も、同様とする。)",
            "【令和6年1月初旬から令和6年3月31日まで】 (次年度以降も、同様とする。)",
        ),
        ("登録する。", "登録する。情報はサーバに保管する。", "登録する。【情報はサーバに保管する。】"),
        ("", "一行目である。\n二行目（三行まで）", "【一行目である。】\n【二行目（三行まで）】"),
        ("約20,000件", "約21,000件", "【約21,000件】"),
        ("がぎ、辻󠄀村長の意見", "がぎ、辻󠄁村長の意見", "【がぎ、辻󠄁村長】の意見"),
        ("氏名、住所", "氏名・住所", "【氏名】・住所"),
        ("同じ", "同じ", "同じ"),
        ("", "新しい", "【新しい】"),
        ("前にあった", "", ""),
        ("氏名、住所", "氏名", "氏名"),
    ],
)
def test_marks_the_phrase_that_changed(baseline, text, expected):
    assert marked(text, baseline) == expected


def test_marks_nothing_without_a_baseline():
    assert marks.runs("氏名、住所", None) == [marks.Run("氏名、住所", False)]


def test_marks_a_sentence_as_a_whole_when_it_was_written_anew():
    baseline = "滞納者の金融機関への預金調査をオンラインで照会することにより、"
    text = "園児の情報を民間のデータセンターに保管して保護者と共有するため、"
    assert marked(text, baseline) == "【園児の情報を民間のデータセンターに保管して保護者と共有するため】、"


@given(st.text(ALPHABET, max_size=60), st.text(ALPHABET, max_size=60))
def test_the_pieces_joined_are_the_new_text(text, baseline):
    assert "".join(run.text for run in marks.runs(text, baseline)) == text


@given(st.text(ALPHABET, max_size=60), st.text(ALPHABET, max_size=60))
def test_only_a_changed_text_has_marks_and_neighbours_differ_in_kind(text, baseline):
    pieces = marks.runs(text, baseline)
    assert all(run.text for run in pieces)
    if text == baseline:
        assert not any(run.changed for run in pieces)


@given(st.text("かぎ辻󠄀、。1", max_size=30), st.text("かぎ辻󠄀、。1", max_size=30))
def test_no_mark_starts_between_a_character_and_its_sign(text, baseline):
    pieces = marks.runs(text, baseline)
    assert not any(run.text[0] in "゙󠄀" for run in pieces[1:])


@given(st.lists(st.sampled_from(["氏名", "住所", "性別", "電話番号", "所属グループ"]), unique=True), st.randoms())
def test_a_list_in_another_order_has_no_mark(items, random):
    moved = random.sample(items, len(items))
    assert not any(run.changed for run in marks.runs("、".join(moved), "、".join(items)))


@given(st.text(ALPHABET, min_size=1, max_size=60))
def test_a_text_that_was_not_there_before_is_marked_but_for_separators(text):
    unmarked = "".join(run.text for run in marks.runs(text, "") if not run.changed)
    assert unmarked.strip("、。・（）〔〕 \n　") == ""


def test_markup_is_escaped_inside_and_outside_of_marks():
    html = marks.html([marks.Run("<a>", False), marks.Run('<b class="x">', True)])
    assert html == '&lt;a&gt;<b class="chg">&lt;b class=&quot;x&quot;&gt;</b>'


def test_a_heading_that_is_new_with_what_stands_below_it_is_marked_with_both_its_brackets():
    old, new = "(1)窓口の受付", "(1)窓口の受付\n＜追加する業務＞\n(1)証明書発行手数料の領収"
    assert [run.text for run in marks.runs(new, old) if run.changed] == [
        "＜追加する業務＞",
        "(1)証明書発行手数料の領収",
    ]


def changed(text, baseline):
    return [run.text for run in marks.runs(text, baseline) if run.changed]


def test_an_item_that_moves_within_its_group_is_no_change_and_out_of_it_is_one():
    old = "【区が送信する項目】\n氏名、住所、口座の有無\n【区が受信する項目】\n取引明細"
    assert changed("【区が送信する項目】\n住所、口座の有無、氏名\n【区が受信する項目】\n取引明細", old) == []
    moved = "【区が送信する項目】\n氏名、住所\n【区が受信する項目】\n口座の有無、取引明細"
    assert changed(moved, old) == ["口座の有無"]


def test_the_same_group_of_the_present_and_of_the_added_work_are_two():
    old = "＜現行の業務＞\n【項目】\n氏名、電話番号\n＜追加する業務＞\n【項目】\n住所"
    assert changed("＜現行の業務＞\n【項目】\n氏名\n＜追加する業務＞\n【項目】\n住所、電話番号", old) == ["電話番号"]


def test_a_group_whose_heading_was_reworded_is_compared_as_it_stands():
    assert changed("【送信項目】\n住所、氏名", "【送る項目】\n氏名、住所") == ["送信項目"]
