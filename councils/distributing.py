"""資料一式の配布: bound in the background, kept as the PDF that the members get."""

from django.urls import reverse
from django.utils import timezone

from councils.models import Meeting
from councils.packet import print_packet
from councils.services.papers import distribute, require_distributable
from notices import jobs
from notices.models import Job
from notices.progress import Progress
from organization import rules
from organization.models import User

KIND = "council-packet"


def register_work() -> None:
    """Called once, while the application starts."""
    jobs.register(KIND, work, repeatable=True)


def start(meeting: Meeting, *, note: str, owner: User) -> Job:
    """資料一式の配布の依頼. Raises NotDistributable at once, not only when the work begins."""
    rules.require(owner, "distribute_papers", meeting)
    require_distributable(meeting)
    title = f"{meeting}の資料一式"
    return jobs.start(KIND, title=title, owner=owner, arguments={"meeting": meeting.pk, "note": note})


def work(job: Job, progress: Progress, *, meeting: int, note: str) -> None:
    """The job: the packet of this moment becomes a 配布."""
    row = Meeting.objects.select_related("body", "term").get(pk=meeting)
    content = print_packet(row, timezone.localdate(), allow_missing=False, step=progress.step)
    made = distribute(row, content, actor=job.owner, note=note)
    job.message = f"{made.pages:,}ページの資料一式を配布として保管しました。"
    job.result_url = reverse("download_file", args=[made.file_id])
