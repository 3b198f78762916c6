"""照会: questions and answers on a file between those who have a hand in it; the state of the file stays as it is."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from history.models import TrackedModel
from organization.models import Department, User
from records.models.about import AboutRecord, at_most_one
from records.models.out_of_purpose import OutOfPurposeUseVersion
from records.models.papers import OfProposal, Paper
from records.models.proposals import Proposal
from records.states import LEFT_THE_DEPARTMENT
from records.texts import reason_text


class Party(models.TextChoices):
    """照会の当事者: who has a hand in a file. The code is also what the permission table's grants name."""

    OFFICE = "office", "情報公開課"
    DEPARTMENT = "department", "所管課"
    PROVIDER = "provider", "提供課"
    IT = "it", "情報政策課（技術確認）"


class InquiryState(models.TextChoices):
    """照会の状態."""

    OPEN = "open", "回答待ち"
    ANSWERED = "answered", "回答あり"
    CLOSED = "closed", "終了"


class Inquiry(AboutRecord, OfProposal, TrackedModel):
    """照会: a question on a file, on one of its sheets or papers, or on one box of them; asked party to party."""

    # In place of a state: the party whose turn it is. So the table says 「情報政策課 answers what waits for it」.
    STATUS_PATH = "waits_for"

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="inquiries", verbose_name="案件")
    asking = models.CharField("照会する側", max_length=12, choices=Party)
    asked = models.CharField("照会先", max_length=12, choices=Party)
    # Of a file with several 目的外利用, which of the providing departments asks or is asked.
    provider = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="inquiries", verbose_name="提供課"
    )
    asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="inquiries", verbose_name="照会した人"
    )
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="資料")
    # The box or heading as it read when the question was asked.
    place = models.CharField("らん・項目", max_length=120, blank=True)
    state = models.CharField("状態", max_length=10, choices=InquiryState, default=InquiryState.OPEN)
    waits_for = models.CharField("回答する側", max_length=12, choices=Party, blank=True)
    token = models.UUIDField("送信票", unique=True, editable=False)

    class Meta:
        verbose_name = "照会"
        verbose_name_plural = "照会"
        ordering = ["pk"]
        indexes = [models.Index(fields=["waits_for"], name="inquiry_by_turn", condition=~Q(waits_for=""))]
        constraints = [
            models.CheckConstraint(
                name="inquiry_waits_while_open",
                condition=Q(state=InquiryState.OPEN, waits_for=F("asked"))
                | (~Q(state=InquiryState.OPEN) & Q(waits_for="")),
            ),
            models.CheckConstraint(
                name="inquiry_not_to_oneself",
                condition=~Q(asking=F("asked")),
                violation_error_message="照会する側と照会先は、別にしてください。",
            ),
            models.CheckConstraint(
                name="inquiry_provider_is_named",
                condition=Q(provider__isnull=False) ^ ~(Q(asking=Party.PROVIDER) | Q(asked=Party.PROVIDER)),
                violation_error_message="提供課との照会では、どの課かを選んでください。",
            ),
            models.CheckConstraint(name="inquiry_about_one_thing", condition=at_most_one("paper")),
        ]

    def __str__(self) -> str:
        return f"{self.asking_words} → {self.asked_words}"

    def get_absolute_url(self) -> str:
        """The thread."""
        return reverse("view_inquiry", args=[self.pk])

    @property
    def asking_words(self) -> str:
        """Who asks, by name."""
        return self.words_for(self.asking)

    @property
    def asked_words(self) -> str:
        """Who is asked, by name."""
        return self.words_for(self.asked)

    def words_for(self, party: str) -> str:
        """A party of this question by its name: 「情報公開課」, 「区民部 収納課」."""
        if party == Party.DEPARTMENT:
            return self.proposal.department.full_name
        if party == Party.PROVIDER and self.provider is not None:
            return self.provider.full_name
        return str(Party(party).label)

    @property
    def subject(self) -> str:
        """What the question is about, in words."""
        record = self.record
        what = f"{record._meta.verbose_name}「{record}」" if record else f"資料「{self.paper}」" if self.paper else ""
        return f"{what or '案件全体'}　{self.place}".strip()

    @classmethod
    def addressed_to(cls, departments: Iterable[int]) -> Q:
        """Those that wait for one of `departments`: as the department of the file, or as a providing one in sight."""
        departments = list(departments)
        seen = Proposal.objects.filter(Proposal.shared_with(departments))
        own = Q(waits_for=Party.DEPARTMENT, proposal__department__in=departments)
        return own | Q(waits_for=Party.PROVIDER, provider__in=departments, proposal__in=seen)

    @classmethod
    def put_to_it(cls) -> Q:
        """技術確認: those that 情報政策課 asks or is asked, while the file is where it may see it."""
        seen = Q(proposal__form_date__isnull=False, proposal__status__in=LEFT_THE_DEPARTMENT)
        return (Q(asking=Party.IT) | Q(asked=Party.IT)) & seen


class EntryKind(models.TextChoices):
    """照会のやりとり: a question or an answer."""

    QUESTION = "question", "照会"
    ANSWER = "answer", "回答"


class InquiryEntry(TrackedModel):
    """照会のやりとり: one question or answer of a thread, with who wrote it as it read then."""

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="entries", verbose_name="照会")
    kind = models.CharField("種別", max_length=10, choices=EntryKind)
    text = models.TextField("内容", validators=[reason_text])
    written_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="記入した人"
    )
    writer = models.CharField("記入者", max_length=300)
    written_at = models.DateTimeField("記入日時")
    token = models.UUIDField("送信票", unique=True, editable=False)

    class Meta:
        verbose_name = "照会のやりとり"
        verbose_name_plural = "照会のやりとり"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.text[:40]}"


def providers_of(proposal: Proposal) -> list[Department]:
    """提供課: the departments that shall provide for a 目的外利用 of the file, once each."""
    uses = OutOfPurposeUseVersion.objects.filter(proposal=proposal).exclude(providing_department=None)
    rows = Department.objects.filter(pk__in=uses.values("providing_department"))
    return list(rows.select_related("parent").order_by("pk"))
