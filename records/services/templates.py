"""空欄の書式: how a bracket that nobody has filled in yet is printed, sheet by sheet (domain §1.7)."""

from collections.abc import Mapping

from django.db import transaction

from common import wareki
from history.writing import Actor
from organization import rules
from records.models import RecordVersion
from records.services.errors import NotATemplate
from records.services.locks import lock_record

BRACKETS = ("council_date", "change_council_date")


@transaction.atomic
def keep_templates(record: RecordVersion, *, templates: Mapping[str, str], actor: Actor) -> RecordVersion:
    """空欄の書式の引継ぎ: keep the blank dates of the council's brackets as the paper prints them.

    `templates`: name of a field in BRACKETS → 「令和 年 月 日」. Raises NotATemplate for a text that is a date: only
    a decision fills a bracket.
    """
    record = lock_record(record)
    rules.require(actor, "keep_templates", record)
    for name in BRACKETS:
        if name in templates:
            template = wareki.parse(templates[name])
            if not template.is_blank:
                raise NotATemplate(templates[name])
            setattr(record, name, template)
    record.full_clean()
    return record.save_as(actor, action="keep_templates")
