"""委員: who sits in a body, from when to when, and in which office."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from councils.models.bodies import Body, Term
from history.locking import CountedSaves
from history.models import TrackedModel, TrackedQuerySet


class Category(models.TextChoices):
    """委員の区分 (domain §1.12)."""

    EXPERT = "expert", "学識経験者"
    RESIDENT = "resident", "区民委員"
    ASSEMBLY = "assembly", "区議会議員"


class Member(CountedSaves, TrackedModel):
    """委員: a person in a body, over all terms; characters as the sources print them (柴﨑, こうらい)."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="members", verbose_name="審議体")
    surname = models.CharField("姓", max_length=40)
    given_name = models.CharField("名", max_length=40, blank=True)  # empty: in no source, shown as 不明
    # What tells members of one surname apart in the lists: 中村（三）; empty: the first character of the given name.
    distinction = models.CharField("同姓の区別", max_length=10, blank=True)
    lock = models.PositiveIntegerField("保存回数", default=0)
    source_note = models.CharField("出典・注記", max_length=300, blank=True)

    class Meta:
        verbose_name = "委員"
        verbose_name_plural = "委員"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="member_named_once",
                fields=["body", "surname", "given_name", "distinction"],
                violation_error_message="同じ名前の委員がすでにいます。同姓の区別を記入してください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.surname}{self.given_name}" if self.given_name else self.surname + self.bracketed

    @property
    def bracketed(self) -> str:
        """「（三）」, or nothing where nothing tells the member from another of that surname."""
        mark = self.distinction or self.given_name[:1]
        return f"（{mark}）" if mark else ""


class AppointmentQuerySet(TrackedQuerySet):
    """Reads of the 委嘱."""

    def as_of(self, day: date) -> Self:
        """名簿: who is appointed on `day`; a day that no source gives does not limit, the days of the term do."""
        began = Q(starts_on__lte=day) | Q(starts_on=None) & (Q(term__starts_on=None) | Q(term__starts_on__lte=day))
        lasts = Q(ends_on__gte=day) | Q(ends_on=None) & (Q(term__ends_on=None) | Q(term__ends_on__gte=day))
        return self.filter(began, lasts)


class Appointment(CountedSaves, TrackedModel):
    """委嘱: a member's seat in one term; null days are those of the term, or unknown with them."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="appointments", verbose_name="委員")
    term = models.ForeignKey(Term, models.PROTECT, related_name="appointments", verbose_name="期")
    category = models.CharField("区分", max_length=12, choices=Category, blank=True)  # empty: in no source
    position = models.PositiveSmallIntegerField("名簿の順", default=0)
    starts_on = models.DateField("委嘱の日", null=True, blank=True)
    ends_on = models.DateField("解嘱の日", null=True, blank=True)  # the last day
    lock = models.PositiveIntegerField("保存回数", default=0)
    source_note = models.CharField("出典・注記", max_length=300, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "委嘱"
        verbose_name_plural = "委嘱"
        ordering = ["term", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="appointment_one_per_start",
                fields=["member", "term", "starts_on"],
                violation_error_message="この委員は、この期にすでに委嘱されています。",
            ),
            # Two empty dates are not equal for a database.
            models.UniqueConstraint(
                name="appointment_one_without_start",
                fields=["member", "term"],
                condition=Q(starts_on=None),
                violation_error_message="この委員は、この期にすでに委嘱されています。",
            ),
            models.CheckConstraint(
                name="appointment_days_in_order",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="解嘱の日は、委嘱の日より前にはできません。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}委員"

    def clean(self) -> None:
        """The days of the seat lie within the term (ValidationError)."""
        for name in ("starts_on", "ends_on"):
            day = getattr(self, name)
            if day is not None and not self.term.holds(day):
                label = self._meta.get_field(name).verbose_name
                raise ValidationError({name: f"{label}が、{self.term}の期間（{self.term.period}）の外です。"})

    @property
    def first_day(self) -> date | None:
        """委嘱の日, else that of the term; None where no source has either."""
        return self.starts_on or self.term.starts_on

    @property
    def last_day(self) -> date | None:
        """The last day of the seat, else of the term; None where no source has either."""
        return self.ends_on or self.term.ends_on


class Office(models.TextChoices):
    """役職."""

    CHAIR = "chair", "会長"
    VICE_CHAIR = "vice_chair", "副会長"


class OfficeHoldingQuerySet(TrackedQuerySet):
    """Reads of the 役職の就任."""

    def as_of(self, day: date) -> Self:
        """Who holds an office on `day`, while the seat lasts; a day that no source gives does not limit."""
        began, lasts = Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day)
        return self.filter(began, lasts, is_removed=False, appointment__in=Appointment.objects.as_of(day))


class OfficeHolding(CountedSaves, TrackedModel):
    """役職の就任: who is 会長 or 副会長, from when to when; no source says who they were in 第7期."""

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="offices", verbose_name="委嘱")
    office = models.CharField("役職", max_length=12, choices=Office)
    starts_on = models.DateField("就任の日", null=True, blank=True)
    ends_on = models.DateField("退任の日", null=True, blank=True)  # the last day
    is_removed = models.BooleanField("取消し", default=False)
    lock = models.PositiveIntegerField("保存回数", default=0)

    objects = OfficeHoldingQuerySet.as_manager()

    class Meta:
        verbose_name = "役職の就任"
        verbose_name_plural = "役職の就任"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="officeholding_days_in_order",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="退任の日は、就任の日より前にはできません。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_office_display()}　{self.appointment}"

    def clean(self) -> None:
        """Within the days of the seat, and one holder of an office at a time (ValidationError)."""
        seat = self.appointment
        starts, ends = self.starts_on or seat.first_day, self.ends_on or seat.last_day
        if self.starts_on and not _within(self.starts_on, seat):
            raise ValidationError({"starts_on": "就任の日が、委嘱の期間の外です。"})
        if self.ends_on and not _within(self.ends_on, seat):
            raise ValidationError({"ends_on": "退任の日が、委嘱の期間の外です。"})
        same = Q(office=self.office) | Q(appointment=seat.pk)  # nobody holds both
        others = OfficeHolding.objects.filter(same, appointment__term=seat.term_id, is_removed=False)
        for other in others.exclude(pk=self.pk).select_related("appointment__term", "appointment__member"):
            began = other.starts_on or other.appointment.first_day
            left = other.ends_on or other.appointment.last_day
            if (began is None or ends is None or began <= ends) and (starts is None or left is None or starts <= left):
                raise ValidationError(
                    f"この期間には、{other.appointment}がすでに{other.get_office_display()}です。"
                    "さきに、その退任の日を記入してください。"
                )


def _within(day: date, seat: Appointment) -> bool:
    """Whether the seat is held on `day`; a day that no source gives does not limit."""
    first, last = seat.first_day, seat.last_day
    return (first is None or first <= day) and (last is None or day <= last)
