"""処理の状況とお知らせのページ."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from common.paging import page_of
from common.views import go_to
from notices import jobs, presenting, services
from notices.models import Job, Notice
from organization import rules


@require_GET
def job_list(request: HttpRequest) -> HttpResponse:
    """処理の状況: one's own jobs, the newest first."""
    page = page_of(request, Job.objects.filter(owner=request.user))
    context = {"list": presenting.job_frame(page), "rows": [presenting.job_row(job) for job in page.rows]}
    return render(request, "notices/job_list.html", context)


@require_GET
def view_job(request: HttpRequest, pk: int) -> HttpResponse:
    """処理の状況, of one job; asked again every second while it lasts (the fragment alone)."""
    job = rules.find(Job.objects.select_related("owner"), request.user, "view_job", pk=pk)
    page = presenting.job_page(request.user, job, said=request.GET.get("said", ""))
    template = "notices/_job.html" if request.htmx else "notices/job.html"
    return render(request, template, {"page": page})


@require_POST
def restart_job(request: HttpRequest, pk: int) -> HttpResponse:
    """やり直し: leads back to the job."""
    job = rules.find(Job.objects.all(), request.user, "restart_job", pk=pk)
    jobs.restart(job, actor=request.user)
    messages.success(request, "もう一度、順番に入れました。")
    return go_to(request, "view_job", pk=pk)


@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    """お知らせ: one's own, the newest first."""
    page = page_of(request, rules.permitted(Notice.objects.all(), request.user, "view_notice"))
    context = {"list": presenting.notice_frame(page), "rows": page.rows, "unread": request.user.unread_notices}
    return render(request, "notices/notice_list.html", context)


@require_POST
def read_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """お知らせの確認: leads to what it tells of, else back to the list."""
    notice = rules.find(Notice.objects.all(), request.user, "read_notice", pk=pk)
    services.read_notice(notice, actor=request.user, at=timezone.now())
    inside = url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
    return go_to(request, notice.url if notice.url and inside else "notice_list")


def read_all_notices(request: HttpRequest) -> HttpResponse:
    """すべてのお知らせの確認; whom a new sign-in leads here finds the list."""
    if request.method != "POST":
        return notice_list(request)
    count = services.read_all_notices(actor=request.user, at=timezone.now())
    messages.success(request, f"お知らせ{count:,}件を確認済みにしました。")
    return go_to(request, "notice_list")
