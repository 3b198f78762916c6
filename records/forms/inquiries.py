"""照会の入力らん."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms

from records.forms.proposals import TokenForm
from records.forms.records import area, typed_fields
from records.kinds import kind_of
from records.models import Paper, Proposal, RecordVersion
from records.papers.layouts import headings_of
from records.services.inquiries import Participant, participants, sides_of
from records.texts import reason_text


class Subject(NamedTuple):
    """照会の対象: a sheet or a paper of the file, or neither, and maybe one box of it."""

    record: RecordVersion | None = None
    paper: Paper | None = None
    place: str = ""


class InquiryTextForm(TokenForm):
    """回答 and 再度の照会: a text."""

    text = forms.CharField(label="内容", widget=area(6), validators=[reason_text])


class AskInquiryForm(TokenForm):
    """照会: whom, about what, and the question."""

    asking = forms.ChoiceField(label="照会する側", widget=forms.RadioSelect(attrs={"class": "boxes-v"}))
    asked = forms.ChoiceField(label="照会先", widget=forms.RadioSelect(attrs={"class": "boxes-v"}))
    about = forms.ChoiceField(label="対象", required=False, help_text="案件全体のことなら、そのままにします。")
    text = forms.CharField(label="照会の内容", widget=area(6), validators=[reason_text])

    field_order = ["asking", "asked", "about", "text"]

    def __init__(self, *args: Any, proposal: Proposal, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sides = {one.code: one for one in sides_of(actor, proposal)}
        everybody = {one.code: one for one in participants(proposal)}
        asking_only = next(iter(self._sides.values())).party if len(self._sides) == 1 else None
        self._asked = {code: one for code, one in everybody.items() if one.party != asking_only}
        if len(self._sides) == 1:
            del self.fields["asking"]
        else:
            self.fields["asking"].choices = _choices(self._sides, proposal)
            self.fields["asking"].initial = next(iter(self._sides), None)
        self.fields["asked"].choices = _choices(self._asked, proposal)
        if len(self._asked) == 1:
            self.fields["asked"].initial = next(iter(self._asked))
        self._subjects = {"": Subject()}
        self.fields["about"].choices = [("", "案件全体"), *self._groups(proposal)]

    def _groups(self, proposal: Proposal) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each sheet and each paper with its boxes; what a choice means is kept in `_subjects`."""
        groups = []
        for number, record in enumerate(proposal.records(), start=1):
            kind = kind_of(record)
            places = {name: str(record._meta.get_field(name).verbose_name) for name in typed_fields(kind)}
            base, words = f"record/{kind.code}/{record.pk}", f"{number}　{kind.label}「{record}」"
            groups.append((words, self._offer(base, Subject(record=record), places)))
        papers = list(proposal.papers.in_use().prefetch_related("sections"))
        headings = headings_of(paper.layout_code for paper in papers) if papers else {}
        for paper in papers:
            keys = [section.key for section in paper.sections.all()]
            places = {key: headings.get((paper.layout_code, key), key) for key in keys}
            groups.append((f"資料「{paper}」", self._offer(f"paper/{paper.pk}", Subject(paper=paper), places)))
        return groups

    def _offer(self, base: str, whole: Subject, places: Mapping[str, str]) -> list[tuple[str, str]]:
        self._subjects[base] = whole
        self._subjects |= {f"{base}/{key}": whole._replace(place=label) for key, label in places.items()}
        return [(base, "全体"), *((f"{base}/{key}", label) for key, label in places.items())]

    def clean(self) -> dict[str, Any]:
        """Two sides, not one (ValidationError)."""
        given = super().clean() or self.cleaned_data
        asking, asked = self._sides.get(given.get("asking", "")), self._asked.get(given.get("asked", ""))
        if asking and asked and asking.party == asked.party:
            self.add_error("asked", "照会する側とは別の照会先を選んでください。")
        return given

    def arguments(self) -> dict[str, Any]:
        """The service's arguments."""
        given = self.cleaned_data
        subject = self._subjects[given["about"]]
        only = next(iter(self._sides.values()), None)
        asking: Participant | None = self._sides[given["asking"]] if "asking" in self.fields else only
        return {
            "asking": asking,
            "asked": self._asked[given["asked"]],
            "text": given["text"],
            "token": given["token"],
            **subject._asdict(),
        }


def _choices(sides: Mapping[str, Participant], proposal: Proposal) -> list[tuple[str, str]]:
    return [(code, one.label(proposal)) for code, one in sides.items()]
