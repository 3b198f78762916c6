"""運用状況 as data: table 6 of the real year from the demo ward, and null for what nobody registered."""

import json
from collections import Counter, defaultdict
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from history.writing import SYSTEM
from incidents.models import Incident
from incidents.services.reporting import cancel_incident, reopen_incident
from tests.wards import standing_ward

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def ward(django_db_setup, django_db_blocker):
    """The demo ward of Nerima."""
    with standing_ward("nerima", django_db_blocker):
        yield


def report(year):
    out = StringIO()
    call_command("annual_report", str(year), format="json", stdout=out)
    return json.loads(out.getvalue())


def test_table_6_of_2021_has_its_28_rows(ward):
    rows = report(2021)["incidents"]
    assert [row["number"] for row in rows] == list(range(1, 29))
    kinds = [row["kind"] for row in rows]
    assert list(dict.fromkeys(kinds)) == ["誤交付", "誤送付", "誤廃棄", "紛失", "誤送信", "漏えい", "その他"]
    assert list(Counter(kinds).values()) == [1, 6, 1, 8, 8, 3, 1]
    assert Counter(row["actor"] for row in rows) == {"区直営": 16, "委託事業者": 6, "指定管理者": 6}


def test_figures_of_different_units_stand_apart(ward):
    sums = defaultdict(Counter)
    for row in report(2021)["incidents"]:
        for one in row["quantities"]:
            sums[one["unit"]][row["kind"]] += one["value"]
    assert list(sums["名分"].values()) == [2, 11, 8, 17, 134, 20, 36]
    assert sums["件"] == {"紛失": 1, "漏えい": 1}
    assert sums["発信履歴件"] == {"紛失": 28}


def test_the_rows_are_those_of_the_source(ward):
    rows = {row["number"]: row for row in report(2021)["incidents"]}
    assert rows[1]["month"] == "2022-01"
    assert rows[14]["departments"] == ["石神井保健相談所", "大泉保健健康相談所"]
    assert rows[24]["departments"] == ["教育指導課", "教育施策課"]
    causes = list(Incident.objects.order_by("pk").values_list("cause", flat=True))
    assert causes[8] == causes[7] == "文書の管理体制が不十分であったため"  # 「同上」 across two kinds
    assert "同上" not in causes
    assert "一齐送信" in Incident.objects.order_by("pk")[20].summary


def test_what_nobody_registered_is_null_and_a_year_without_cases_has_none(ward):
    told = report(2021)
    assert (told["as_of"], told["requests"], told["appeals"], told["assessments"]) == ("2022-03-31", None, None, None)
    assert (told["out_of_purpose_persons"], told["provision_persons"]) == (1710634, 398074)
    assert told["activities"] > 0
    earlier = report(1999)
    assert (earlier["incidents"], earlier["activities"], earlier["linkages"]) == ([], None, None)


def test_a_cancelled_case_leaves_the_table(ward):
    incident = reopen_incident(Incident.objects.first(), reason="確認のため", actor=SYSTEM)
    cancel_incident(incident, reason="事故ではなかった", actor=SYSTEM)
    assert len(report(2021)["incidents"]) == 27


@pytest.mark.parametrize("year", ["2999", "0"])
def test_a_year_to_come_or_none_is_a_wrong_call(year):
    with pytest.raises(CommandError):
        call_command("annual_report", year)
