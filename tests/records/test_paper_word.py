"""資料の書出し: what stands in the .docx is what stands on the sheet."""

from io import BytesIO

import pytest
from docx import Document
from docx.table import _Cell

from printing.prose.cleaning import BAR
from records.papers.composing import compose
from records.papers.word import as_docx
from tests.printing.papers import fold
from tests.records.papers import NERIMA, PAPERS, SHINJUKU, layout_of, layout_on, values_of
from tests.records.test_source_papers import BOLD, expected


def opened(item, **changes):
    return Document(BytesIO(as_docx(compose(values_of(item, **changes), layout_of(item)))))


def words_of(place):
    """All words in reading order, also those in tables."""
    found = []
    for part in place.iter_inner_content():
        if hasattr(part, "rows"):
            found += [words_of(cell) for row in part.rows for cell in row.cells]
        else:
            found.append(part.text)
    return "\n".join(found)


def paragraphs_of(place):
    for part in place.iter_inner_content():
        if hasattr(part, "rows"):
            for row in part.rows:
                for cell in row.cells:
                    yield from paragraphs_of(cell)
        else:
            yield part


@pytest.mark.parametrize("key", PAPERS)
def test_says_what_the_paper_says(key):
    assert fold(words_of(opened(PAPERS[key]))) == expected(key)


@pytest.mark.parametrize("key", BOLD)
def test_marks_what_the_paper_marks(key):
    runs = [run for paragraph in paragraphs_of(opened(PAPERS[key])) for run in paragraph.runs if run.underline]
    assert [run.text for run in runs] == BOLD[key]
    assert {bool(run.bold) for run in runs} == {key.startswith("shinjuku")}


def test_headings_stand_in_the_first_column_and_lists_hang():
    document = opened(NERIMA["linkage-collection"])
    (table,) = document.tables
    assert [row.cells[0].text for row in table.rows][:3] == ["1 概要", "2 現行処理", "3 結合先"]
    items = [one for one in table.rows[6].cells[1].paragraphs if one.text.startswith("(1)")]
    assert all(one.paragraph_format.first_line_indent < 0 for one in items)


def test_a_table_in_a_text_is_a_table_also_inside_a_ruled_row():
    item = SHINJUKU["shinjuku-overview"]
    sections = values_of(item)["sections"] | {"content": f"区分{BAR}件数\n登録{BAR}約20,000件"}
    (table,) = opened(item, sections=sections).tables
    cell: _Cell = table.rows[-1].cells[1]
    assert [[one.text for one in row.cells] for row in cell.tables[0].rows] == [
        ["区分", "件数"],
        ["登録", "約20,000件"],
    ]


def test_an_empty_paper_comes_out_too():
    assert Document(BytesIO(as_docx(compose({}, layout_on("paper-linkage")))))


def test_markup_and_the_number_come_out_as_text():
    document = opened(
        NERIMA["linkage-2013"], number="資料１", sections={"name": "<script>alert(1)</script>&amp;\u0001"}
    )
    assert document.paragraphs[0].text == "資料１"
    assert "<script>alert(1)</script>&amp;" in words_of(document)
