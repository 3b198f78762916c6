"""変更の知らせ: what happened in the public registers, as an Atom feed."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, get_tag_uri
from django.utils.html import escape

from public.entries import Event
from public.registers import newest
from public.setting import Setting

LIMIT = 50
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
        feed_guid=address,
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
        "unique_id": get_tag_uri(f"{link}#{event.register}-{event.what}", when),
        "pubdate": when,
        "updateddate": when,
    }


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
