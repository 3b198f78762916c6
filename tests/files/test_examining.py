"""受け付けの検査: what a file is, by its content and not by its name, and what is refused, each in its own words."""

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from files.errors import (
    BrokenFile,
    EmptyFile,
    FileRefused,
    LockedFile,
    NamedOtherwise,
    TooLarge,
    TooManyPages,
    WrongType,
)
from files.examining import Examined, detect, examine
from files.kinds import SCANS, TABLES, TEXTS, FileType
from files.purposes import Purpose
from tests.files.conftest import LIMIT, SAMPLES, archive, pdf, picture


@pytest.mark.parametrize("kind", FileType)
def test_a_file_is_what_is_in_it(purpose, kind):
    # Any text is a table where a purpose takes both.
    taken = TEXTS if kind in TEXTS else set(FileType) - TEXTS
    assert examine("何とでも.exe", SAMPLES[kind], purpose(*taken)) == Examined(kind, False)


@pytest.mark.parametrize("kind", FileType)
def test_a_kind_that_the_purpose_does_not_take_is_refused_with_what_it_takes(purpose, kind):
    allowed = TABLES if kind in SCANS else SCANS
    with pytest.raises(WrongType) as refusal:
        examine("票.pdf", SAMPLES[kind], purpose(*allowed))
    for label in (one.label for one in allowed):
        assert label in str(refusal.value)


def test_a_table_of_utf_8_with_a_mark_is_one_too(purpose):
    assert examine("表.csv", "﻿番号\n髙\n".encode(), purpose(*TABLES)).type == FileType.CSV


@pytest.mark.parametrize("content", [b"MZ\x90\x00\x03", b"\x7fELF\x02\x01", b"\x00\x01,\x02", b"\xff\xfe\x00\x81\x82"])
def test_a_programme_called_csv_is_none(purpose, content):
    with pytest.raises(WrongType):
        examine("表.csv", content, purpose(*TABLES))


def test_an_empty_and_a_large_file_are_named(purpose):
    with pytest.raises(EmptyFile, match="は空のファイル"):
        examine("票.pdf", b"", purpose())
    assert len(SAMPLES[FileType.PDF] + b" " * LIMIT) > LIMIT
    with pytest.raises(TooLarge, match="大きすぎます"):
        examine("票.pdf", SAMPLES[FileType.PDF] + b" " * LIMIT, purpose())


@pytest.mark.parametrize("user", ["", "secret"])
def test_an_encrypted_pdf_is_refused_with_or_without_a_password_to_open_it(purpose, user):
    locked = pdf(encryption=pikepdf.Encryption(owner="owner", user=user))
    with pytest.raises(LockedFile, match="パスワードまたは印刷・複写の制限"):
        examine("票.pdf", locked, purpose())


@pytest.mark.parametrize("kinds", [SCANS, TABLES])
def test_an_office_file_with_a_password_is_named_as_such_whatever_is_taken(purpose, kinds):
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    with pytest.raises(LockedFile, match="パスワード"):
        examine("台帳.xlsx", container + "EncryptedPackage".encode("utf-16-le"), purpose(*kinds))
    with pytest.raises(WrongType):
        examine("台帳.xls", container + "Workbook".encode("utf-16-le"), purpose(*kinds))


@pytest.mark.parametrize(
    "content",
    [SAMPLES[FileType.PDF][:-40], SAMPLES[FileType.PDF][:60], b"%PDF-1.7\n", b"%PDF-1.7\n<script>alert(1)</script>"],
)
def test_a_pdf_that_was_cut_off_is_refused(purpose, content):
    with pytest.raises(BrokenFile, match="途中で切れている"):
        examine("票.pdf", content, purpose())


def test_a_pdf_without_pages_is_broken_and_one_with_too_many_is_to_be_parted(purpose, monkeypatch):
    with pytest.raises(BrokenFile):
        examine("票.pdf", pdf(lambda made: made.pages.__delitem__(0)), purpose())
    monkeypatch.setattr("files.examining.MAX_PAGES", 1)
    with pytest.raises(TooManyPages, match="2ページあります"):
        examine("票.pdf", pdf(lambda made: made.add_blank_page()), purpose())


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_that_was_cut_off_is_refused(purpose, kind):
    whole = picture(kind)
    with pytest.raises(BrokenFile):
        examine(f"票.{kind.lower()}", whole[: len(whole) // 2], purpose())


@pytest.mark.parametrize(
    ("name", "kind"), [("票.png", FileType.PDF), ("票.PDF", FileType.JPEG), ("票.csv", FileType.PNG)]
)
def test_what_is_called_another_kind_than_it_is_is_refused(purpose, name, kind):
    with pytest.raises(NamedOtherwise, match="名前の終わりと合いません"):
        examine(name, SAMPLES[kind], purpose(*SCANS))


def test_a_picture_of_too_many_points_is_refused(purpose, monkeypatch):
    monkeypatch.setattr("files.examining.MAX_PIXELS", 100)
    with pytest.raises(BrokenFile):
        examine("票.png", picture("PNG"), purpose())


def test_an_archive_that_is_no_workbook_is_refused(purpose):
    with pytest.raises(WrongType):
        examine("表.xlsx", archive("[Content_Types].xml", "word/document.xml"), purpose())
    with pytest.raises(BrokenFile):
        examine("表.xlsx", SAMPLES[FileType.XLSX][:50], purpose())


def _action(kind, **parts):
    return pikepdf.Dictionary(S=pikepdf.Name(kind), **parts)


def _open_action(made):
    made.Root.OpenAction = _action("/JavaScript", JS="app.alert(1)")


def _launch_link(made):
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=_action("/Launch", F="cmd.exe")
    )
    made.pages[0].Annots = pikepdf.Array([link])


def _page_action(made):
    made.pages[0].AA = pikepdf.Dictionary(O=made.make_indirect(_action("/SubmitForm", F="http://example.com/")))


def _named_script(made):
    made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["a", _action("/JavaScript", JS="1")]))


def _embedded_file(made):
    made.attachments["program.exe"] = b"MZ"


@pytest.mark.parametrize("change", [_open_action, _launch_link, _page_action, _named_script, _embedded_file])
def test_a_pdf_that_would_do_something_is_kept_and_marked(purpose, change):
    assert examine("票.pdf", pdf(change), purpose()) == Examined(FileType.PDF, True)


def test_a_link_and_a_first_page_do_nothing_that_matters(purpose):
    def change(made):
        made.Root.OpenAction = pikepdf.Array([made.pages[0].obj, pikepdf.Name.Fit])
        made.pages[0].Annots = pikepdf.Array(
            [pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=_action("/URI", URI="https://example"))]
        )

    assert examine("票.pdf", pdf(change), purpose()).is_active is False


TRIAL = Purpose("trial", "試し", frozenset(FileType), LIMIT, lambda user, stored: False)


def answered(content):
    """The kind that was found, or the words of the refusal; any other exception is the test's failure."""
    try:
        return examine("x", content, TRIAL).type
    except FileRefused as refusal:
        return str(refusal)


@given(content=st.binary(max_size=200))
def test_whatever_comes_in_is_told_or_refused_in_words(content):
    answer = answered(content)
    assert answer == detect(content, frozenset(FileType)) or answer.startswith("「x」")


@given(
    kind=st.sampled_from([FileType.PDF, FileType.PNG, FileType.JPEG, FileType.XLSX]),
    place=st.floats(0, 1),
    byte=st.integers(0, 255),
)
def test_one_wrong_byte_ends_in_nothing_but_an_answer_or_a_refusal(kind, place, byte):
    content = bytearray(SAMPLES[kind])
    content[int(place * (len(content) - 1))] = byte
    answer = answered(bytes(content))
    assert answer in FileType or answer.startswith("「x」")
