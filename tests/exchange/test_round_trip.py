"""往復: what goes out in any encoding comes in as the same, whatever the register holds."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.tables.writing import csv_bytes, xlsx_bytes
from exchange import importing, registers
from exchange.drafts import Outcome
from exchange.lives import Life
from file_register.kinds import EXCLUSIONS, FileKind, WithheldPart
from file_register.migrating import migrate_files
from history.writing import SYSTEM
from organization.models import Department, Role
from registry.kinds import ItemKind
from registry.migrating import migrate_activities
from tests.organization.factories import DepartmentFactory, UserFactory, person

pytestmark = pytest.mark.django_db
TODAY = date(2030, 4, 1)
ENCODINGS = ["cp932", "utf-8", "utf-8-sig", "xlsx"]

# What breaks tables: separators, quotes, formulas, escapes, characters that CP932 lacks or changes.
_ODD = "あ亜髙﨑𠮷〜～−－‖¥=+-@'\"｜\\、,;\t \r\n#１Ａｱ令和〓\u3000"
texts = st.one_of(st.text(alphabet=_ODD, max_size=12), st.text(alphabet="氏名住所生年月日", max_size=8))
filled = texts.map(lambda text: f"名{text}称")
answers = st.sampled_from([None, True, False])
days = st.lists(st.dates(date(1990, 1, 1), date(2020, 1, 1)), min_size=1, max_size=3, unique=True).map(sorted)
forms = st.lists(st.tuples(filled, texts, texts), max_size=2).map(tuple)
activities = st.fixed_dictionaries(
    {
        "name": filled, "purpose": texts, "responsible": texts, "subjects": texts, "items": texts, "media": texts,
        "persons": st.sampled_from(["", "1,234人", "約71万人", "900〜1,100人", "不明"]),
        "item_kinds": st.lists(st.sampled_from(ItemKind.values), unique=True),
        "collected_from": st.lists(st.sampled_from(["person", "others"]), unique=True),
        "has_sensitive": answers, "has_deceased": answers,
        "started_on": st.sampled_from(["", "平成12年4月", "H12.4.1", "令和　年　月　日", "２４年度"]),
        "source_note": texts,
    }
)  # fmt: skip
files = st.fixed_dictionaries(
    {
        "name": filled, "organ_name": texts, "purpose": texts, "items": texts, "scope": texts, "remarks": texts,
        "has_sensitive": answers, "has_ordinance_sensitive": st.booleans(), "has_manual_twin": answers,
        "invites_proposals": st.booleans(), "kind": st.sampled_from(["", *FileKind.values]),
        "exclusions": st.lists(st.sampled_from(list(EXCLUSIONS)), unique=True, max_size=3),
        "withheld_parts": st.lists(st.sampled_from(WithheldPart.values), unique=True),
        "is_withheld": st.booleans(), "withholding_reason": filled, "published_items": filled,
    }
)  # fmt: skip


@pytest.fixture
def section(db):
    return DepartmentFactory(name="髙齢𠮷田課")


def written(table, encoding):
    """The file of an export."""
    columns, rows = table.headers, [list(row) for row in table]
    if encoding == "xlsx":
        return "台帳.xlsx", xlsx_bytes(columns, rows)
    return "台帳.csv", csv_bytes(columns, rows, encoding).content


def assert_comes_in_as_the_same(code, encoding):
    name, content = written(registers.get(code).resource().export(), encoding)
    table = importing.read(name, content)
    assert table.encoding == encoding or content.isascii()
    _, checked = importing.check(registers.get(code), table, today=TODAY)
    others = [draft for draft in checked.drafts if draft.outcome != Outcome.SAME]
    assert [(draft.changes, draft.faults) for draft in others] == []
    assert checked.drafts


def life(values, starts, abolished, **extras):
    return Life(
        values=values | {"department": Department.objects.get(kind="section")},
        registered_on=starts[0],
        changed_on=tuple(starts[1:]),
        abolished_on=date(2025, 4, 1) if abolished else None,
        abolition_reason="終了" if abolished else "",
        extras=extras,
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])  # rolled back by each
@given(values=activities, starts=days, abolished=st.booleans(), lines=forms, encoding=st.sampled_from(ENCODINGS))
def test_a_business_comes_in_as_it_went_out(section, values, starts, abolished, lines, encoding):
    with transaction.atomic():
        lives = [life(values, starts, abolished, forms=lines, number="1309-14")]
        migrate_activities(lives, actor=SYSTEM, reason="移行")
        assert_comes_in_as_the_same("registry", encoding)
        transaction.set_rollback(True)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])  # rolled back by each
@given(values=files, starts=days, abolished=st.booleans(), note=texts, encoding=st.sampled_from(ENCODINGS))
def test_a_file_comes_in_as_it_went_out(section, values, starts, abolished, note, encoding):
    with transaction.atomic():
        counts = (("2019-04-01", "約1,200人", note),)
        migrate_files([life(values, starts, abolished, counts=counts)], actor=SYSTEM, reason="移行")
        assert_comes_in_as_the_same("files", encoding)
        transaction.set_rollback(True)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("code", ["departments", "users"])
def test_departments_and_users_come_in_as_they_went_out(section, code, encoding):
    person(Role.ADMIN, section, name="𠮷田 〜")
    UserFactory(name="髙﨑")
    assert_comes_in_as_the_same(code, encoding)
