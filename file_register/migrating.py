"""個人情報ファイルの移行: existing files come in at their old dates, past the procedure, many at a time.

The import and the demo ward write through here; as `registry.migrating`.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from common import persons
from exchange.cells import day_of
from exchange.lives import ACTION, Faults, Life, LifeWriter
from file_register.kinds import FileStatus, WithheldPart
from file_register.models import FileActivity, FileCount, PersonalFile, PersonalFileVersion
from file_register.services.counting import COUNTED_AHEAD
from history.bulk import create_all_as, save_all_as
from history.writing import Actor
from organization import rules

PUBLISHED = "公表した内容です。直すときは変更年月日を入れて新しい版にし、そのあとで公表の内容を修正してください。"
# 調べた日, 本人の数, 数え方・注記
CountLine = tuple[str, str, str]


class FileWriter(LifeWriter):
    """Writes lives of files. Extras: `activities` (keys of businesses), `counts` (CountLine, …)."""

    version = PersonalFileVersion
    link = "file"
    registered = FileStatus.REGISTERED
    sample_identity = PersonalFile()

    def new_identity(self, life: Life) -> PersonalFile:
        """A file with its end."""
        return PersonalFile(token=uuid4(), abolished_on=life.abolished_on, abolition_reason=life.abolition_reason)

    def own_faults(self, life: Life, version: PersonalFileVersion) -> Faults:
        """A reason for what is kept out of the register, the items published instead, no change of published words."""
        faults: Faults = {}
        if life.values and not life.changed_on and life.entry and life.entry.extras.get("was_published"):
            faults["changed_on"] = [PUBLISHED]  # everybody has read this version: its words stay what they were
        if (version.is_withheld or version.withheld_parts) and not version.withholding_reason.strip():
            faults["withholding_reason"] = ["掲載または記載しないときは、その理由を書いてください。"]
        if WithheldPart.ITEMS in version.withheld_parts and not version.published_items.strip():
            faults["published_items"] = ["記録項目の一部を記載しないときは、公表する記録項目を書いてください。"]
        if words := count_faults(life.extras.get("counts", ())):
            faults["counts"] = words
        return faults

    def attach(self, lives: Sequence[Life], *, actor: Actor, reason: str) -> None:
        """The ends of standing files, their businesses and counts."""
        ended = [life.entry.identity for life in lives if life.entry.versions and self._ends(life)]
        save_all_as(ended, actor, action=self.action, reason=reason)
        links: list[FileActivity] = []
        switched: list[FileActivity] = []
        for life in lives:
            _link(life, links, switched)
        create_all_as(links, actor, action=self.action, reason=reason)
        save_all_as(switched, actor, action=self.action, reason=reason)
        counts: list[FileCount] = []
        corrected: list[FileCount] = []
        for life in lives:
            _count(life, counts, corrected)
        create_all_as(counts, actor, action=self.action, reason=reason)
        save_all_as(corrected, actor, action=self.action, reason=reason)

    def _ends(self, life: Life) -> bool:
        file, end = life.entry.identity, (life.abolished_on, life.abolition_reason)
        if (file.abolished_on, file.abolition_reason) == end:
            return False
        file.abolished_on, file.abolition_reason = end
        return True


def count_faults(lines: Sequence[CountLine]) -> list[str]:
    """What the table of counts refuses: each line needs a day that has come and a number, a day stands once."""
    faults, days = [], set()
    for day_text, text, note in lines:
        try:
            day = day_of(day_text)
            persons.parse(text)
        except ValidationError as error:
            faults += error.messages
            continue
        except persons.PersonsTextError as error:
            faults.append(str(error))
            continue
        if day is None:
            faults.append("調べた日を書いてください（例：2023-04-01｜1,234人）。")
        elif day > timezone.localdate():
            faults.append(f"{day_text}：{COUNTED_AHEAD}")
        if day in days:
            faults.append(f"{day_text}の人数が2つあります。")
        days.add(day)
        if len(text) > 60 or len(note) > 200:
            faults.append("人数は60文字、注記は200文字までです。")
    return faults


@transaction.atomic
def migrate_files(lives: Sequence[Life], *, actor: Actor, reason: str, action: str = ACTION) -> None:
    """個人情報ファイルの移行: write `lives`, new entries, all or none; their `newest` are the versions that stand.

    `values` are those of a version, department included; `extras` may hold `activities` (keys of businesses) and
    `counts`. Raises NotPermitted, ReasonRequired, ValidationError naming every entry that cannot stand.
    """
    rules.require_action(actor, ACTION)
    writer = FileWriter(action)
    faults = [
        f"{place}件目：{message}"
        for place, life in enumerate(lives, 1)
        for messages in writer.faults(life).values()
        for message in messages
    ]
    if faults:
        raise ValidationError(faults)
    writer.write(lives, actor=actor, reason=reason)


def _link(life: Life, links: list[FileActivity], switched: list[FileActivity]) -> None:
    standing: dict[int, FileActivity] = life.entry.extras.get("links", {})
    linked = [key for key, link in standing.items() if link.is_linked]
    wanted = life.extras.get("activities", linked)
    if life.begun:
        links += [FileActivity(version=version, activity_id=key) for version in life.begun for key in wanted]
    elif "activities" in life.extras:
        for key in wanted:
            if key not in standing:
                links.append(FileActivity(version=life.newest, activity_id=key))
        for key, link in standing.items():
            if link.is_linked != (key in wanted):
                link.is_linked = key in wanted
                switched.append(link)


def _count(life: Life, counts: list[FileCount], corrected: list[FileCount]) -> None:
    standing: dict[date, FileCount] = {row.counted_on: row for row in life.entry.extras.get("counts", ())}
    for day_text, text, note in life.extras.get("counts", ()):
        day, found = day_of(day_text), persons.parse(text)
        row: Any = standing.get(day) if day else None
        if row is None:
            row = FileCount(file=life.entry.identity, counted_on=day)
            counts.append(row)
        elif (row.text, row.note) != (found.text, note):
            corrected.append(row)
        row.text, row.lowest, row.highest, row.note = found.text, found.lowest, found.highest, note
