"""見本の状況調査: the totals of 令和3年度 are the source's, the split is marked."""

import pytest

from records import surveys
from records.models import Survey, SurveyRow
from tests.wards import standing_ward

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def ward(django_db_setup, django_db_blocker):
    """The demo ward of Nerima."""
    with standing_ward("nerima", django_db_blocker):
        yield


def test_the_totals_of_the_demo_year_are_those_of_the_yearly_report(ward):
    found = surveys.totals(2021)
    assert (found.out_of_purpose, found.provision) == (1_710_634, 398_074)
    assert (found.is_complete, found.is_closed) == (True, True)


def test_what_rests_on_consent_stays_unknown_since_no_source_says_whether_the_totals_hold_it(ward):
    found = surveys.totals(2021)
    assert (found.out_of_purpose_by_consent, found.provision_by_consent) == (None, None)
    assert SurveyRow.objects.filter(by_consent=True).exists()


def test_the_split_into_rows_says_that_it_is_sample_data(ward):
    answered = SurveyRow.objects.filter(persons__isnull=False)
    assert {row.note for row in answered} == {"見本：内訳は資料にない"}
    assert "見本データ：行ごとの内訳" in Survey.objects.get().source_note
    made = answered.exclude(activity_name__in=["母子保健に関する業務", "児童生徒指導上の課題対応に関する業務"])
    assert made.count() == answered.count() - 2
    assert all(row.activity_name.startswith("見本：") for row in made)


def test_a_year_without_a_survey_has_no_totals_rather_than_zeros(ward):
    found = surveys.totals(2020)
    assert (found.out_of_purpose, found.provision, found.sheets, found.is_complete) == (None, None, 0, False)
