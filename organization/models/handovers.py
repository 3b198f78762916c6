"""引継ぎ: who took over the open work of whom, when somebody moved."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import F, Q

from history.models import TrackedModel
from organization.models.walking import reached


class HandOver(TrackedModel):
    """引継ぎ: from `on`, what `before` wrote and did not finish is the work of `after`; its writer's name stays."""

    before = models.ForeignKey(
        "organization.User", models.PROTECT, related_name="handed_over", verbose_name="引き継いだ人"
    )
    after = models.ForeignKey("organization.User", models.PROTECT, related_name="taken_over", verbose_name="後任")
    on = models.DateField("引継ぎの日")

    class Meta:
        verbose_name = "引継ぎ"
        verbose_name_plural = "引継ぎ"
        constraints = [
            models.UniqueConstraint(name="handover_once_a_day", fields=["before", "after", "on"]),
            models.CheckConstraint(
                name="handover_not_to_oneself",
                condition=~Q(before=F("after")),
                violation_error_message="本人のほかの人を後任に選んでください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before.name} → {self.after.name}"


def with_forerunners(user_ids: Iterable[int], *, day: date) -> set[int]:
    """The people and all whose open work they took over by `day`, through any number of hand-overs."""
    return reached(user_ids, HandOver.objects.filter(on__lte=day).values_list("after_id", "before_id"))
