"""書き出し: every list gives away exactly what it shows, in the order and under the headings of its page."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from common import exporting
from common.paging import PER_PAGE
from common.tables.reading import read_table
from home.bench import rows
from home.bench.pages import rows_a_page
from home.bench.timing import statements
from home.bench.visitors import Visitor
from organization.models import Role, User
from records.models import OutOfPurposeUseVersion
from tests.file_register.factories import change_of, counted, published, registered_file
from tests.organization.factories import DepartmentFactory
from tests.wards import standing

LISTS = [
    "activity_list",
    "personal_file_list",
    "proposal_list",
    "linkage_list",
    "out_of_purpose_list",
    "outsourcing_list",
    "survey_list",
    "department_list",
    "people_list",
    "supervision_list",
]
# Lists that the administrator does not open.
OFFICE_ONLY = {"proposal_list", "survey_list", "supervision_list"}
# Columns with links to take a step, and the boxes that choose a row: nothing to read.
STEPS = {"操作", ""}
STATEMENTS = 7

pytestmark = pytest.mark.django_db


class TableOfPage(HTMLParser):
    """The texts of a page's one table: its headings and its rows, blanks folded."""

    def __init__(self, page):
        super().__init__()
        self.rows, self._cell = [], None
        self.feed(page[page.index("<thead") : page.index("</table>")])

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        elif tag in {"th", "td"}:
            self._cell = []

    def handle_endtag(self, tag):
        if tag in {"th", "td"}:
            self.rows[-1].append(" ".join("".join(self._cell).split()))
            self._cell = None

    def handle_data(self, data):
        if self._cell is not None:
            self._cell.append(data)

    def without(self, labels):
        kept = [position for position, label in enumerate(self.rows[0]) if label not in labels]
        return [[row[position] for position in kept] for row in self.rows]


def shown(visitor, url):
    """Headings and rows of the page."""
    return TableOfPage(visitor.get(url).content.decode()).without(STEPS)


def exported(visitor, url, kind):
    """Headings and rows of the file."""
    joint = "&" if "?" in url else "?"
    answer = visitor.get(f"{url}{joint}export={kind}")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    table = read_table("a.xlsx" if kind == "xlsx" else "a.csv", answer.content)
    return [table.columns, *[[" ".join(cell.split()) for cell in row.cells] for row in table.rows]]


@pytest.fixture(scope="module")
def ward(django_db_setup, django_db_blocker):
    """The demo ward, and files of every kind."""
    with standing(_load, django_db_blocker) as loaded:
        yield loaded


def _load():
    ward = rows.load()
    department = ward.draft.proposal.department
    published(counted(registered_file(department, name="公表したファイル"), "1,000人"))
    counted(registered_file(department, name="掲載すべきファイル"), "約2,000人")
    change_of(registered_file(department, name="変更中のファイル"))
    return ward


def visitor_of(role):
    return Visitor(User.objects.filter(assignments__role=role).earliest("pk"))


def test_the_file_has_the_headings_and_rows_of_the_whole_list(ward):
    officer, administrator = visitor_of(Role.OFFICE), visitor_of(Role.ADMIN)
    rows.add(PER_PAGE + 1)
    seen = [(officer, name) for name in LISTS] + [(administrator, name) for name in LISTS if name not in OFFICE_ONLY]
    for visitor, name in seen:
        with rows_a_page(10_000):
            page = shown(visitor, reverse(name))
        assert len(page) > 1
        for kind in ("csv-utf8", "xlsx"):
            assert exported(visitor, reverse(name), kind) == page


def test_the_file_keeps_the_filters_of_the_address(ward):
    officer = visitor_of(Role.OFFICE)
    use = OutOfPurposeUseVersion.objects.filter(valid_from__isnull=False).earliest("pk")
    rows.add(2)
    queries = [
        ("activity_list", "as_of=R3.4.1&q=税"),
        ("personal_file_list", "duty=1"),
        ("personal_file_list", "register=act&page=7"),
        ("proposal_list", "status=draft"),
        ("linkage_list", f"activity={ward.linkage.activity_id}"),
        ("out_of_purpose_list", f"activity={use.activity_id}&as_of={use.valid_from}"),
        ("department_list", "q=区民部"),
        ("people_list", "q=収納課"),
    ]
    for name, query in queries:
        url = f"{reverse(name)}?{query}"
        page = shown(officer, url)
        assert 1 < len(page) < len(shown(officer, reverse(name)))
        assert exported(officer, url, "csv-utf8") == page


def test_a_day_that_is_none_is_told_on_the_page_and_no_file_is_made(ward):
    answer = visitor_of(Role.OFFICE).get(f"{reverse('activity_list')}?as_of=R4.2.30&export=csv-utf8")
    assert answer.headers["Content-Type"].startswith("text/html")
    assert 'aria-invalid="true"' in answer.content.decode()


def test_a_list_offers_its_files_with_its_filters_and_without_the_page(ward):
    officer = visitor_of(Role.OFFICE)
    for name in LISTS:
        page = officer.get(f"{reverse(name)}?as_of=R4.6.1&page=2").content.decode()
        for kind in exporting.FORMATS:
            assert f'href="?as_of=R4.6.1&amp;export={kind}"' in page


def test_a_file_is_asked_for_in_the_same_statements_however_many_rows(ward):
    officer = visitor_of(Role.OFFICE)
    files = [f"{reverse(name)}?export=csv-utf8" for name in LISTS]
    few = [statements(lambda url=url: officer.get(url)) for url in files]
    assert max(few) <= STATEMENTS
    rows.add(30)
    for number in range(30):
        counted(registered_file(DepartmentFactory(name=f"第{number}課")), "1,000人")
    assert [statements(lambda url=url: officer.get(url)) for url in files] == few
