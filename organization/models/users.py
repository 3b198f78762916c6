"""利用者: who signs in, and with which charge in which department on which days."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from history.models import TrackedModel, TrackedQuerySet, TrackedWrites, trail
from history.writing import ActorText
from organization.models.departments import Department, Succession, each_with_predecessors
from organization.models.handovers import HandOver, with_forerunners


class Role(models.TextChoices):
    """役割: the columns of the permission table."""

    CLERK = "clerk", "所管課 担当"
    HEAD = "head", "所管課 課長"
    OFFICE = "office", "情報公開課"
    IT = "it", "情報政策課"
    SECRETARIAT = "secretariat", "審議会事務局"
    AUDITOR = "auditor", "監査"
    ADMIN = "admin", "管理者"
    SYSTEM = "system", "システム"


class UserManager(BaseUserManager.from_queryset(TrackedQuerySet)):
    """Finds users by name; users are created with `save_as` like every tracked row."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user of that name, exactly as stored."""
        return self.get(username=username)


# Written by signing in and by changing one's password; what the trail must not hold.
UNTRACKED_FIELDS = {"password", "last_login"}


class User(AbstractBaseUser, TrackedWrites):
    """利用者: a person who signs in; what they may do follows from their assignments and the permission table."""

    username = models.CharField(
        "利用者名",
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": "この利用者名はすでに使われています。"},
    )
    name = models.CharField("氏名・表示名", max_length=80)
    email = models.EmailField(
        "メールアドレス", blank=True, help_text="お知らせの送り先。空欄なら画面だけに知らせます。"
    )
    is_active = models.BooleanField("有効", default=True)

    objects = UserManager()
    history = trail(excluded_fields=sorted(UNTRACKED_FIELDS))

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "利用者"
        verbose_name_plural = "利用者"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Signing in and a new password hash are saved without a history row; everything else needs `save_as`."""
        fields = kwargs.get("update_fields")
        if fields is not None and set(fields) <= UNTRACKED_FIELDS:
            self.skip_history_when_saving = True
            try:
                models.Model.save(self, *args, **kwargs)
            finally:
                del self.skip_history_when_saving
            return
        super().save(*args, **kwargs)

    @cached_property
    def assignments_today(self) -> list["Assignment"]:
        """The charges of today, asked once for each request; none for who was made inactive."""
        if self.pk is None or not self.is_active:
            return []
        today = timezone.localdate()
        took_over = Succession.objects.filter(after=OuterRef("department"), on__lte=today)
        handed_over = HandOver.objects.filter(after=OuterRef("user"), on__lte=today)
        charges = self.assignments.as_of(today).annotate(
            department_took_over=Exists(took_over), user_took_over=Exists(handed_over)
        )
        return list(charges.select_related("department__parent", "stands_in_for").order_by("pk"))

    @cached_property
    def _reach_today(self) -> dict[int, set[int]]:
        """Each department of today's charges with its predecessors; a statement only where there are any."""
        own = {assignment.department_id for assignment in self.assignments_today}
        if not any(assignment.department_took_over for assignment in self.assignments_today):
            return {pk: {pk} for pk in own}
        return each_with_predecessors(own, day=timezone.localdate())

    def departments_of(self, charges: Iterable["Assignment"]) -> set[int]:
        """The departments that some of today's charges reach: their own and those whose work these took over."""
        return set().union(*(self._reach_today[charge.department_id] for charge in charges))

    @property
    def department_ids_today(self) -> set[int]:
        """The departments that today's charges reach, whatever their roles."""
        return self.departments_of(self.assignments_today)

    @cached_property
    def writer_ids_today(self) -> set[int]:
        """The person and those whose open work they took over; a statement only for who took over any."""
        if not any(assignment.user_took_over for assignment in self.assignments_today):
            return {self.pk}
        return with_forerunners([self.pk], day=timezone.localdate())

    @property
    def roles_today(self) -> set[str]:
        """The roles of today's charges."""
        return {assignment.role for assignment in self.assignments_today}

    @cached_property
    def charges_used(self) -> dict[str, list["Assignment"]]:
        """By action: the charges that allowed it on the row last asked about (filled by `rules.require`)."""
        return {}

    def acting_as(self, action: str = "") -> ActorText:
        """What the trail keeps of this person now.

        With an `action`: only the charges by which the person does it; all charges when none is named or none fits.
        """
        charges = self.charges_used.get(action) or self._charges_for(action) or self.assignments_today
        departments = "・".join(dict.fromkeys(charge.department.full_name for charge in charges))
        roles = "・".join(dict.fromkeys(charge.title for charge in charges))
        return ActorText(self.name, departments, roles or "役割なし")

    def _charges_for(self, action: str) -> list["Assignment"]:
        from organization import rules  # the table reads Role from this module

        return rules.charges(self, action) if action in rules.RULES else []

    # Django's admin asks these; the answer is the permission table's.
    @property
    def is_staff(self) -> bool:
        """Whether the person may open the reference data pages at all."""
        from organization import rules  # the table reads Role from this module

        return rules.may(self, "admin")

    def get_short_name(self) -> str:
        """What the admin greets the person with."""
        return self.name

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's own permissions grant nothing here; pages of the admin ask the table (organization.admin_base)."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """As `is_staff`: the table does not divide the admin by application."""
        return self.is_staff


class AssignmentQuerySet(TrackedQuerySet):
    """Reads of charges."""

    def as_of(self, day: date) -> Self:
        """基準日: the charges held on `day`; an open start counts as always."""
        return self.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=day)).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day)
        )


class Assignment(TrackedModel):
    """担当: a user's role in a department for a period, maybe in place of somebody else."""

    user = models.ForeignKey(User, models.PROTECT, related_name="assignments", verbose_name="利用者")
    department = models.ForeignKey(Department, models.PROTECT, related_name="assignments", verbose_name="所属")
    role = models.CharField(
        "役割", max_length=12, choices=[choice for choice in Role.choices if choice[0] != Role.SYSTEM]
    )
    valid_from = models.DateField("開始日", null=True, blank=True)
    valid_to = models.DateField("終了日", null=True, blank=True, help_text="担当でなくなる最初の日")
    stands_in_for = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代理する相手"
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "担当"
        verbose_name_plural = "担当"
        ordering = ["user__username", "pk"]
        constraints = [
            models.CheckConstraint(
                name="assignment_period_is_not_empty",
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="終了日は開始日より後の日にしてください。",
            ),
            models.CheckConstraint(
                name="assignment_stands_in_for_another",
                condition=Q(stands_in_for__isnull=True) | ~Q(stands_in_for=F("user")),
                violation_error_message="本人の代理にはなれません。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.name}：{self.department.full_name} {self.title}"

    @property
    def title(self) -> str:
        """役割, with 「…の代理」 when the person stands in for somebody."""
        label = Role(self.role).label
        return f"{label}（{self.stands_in_for.name}の代理）" if self.stands_in_for else label
