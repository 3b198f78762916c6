"""相手方の台帳の手続: companies and bodies outside the ward, once for all kinds of records."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from common.wareki import format_date
from history.writing import Actor
from organization import rules
from records.kinds.base import partner_spelt_like
from records.models import Partner

FIELDS = ("name", "address", "former_names", "certifications", "policies", "note")


@transaction.atomic
def create_partner(*, values: Mapping[str, Any], token: UUID, actor: Actor, source_note: str = "") -> Partner:
    """相手方の登録. The same `token` again gives the first one back. ValidationError for what the table refuses."""
    rules.require_action(actor, "create_partner")
    existing = Partner.objects.filter(token=token).first()
    if existing is not None:
        return existing
    given = {name: values[name] for name in FIELDS if name in values}
    partner = Partner(token=token, source_note=source_note, **given)
    partner.full_clean()
    _require_new_name(partner)
    return partner.save_as(actor, action="create_partner")


@transaction.atomic
def edit_partner(partner: Partner, *, values: Mapping[str, Any], lock: int, on: date, actor: Actor) -> Partner:
    """相手方の編集: a name that changes on `on` stays among the former ones; records keep the name that they print.

    Raises StaleEdit when somebody saved in between, ValidationError for what the table refuses.
    """
    partner = Partner.objects.select_for_update().get(pk=partner.pk)
    rules.require(actor, "edit_partner", partner)
    partner.check_lock(lock)
    before = partner.name
    for name in FIELDS:
        if name in values:
            setattr(partner, name, values[name])
    former = {row["name"] for row in partner.former_names}
    if partner.name != before and before not in former:
        partner.former_names = [*partner.former_names, {"name": before, "until": format_date(on)}]
    partner.full_clean()
    _require_new_name(partner)
    return partner.save_as(actor, action="edit_partner")


def _require_new_name(partner: Partner) -> None:
    """ValidationError when the register has the name already in another spelling (㈱, blanks, widths)."""
    if (other := partner_spelt_like(partner.name, but=partner.pk)) is not None:
        raise ValidationError({"name": f"この名称の相手方は、「{other.name}」としてすでにあります。"})
