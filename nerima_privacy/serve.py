"""What bin/serve runs: prepares the database and the static files, starts the worker, serves, all from one process.

Starting Python, Django and the printing parts takes longer than all the preparing; so it is done once, not four times.
"""

import os
import sys
from io import StringIO
from pathlib import Path

import django
from django.core.management import call_command
from gunicorn.app.wsgiapp import WSGIApplication

from nerima_privacy.worker import WorkerBeside

CONFIGURATION = Path(__file__).resolve().parent.parent / "bin" / "gunicorn.conf.py"


class ServedApplication(WSGIApplication):
    """gunicorn, which ends the worker when it ends."""

    worker = WorkerBeside()

    def load_config(self) -> None:
        """The file's settings and that hook."""
        super().load_config()
        self.cfg.set("on_exit", self.worker.stop)


def prepare() -> None:
    """Bring the tables and the static files up to date; load the demo ward when the database is empty."""
    print("データベースと画面の部品を準備しています…", flush=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_demo", if_empty=True)
    call_command("seed_layouts", stdout=StringIO())
    call_command("rebuild_search", if_missing=True)
    call_command("collectstatic", interactive=False, verbosity=0)


def announcement(port: str) -> str:
    """Where to click, and with which names of the demo ward one can sign in."""
    accounts = StringIO()
    call_command("load_demo", accounts=True, stdout=accounts)
    return f"\n{accounts.getvalue()}\nここを開いてください: http://127.0.0.1:{port}/\n止めるには Ctrl-C を押します。"


def main() -> None:
    """Prepare, then become gunicorn on `PORT` of this machine alone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nerima_privacy.settings.dev")
    port = os.environ.get("PORT", "8000")
    django.setup()
    prepare()
    sys.stdout.flush()  # what the commands said comes before what gunicorn says, in a pipe too
    os.environ["ANNOUNCEMENT"] = announcement(port)  # printed by gunicorn once it listens
    sys.argv = ["gunicorn", f"--config={CONFIGURATION}", f"--bind=127.0.0.1:{port}", "nerima_privacy.wsgi"]
    ServedApplication.worker.start()
    ServedApplication("%(prog)s [OPTIONS] [APP_MODULE]").run()


if __name__ == "__main__":
    main()
