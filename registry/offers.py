"""廃止のときの申し出: what applications above offer on the page on which a business is abolished.

They register while they start, as in `registry.impact`; the page shows what they answer without knowing their tables.
"""

from collections.abc import Callable

from django.utils.safestring import SafeString

from organization.models import User
from registry.models import ActivityVersion

# (who looks, the business) → a piece of the page, empty where there is nothing to offer
Offer = Callable[[User, ActivityVersion], SafeString]

_OFFERS: dict[str, Offer] = {}


def register(offer: Offer) -> None:
    """Make an offer known; the same one registered again replaces itself."""
    _OFFERS[f"{offer.__module__}.{offer.__qualname__}"] = offer


def shown(user: User, version: ActivityVersion) -> list[SafeString]:
    """The pieces of all applications, in the order of their registration, without the empty ones."""
    return [piece for piece in (offer(user, version) for offer in _OFFERS.values()) if piece]
