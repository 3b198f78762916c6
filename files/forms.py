"""ファイルの入力らん: a file is examined as soon as the form is, so that what is wrong stands beside the field."""

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError

from common.forms import WardForm
from files import purposes
from files.errors import FileRefused
from files.examining import examine
from files.kinds import MEGABYTE, SUFFIXES, FileType
from files.services import plain_name


class Upload(NamedTuple):
    """What was sent, examined."""

    name: str
    content: bytes


class AttachScanForm(WardForm):
    """写しの添付."""

    title = forms.CharField(
        label="写しの内容",
        max_length=100,
        required=False,
        help_text="例：業務登録票（平成12年4月1日届出）。空欄のときはファイルの名称になります。",
    )

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"file": CheckedFileField(label="ファイル", purpose=purpose), **self.fields}


class RemoveScanForm(WardForm):
    """写しの取りはずし."""

    reason = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 4, "class": "in-t"}))


class CheckedFileField(forms.FileField):
    """ファイル for a registered purpose; its value is an Upload. The purpose is asked for when a form is made."""

    def __init__(self, *, purpose: str, **options: Any) -> None:
        super().__init__(**options)
        self.purpose = purpose
        types = [kind for kind in FileType if kind in purposes.get(purpose).types]
        self.widget.attrs["accept"] = ",".join(suffix for kind in types for suffix in SUFFIXES[kind])
        # A file too large is named before it is sent: what was typed beside it would go with the refusal of the whole.
        limit = purposes.get(purpose).limit
        self.widget.attrs["data-limit"] = limit
        kinds = "、".join(kind.label for kind in types)
        self.help_text = self.help_text or f"{kinds}。{limit // MEGABYTE}MBまで。"

    def clean(self, data: Any, initial: Any = None) -> Upload | None:
        """The upload. ValidationError with the refusal's own words."""
        sent = super().clean(data, initial)
        if not sent:
            return None
        upload = Upload(plain_name(sent.name), sent.read())
        try:
            examine(upload.name, upload.content, purposes.get(self.purpose))
        except FileRefused as refusal:
            raise ValidationError(str(refusal)) from None
        return upload
