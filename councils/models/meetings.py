"""会議: one sitting of a body, who was asked, who was there from when to when, and who took the chair."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from common import fiscal_year
from councils.models.bodies import Body, Term
from councils.models.members import Appointment, Office
from files.models import StoredFile
from history.locking import CountedSaves
from history.models import TrackedModel, TrackedQuerySet
from records.texts import long_text, reason_text


class MeetingStatus(models.TextChoices):
    """会議の状態."""

    PREPARING = "preparing", "準備中"
    CONVENED = "convened", "招集済"  # the notice has gone out
    OPEN = "open", "開催中"
    CLOSED = "closed", "終了"
    CANCELLED = "cancelled", "中止"


class MeetingQuerySet(TrackedQuerySet):
    """Reads of the meetings."""

    def held(self) -> Self:
        """開かれた会議."""
        return self.filter(status__in=[MeetingStatus.OPEN, MeetingStatus.CLOSED])

    def standing(self) -> Self:
        """中止されていない会議."""
        return self.exclude(status=MeetingStatus.CANCELLED)


class Meeting(CountedSaves, TrackedModel):
    """会議: 第7期第7回 (練馬区), 平成27年度第8回 (新宿区), or numbered on and on."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name="審議体")
    term = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name="期")
    # Within what the number counts, as the body's rule has it on the day: "term:7", "year:2012", "all".
    series = models.CharField("回の数え方", max_length=20)
    number = models.PositiveSmallIntegerField("回")
    held_on = models.DateField("開催日", db_index=True)
    starts_at = models.TimeField("開会の時刻", null=True, blank=True)
    ends_at = models.TimeField("閉会の時刻", null=True, blank=True)
    place = models.CharField("場所", max_length=200, blank=True)
    status = models.CharField("状態", max_length=12, choices=MeetingStatus, default=MeetingStatus.PREPARING)
    is_public = models.BooleanField("公開", default=True)
    closed_ground = models.TextField("非公開の理由", blank=True, validators=[reason_text])
    observers = models.PositiveSmallIntegerField("傍聴人の数", null=True, blank=True)
    convened_on = models.DateField("開催通知の日", null=True, blank=True)
    cancel_reason = models.TextField("中止の理由", blank=True, validators=[reason_text])
    # How often the agenda was arranged: two secretaries at once must not undo each other's order.
    agenda_lock = models.PositiveIntegerField("次第を並べた回数", default=0)
    lock = models.PositiveIntegerField("保存回数", default=0)
    token = models.UUIDField("送信票", unique=True, editable=False)
    source_note = models.CharField("出典・注記", max_length=300, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "会議"
        verbose_name_plural = "会議"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="meeting_number_once",
                fields=["body", "series", "number"],
                condition=~Q(status=MeetingStatus.CANCELLED),
                violation_error_message="この回の会議はすでにあります。",
            ),
            models.CheckConstraint(
                name="meeting_number_positive", condition=Q(number__gt=0), violation_error_message="回は1以上です。"
            ),
            models.CheckConstraint(
                name="meeting_times_in_order",
                condition=Q(ends_at=None) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                violation_error_message="閉会の時刻は、開会の時刻より後にしてください。",
            ),
            models.CheckConstraint(
                name="meeting_closed_to_public_has_ground",
                condition=Q(is_public=True) | ~Q(closed_ground=""),
                violation_error_message="非公開の会議には、その理由が必要です。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.numbering}{self.body.short_name}"

    def get_absolute_url(self) -> str:
        """The meeting's own page."""
        return reverse("view_meeting", args=[self.pk])

    @property
    def numbering(self) -> str:
        """「第7期第7回」, 「平成24年度第7回」, 「第7回」."""
        if self.series.startswith("term:"):
            return f"第{self.series.removeprefix('term:')}期第{self.number}回"
        if self.series.startswith("year:"):
            return f"{fiscal_year.label(int(self.series.removeprefix('year:')))}第{self.number}回"
        return f"第{self.number}回"

    def clean(self) -> None:
        """A term is one of the body's, and the day lies within it (ValidationError)."""
        if not self.term_id:
            return
        if self.term.body_id != self.body_id:
            raise ValidationError({"term": "この審議体の期ではありません。"})
        if self.held_on and not self.term.holds(self.held_on):
            raise ValidationError({"held_on": f"開催日が、{self.term}の期間（{self.term.period}）の外です。"})


class OfMeeting:
    """会議のもの: the states that the permission table names are the meeting's."""

    STATUS_PATH = "meeting__status"


class Answer(models.TextChoices):
    """出欠の回答."""

    NONE = "none", "未回答"
    COMING = "coming", "出席"
    LATE = "late", "遅れて出席"
    ABSENT = "absent", "欠席"


class AttendanceQuerySet(TrackedQuerySet):
    """Reads of the 出欠."""

    def seated(self) -> Self:
        """開催日に委嘱されている委員: others stay on the list when the day moves or a seat ends, and count no more."""
        day, term = F("meeting__held_on"), "appointment__term"
        began = Q(appointment__starts_on__lte=day) | Q(appointment__starts_on=None) & (
            Q(**{f"{term}__starts_on": None}) | Q(**{f"{term}__starts_on__lte": day})
        )
        lasts = Q(appointment__ends_on__gte=day) | Q(appointment__ends_on=None) & (
            Q(**{f"{term}__ends_on": None}) | Q(**{f"{term}__ends_on__gte": day})
        )
        return self.filter(began, lasts)


class Attendance(OfMeeting, TrackedModel):
    """出欠: one member asked to one meeting; whether they came is `came`, from when to when their `Presence`."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances", verbose_name="会議")
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="attendances", verbose_name="委員")
    position = models.PositiveSmallIntegerField("出席者の順", default=0)
    answer = models.CharField("出欠の回答", max_length=8, choices=Answer, default=Answer.NONE)
    answer_note = models.CharField("回答の注記", max_length=200, blank=True)
    came = models.BooleanField("出席", null=True, blank=True)  # null: not known before the meeting

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "出欠"
        verbose_name_plural = "出欠"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="attendance_once",
                fields=["meeting", "appointment"],
                violation_error_message="この委員は、この会議の名簿にすでにいます。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appointment}"


class Presence(OfMeeting, TrackedModel):
    """在席: a stretch of a meeting in which a member was in the room; null: from the opening, to the close."""

    STATUS_PATH = "attendance__meeting__status"

    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="presences", verbose_name="出欠")
    arrived_at = models.TimeField("来場の時刻", null=True, blank=True)
    left_at = models.TimeField("退場の時刻", null=True, blank=True)
    note = models.CharField("注記", max_length=200, blank=True)
    is_removed = models.BooleanField("取消し", default=False)

    class Meta:
        verbose_name = "在席"
        verbose_name_plural = "在席"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="presence_times_in_order",
                condition=Q(arrived_at=None) | Q(left_at=None) | Q(left_at__gt=F("arrived_at")),
                violation_error_message="退場の時刻は、来場の時刻より後にしてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attendance}の在席"


class Chairing(OfMeeting, TrackedModel):
    """議長: who led the meeting from an item of the agenda on; to be there and to take the chair are two things."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="chairings", verbose_name="会議")
    office = models.CharField("役職", max_length=12, choices=Office, blank=True)
    # Null: no source names the person (第7期第7回).
    attendance = models.ForeignKey(
        Attendance, models.PROTECT, null=True, blank=True, related_name="chairings", verbose_name="委員"
    )
    # Null: from the opening.
    from_item = models.ForeignKey(
        "councils.AgendaItem",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="chairings",
        verbose_name="交代した議題",
    )
    position = models.PositiveSmallIntegerField("順", default=0)
    is_removed = models.BooleanField("取消し", default=False)

    class Meta:
        verbose_name = "議長"
        verbose_name_plural = "議長"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="chairing_names_somebody",
                condition=~Q(office="") | Q(attendance__isnull=False),
                violation_error_message="議長の役職か委員を選んでください。",
            ),
        ]

    def __str__(self) -> str:
        return self.get_office_display() or str(self.attendance)


class WardAttendee(OfMeeting, TrackedModel):
    """区側の出席者: by title, as the 要録 lists them."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="ward_attendees", verbose_name="会議")
    title = models.CharField("職名", max_length=80)
    position = models.PositiveSmallIntegerField("順", default=0)
    is_removed = models.BooleanField("取消し", default=False)

    class Meta:
        verbose_name = "区側の出席者"
        verbose_name_plural = "区側の出席者"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="wardattendee_once",
                fields=["meeting", "title"],
                condition=Q(is_removed=False),
                violation_error_message="この職名はすでにあります。",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Convocation(OfMeeting, TrackedModel):
    """開催通知: the text of the invitation as it went out, and the PDF itself."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="convocation", verbose_name="会議")
    text = models.TextField("本文", blank=True, validators=[long_text])
    reply_by = models.DateField("回答期限", null=True, blank=True)
    # What the members were told; the meeting may be moved afterwards.
    told_day = models.DateField("知らせた開催日", null=True, blank=True)
    told_time = models.TimeField("知らせた開会の時刻", null=True, blank=True)
    told_place = models.CharField("知らせた場所", max_length=200, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="送った通知"
    )

    class Meta:
        verbose_name = "開催通知"
        verbose_name_plural = "開催通知"

    def __str__(self) -> str:
        return f"{self.meeting}の開催通知"

    @property
    def is_outdated(self) -> bool:
        """Whether the meeting was moved since the members were told."""
        meeting = self.meeting
        told = (self.told_day, self.told_time, self.told_place)
        return self.told_day is not None and told != (meeting.held_on, meeting.starts_at, meeting.place)
