"""記載の点検: what a filled-in sheet says must fit together before the file leaves the department."""

from collections.abc import Iterator

from records.models import OutOfPurposeUseVersion, RecordVersion
from records.models.out_of_purpose import Ground
from records.services.errors import ChangeTooEarly
from records.services.validity import period_on_paper, require_later
from registry.models import ActivityVersion


def contradictions(record: RecordVersion) -> list[str]:
    """Sentences on what does not fit in a complete sheet; none when all is well."""
    return [*_of_the_change(record), *(_of_the_use(record) if isinstance(record, OutOfPurposeUseVersion) else ())]


def _of_the_change(record: RecordVersion) -> Iterator[str]:
    if record.replaces is None:
        return
    try:
        require_later(period_on_paper(record)[0], record.replaces)
    except ChangeTooEarly as early:
        yield str(early)


def _of_the_use(use: OutOfPurposeUseVersion) -> Iterator[str]:
    first = (use.period_from or use.continues_from).start
    last = use.period_to.end if use.period_to else None
    applied = use.applied_on.start if use.applied_on and Ground.PREAPPROVED in use.grounds else None
    if applied is not None and (applied < first or (last is not None and applied > last)):
        yield "適用日は、目的外利用の期間の中の日にしてください。"
    yield from _of_the_provider(use)


def _of_the_provider(use: OutOfPurposeUseVersion) -> Iterator[str]:
    """The department asked to confirm is the one whose business provides; one's own only where the register says so."""
    owner = None
    if use.providing_activity_id is not None:
        versions = ActivityVersion.objects.filter(activity=use.providing_activity_id, valid_from__isnull=False)
        owner = versions.order_by("-valid_from").values_list("department", flat=True).first()
    if owner is not None and owner != use.providing_department_id:
        yield "提供する課が、目的外利用させる業務の所管課と違います。"
    elif owner is None and use.providing_department_id == use.proposal.department_id:
        yield "提供する課に自課を選べるのは、目的外利用させる業務が自課の登録業務のときだけです。"
