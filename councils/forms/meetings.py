"""会議と出欠の入力らん."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from common import wareki
from common.formfields import ClockField, WholeDateField
from common.forms import WardForm
from councils import stretches
from councils.models import AgendaItem, Answer, Attendance, Body, Meeting, Office, Term
from councils.numbering import next_meetings
from councils.services.attendance import Entry, Row, office_holders, saved_row, stretches_of
from councils.services.meetings import EDITABLE
from records.forms.records import ECHO, area
from records.texts import long_text, reason_text

_DENSE = {"class": "in-d"}
COUNT = {"class": "num-in", "inputmode": "numeric"}
MOST = 999


def day_field(label: str, *, required: bool = True, help_text: str = "") -> WholeDateField:
    """A box for one whole day, which echoes what it understood."""
    return WholeDateField(label=label, required=required, help_text=help_text, widget=forms.TextInput(attrs=ECHO))


def count_field(label: str, *, least: int = 0) -> forms.IntegerField:
    """A box for a number that may be unknown."""
    return forms.IntegerField(
        label=label, required=False, min_value=least, max_value=MOST, widget=forms.TextInput(attrs=COUNT)
    )


class OpennessForm(WardForm):
    """公開か非公開か: a closed meeting needs its ground."""

    is_closed = forms.BooleanField(label="会議を非公開にする", required=False)
    closed_ground = forms.CharField(
        label="非公開の理由", required=False, widget=area(3), validators=[reason_text], help_text="非公開のとき"
    )

    def clean(self) -> dict[str, Any]:
        """A closed meeting needs its ground, an open one has none."""
        given = super().clean()
        if given.get("is_closed") and not given.get("closed_ground"):
            self.add_error("closed_ground", "非公開の会議には、その理由が必要です。")
        return given

    def openness(self) -> dict[str, Any]:
        """What was typed, with is_public in the place of the box."""
        given = self.cleaned_data.copy()
        return given | {"is_public": not given.pop("is_closed")}


class CreateMeetingForm(OpennessForm):
    """会議の登録."""

    body = forms.ModelChoiceField(label="審議体", queryset=Body.objects.none(), empty_label="選んでください")
    term = forms.ModelChoiceField(
        label="期", queryset=Term.objects.none(), required=False, empty_label="（期で数えない）"
    )
    number = count_field("回", least=1)
    held_on = day_field("開催日")
    starts_at = ClockField(label="開会の時刻", required=False)
    place = forms.CharField(label="場所", required=False, max_length=200)
    token = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("body", "term", "number", "held_on", "starts_at", "place")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4
        self.fields["body"].queryset = Body.objects.all()
        self.fields["term"].queryset = Term.objects.select_related("body").order_by("body", "-number")
        self.fields["term"].label_from_instance = lambda term: f"{term.body.short_name}　{term}"
        coming = "、".join(next_meetings(timezone.localdate()))
        self.fields["number"].help_text = f"空欄なら、つぎの回です（きょうの開催なら、{coming}）。" if coming else ""

    def arguments(self) -> dict[str, Any]:
        """The service's arguments."""
        return self.openness()


class EditMeetingForm(OpennessForm):
    """会議の編集."""

    number = forms.IntegerField(label="回", min_value=1, max_value=MOST, widget=forms.TextInput(attrs=COUNT))
    held_on = day_field("開催日")
    starts_at = ClockField(label="開会の時刻", required=False)
    ends_at = ClockField(label="閉会の時刻", required=False)
    place = forms.CharField(label="場所", required=False, max_length=200)
    observers = count_field("傍聴人の数")
    field_order = ("number", "held_on", "starts_at", "ends_at", "place", "observers")
    lock = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, meeting: Meeting) -> dict[str, Any]:
        """What the boxes show."""
        shown = {name: getattr(meeting, name) for name in (*EDITABLE, "lock")}
        return shown | {"is_closed": not meeting.is_public, "held_on": wareki.format_date(meeting.held_on, "short")}

    def arguments(self) -> dict[str, Any]:
        """The service's arguments."""
        given = self.openness()
        return {"lock": given.pop("lock"), "values": given}


class ConveneForm(WardForm):
    """開催通知."""

    reply_by = day_field("出欠の回答期限", required=False)
    text = forms.CharField(label="添える文", required=False, widget=area(4), validators=[long_text])
    allow_missing = forms.BooleanField(label="字体にない文字は〓で印刷する", required=False)


class CloseMeetingForm(WardForm):
    """閉会."""

    starts_at = ClockField(label="開会の時刻")
    ends_at = ClockField(label="閉会の時刻")
    observers = count_field("傍聴人の数")


class CancelMeetingForm(WardForm):
    """中止."""

    reason = forms.CharField(label="中止の理由", widget=area(3), validators=[reason_text])


class AttendanceForm(WardForm):
    """出欠: one row of boxes for each member of the roster.

    Each box carries what it showed: whom somebody else changed meanwhile is not put back by this form.
    """

    CAME = [("", "（未記入）"), ("yes", "出席"), ("no", "欠席")]

    def __init__(self, *args: Any, attendances: list[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attendances = attendances
        for row in attendances:
            self._box(
                row, "answer", "回答", forms.ChoiceField, choices=Answer.choices, widget=forms.Select(attrs=_DENSE)
            )
            self._box(
                row,
                "note",
                "注記",
                forms.CharField,
                required=False,
                max_length=200,
                widget=forms.TextInput(attrs=_DENSE),
            )
            self._box(
                row,
                "came",
                "出席",
                forms.ChoiceField,
                choices=self.CAME,
                required=False,
                widget=forms.Select(attrs=_DENSE),
            )
            self._box(
                row,
                "when",
                "在席の時間",
                forms.CharField,
                required=False,
                max_length=100,
                widget=forms.TextInput(attrs=_DENSE),
            )
            for name, value in self._boxes_of(row).items():
                self.fields[f"{name}-{row.pk}"].initial = value

    def _box(self, row: Attendance, name: str, label: str, kind: Any, **options: Any) -> None:
        field = kind(label=f"{label}：{row.appointment.member}", show_hidden_initial=True, **options)
        field.widget.attrs |= _DENSE
        self.fields[f"{name}-{row.pk}"] = field

    def clean(self) -> dict[str, Any]:
        """在席の時間 is read here, so that what is wrong stands beside its box."""
        given = super().clean()
        for row in self.attendances:
            name = f"when-{row.pk}"
            if given.get(name) and given.get(f"came-{row.pk}") != "yes":
                self.add_error(name, "在席の時間を記入するときは、「出席」を選んでください。")
            try:
                given[name] = stretches.parse(given.get(name, ""))
            except ValueError as refusal:
                self.add_error(name, str(refusal))
        return given

    def rows(self) -> list[tuple[Attendance, list[Any]]]:
        """Each member with their boxes: answer, note, came, when."""
        return [
            (row, [self[f"{name}-{row.pk}"] for name in ("answer", "note", "came", "when")]) for row in self.attendances
        ]

    def arguments(self) -> dict[str, Any]:
        """The service's arguments."""
        given = self.cleaned_data
        return {"entries": [Entry(row.pk, self._typed(row, given), self._shown(row)) for row in self.attendances]}

    def compare_with(self, rows: Sequence[Attendance]) -> None:
        """The next attempt is measured by what stands now for `rows`; what was typed stays."""
        again = self.data.copy()  # type: ignore[union-attr]  # a QueryDict while bound
        for row in rows:
            for name, value in self._boxes_of(row).items():
                again[self.add_initial_prefix(f"{name}-{row.pk}")] = value
        self.data = again

    @classmethod
    def _boxes_of(cls, row: Attendance) -> dict[str, str]:
        """What the four boxes show of a member as saved."""
        return {
            "answer": row.answer,
            "note": row.answer_note,
            "came": {None: "", True: "yes", False: "no"}[row.came],
            "when": stretches.format_stretches(stretches_of(row)),
        }

    @staticmethod
    def _typed(row: Attendance, given: dict[str, Any]) -> Row:
        came = {"": None, "yes": True, "no": False}[given[f"came-{row.pk}"]]
        when = tuple(given[f"when-{row.pk}"]) if came else ()
        return Row(given[f"answer-{row.pk}"], given[f"note-{row.pk}"], came, when)

    def _shown(self, row: Attendance) -> Row:
        """What the boxes had shown; a form without that, or with nonsense in it, is measured by what stands."""
        shown = {name: self.data.get(self.add_initial_prefix(f"{name}-{row.pk}")) for name in self._boxes_of(row)}
        try:
            when = stretches.parse(shown["when"] or "")
        except ValueError:
            return saved_row(row)
        if None in shown.values() or shown["came"] not in dict(self.CAME):
            return saved_row(row)
        return self._typed(row, {f"{name}-{row.pk}": value for name, value in (shown | {"when": when}).items()})


class ChairForm(WardForm):
    """議長: an office or a member, from an item on."""

    office = forms.ChoiceField(label="役職", choices=[("", "（委員を選ぶ）"), *Office.choices], required=False)
    attendance = forms.ModelChoiceField(
        label="委員", queryset=Attendance.objects.none(), required=False, empty_label="（だれかは記入しない）"
    )
    from_item = forms.ModelChoiceField(
        label="いつから", queryset=AgendaItem.objects.none(), required=False, empty_label="開会から"
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holders = office_holders(meeting)
        self.fields["office"].choices = [
            (value, f"{label}（{holders[value]}）" if value in holders else label)
            for value, label in self.fields["office"].choices
        ]
        self.fields["attendance"].queryset = meeting.attendances.seated().select_related("appointment__member")
        self.fields["from_item"].queryset = meeting.items.filter(is_removed=False)


class WardSideForm(WardForm):
    """区側の出席者: one title a line."""

    titles = forms.CharField(label="区側の出席者（1行に1職名）", required=False, widget=area(8), validators=[long_text])

    def arguments(self) -> dict[str, Any]:
        """The service's arguments: each title once, in the order typed."""
        lines = [line.strip() for line in self.cleaned_data["titles"].splitlines() if line.strip()]
        return {"titles": list(dict.fromkeys(lines))}
