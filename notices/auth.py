"""だれが見ているか: the person of a request, who brings along how many notices wait for them.

Counted in the statement that fetches the person anyway, so that the figure in the top bar costs no page a statement.
"""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Count, Q

from organization.models import User


class NoticeBackend(ModelBackend):
    """Signing in by name and password; the person carries `unread_notices`."""

    def get_user(self, user_id: Any) -> User | None:
        """The active user of a session."""
        unread = Count("notices", filter=Q(notices__read_at__isnull=True))
        user = User.objects.annotate(unread_notices=unread).filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
