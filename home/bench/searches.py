"""検索の速さ: the page and its SQL against what Django has by itself, the admin's search and a scan with LIKE."""

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Q
from django.urls import reverse

from home.bench.rows import BenchWard
from home.bench.timing import STATEMENTS, Line, line, statements, timed
from home.bench.visitors import Visitor, of_django
from registry.models import ActivityVersion
from search import queries

ROUNDS = 15
WORDS = ["保健", "埋葬", "要介護認定", "保健 申請"]
ONE_CHARACTER = "保"
# The limits of performance.md §6 are those of 100,000 rows; a scan of few rows costs nothing that could be saved.
MANY = 50_000
TO_LIST = {"sqlite": 1.5, "postgresql": 3.0}
TO_ADMIN = {"sqlite": 1 / 15, "postgresql": 1 / 25}
TO_SCAN, ONE_TO_SCAN, WITH_FEW = 1 / 15, 0.5, 1.5
MOST_ON_A_SEARCH = 8


def search_lines(ward: BenchWard) -> Iterator[Line]:
    """Seen by the office, which sees everything."""
    office, django = Visitor(ward.office), of_django(ward.office)
    rounds = min(ROUNDS, ward.most_rounds)
    is_many = ActivityVersion.objects.count() >= MANY
    plain_list = _getter(office, "activity_list")
    for word in WORDS:
        page = _getter(office, "search", word)
        admin = _getter(django, "plain:registry_activityversion_changelist", word)
        found = _getter(office, "activity_list", word)
        to_admin = TO_ADMIN[connection.vendor] if is_many else WITH_FEW
        to_list = TO_LIST[connection.vendor]
        yield timed(f"検索の画面（{word}）／素の管理画面の検索", page, admin, target=to_admin, rounds=rounds)
        yield timed(f"検索の画面（{word}）／業務登録の一覧", page, plain_list, target=to_list, rounds=rounds)
        yield timed(f"業務登録の一覧（{word}）／同じ一覧", found, plain_list, target=to_list, rounds=rounds)
    for word in [*WORDS, ONE_CHARACTER]:
        limit = ONE_TO_SCAN if word == ONE_CHARACTER else TO_SCAN
        target = limit if is_many else WITH_FEW
        yield timed(f"検索のSQL（{word}）／LIKE走査", _finder(ward, word), _scan(word), target=target, rounds=rounds)


def search_statements(ward: BenchWard) -> int:
    """Statements of the search page over one register, so that as many kinds are shown with few rows as with many."""
    url = f"{reverse('search')}?{urlencode({'q': WORDS[0], 'kind': 'activity'})}"
    office = Visitor(ward.office)
    return statements(lambda: office.get(url))


def search_statement_line(few: int, many: int) -> Line:
    """With all rows (value) and with the demo ward's own (floor)."""
    return line("検索の画面：SQL文の数", many, few, target=MOST_ON_A_SEARCH, unit=STATEMENTS)


def _getter(visitor: Visitor, page: str, word: str = "") -> Callable[[], object]:
    url = f"{reverse(page)}?{urlencode({'q': word})}" if word else reverse(page)
    return lambda: visitor.get(url)


def _finder(ward: BenchWard, word: str) -> Callable[[], object]:
    """The first 50 and the capped count, in one call as the page makes it."""
    return lambda: queries.find(word, actor=ward.office, size=50)


def _scan(word: str) -> Callable[[], object]:
    """How many rows hold every part of the word, by LIKE over the three texts."""
    condition = Q()
    for part in word.split():
        condition &= Q(name__contains=part) | Q(purpose__contains=part) | Q(items__contains=part)
    return lambda: ActivityVersion.objects.filter(condition).count()
