"""履歴: the base of every register table and of every history row."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

from django.db import models, transaction
from simple_history.manager import HistoricalQuerySet
from simple_history.models import HistoricalRecords

from history import actions
from history.casekeys import CaseKey
from history.errors import NothingIsDeleted, TrailIsAppendOnly, WriteWithoutActor
from history.signals import rows_written
from history.writing import Actor, Write, current_write, writing

__all__ = ["CaseKey", "TrackedModel", "TrackedQuerySet", "TrackedWrites", "Trail", "trail"]


class TrailQuerySet(HistoricalQuerySet):
    """Reads of history rows; whatever would change them is refused."""

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise TrailIsAppendOnly(self.model.__name__)

    update = delete = bulk_update = bulk_create = _refuse


class Trail(models.Model):
    """履歴の行: what simple-history keeps, and who did it as text that no later deletion or renaming can change."""

    action = models.CharField("操作", max_length=60)
    action_label = models.CharField("操作の名称", max_length=100)
    actor_name = models.CharField("操作者", max_length=100)
    actor_department = models.CharField("操作者の所属", max_length=200, blank=True)
    actor_role = models.CharField("操作者の役割", max_length=200)
    request_id = models.CharField("要求番号", max_length=32, blank=True, db_index=True)

    objects = TrailQuerySet.as_manager()  # type: ignore[django-manager-missing]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only; a row that stands is never written again."""
        if not self._state.adding:
            raise TrailIsAppendOnly(type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refused."""
        raise TrailIsAppendOnly(type(self).__name__)


class TrackedQuerySet(models.QuerySet):
    """Reads of a register; writes that would leave no history row are refused (simple-history skips them)."""

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise WriteWithoutActor(f"{self.model.__name__}: write row by row, with save_as")

    update = bulk_update = bulk_create = _refuse

    def delete(self) -> Any:
        """Refused."""
        raise NothingIsDeleted(self.model.__name__)


class _Records(HistoricalRecords):
    """simple-history's records, with a column object of its own for each table: it would share the option's one."""

    def _get_history_user_fields(self) -> dict[str, Any]:
        fields = super()._get_history_user_fields()
        return fields | {"history_user_id": fields["history_user_id"].clone()}


def trail(excluded_fields: Sequence[str] = ()) -> HistoricalRecords:
    """The history of one tracked table; `excluded_fields` are what the trail must never hold (passwords)."""
    return _Records(
        inherit=True,
        bases=[Trail],
        historical_queryset=TrailQuerySet,
        excluded_fields=list(excluded_fields),
        # A number, not a foreign key: deleting a user must neither fail for nor blank out what the trail says.
        history_user_id_field=models.BigIntegerField("操作者の番号", null=True),
    )


class TrackedWrites(models.Model):
    """The rules of writing a tracked table: through `save_as` only, never deleted."""

    # Fields that hold a list of codes: field → {code: what a reader of the trail shall see}.
    CODE_LISTS: ClassVar[Mapping[str, Mapping[str, str]]] = {}

    objects = TrackedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only inside `save_as`."""
        if current_write() is None:
            raise WriteWithoutActor(f"{type(self).__name__}: use save_as")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refused."""
        raise NothingIsDeleted(type(self).__name__)

    def save_as(self, actor: Actor, *, action: str, reason: str = "") -> Self:
        """Write this row and its history row as `actor`, for `action` (a code of the permission table).

        Raises ReasonRequired when the action demands a reason and none was typed, and whatever the database refuses;
        then neither row is there.
        """
        write = Write(actor, action, actions.reason_or_label(action, reason))
        self._history_user = actor if actor.pk is not None else None
        with transaction.atomic(), writing(write):
            self.save()
            rows_written.send(type(self), rows=[self])
        return self

    @property
    def trail_subject(self) -> str:
        """What its history calls it."""
        return str(self._meta.verbose_name)


class TrackedModel(TrackedWrites):
    """履歴のある表: every write goes through `save_as` and leaves one history row in the same transaction."""

    history = trail()

    class Meta:
        abstract = True
