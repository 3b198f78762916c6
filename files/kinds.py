"""ファイルの種類: what a stored file is, told by its content; and what a purpose allows."""

from django.db import models


class FileType(models.TextChoices):
    """ファイルの種類."""

    PDF = "pdf", "PDF"
    PNG = "png", "PNG画像"
    JPEG = "jpeg", "JPEG画像"
    XLSX = "xlsx", "Excelブック（.xlsx）"
    CSV = "csv", "CSV"
    TEXT = "text", "テキスト（.txt）"


MEDIA_TYPES = {
    FileType.PDF: "application/pdf",
    FileType.PNG: "image/png",
    FileType.JPEG: "image/jpeg",
    FileType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileType.CSV: "text/csv",
    FileType.TEXT: "text/plain",
}
SUFFIXES = {
    FileType.PDF: [".pdf"],
    FileType.PNG: [".png"],
    FileType.JPEG: [".jpg", ".jpeg"],
    FileType.XLSX: [".xlsx"],
    FileType.CSV: [".csv"],
    FileType.TEXT: [".txt"],
}
# What a browser shows by itself; the rest is only kept.
SHOWN = frozenset({FileType.PDF, FileType.PNG, FileType.JPEG})
SCANS = frozenset({FileType.PDF, FileType.PNG, FileType.JPEG})
TABLES = frozenset({FileType.XLSX, FileType.CSV})
TEXTS = frozenset({FileType.TEXT})
MEGABYTE = 1024 * 1024
