"""保管場所: contents by their digest, under VAR_DIR/files; never reached by a path from outside."""

import hashlib
import os
import tempfile
from typing import Any

from django.core.files.storage import FileSystemStorage, Storage, storages


class DigestStorage(FileSystemStorage):
    """Files named by what is in them: the same name is the same content, written whole or not at all."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself."""
        return name

    def _save(self, name: str, content: Any) -> str:
        path = self.path(name)
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        descriptor, unfinished = tempfile.mkstemp(dir=os.path.dirname(path))  # readable by this user alone
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            os.replace(unfinished, path)
        except BaseException:
            os.unlink(unfinished)
            raise
        return name


def store() -> Storage:
    """The storage of uploaded and printed files (setting STORAGES, "files")."""
    return storages["files"]


def digest_of(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def place_of(digest: str) -> str:
    """Where a content lies in the store."""
    return f"{digest[:2]}/{digest[2:4]}/{digest}"
