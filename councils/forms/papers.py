"""会議資料の入力らん."""

import uuid
from typing import Any

from django import forms

from common.forms import WardForm
from councils.forms.meetings import MOST
from councils.models import AgendaItem, Meeting, MeetingAttachment, MeetingPaper
from councils.models.papers import MAX_FREE_PAPER
from records.forms.records import area
from records.texts import text_up_to

_NUMBER = {"class": "num-in", "inputmode": "numeric"}


def uploaded(file: Any) -> dict[str, Any]:
    """What a service takes of an uploaded file; nothing of none."""
    return {"content": file.read(), "file_name": file.name} if file else {}


class PaperForm(WardForm):
    """会議資料の編集."""

    number = forms.IntegerField(label="資料番号", min_value=1, max_value=MOST, widget=forms.TextInput(attrs=_NUMBER))
    branch = forms.IntegerField(
        label="枝番",
        required=False,
        min_value=0,
        max_value=MOST,
        widget=forms.TextInput(attrs=_NUMBER),
        help_text="資料54-1の「1」。なければ空欄です。",
    )
    title = forms.CharField(label="標題", max_length=300)
    dated = forms.CharField(label="日付の行", required=False, max_length=60, help_text="例：平成25年1月17日")
    senders = forms.CharField(
        label="報告する課", required=False, widget=area(2), validators=[text_up_to(400)], help_text="連名は1行に1課"
    )
    text = forms.CharField(
        label="本文",
        required=False,
        widget=area(20),
        validators=[text_up_to(MAX_FREE_PAPER)],
        help_text="１ 見出し、（１）項目、・箇条、【　】のまとまり。Wordから貼り付けられます。",
    )
    file = forms.FileField(
        label="PDFの差しかえ",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        help_text="選ばなければ、いまのPDFのままです。配布したものは変わりません。",
    )
    on_desk = forms.BooleanField(label="机上配布", required=False)
    is_ready = forms.BooleanField(label="この資料を確定する", required=False)
    lock = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, paper: MeetingPaper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if paper.paper_id or paper.file_id:
            for name in ("dated", "senders", "text"):
                del self.fields[name]
        if paper.paper_id:
            del self.fields["is_ready"]
        if not paper.file_id:
            del self.fields["file"]

    @classmethod
    def of(cls, paper: MeetingPaper) -> dict[str, Any]:
        """What the boxes show."""
        names = [name for name in cls.base_fields if name != "file"]
        return {name: getattr(paper, name) for name in names} | {"branch": paper.branch or None}

    def arguments(self) -> dict[str, Any]:
        """The service's arguments."""
        given = {"is_ready": False, **self.cleaned_data}
        file = given.pop("file", None)
        return given | {"branch": given["branch"] or 0} | uploaded(file)


class AddPaperForm(WardForm):
    """会議資料の追加: a text of its own, or a PDF."""

    item = forms.ModelChoiceField(label="議題", queryset=AgendaItem.objects.none(), empty_label="選んでください")
    number = forms.IntegerField(
        label="資料番号",
        required=False,
        min_value=1,
        max_value=MOST,
        widget=forms.TextInput(attrs=_NUMBER),
        help_text="空欄なら、つぎの番号です。",
    )
    branch = forms.IntegerField(
        label="枝番", required=False, min_value=0, max_value=MOST, widget=forms.TextInput(attrs=_NUMBER)
    )
    title = forms.CharField(label="標題", max_length=300)
    file = forms.FileField(
        label="PDF",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        help_text="なければ、つぎの画面で本文を書きます。",
    )
    on_desk = forms.BooleanField(label="机上配布", required=False)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4
        self.fields["item"].queryset = meeting.items.filter(is_removed=False)

    def arguments(self) -> dict[str, Any]:
        """The service's arguments."""
        given = dict(self.cleaned_data)
        file = given.pop("file")
        return given | {"branch": given["branch"] or 0} | uploaded(file)


class AttachForm(WardForm):
    """会議資料の添付: a PDF, or one that another paper of the meeting has."""

    name = forms.CharField(label="名称", max_length=200)
    file = forms.FileField(label="PDF", required=False, widget=forms.FileInput(attrs={"accept": ".pdf"}))
    same_as = forms.ModelChoiceField(
        label="ほかの資料の添付と同一",
        queryset=MeetingAttachment.objects.none(),
        required=False,
        empty_label="（同一ではない）",
        help_text="選ぶと印刷は1回だけで、こちらには「同一のため省略する」と入ります。",
    )

    def __init__(self, *args: Any, paper: MeetingPaper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = MeetingAttachment.objects.filter(
            paper__meeting=paper.meeting_id, is_removed=False, file__isnull=False, paper__is_removed=False
        )
        self.fields["same_as"].queryset = rows.exclude(paper=paper).select_related("paper")
        self.fields["same_as"].label_from_instance = lambda row: f"{row.paper.label}　{row.name}"

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        given = super().clean()
        if bool(given.get("file")) == bool(given.get("same_as")):
            self.add_error("file", "PDFか、同一の添付のどちらか一つを選んでください。")
        return given


class DistributeForm(WardForm):
    """配布: the whole packet, or one paper alone (as on the desk of the day)."""

    paper = forms.ModelChoiceField(
        label="配布するもの", queryset=MeetingPaper.objects.none(), required=False, empty_label="資料一式"
    )
    note = forms.CharField(label="注記", required=False, max_length=200, help_text="例：事前送付、当日机上配布")
    allow_missing = forms.BooleanField(label="字体にない文字は〓で印刷する", required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].queryset = meeting.papers.filter(is_removed=False)
