"""見本の区の出典: every text stands in one of the ward's papers, or is marked as sample data.

`excerpts/` holds the lines of the papers that the demo ward quotes, without their markup.
"""

from pathlib import Path

import pytest

from organization import demo
from organization.models import Department
from records.demo import load_ward
from records.models import Criterion, Partner, Proposal
from registry.models import ActivityVersion
from tests.printing.papers import fold

pytestmark = pytest.mark.django_db
EXCERPTS = Path(__file__).parent / "excerpts"
PLUMBING = {"key", "kind", "source", "sample", "note", "activities", "form_date", "valid_from", "kinds", "grounds"}
STRUCTURE = {"parent", "department", "providing_department", "partner", "scope", "role", "change_of", "state"}


def objects_of(name):
    data = demo.read_ward(name)
    return data, [*data["departments"], *data["activities"], *data["partners"], *data["criteria"], *data["proposals"]]


def texts_of(item):
    """The values of an object that a reader sees, as (field, text)."""
    for field, value in item.items():
        if field in ("values", "templates"):
            yield from texts_of(value)
        elif isinstance(value, list):
            for row in value:
                yield from texts_of(row) if isinstance(row, dict) else ()
        elif isinstance(value, str) and field not in PLUMBING | STRUCTURE:
            yield field, value


@pytest.mark.parametrize("name", demo.WARDS)
def test_every_text_stands_in_its_source_or_is_marked_as_sample_data(name):
    _, items = objects_of(name)
    papers = {path.stem: fold(path.read_text(encoding="utf-8")) for path in EXCERPTS.glob("*.txt")}
    for item in items:
        for field, text in texts_of(item):
            if field not in item["sample"]:
                assert fold(text) in papers[item["source"]], (item["key"], field)


def table_of(item):
    """Which table an object of the data becomes a row of."""
    for key, table in {
        "title": "proposal",
        "wording": "criterion",
        "department": "activity",
        "kind": "department",
    }.items():
        if key in item:
            return table
    return "partner"


@pytest.mark.parametrize("name", demo.WARDS)
def test_the_stored_rows_carry_the_mark_and_the_source(name):
    load_ward(name)
    data, items = objects_of(name)
    rows = {
        **{("department", row.name): row for row in Department.objects.all()},
        **{("activity", row.name): row for row in ActivityVersion.objects.all()},
        **{("proposal", row.title): row for row in Proposal.objects.all()},
        **{("partner", row.name): row for row in Partner.objects.all()},
        **{("criterion", row.wording): row for row in Criterion.objects.all()},
    }
    for item in items:
        note = rows[table_of(item), item.get("title") or item.get("wording") or item["name"]].source_note
        assert f"出典：{data['sources'][item['source']]}" in note
        assert (demo.SAMPLE in note) == bool(item["sample"])
