"""What the trail refuses, with a message for people."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models


class DomainError(Exception):
    """業務上の誤り: base of every error that a person caused and can mend; its text is Japanese and fit to be shown."""


class WriteWithoutActor(RuntimeError):
    """A tracked row was about to be written outside `save_as`: a fault of the programme, never of its user."""


class TrailIsAppendOnly(RuntimeError):
    """A history row was about to be changed or deleted."""


class NothingIsDeleted(RuntimeError):
    """A tracked row was about to be deleted; registers end entries with a date and a reason instead."""


class ReasonRequired(DomainError):
    """理由の未記入: the action demands a typed reason (architecture §4, Trail)."""

    def __init__(self, label: str) -> None:
        super().__init__(f"「{label}」には理由の記入が必要です。")


class StaleEdit(DomainError):
    """編集の競合: somebody saved since the form was opened. `current` is the row as it stands now."""

    def __init__(self, current: object) -> None:
        self.current = current
        super().__init__(
            "編集を始めたあとに、ほかの人がこの内容を保存しました。両方の内容を見くらべて、もう一度保存してください。"
        )


def in_words(row: models.Model, refusal: IntegrityError) -> Exception:
    """The ValidationError of the check constraint of `row` that refused a write; else the refusal itself."""
    for constraint in row._meta.constraints:
        if isinstance(constraint, models.CheckConstraint) and constraint.name in str(refusal):
            return ValidationError(constraint.get_violation_error_message())
    return refusal
