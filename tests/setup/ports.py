"""Ports for the servers that these tests start."""

import socket
from contextlib import closing


def free_port() -> int:
    """A port of this machine that nobody listens on just now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
