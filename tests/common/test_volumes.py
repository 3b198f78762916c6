"""件数・人数: every spelling of the sources is read, other units and nonsense are refused with words."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.persons import MOST, PersonsTextError
from common.volumes import UNITS, parse


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("約20,000件", (15_000, 25_000, "件")),
        ("登録予定件数　約20,000件", (15_000, 25_000, "件")),
        ("年間延べ25〜30万件", (250_000, 300_000, "件")),
        ("25万～30万件", (250_000, 300_000, "件")),
        ("900〜1,100人", (900, 1100, "人")),
        ("3万世帯", (30_000, 30_000, "世帯")),
        ("228名分", (228, 228, "名分")),
        ("不明", (None, None, "")),
    ],
)
def test_reads_what_the_papers_say(text, read):
    volume = parse(text)
    assert (volume.lowest, volume.highest, volume.unit) == read
    assert volume.text == text


@pytest.mark.parametrize("text", ["20,000", "たくさん", "10件20人", "30〜20件", "", "件"])
def test_refuses_what_is_none(text):
    with pytest.raises(PersonsTextError, match=r"[ぁ-ん]"):
        parse(text)


@given(st.integers(0, MOST), st.sampled_from(UNITS))
def test_a_number_with_its_unit_means_itself(number, unit):
    volume = parse(f"{number:,}{unit}")
    assert (volume.lowest, volume.highest, volume.unit) == (number, number, unit)


@given(st.text(max_size=30))
def test_any_text_is_a_volume_or_refused(text):
    with suppress(PersonsTextError):
        volume = parse(text)
        assert (volume.lowest is None) or volume.lowest >= 0
