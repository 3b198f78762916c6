"""案件についての一行: what applications above say of a file on its page.

They register while they start, as in `registry.offers`; the page shows what they answer without knowing their tables.
"""

from collections.abc import Callable

from django.utils.safestring import SafeString

from organization.models import User
from records.models import Proposal

# (who looks, the file) → lines of the page, empty where there is nothing to say
Mention = Callable[[User, Proposal], SafeString]

_MENTIONS: dict[str, Mention] = {}


def register(mention: Mention) -> None:
    """Make a mention known; the same one registered again replaces itself."""
    _MENTIONS[f"{mention.__module__}.{mention.__qualname__}"] = mention


def shown(user: User, proposal: Proposal) -> list[SafeString]:
    """The lines of all applications, in the order of their registration, without the empty ones."""
    return [piece for piece in (mention(user, proposal) for mention in _MENTIONS.values()) if piece]
