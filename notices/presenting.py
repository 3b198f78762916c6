"""見せかた: what the pages of jobs and notices show."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from common.paging import ListPage
from notices import jobs
from notices.models import Job, JobState
from organization import rules
from organization.models import User

LOOKS = {
    JobState.WAITING: ("", "clock"),
    JobState.RUNNING: ("wait", "flow"),
    JobState.DONE: ("ok", "check"),
    JobState.FAILED: ("err", "ngc"),
    JobState.INTERRUPTED: ("warn", "alert"),
}
# What a screen reader is told while the figures run on: every tenth of the way.
TENTHS = 10


@dataclass(frozen=True)
class JobRow:
    """One job as a list and its own page show it."""

    job: Job
    words: str
    look: str
    icon: str
    figures: str


@dataclass(frozen=True)
class JobPage:
    """処理の状況: `said` is what was announced last, `announce` what is to be said now (empty: nothing new)."""

    row: JobRow
    said: str
    announce: str
    may_restart: bool


def job_row(job: Job) -> JobRow:
    """The job of this moment."""
    job = jobs.brought_up_to_date(job)
    look, icon = LOOKS[JobState(job.state)]
    figures = f"{job.total:,}件中{job.done:,}件" if job.total else ""
    return JobRow(job, job.get_state_display(), look, icon, figures)


def job_page(user: User, job: Job, *, said: str) -> JobPage:
    """The page of a job, told `said` before."""
    row = job_row(job)
    tenth = job.done * TENTHS // job.total if job.total else 0
    saying = f"{job.state}{tenth}"
    announce = f"{row.words}　{row.figures}" if said != saying else ""
    may_restart = jobs.can_restart(job) and job.finished_at is not None and rules.may_on(user, "restart_job", job)
    return JobPage(row, saying, announce, may_restart)


def job_frame(page: ListPage) -> dict[str, Any]:
    """What ui/list.html asks for."""
    return {
        "title": "処理の状況",
        "count": f"{page.total:,}件",
        "caption": "依頼した処理、新しい順",
        "has_rows": bool(page.rows),
        "empty": {
            "title": "依頼した処理はありません",
            "why": "取込みやまとめた印刷など、時間のかかる処理をここで確かめられます。",
            "url": reverse("home"),
            "action": "はじめの画面へ",
        },
        "pager": page,
    }


def notice_frame(page: ListPage) -> dict[str, Any]:
    """What ui/list.html asks for."""
    return {
        "title": "お知らせ",
        "count": f"{page.total:,}件",
        "caption": "お知らせ、新しい順",
        "has_rows": bool(page.rows),
        "empty": {"title": "お知らせはありません", "why": "", "url": reverse("home"), "action": "はじめの画面へ"},
        "pager": page,
    }
