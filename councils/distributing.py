"""資料の配布: bound in the background, kept as the PDF that the members get."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from councils.models import Meeting, MeetingPaper
from councils.packet import papers_of, print_packet, print_paper
from councils.services.papers import distribute, require_distributable
from history.errors import DomainError
from notices import jobs
from notices.models import Job
from notices.progress import Progress
from organization import rules
from organization.models import User

KIND = "council-packet"


class PaperGone(DomainError):
    """取りやめた資料: between the order and the work, somebody took it off the meeting."""

    def __init__(self) -> None:
        super().__init__("配布する資料は、すでに取りやめになっています。")


def register_work() -> None:
    """Called once, while the application starts."""
    jobs.register(KIND, work, repeatable=True)


def start(
    meeting: Meeting, *, note: str, owner: User, paper: MeetingPaper | None = None, allow_missing: bool = False
) -> Job:
    """配布の依頼: the packet, or one `paper` alone; `allow_missing`: 〓 stands for what the fonts lack.

    Raises NotDistributable at once, not only when the work begins.
    """
    rules.require(owner, "distribute_papers", meeting)
    require_distributable(meeting, paper)
    arguments: dict[str, Any] = {"meeting": meeting.pk, "note": note}
    if paper is not None:
        arguments["paper"] = paper.pk
    if allow_missing:
        arguments["allow_missing"] = True
    title = f"{meeting}の{paper.label if paper else '資料一式'}"
    return jobs.start(KIND, title=title, owner=owner, arguments=arguments)


def work(
    job: Job, progress: Progress, *, meeting: int, note: str, paper: int | None = None, allow_missing: bool = False
) -> None:
    """The job: what is laid before the meeting at this moment becomes a 配布. Raises PaperGone and as printing does."""
    row = Meeting.objects.select_related("body", "term").get(pk=meeting)
    today = timezone.localdate()
    one = None
    if paper is None:
        content = print_packet(row, today, allow_missing, step=progress.step)
    else:
        one = next((each for each in papers_of(row) if each.pk == paper), None)
        if one is None:
            raise PaperGone
        content = print_paper(one, today, allow_missing)
        progress.step(1, 1)
    made = distribute(row, content, paper=one, actor=job.owner, note=note)
    job.message = f"{made.pages:,}ページの{one.label if one else '資料一式'}を配布として保管しました。"
    job.result_url = reverse("download_file", args=[made.file_id])
