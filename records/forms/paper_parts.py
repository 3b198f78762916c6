"""添付資料とチェックリストの入力らん."""

from typing import Any

from django import forms

from common.forms import WardForm
from files.forms import CheckedFileField
from printing.models import SheetLayout
from records.models import Attachment, Checklist, Paper
from records.models.papers import MAX_ATTACHMENT
from records.papers.attaching import PURPOSE
from records.services.paper_parts import Answer
from records.services.policies import Policy
from records.texts import text_up_to


class AttachmentForm(WardForm):
    """添付資料の編集."""

    text = forms.CharField(
        label="内容",
        required=False,
        strip=False,
        validators=[text_up_to(MAX_ATTACHMENT)],
        widget=forms.Textarea(attrs={"rows": 20, "class": "in-t"}),
        help_text="図は、説明の文だけを書きます。",
    )
    is_third_party = forms.BooleanField(label="相手方など第三者の文書", required=False)
    lock = forms.IntegerField(label="保存回数", widget=forms.HiddenInput)

    field_order = ["upload", "text", "is_third_party"]

    def __init__(self, *args: Any, attachment: Attachment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.fields[name].initial = getattr(attachment, name)
        label = "ファイルの差替え" if attachment.file_id else "ファイル"
        self.fields["upload"] = CheckedFileField(label=label, purpose=PURPOSE, required=False)
        self.order_fields(self.field_order)


class PoliciesForm(WardForm):
    """相手方の文書の添付."""

    names = forms.MultipleChoiceField(label="文書", widget=forms.CheckboxSelectMultiple)
    lock = forms.IntegerField(label="保存回数", widget=forms.HiddenInput)

    def __init__(self, *args: Any, paper: Paper, policies: list[Policy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["names"].choices = [
            (policy.name, policy.name if policy.known else f"{policy.name}　— 内容はまだありません")
            for policy in policies
        ]
        self.fields["lock"].initial = paper.lock


class ChecklistForm(WardForm):
    """別紙チェックリストの記入: an answer and a word to each item of the layout."""

    lock = forms.IntegerField(label="保存回数", widget=forms.HiddenInput)

    def __init__(self, *args: Any, checklist: Checklist, layout: SheetLayout, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lock"].initial = checklist.lock
        self.items = layout.wording["items"]
        given = {answer.item: answer for answer in checklist.answers.all()}
        choices = [*layout.wording["answers"].items(), ("", "未記入")]
        for number, item in enumerate(self.items, start=1):
            answer = given.get(item["key"])
            self.fields[f"answer_{item['key']}"] = forms.ChoiceField(
                label=f"{number} {item['text']}",
                choices=choices,
                required=False,
                initial=answer.answer if answer else "",
                widget=forms.RadioSelect,
            )
            self.fields[f"note_{item['key']}"] = forms.CharField(
                label=f"{number} の説明", required=False, max_length=200, initial=answer.note if answer else ""
            )

    def answers(self) -> dict[str, Answer]:
        """The service's `answers`."""
        given = self.cleaned_data
        keys = [item["key"] for item in self.items]
        return {key: Answer(given[f"answer_{key}"], given[f"note_{key}"]) for key in keys}
