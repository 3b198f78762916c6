"""合本: contents, page numbers, bookmarks and links agree with the pages, however long a sheet is."""

from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printing.batch import CHUNK, Entry, Volume, chunks
from tests.printing.papers import fold, fonts_of, pages_of


def entry(number, name, *, pages=1, place="区民部 収納課"):
    """A sheet of so many pages that says its name on the first."""
    more = "".join(f'<p style="break-before: page">{name}の続き</p>' for _ in range(pages - 1))
    body = f'<article class="sheet"><h1 class="sheet-title">業務登録票</h1><p>名称は{name}。</p>{more}</article>'
    return Entry(number, name, place, body)


def volume(entries, **options):
    made = Volume("業務登録票", headings=options.pop("headings", ("業務登録番号", "業務の名称")), **options)
    for chunk in chunks(entries):
        made.add(chunk)
    return made


def outline_of(pdf):
    """[(bookmark, index of its page)]."""
    with pikepdf.open(BytesIO(pdf)) as read, read.open_outline() as outline:
        return [(item.title, read.pages.index(pikepdf.Page(item.destination[0]))) for item in outline.root]


def links_of(pdf, page):
    """The pages (indexes) that the links of a page lead to, top to bottom, each once."""
    with pikepdf.open(BytesIO(pdf)) as read:
        found = []
        for link in read.pages[page].obj.get("/Annots", []):
            assert "/A" not in link
            found.append(read.pages.index(pikepdf.Page(link.Dest[0])))
        return list(dict.fromkeys(found))


ENTRIES = [
    entry("0119-01", "収納に関する業務"),
    entry("0119-02", "滞納整理に関する業務", pages=3),
    entry("", "無番の業務"),
]


def test_contents_bookmarks_links_and_footers_name_the_page_on_which_each_sheet_begins():
    pdf = volume(ENTRIES).finish()
    contents, *sheets = pages_of(pdf)
    assert "0119-01収納に関する業務区民部収納課1" in fold(contents)
    assert "0119-02滞納整理に関する業務区民部収納課2" in fold(contents)
    assert "無番の業務区民部収納課5" in fold(contents)
    assert [fold(page)[-1] for page in sheets] == ["1", "2", "3", "4", "5"]
    assert ["名称は" in page for page in sheets] == [True, True, False, False, True]
    assert outline_of(pdf) == [
        ("目次", 0), ("0119-01 収納に関する業務", 1), ("0119-02 滞納整理に関する業務", 2), ("無番の業務", 5)
    ]  # fmt: skip
    assert links_of(pdf, 0) == [1, 2, 5]


@settings(max_examples=6)
@given(lengths=st.lists(st.integers(1, 3), min_size=1, max_size=CHUNK * 2 + 3))
def test_whatever_the_lengths_each_sheet_stands_where_contents_and_bookmark_say(lengths):
    made = volume([entry(f"{number:04}-01", f"業務{number}", pages=pages) for number, pages in enumerate(lengths)])
    pdf = made.finish()
    pages = pages_of(pdf)
    front = len(pages) - sum(lengths)
    titles = [(line.entry.bookmark, front + line.page - 1) for line in made.listed]
    assert outline_of(pdf)[1:] == titles
    for line in made.listed:
        page = fold(pages[front + line.page - 1])
        assert f"名称は{line.entry.name}。" in page
        assert page.endswith(str(line.page))


def test_long_contents_have_pages_of_their_own_numbers_and_repeat_the_headings():
    entries = [entry(f"{number:04}-01", f"業務{number}") for number in range(60)]
    pdf = volume(entries).finish()
    pages = pages_of(pdf)
    front = len(pages) - 60
    assert front >= 2
    assert all("業務登録番号" in page and "ページ" in page for page in pages[:front])
    assert [fold(page)[-4:] for page in pages[:2]] == ["目次-1", "目次-2"]
    listed = fold("".join(pages[:front]))
    assert all(f"{each.number}{each.name}" in listed for each in entries)
    with pikepdf.open(BytesIO(pdf)) as read:
        assert [read.pages[at].label for at in (0, 1, front, front + 59)] == ["目次-1", "目次-2", "1", "60"]
    assert [target for at in range(front) for target in links_of(pdf, at)] == list(range(front, front + 60))


def test_without_numbers_the_contents_have_no_such_column():
    pdf = volume([entry("", "不登校実態調査ファイル")], headings=("", "個人情報ファイルの名称")).finish()
    assert "業務登録番号" not in pages_of(pdf)[0]
    assert "不登校実態調査ファイル区民部収納課1" in fold(pages_of(pdf)[0])


def test_names_are_text_whatever_they_look_like_and_bookmarks_stand_on_one_line():
    hostile = '<img src="file:///etc/passwd">&amp;\n業務'
    pdf = volume([Entry("0001-01", hostile, "<b>課</b>", ENTRIES[0].fragment)]).finish()
    assert fold('<img src="file:///etc/passwd">&amp;業務<b>課</b>1') in fold(pages_of(pdf)[0])
    assert outline_of(pdf)[1][0] == '0001-01 <img src="file:///etc/passwd">&amp; 業務'


def test_a_character_without_a_shape_is_printed_as_geta_in_the_contents_and_stays_in_the_bookmark():
    listed = Entry("0001-01", "\ue000に関する業務", "収納課", ENTRIES[0].fragment, note="（〓で印刷）")
    pdf = volume([listed]).finish()
    assert "〓に関する業務" in pages_of(pdf)[0]
    assert "〓で印刷" in pages_of(pdf)[0]
    assert outline_of(pdf)[1][0] == "0001-01 \ue000に関する業務"


def test_it_is_japanese_has_a_title_and_uses_the_fonts_of_the_forms_alone():
    pdf = volume(ENTRIES, remarks=["3件　令和4年1月12日印刷"]).finish()
    with pikepdf.open(BytesIO(pdf)) as read:
        assert str(read.Root.Lang) == "ja"
        assert str(read.docinfo["/Title"]) == "業務登録票"
    assert "3件令和4年1月12日印刷" in fold(pages_of(pdf)[0])
    assert {name.split("-")[0] for name in fonts_of(pdf)} <= {"BIZUDMincho", "BIZ"}


def test_equal_sheets_give_equal_bytes():
    assert volume(ENTRIES).finish() == volume(ENTRIES).finish()


def test_many_sheets_share_the_fonts_of_their_chunk():
    one, many = (volume([entry("0001-01", "業務")] * number).finish() for number in (1, CHUNK))
    assert len(many) < len(one) * 3


def test_a_volume_without_sheets_and_a_sheet_without_a_title_are_faults():
    empty = volume([])
    with pytest.raises(ValueError, match="without sheets"):
        empty.finish()
    with pytest.raises(ValueError, match="1 sheets have 0 titles"):
        empty.add([Entry("", "x", "", "<p>題のない票</p>")])
