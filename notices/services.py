"""お知らせ: told in the application and by mail."""

from datetime import datetime

from django.db import transaction

from notices.models import Notice
from organization import rules
from organization.models import User


@transaction.atomic
def tell(user: User, text: str, url: str = "") -> Notice:
    """お知らせ: one line for `user`, leading to `url` (a path of this application); by mail too if an address is known.

    Both come with the caller's transaction or not at all. The worker sends the mail, so that a mail server that is
    slow or away neither delays nor breaks the step.
    """
    from notices.tasks import send_notice  # the tasks call back into this application

    notice = Notice(user=user, text=text, url=url)
    notice.full_clean()
    notice.save()
    if user.email and user.is_active:
        send_notice.enqueue(notice.pk)
    return notice


@transaction.atomic
def read_notice(notice: Notice, *, actor: User, at: datetime) -> Notice:
    """お知らせの確認; the first time counts. Raises NotPermitted for somebody else's."""
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    rules.require(actor, "read_notice", notice)
    if notice.read_at is None:
        notice.read_at = at
        notice.save()
    return notice


@transaction.atomic
def read_all_notices(*, actor: User, at: datetime) -> int:
    """すべてのお知らせの確認; answers how many were new."""
    rules.require_action(actor, "read_all_notices")
    unread = rules.permitted(Notice.objects.filter(read_at__isnull=True), actor, "view_notice")
    return unread.update(read_at=at)
