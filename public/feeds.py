"""変更の知らせ: what happened in the public registers, as an Atom feed."""

import re
import uuid
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from public.entries import Event
from public.registers import newest
from public.setting import Setting

LIMIT = 50
# Names of the feed and of its items are made of what they say, never of the address under which they were read.
_NAMES = uuid.UUID("8c0a2f5e-4b51-5d0b-9d0e-6a3a7f1c9b42")
# XML has no way to write these, not even escaped.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def atom(setting: Setting, absolute: Callable[[str], str]) -> str:
    """The newest events, each leading to the address of its entry."""
    address = absolute(reverse("public_feed"))
    feed = Atom1Feed(
        title=f"{setting.ward} 個人情報保護の公表",
        link=absolute(reverse("public_front")),
        description="公表した帳簿の変更",
        language="ja",
        author_name=setting.ward,
        feed_url=address,
        feed_guid=_urn(_NAMES, setting.ward),
    )
    for event in newest(setting, LIMIT):
        feed.add_item(**_item(event, absolute))
    return feed.writeString("utf-8")


def _item(event: Event, absolute: Callable[[str], str]) -> dict[str, Any]:
    title = f"{event.what}：{event.ref.title}（{event.register}）"
    link, when = absolute(event.ref.url), _morning(event.day)
    words = f"{event.what}した項目：{'、'.join(event.items)}" if event.items else title
    return {
        "title": _NOT_IN_XML.sub("", title),
        "link": link,
        # Readers take the summary for HTML, the title for text.
        "description": escape(_NOT_IN_XML.sub("", words)),
        "unique_id": _urn(event.ref.key, event.ref.kind, event.register, event.what, event.day.isoformat()),
        "pubdate": when,
        "updateddate": when,
    }


def _urn(space: uuid.UUID, *parts: str) -> str:
    """The same for the same event for ever, on whatever host and port."""
    return uuid.uuid5(space, "|".join(parts)).urn


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
