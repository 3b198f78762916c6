"""測定の順: few rows, then many, then every line."""

from collections.abc import Iterator

from django.test import override_settings

from home.bench import councils, imports, pages, prints, rows, saves, searches
from home.bench.timing import Line

HOST = "testserver"  # what Django's test client calls the server


def lines(row_count: int, most_rounds: int) -> Iterator[Line]:
    """Every line of the bench, on the empty database that the default connection is on."""
    with override_settings(ROOT_URLCONF="home.bench.peers", ALLOWED_HOSTS=[HOST]):
        ward = rows.load(most_rounds)
        few, few_in_save = pages.page_statements(ward), saves.save_statements(ward)
        few_in_search = searches.search_statements(ward)
        rows.add(row_count)
        many_in_search = searches.search_statements(ward)
        many, many_in_save = pages.page_statements(ward), saves.save_statements(ward)
        yield from prints.print_lines(ward)
        yield prints.batch_line(ward)
        yield prints.records_line(ward)
        yield prints.first_print_line(ward)
        yield from pages.list_lines(ward)
        yield from searches.search_lines(ward)
        yield pages.preview_line(ward)
        yield from pages.paper_preview_lines(ward)
        yield saves.save_line(ward)
        yield saves.save_page_line(ward)
        yield from imports.import_lines(ward, row_count)
        yield from councils.council_lines(ward)
        yield from pages.list_statement_lines(ward)
        yield from pages.page_statement_lines(few, many)
        yield searches.search_statement_line(few_in_search, many_in_search)
        yield saves.save_statement_line(few_in_save, many_in_save)
