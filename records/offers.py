"""業務の廃止と記録: on the page of an abolition, the way to end all records of the business with one file."""

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from organization import rules
from organization.models import User
from records.kinds import kind_of
from records.services.record_ends import records_of_activity
from registry import offers
from registry.models import ActivityVersion


def register_offers() -> None:
    """Called once, while the application starts."""
    offers.register(offer_ends)


def offer_ends(user: User, version: ActivityVersion) -> SafeString:
    """The records in force of the business, and the page that ends them together; nothing where there is none."""
    if not rules.may_on(user, "end_activity_records", version):
        return mark_safe("")
    records = records_of_activity(version, timezone.localdate(), actor=user)
    if not records:
        return mark_safe("")
    lines = [(kind_of(record).short, record) for record in records]
    return render_to_string("records/_offer_ends.html", {"version": version, "lines": lines})
