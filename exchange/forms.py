"""取込みの入力らん."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.forms import WardForm
from common.tables.limits import MAX_BYTES, MEGABYTE, check_size
from common.tables.shapes import TableError


class UploadForm(WardForm):
    """取り込むファイル."""

    file = forms.FileField(
        label="取り込むファイル",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=f"CSV（CP932、UTF-8）またはExcelブック（.xlsx）。{MAX_BYTES // MEGABYTE}MBまで。",
        error_messages={"empty": "ファイルが空です。"},
    )

    def clean_file(self) -> Any:
        """Refused by its size before it is read."""
        upload = self.cleaned_data["file"]
        try:
            check_size(upload.size)
        except TableError as refusal:
            raise ValidationError(str(refusal)) from refusal
        return upload
