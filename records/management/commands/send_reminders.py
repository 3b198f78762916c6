"""継続の確認の通知: for a timer of the operating system; the worker does the same with its daily housekeeping."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from records.services.endings import send_reminders


class Command(BaseCommand):
    """`bin/manage send_reminders`: tell the departments whose records end soon; nobody twice."""

    help = "期間の終わりが近い記録票の所管課に「事業は継続しますか」と知らせます。同じ時期には一度だけです。"

    def handle(self, *args: Any, **options: Any) -> None:
        """As of today."""
        told = send_reminders(timezone.localdate())
        self.stdout.write(f"{told}件の記録票について知らせました。")
