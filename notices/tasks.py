"""What the worker is asked to do, one function for each kind of entry in its queue."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone
from django_tasks import task

from notices import housekeeping, jobs
from notices.models import Notice

logger = logging.getLogger(__name__)

SUBJECT_LENGTH = 60


@task()
def run_job(job_pk: int) -> None:
    """背景処理."""
    housekeeping.tidy_daily(timezone.now())
    jobs.run(job_pk)


@task()
def send_notice(notice_pk: int) -> None:
    """お知らせのメール; a mail server that refuses or is away is logged, the notice stays in the application."""
    notice = Notice.objects.select_related("user").get(pk=notice_pk)
    if not notice.user.email:
        return  # taken away since
    subject = f"［個人情報保護 台帳と審議］{' '.join(notice.text.split())[:SUBJECT_LENGTH]}"
    lines = [f"{notice.user.name} さん", "", notice.text]
    if notice.url and settings.SITE_ADDRESS:
        lines += ["", f"{settings.SITE_ADDRESS}{notice.url}"]
    try:
        send_mail(subject, "\n".join(lines), None, [notice.user.email])
    except (OSError, SMTPException):
        logger.exception("notice %s could not be mailed", notice.pk)
