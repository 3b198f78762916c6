"""在席の時間: what one types, and what is written back."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councils.stretches import format_stretches, parse

CLOCKS = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("", [(None, None)]),
        ("10:20から", [(time(10, 20), None)]),
        ("１０時２０分から", [(time(10, 20), None)]),
        ("-11:30", [(None, time(11, 30))]),
        ("10:20", [(time(10, 20), None)]),
        ("午後1時から", [(time(13), None)]),
        ("午後1時30分から午後2時まで", [(time(13, 30), time(14))]),
        ("10:00〜10:40、11:00〜", [(time(10), time(10, 40)), (time(11), None)]),
        ("10:00から10:40まで 11:00から", [(time(10), time(10, 40)), (time(11), None)]),
    ],
)
def test_it_reads_what_secretaries_type(text, stretches):
    assert parse(text) == stretches


@pytest.mark.parametrize("text", ["遅れて", "25:00から", "10:40-10:20", "10:00-11:00、10:30-", "10:70から"])
def test_it_refuses_what_is_no_stretch(text):
    with pytest.raises(ValueError, match="「"):
        parse(text)


@given(st.lists(CLOCKS, min_size=1, max_size=6, unique=True).map(sorted))
def test_what_is_written_is_read_back(clocks):
    pairs = [
        (clocks[place], clocks[place + 1] if place + 1 < len(clocks) else None) for place in range(0, len(clocks), 2)
    ]
    assert parse(format_stretches(pairs)) == pairs
