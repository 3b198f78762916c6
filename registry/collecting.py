"""帳票の手続: every write of the forms on which a business collects personal information.

They stand in the version of the registration, so a change starts with a copy, and what was registered stays as it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from history.errors import DomainError
from history.writing import Actor
from organization import rules
from registry.models import ActivityVersion, CollectingForm


class UnknownForm(DomainError):
    """別の業務の帳票: a line that is not of this version, or was taken out."""

    def __init__(self) -> None:
        super().__init__("この業務登録にない帳票がふくまれています。画面を開き直してください。")


@dataclass(frozen=True)
class FormEntry:
    """帳票の入力: one line as a person typed it; `pk` None for a new one, `remove` to take an old one out."""

    name: str
    edition: str = ""
    items: str = ""
    pk: int | None = None
    remove: bool = False


@transaction.atomic
def edit_collecting_forms(
    version: ActivityVersion, *, entries: Iterable[FormEntry], lock: int, actor: Actor
) -> ActivityVersion:
    """帳票の編集: write the lines of a draft that differ from what stands there, in the order given.

    `lock` is the count of saves that the page was opened at. Raises StaleEdit when somebody saved in between,
    UnknownForm, ValidationError for a line without a name.
    """
    version = ActivityVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    rules.require(actor, "edit_collecting_forms", version)
    version.check_lock(lock)
    version.save_as(actor, action="edit_collecting_forms")
    standing = {form.pk: form for form in version.collecting_forms.in_use()}
    for position, entry in enumerate(entries):
        if entry.pk is not None and entry.pk not in standing:
            raise UnknownForm
        form = CollectingForm(version=version) if entry.pk is None else standing[entry.pk]
        _write(form, entry, position, actor)
    return version


def _write(form: CollectingForm, entry: FormEntry, position: int, actor: Actor) -> None:
    before = (form.position, form.name, form.edition, form.items, form.is_removed)
    after = (position, entry.name.strip(), entry.edition.strip(), entry.items.strip(), entry.remove)
    if entry.remove and form.pk is None:
        return
    if form.pk is not None and before == after:
        return
    if entry.remove:
        form.is_removed = True  # what stood there stays readable
    else:
        form.position, form.name, form.edition, form.items, _ = after
    form.full_clean()
    form.save_as(actor, action="edit_collecting_forms")


def copy_forms(version: ActivityVersion, draft: ActivityVersion, *, actor: Actor) -> None:
    """The lines of `version` again in its change `draft`; part of revise_activity, which has asked the table."""
    for form in version.collecting_forms.in_use():
        copy = CollectingForm(
            version=draft, position=form.position, name=form.name, edition=form.edition, items=form.items
        )
        copy.full_clean()
        copy.save_as(actor, action="edit_collecting_forms")


def take_out_forms(version: ActivityVersion, *, actor: Actor, reason: str) -> None:
    """No line of `version` is in use any more; part of a step that writes others in their place."""
    for form in version.collecting_forms.in_use():
        form.is_removed = True
        form.save_as(actor, action="edit_collecting_forms", reason=reason)
