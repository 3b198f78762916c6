"""取り込むファイルの保管: what was uploaded, by the digest of what it says."""

import hashlib
from pathlib import Path

from django.conf import settings


def keep(content: bytes) -> str:
    """Write the file, once however often it is uploaded; answers its key."""
    key = hashlib.sha256(content).hexdigest()
    path = _path(key)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return key


def load(key: str) -> bytes:
    """What was kept under `key`."""
    return _path(key).read_bytes()


def _path(key: str) -> Path:
    return Path(settings.VAR_DIR) / "imports" / key
