"""ファイルの保管: every write of stored files."""

import unicodedata
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from files import purposes
from files.errors import ContentChanged, Discarded
from files.examining import examine
from files.models import StoredFile
from files.storage import digest_of, place_of
from files.storage import store as storage
from history.writing import Actor
from organization import rules
from organization.models import User

NAME_LENGTH = 255


@transaction.atomic
def store(name: str, content: bytes, *, actor: Actor, purpose: str) -> StoredFile:
    """ファイルの保管: keep `content`, called `name`, for a registered `purpose`; whose it may be, the caller has asked.

    Raises the FileRefused that says what is wrong with it, KeyError for a purpose that nobody registered.
    """
    rules.require_action(actor, "store_file")
    name = plain_name(name)
    found = examine(name, content, purposes.get(purpose))
    digest = digest_of(content)
    # Written before the row is there: a content without a row does no harm, a row without its content would.
    storage().save(place_of(digest), ContentFile(content))
    stored = StoredFile(
        name=name,
        digest=digest,
        size=len(content),
        type=found.type,
        is_active=found.is_active,
        purpose=purpose,
        owner=actor if isinstance(actor, User) else None,
        stored_at=timezone.now(),
    )
    stored.full_clean()
    return stored.save_as(actor, action="store_file")


def require_acceptable(name: str, content: bytes, *, purpose: str) -> None:
    """受け付けの検査 alone, for who only asks: raises the FileRefused that `store` would raise."""
    examine(plain_name(name), content, purposes.get(purpose))


def may_read(user: User, stored: StoredFile) -> bool:
    """Whether the purpose of the file lets this person read it now."""
    return purposes.get(stored.purpose).may_read(user, stored)


def content_of(stored: StoredFile) -> bytes:
    """What was stored. Raises Discarded, and ContentChanged when the store holds something else."""
    if stored.discarded_at is not None:
        raise Discarded(stored.name)
    try:
        with storage().open(place_of(stored.digest)) as file:
            content = file.read()
    except FileNotFoundError:
        raise ContentChanged(stored.name) from None
    if digest_of(content) != stored.digest:
        raise ContentChanged(stored.name)
    return content


@transaction.atomic
def discard_old_files(*, actor: Actor, at: datetime) -> int:
    """期限の過ぎたファイルの廃棄: the contents of passing purposes go, their rows stay; answers how many."""
    rules.require_action(actor, "discard_file")
    gone = []
    for purpose in purposes.passing():
        kept_since = at - timedelta(days=purpose.keep_days or 0)
        old = StoredFile.objects.filter(purpose=purpose.code, discarded_at=None, stored_at__lt=kept_since)
        gone += list(old.select_for_update(of=("self",)).order_by("pk"))
    for stored in gone:
        stored.discarded_at = at
        stored.full_clean()
        stored.save_as(actor, action="discard_file")
    for digest in {stored.digest for stored in gone}:
        transaction.on_commit(lambda digest=digest: _remove_unless_kept(digest))
    return len(gone)


def plain_name(name: str) -> str:
    """The name without folders and without characters that cannot be seen; a long one keeps its end."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(char for char in last if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}).strip()
    if len(seen) > NAME_LENGTH:
        stem, dot, suffix = seen.rpartition(".")
        room = NAME_LENGTH - len(dot + suffix)
        seen = f"{stem[:room]}{dot}{suffix}" if dot and room > 0 else seen[:NAME_LENGTH]
    return seen or "名称のないファイル"


def _remove_unless_kept(digest: str) -> None:
    """Another row may hold the same content for another purpose."""
    if not StoredFile.objects.filter(digest=digest, discarded_at=None).exists():
        storage().delete(place_of(digest))
