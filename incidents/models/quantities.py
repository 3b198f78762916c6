"""件数・人数: a value with its unit; figures of different units are never added (domain §5.1)."""

from collections.abc import Iterable

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from history.errors import DomainError
from history.models import TrackedModel
from incidents.models.incidents import Incident

PERSONS = "名分"


class Counted(models.TextChoices):
    """何の数か: 276 submitted sheets were handled, 36 persons were affected."""

    AFFECTED = "affected", "影響のあった数"
    HANDLED = "handled", "扱っていた数"


class Certainty(models.TextChoices):
    """数の確からしさ."""

    EXACT = "exact", "確定"
    ABOUT = "about", "約"
    AT_LEAST = "at_least", "以上"


class MixedUnits(DomainError):
    """単位のちがう数の合計: 名分 and 件 are not one number."""

    def __init__(self, units: Iterable[str]) -> None:
        super().__init__(f"単位のちがう数は合計できません（{'、'.join(sorted(units))}）。")


class Quantity(TrackedModel):
    """件数・人数: 2名分, 1件, 発信履歴28件."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="quantities", verbose_name="事故")
    counted = models.CharField("何の数か", max_length=8, choices=Counted, default=Counted.AFFECTED)
    value = models.PositiveIntegerField("数", validators=[MinValueValidator(1)])
    # 名分, 件, 世帯, 通, 枚; 「発信履歴」 stands before its 件.
    unit = models.CharField("単位", max_length=20)
    of_what = models.CharField("数えたもの", max_length=40, blank=True)
    certainty = models.CharField("確からしさ", max_length=8, choices=Certainty, default=Certainty.EXACT)
    position = models.PositiveSmallIntegerField("順", default=0)
    is_removed = models.BooleanField("取消し", default=False)

    class Meta:
        verbose_name = "件数・人数"
        verbose_name_plural = "件数・人数"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="quantity_is_positive", condition=Q(value__gt=0), violation_error_message="数は1以上です。"
            ),
            models.CheckConstraint(
                name="quantity_has_unit", condition=~Q(unit=""), violation_error_message="数には単位が必要です。"
            ),
        ]

    def __str__(self) -> str:
        """「約2名分」, 「発信履歴28件」, 「100名分以上」."""
        about = "約" if self.certainty == Certainty.ABOUT else ""
        least = "以上" if self.certainty == Certainty.AT_LEAST else ""
        return f"{self.of_what}{about}{self.value:,}{self.unit}{least}"


def total(quantities: Iterable[Quantity]) -> int:
    """合計 of figures in one unit and of one thing; raises MixedUnits."""
    rows = list(quantities)
    units = {f"{row.of_what}{row.unit}" for row in rows}
    if len(units) > 1:
        raise MixedUnits(units)
    return sum(row.value for row in rows)


def totals(quantities: Iterable[Quantity]) -> dict[str, int]:
    """単位ごとの合計: by 「名分」, 「件」, 「発信履歴件」."""
    found: dict[str, int] = {}
    for row in quantities:
        unit = f"{row.of_what}{row.unit}"
        found[unit] = found.get(unit, 0) + row.value
    return found
