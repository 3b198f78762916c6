"""A file too large is refused by its size, before it is read."""

import io

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile

from common.tables import limits
from common.tables.reading import read_table, read_upload
from common.tables.shapes import TableError


class Unread(io.BytesIO):
    def read(self, *args):
        raise AssertionError("the file was read")


def test_an_upload_of_200_megabytes_is_refused_unread():
    upload = InMemoryUploadedFile(Unread(), "file", "業務.csv", "text/csv", 200 * limits.MEGABYTE, None)
    with pytest.raises(TableError, match="約200MB）。取り込めるのは20MBまで"):
        read_upload(upload)


def test_an_upload_is_read():
    assert read_upload(SimpleUploadedFile("業務.csv", "番号\n1".encode("cp932"))).encoding == "cp932"


def test_a_file_from_elsewhere_has_the_same_limit():
    with pytest.raises(TableError, match="大きすぎます"):
        read_table("業務.csv", b"a" * (limits.MAX_BYTES + 1))
