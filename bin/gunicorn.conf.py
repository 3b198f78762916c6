"""gunicorn's settings, for bin/serve and for the ward's server: two processes forked from one warm parent."""

import os
import sys

preload_app = True
workers = int(os.environ.get("WORKERS", "2"))  # sync: a page takes milliseconds, a sheet about 30
timeout = 60  # seconds; a packet of many sheets takes several
graceful_timeout = 10  # seconds until a worker that does not hear it should stop is ended
loglevel = "warning"
proc_name = "nerima-privacy"
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108  the heartbeat file, never on a slow disk
control_socket_disable = True  # nobody steers a running server from outside


def when_ready(server: object) -> None:
    """Do once, before the workers fork, what the first visitor would otherwise wait for."""
    from django.urls import get_resolver

    from nerima_privacy.settings.checks import close_connections
    from printing.pdf import warm_up

    _ = get_resolver().url_patterns  # reads every view
    warm_up()
    close_connections()
    if announcement := os.environ.get("ANNOUNCEMENT"):
        print(announcement, file=sys.stderr, flush=True)
