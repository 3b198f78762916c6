"""所管課: the tree 実施機関 → 部 → 課, with validity and successors."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, Value, When

from common import regime
from common.regime import Body
from common.text import name_key
from history.models import TrackedModel, TrackedQuerySet
from organization.models.walking import reached
from organization.scoping import DepartmentScoped


class Ward(TrackedModel):
    """区: the one municipality that this database belongs to."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    name = models.CharField("区の名称", max_length=40)

    class Meta:
        verbose_name = "区"
        verbose_name_plural = "区"
        constraints = [models.CheckConstraint(name="ward_is_the_only_one", condition=Q(only=True))]

    def __str__(self) -> str:
        return self.name


NAMESAKE = "「{parent}」には、同じ期間に「{name}」があります。ちがう名称にしてください。"


class DepartmentKind(models.TextChoices):
    """組織の段階."""

    ORGAN = "organ", "実施機関"
    DIVISION = "division", "部"
    SECTION = "section", "課"


class DepartmentQuerySet(TrackedQuerySet):
    """Reads of the tree."""

    def as_of(self, day: date) -> Self:
        """基準日: the departments that exist on `day`; an unknown start counts as always."""
        return self.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=day)).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day)
        )

    def sections(self) -> Self:
        """The units that file records: 課 in the sense of the rule (domain §1.1)."""
        return self.filter(kind=DepartmentKind.SECTION)


class Department(DepartmentScoped, TrackedModel):
    """所管課: a unit under one name; a renamed or merged unit is another row, tied by a succession.

    課 in the sense of the rule also are centres, libraries and 「区立中学校」 as one (規則の「課」の定義, domain §1.1).
    """

    kind = models.CharField("段階", max_length=10, choices=DepartmentKind)
    name = models.CharField("名称", max_length=80)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上位の組織"
    )
    head_title = models.CharField("責任者の職名", max_length=80, blank=True, help_text="例：収納課長")
    valid_from = models.DateField("設置日", null=True, blank=True, help_text="分からないときは空欄")
    valid_to = models.DateField("廃止日", null=True, blank=True, help_text="存在しなくなった最初の日")
    is_assembly = models.BooleanField("議会", default=False, help_text="実施機関が議会のときだけ印を付けます。")
    is_medical = models.BooleanField("病院・診療所", default=False, help_text="その運営をする組織に印を付けます。")
    source_note = models.CharField("出典・注記", max_length=200, blank=True)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = "組織"
        verbose_name_plural = "組織"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="department_period_is_not_empty",
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="廃止日は設置日より後の日にしてください。",
            ),
            models.CheckConstraint(
                name="department_only_organs_stand_alone",
                condition=Q(kind=DepartmentKind.ORGAN, parent__isnull=True)
                | (~Q(kind=DepartmentKind.ORGAN) & Q(parent__isnull=False)),
                violation_error_message="実施機関のほかは、上位の組織を選んでください。",
            ),
            models.CheckConstraint(
                name="department_only_an_organ_is_the_assembly",
                condition=Q(is_assembly=False) | Q(kind=DepartmentKind.ORGAN),
                violation_error_message="議会の印は、実施機関だけに付けます。",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @classmethod
    def owned_by(cls, departments: Iterable[int]) -> Q:
        """A department is its own."""
        return Q(pk__in=departments)

    def clean(self) -> None:
        """Two units under one are told apart by their names on every day.

        One that only ends sooner, or changes nothing of its name and days, is not asked: what came in before this
        rule can be put right.
        """
        super().clean()
        if self._is_named_anew() and (other := self.namesake()):
            raise ValidationError({"name": NAMESAKE.format(parent=other.parent, name=other.name)})

    def namesake(self, apart_from: Iterable[int] = ()) -> "Department | None":
        """Another unit under the same one that bears this name on one of its days, whatever way it is written.

        Bodies (実施機関) stand under none. `apart_from` are units that are about to end.
        """
        if self.parent_id is None:
            return None
        others = Department.objects.filter(parent=self.parent_id).exclude(pk__in=[*apart_from, self.pk or 0])
        others = others.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=self.valid_from or date.min))
        if self.valid_to is not None:
            others = others.filter(Q(valid_from__isnull=True) | Q(valid_from__lt=self.valid_to))
        key = name_key(self.name)
        found = (one for one in others.select_related("parent").order_by("pk") if name_key(one.name) == key)
        return next(found, None)

    def _is_named_anew(self) -> bool:
        stored = Department.objects.filter(pk=self.pk).first() if self.pk else None
        if stored is None:
            return True
        before, after = ((one.name, one.parent_id, one.valid_from) for one in (stored, self))
        return before != after or (self.valid_to or date.max) > (stored.valid_to or date.max)

    def exists_on(self, day: date) -> bool:
        """Whether `day` lies between its first day and its end; an unknown start counts as always."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)

    @property
    def full_name(self) -> str:
        """部と課 as one writes them on a sheet: 「区民部 収納課」; an organ or a 部 by its own name."""
        if self.kind == DepartmentKind.SECTION and self.parent and self.parent.kind == DepartmentKind.DIVISION:
            return f"{self.parent.name} {self.name}"
        return self.name

    @property
    def lineage(self) -> list["Department"]:
        """This unit and all above it, up to its 実施機関; a statement for each parent that is not loaded."""
        line = [self]
        while line[-1].parent is not None:
            line.append(line[-1].parent)
        return line

    @property
    def body(self) -> Body:
        """What the Act takes this unit for: part of the assembly, a hospital or clinic, or neither."""
        line = self.lineage
        if line[-1].is_assembly:
            return Body.ASSEMBLY
        return Body.MEDICAL if any(unit.is_medical for unit in line) else Body.ORDINARY

    def rules_on(self, day: date) -> regime.Rules:
        """制度: the rules on personal data that hold for this unit on `day`."""
        return regime.on(day, self.body)


class Succession(TrackedModel):
    """組織の承継: from `on`, the work of `before` is done by `after` (rename 1:1, merge n:1, split 1:n)."""

    before = models.ForeignKey(Department, models.PROTECT, related_name="successions", verbose_name="承継前")
    after = models.ForeignKey(Department, models.PROTECT, related_name="predecessions", verbose_name="承継後")
    on = models.DateField("承継日")

    class Meta:
        verbose_name = "組織の承継"
        verbose_name_plural = "組織の承継"
        constraints = [
            models.UniqueConstraint(name="succession_once", fields=["before", "after"]),
            models.CheckConstraint(
                name="succession_not_to_itself",
                condition=~Q(before=F("after")),
                violation_error_message="承継前と承継後には別の組織を選んでください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before.name} → {self.after.name}"


def body_of(path: str = "department") -> Case:
    """制度からみた組織の区別 as `Department.body`, for the department at `path` of a row; no statement of its own."""
    chain = [path, f"{path}__parent", f"{path}__parent__parent", f"{path}__parent__parent__parent"]
    assembly, medical = Q(pk__in=[]), Q(pk__in=[])
    for unit in chain:
        assembly |= Q(**{f"{unit}__is_assembly": True})  # a constraint keeps this mark to organs
        medical |= Q(**{f"{unit}__is_medical": True})
    return Case(
        When(assembly, then=Value(Body.ASSEMBLY.value)),
        When(medical, then=Value(Body.MEDICAL.value)),
        default=Value(Body.ORDINARY.value),
        output_field=models.CharField(),
    )


def with_predecessors(department_ids: Iterable[int], *, day: date) -> set[int]:
    """The departments and all whose work they took over by `day`, through any number of renamings; one statement."""
    return set().union(*each_with_predecessors(department_ids, day=day).values())


def each_with_predecessors(department_ids: Iterable[int], *, day: date) -> dict[int, set[int]]:
    """For each department by itself: it and all whose work it took over by `day`; one statement for all of them."""
    ties = list(Succession.objects.filter(on__lte=day).values_list("after_id", "before_id"))
    return {pk: reached([pk], ties) for pk in department_ids}


def successors_on(department: Department, day: date) -> list[Department]:
    """Who does the work of `department` on `day`: itself while it exists, else those that took over, in their order.

    Empty when it was abolished and nobody took over.
    """
    if department.exists_on(day):
        return [department]
    ties = Succession.objects.filter(on__lte=day).values_list("before_id", "after_id")
    later = Department.objects.filter(pk__in=reached([department.pk], ties) - {department.pk}).as_of(day)
    return list(later.select_related("parent").order_by("pk"))
