"""検索の答え: the same ids as a scan of every key, on this engine as on the other, in the same order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from history.writing import SYSTEM
from search import queries, writing
from search.models import SearchDocument
from search.places import Audience
from search.words import understand
from tests.search.conftest import document

pytestmark = pytest.mark.django_db

# Few characters, so that words meet: kanji with variants, both kana, widths, the prolonged sound, signs, SQL's own.
JAPANESE = "保健福祉課学級高髙柴崎﨑あアｱいイーﾞ゛-－・、 　1１9aＡ_%'\"\\(*:&|々〇𠮷"
TEXTS = st.text(alphabet=JAPANESE, max_size=12)
QUERIES = [
    "保", "保健", "健福", "保健福祉課", "健保", "学級 保健", "髙", "高", "柴﨑", "ア", "あ", "アイ", "いー", "-", "ー",
    "1", "1309", "1309-14", "１３０９－１４", "a", "Ａ", "_", "%", "'", '"', "\\", "(", "*", "保*", "保' OR '1",
    "NOT 保", "保 AND 健", "々", "〇", "吉",
]  # fmt: skip


def oracle(text):
    """[(rank, id)] by looking through every key with Python's `in`, as LIKE would."""
    query = understand(text)
    rows = SearchDocument.objects.filter(audience=Audience.STAFF, kind="sample").order_by("id")
    found = []
    for row in rows.only("id", "number", "name_key", "purpose_key", "all_key"):
        keys = [row.name_key, row.purpose_key, row.all_key]
        ranks = [rank for rank, each in enumerate(keys, 1) if all(phrase in each for phrase in query.phrases)]
        if query.number and row.number == query.number:
            ranks.insert(0, 0)
        if ranks and query:
            found.append((ranks[0], row.id))
    return sorted(found)


def answer(text):
    found = queries.find(text, actor=SYSTEM, kinds=["sample"], size=queries.MOST)
    assert found.total == len(found.hits)
    return [(hit.rank, hit.id) for hit in found.hits]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(TEXTS, TEXTS, TEXTS, st.sampled_from(["", "1309-14", "0001-01"])), min_size=1, max_size=8), TEXTS
)
def test_finds_what_a_scan_finds_in_the_same_order(samples, rows, typed):
    SearchDocument.objects.all().delete()
    samples.put(
        *(document(pk, title, purpose, number, rest) for pk, (title, purpose, rest, number) in enumerate(rows, 1))
    )
    for text in [*QUERIES, typed]:
        assert answer(text) == oracle(text), text


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=20), min_size=1, max_size=5), st.text(max_size=5))
def test_any_text_at_all_can_be_written_and_looked_for(samples, texts, typed):
    SearchDocument.objects.all().delete()
    texts = [text.replace("\0", "") for text in texts]
    samples.put(*(document(pk, text, "", "", text[::-1]) for pk, text in enumerate(texts, 1)))
    for text in [*texts, *texts[0], typed.replace("\0", "")]:
        assert answer(text) == oracle(text)


def test_a_word_that_stands_hundreds_of_times_and_far_behind_is_found(samples):
    samples.put(document(1, "長い本文", "", "", "保健" * 400, "埋葬に関する記録" * 3000, "行旅死亡人"))
    for text in ("行旅死亡人", "記録埋葬", "健保健保健", "保健 行旅 埋葬に関する"):
        assert answer(text) == oracle(text) != []


def test_a_text_too_long_for_a_key_is_found_by_its_beginning(samples):
    samples.put(document(1, "とても長い本文", "", "", "".join(chr(0x4E00 + at % 20_000) for at in range(150_000))))
    assert answer("一丁丂") == oracle("一丁丂") != []


@pytest.mark.parametrize("text", ["保", "保健", "保健課"])
def test_of_more_than_a_thousand_the_first_come_in_order_and_the_count_is_capped(samples, text):
    rows = [document(pk, "名称", "", f"{9999 - pk:04d}-01", "保健課の事務") for pk in range(1, 1010)]
    rows += [document(2000, "保健課の業務", "", "9999-99"), document(2001, "別の業務", "保健課として", "9999-98")]
    samples.put(*rows)
    found = queries.find(text, actor=SYSTEM, size=5)
    assert [hit.identity for hit in found.hits] == [2000, 2001, 1009, 1008, 1007]
    assert (found.total, found.is_capped, found.count_words) == (1000, True, "1,000件以上")
    later = queries.find(text, actor=SYSTEM, start=5, size=5)
    assert [hit.identity for hit in later.hits] == [1006, 1005, 1004, 1003, 1002]
    assert queries.find(text, actor=SYSTEM, start=1000, size=5).hits == []


def test_exactly_a_thousand_are_counted(samples):
    samples.put(*(document(pk, "保健課", "", "", "本文") for pk in range(1, 1001)))
    found = queries.find("保健課", actor=SYSTEM, size=1)
    assert (found.total, found.is_capped, found.count_words) == (1000, False, "1,000件")


def test_a_renewed_document_is_no_longer_found_by_what_it_said(samples):
    samples.put(document(1, "古い名称", "", "1309-14"))
    samples.put(document(1, "新しい名称", "", "0001-01"))
    assert answer("古い") == []
    assert len(answer("新しい")) == SearchDocument.objects.filter(kind="sample").count() == 1


def test_writing_the_same_again_writes_nothing(samples):
    samples.put(document(1, "名称"))
    assert writing.renew(samples.kind, [1]) == 0
    assert writing.renew(samples.kind, [1], everything=True) == 1
    assert len(answer("名称")) == 1
