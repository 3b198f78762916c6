"""掲載の要否: decided from facts by the law in force on the day, with its reasons."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common import regime
from common.regime import Body
from file_register.kinds import EXCLUSIONS
from file_register.publication import Facts, Outcome, decide

DAY = date(2026, 11, 1)
days = st.dates(date(2000, 1, 1), date(2040, 12, 31))
sizes = st.one_of(st.none(), st.integers(0, 3000))
choices = st.sampled_from([True, False, None])
ticks = st.sets(st.sampled_from(sorted(EXCLUSIONS)))


def outcome(lowest, highest=None, **facts):
    return decide(Facts(**({"day": DAY, "lowest": lowest, "highest": lowest if highest is None else highest} | facts)))


@pytest.mark.parametrize(("persons", "expected"), [(0, "not_required"), (999, "not_required"), (1000, "required")])
def test_a_thousand_persons_are_enough_and_999_are_not(persons, expected):
    assert outcome(persons).outcome == expected


def test_says_why_with_the_article():
    (reason,) = outcome(1000).reasons
    assert (reason.words, reason.citation) == (
        "本人の数が1,000人以上",
        "法第75条第1項、法第74条第2項第9号、令第20条第2項",
    )


def test_an_unknown_count_is_undecided_and_said_so():
    decision = decide(Facts(day=DAY, lowest=None, highest=None))
    assert decision.outcome == Outcome.UNDECIDED
    assert "本人の数が分からない" in decision.reasons[0].words


@pytest.mark.parametrize(
    ("lowest", "highest", "expected"),
    [
        (900, 1100, "undecided"),
        (1000, 5000, "required"),
        (0, 999, "not_required"),
        (0, 1000, "undecided"),
        (1000, None, "required"),
        (500, None, "undecided"),
    ],
)
def test_a_range_decides_only_when_all_of_it_lies_on_one_side(lowest, highest, expected):
    assert decide(Facts(day=DAY, lowest=lowest, highest=highest)).outcome == expected


@pytest.mark.parametrize("code", EXCLUSIONS)
def test_each_exclusion_keeps_even_a_large_file_out_and_names_its_article(code):
    decision = outcome(50_000, exclusions=[code])
    assert decision.outcome == Outcome.NOT_REQUIRED
    assert decision.reasons[0].citation == EXCLUSIONS[code].citation
    assert decision.reasons[0].citation.startswith("法第75条第2項")


def test_a_file_kept_out_because_it_would_hinder_the_work_names_paragraph_three():
    decision = outcome(50_000, withheld=True)
    assert (decision.outcome, decision.reasons[0].citation) == (Outcome.NOT_REQUIRED, "法第75条第3項")


@pytest.mark.parametrize(
    ("choice", "expected", "words"),
    [
        (True, "ordinance", "小さいファイルも条例個人情報ファイル簿に掲載している"),
        (False, "not_required", "小さいファイルを掲載していない"),
        (None, "not_required", "区の方針は登録されていない"),
    ],
)
def test_a_small_file_follows_the_wards_choice(choice, expected, words):
    decision = outcome(999, publishes_small=choice)
    assert decision.outcome == expected
    assert words in decision.reasons[1].words


def test_before_the_law_reached_the_ward_there_was_no_such_register():
    assert outcome(50_000, day=date(2023, 3, 31)).outcome == Outcome.BEFORE_ACT
    assert outcome(50_000, day=date(2023, 4, 1)).outcome == Outcome.REQUIRED


@given(days, st.integers(0, 3000), st.integers(0, 3000), ticks, st.booleans(), choices)
def test_more_persons_never_take_a_file_out_of_the_register(day, fewer, more, exclusions, withheld, choice):
    fewer, more = sorted((fewer, more))
    facts = {"day": day, "exclusions": exclusions, "withheld": withheld, "publishes_small": choice}
    if outcome(fewer, **facts).outcome == Outcome.REQUIRED:
        assert outcome(more, **facts).outcome == Outcome.REQUIRED


@given(days, sizes, sizes, ticks, st.booleans(), choices)
def test_no_entry_is_demanded_under_an_exclusion_or_before_the_law(day, lowest, highest, exclusions, withheld, choice):
    decision = decide(Facts(day, lowest, highest, exclusions, withheld, choice))
    assert decision.reasons
    assert all(reason.words and reason.citation for reason in decision.reasons)
    if exclusions or withheld or regime.files_on(day) is None:
        assert not decision.is_public


@given(days, st.integers(0, 3000), st.integers(0, 3000), choices)
def test_narrower_bounds_never_contradict_what_was_decided(day, one, other, choice):
    lowest, highest = sorted((one, other))
    wide = decide(Facts(day, lowest, highest, publishes_small=choice)).outcome
    for persons in {lowest, (lowest + highest) // 2, highest}:
        narrow = decide(Facts(day, persons, persons, publishes_small=choice)).outcome
        assert narrow == wide or wide == Outcome.UNDECIDED


def test_the_assembly_left_the_law_and_is_asked_for_nothing():
    decision = outcome(50_000, body=Body.ASSEMBLY)
    assert (decision.outcome, decision.reasons[0].citation) == (Outcome.OUTSIDE, "法第2条第11項第2号")
    assert "議会" in decision.reasons[0].words
    assert outcome(50_000, body=Body.ASSEMBLY, day=date(2023, 3, 31)).outcome == Outcome.BEFORE_ACT


@pytest.mark.parametrize(("persons", "expected"), [(999, "not_required"), (1000, "required")])
def test_a_hospital_stays_under_the_duty(persons, expected):
    """法第125条第1項: 第75条 holds for hospitals and clinics too."""
    assert outcome(persons, body=Body.MEDICAL).outcome == expected
