"""案件: the file that a department carries to the decision."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from history.locking import CountedSaves
from history.models import TrackedModel, TrackedQuerySet
from organization.models import Department, User
from organization.scoping import DepartmentScoped
from records.models.retention import RetentionPeriod
from records.states import FINAL, WAITING, Route, Status
from records.texts import long_text, reason_text

if TYPE_CHECKING:
    from records.models.record_versions import RecordVersion


class ShownState(NamedTuple):
    """状態の表示: code of the look, and the word."""

    code: str
    label: str


class ProposalQuerySet(TrackedQuerySet):
    """Reads of the files."""

    def awaiting_report(self) -> Self:
        """報告待ち: accepted files with a record that has yet to be reported to the council."""
        from records.kinds import KINDS

        waiting = Q()
        for kind in KINDS.values():
            rows = kind.model.objects.filter(status__in=WAITING, route=Route.REPORT)
            waiting |= Exists(rows.filter(proposal=OuterRef("pk")).order_by())
        return self.filter(waiting, status__in=WAITING)


class Proposal(CountedSaves, DepartmentScoped, TrackedModel):
    """案件: one or more records that a department files together."""

    title = models.CharField("件名", max_length=200)
    department = models.ForeignKey(Department, models.PROTECT, related_name="proposals", verbose_name="所管課")
    status = models.CharField("状態", max_length=16, choices=Status, default=Status.DRAFT)
    # Who wrote it: a head may submit directly only what they wrote themselves. Null: taken over from paper.
    written_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name="起案者"
    )
    # The ward's own filing: its number, how long it is kept, and why, in the words of the 起案.
    document_number = models.CharField("文書番号", max_length=60, blank=True)
    retention = models.ForeignKey(
        RetentionPeriod, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name="保存年限"
    )
    filing_reason = models.TextField("起案の理由", blank=True, validators=[long_text])
    form_date = models.DateField("提出日", null=True, blank=True)
    return_reason = models.TextField("差戻しの理由", blank=True)
    # What the council said beside its decision.
    conditions = models.TextField("付された条件", blank=True, validators=[reason_text])
    rejection_reason = models.TextField("不承認の理由", blank=True, validators=[reason_text])
    lock = models.PositiveIntegerField("保存回数", default=0)
    token = models.UUIDField("送信票", unique=True, editable=False)
    source_note = models.CharField("出典・注記", max_length=200, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "案件"
        verbose_name_plural = "案件"
        indexes = [models.Index(fields=["status", "form_date"], name="proposal_by_status")]
        constraints = [
            models.CheckConstraint(
                name="proposal_submitted_has_form_date",
                condition=~Q(status__in=FINAL) | Q(form_date__isnull=False),
                violation_error_message="提出した案件には提出日が必要です。",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def shared_with(cls, departments: Iterable[int]) -> Q:
        """From submission on, also the department that shall provide for a 目的外利用 sees it."""
        from records.models.out_of_purpose import OutOfPurposeUseVersion

        shown = OutOfPurposeUseVersion.objects.filter(OutOfPurposeUseVersion.shown_to_provider(departments))
        return Q(pk__in=shown.values("proposal"))

    @property
    def shown_state(self) -> ShownState:
        """The state as pages show it: a returned file is a draft again (architecture §1), but says so."""
        if self.status == Status.DRAFT and self.return_reason:
            return ShownState("returned", "差戻し")
        return ShownState(self.status, self.get_status_display())

    def records(self) -> list["RecordVersion"]:
        """Its 記録票 in the order of the file, without those taken out of the draft."""
        if self.status != Status.WITHDRAWN:
            return self._records(lambda rows: rows.exclude(status=Status.WITHDRAWN))
        return self._records(lambda rows: rows.exclude(_taken_out(rows)))

    def removed_records(self) -> list["RecordVersion"]:
        """The 記録票 taken out of the draft."""
        return self._records(lambda rows: rows.filter(_taken_out(rows), status=Status.WITHDRAWN))

    def _records(self, narrowed: Callable[[QuerySet], QuerySet]) -> list["RecordVersion"]:
        """One statement asks which kinds there are, and one each fetches these."""
        from records.kinds import KINDS

        kinds = list(KINDS.values())
        of_this = [narrowed(kind.model.objects.filter(proposal=self.pk)) for kind in kinds]
        here = type(self).objects.filter(pk=self.pk)
        present = here.values_list(*(Exists(rows.order_by()) for rows in of_this)).first() or ()
        found: list[RecordVersion] = []
        for kind, rows, there in zip(kinds, of_this, present, strict=False):
            found += rows.select_related(*kind.related) if there else ()
        for record in found:
            record.proposal = self
        return sorted(found, key=lambda record: (record.position, record.pk))


def _taken_out(rows: QuerySet) -> Exists:
    """取りやめ: whether a sheet was taken out by itself; the trail tells it from one withdrawn with its file."""
    return Exists(rows.model.history.filter(id=OuterRef("pk"), action="remove_record"))
