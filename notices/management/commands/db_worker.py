"""背景処理のプログラム: django-tasks-db's worker, with the housekeeping, saying only what goes wrong."""

import logging
from typing import Any

from django.utils import timezone
from django_tasks_db.compat import TASKS_LOGGER
from django_tasks_db.management.commands import db_worker

from notices import housekeeping


class Command(db_worker.Command):
    """As the command of that name of django-tasks-db, in whose place it stands."""

    help = "背景処理（取込み、まとめた印刷、メール）を行います。止めるまで動きます。"

    def configure_logging(self, verbosity: int) -> None:
        """Faults alone; -v 2 tells of each task."""
        super().configure_logging(verbosity)
        if verbosity == 1:
            for name in (TASKS_LOGGER, db_worker.logger.name):
                logging.getLogger(name).setLevel(logging.ERROR)

    def handle(self, *args: Any, **options: Any) -> None:
        """Tidy up, then work until told to stop."""
        housekeeping.tidy(timezone.now())
        super().handle(*args, **options)
