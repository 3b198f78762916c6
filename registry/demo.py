"""見本の業務登録: what the demo ward has beside the businesses of the papers, as many as a real ward has.

The papers give only the figure (498 businesses at the end of March 2022, domain §1.3), not the businesses; all entries
are put together from word lists and marked as sample data. They come in as 移行, like a ward's own paper register.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from exchange.lives import Life
from history.writing import SYSTEM
from organization.demo import SAMPLE
from organization.models import Department
from registry.migrating import migrate_activities

MARK = "見本："
FIRST_NUMBER = 9001  # no number of the papers begins with 9
ALL_FIELDS_NOTE = f"{SAMPLE}：名称をふくむすべての項目。"


@dataclass(frozen=True)
class Sample:
    """見本の一件: a theme of a department and a kind of work, for example 介護予防 and 訪問."""

    department: str
    theme: str
    work: Mapping[str, Any]
    number: str

    @property
    def name(self) -> str:
        """「見本：介護予防の訪問に関する業務」."""
        return f"{MARK}{self.theme}の{self.work['word']}に関する業務"


def load_samples(data: Mapping[str, Any], departments: Mapping[str, Department]) -> list[tuple[Sample, Life]]:
    """Write the sample businesses of `data` (fixtures/demo/…-samples.json); answers each with its life.

    On the fixture's day as many are in force as it says; some ended before it, some begin later.
    """
    wanted = data["activities"]
    counts = (wanted["in_force"], wanted["ended_before"], wanted["begun_later"])
    made = [
        (sample, _life(sample, index, counts, departments, data["note"]))
        for index, sample in enumerate(islice(_samples(data), sum(counts)))
    ]
    migrate_activities([life for _, life in made], actor=SYSTEM, reason=SAMPLE)
    return made


def _samples(data: Mapping[str, Any]) -> Iterator[Sample]:
    """Work by work through all themes, so that the first entries are of every department."""
    serials = dict.fromkeys(data["themes"], 0)
    groups = {key: FIRST_NUMBER + place for place, key in enumerate(data["themes"])}
    for work in data["works"]:
        for department, themes in data["themes"].items():
            for theme in themes:
                serials[department] += 1
                yield Sample(department, theme, work, f"{groups[department]}-{serials[department]:02d}")


def _life(
    sample: Sample, index: int, counts: tuple[int, int, int], departments: Mapping[str, Department], note: str
) -> Life:
    department = departments[sample.department]
    standing, ended, _ = counts
    life = Life(
        values={
            "department": department,
            "name": sample.name,
            "purpose": f"{MARK}{sample.theme}について、{sample.work['purpose']}",
            "responsible": department.head_title,
            "subjects": f"{MARK}{sample.theme}の対象となる区民",
            "persons": f"約{(index * 37 % 90 + 1) * 100:,}人",
            "item_kinds": sample.work["item_kinds"],
            "items": sample.work["items"],
            "collected_from": ["person"],
            "media": "電磁的記録、紙",
            "has_sensitive": "health" in sample.work["item_kinds"],
            "source_note": f"{ALL_FIELDS_NOTE}{note}",
        },
        extras={"number": sample.number},
    )
    if index < standing:
        _stand(life, index)
    elif index < standing + ended:
        _end_before(life, index)
    else:
        life.registered_on = date(2022 + index % 4, 7, 1)
    return life


def _stand(life: Life, index: int) -> None:
    """In force on the last day of 令和3年度; a few registered or changed in that year, a few abolished after it."""
    life.registered_on = date(2021, 7, 1) if index % 54 == 53 else date(2001 + index % 20, 4, 1)
    if index % 11 == 5:
        life.changed_on = (date(2021, 10, 1) if index % 3 else date(2020, 10, 1),)
        life.registered_on = min(life.registered_on, date(2019, 4, 1))
    if index % 61 == 60:
        life.abolished_on, life.abolition_reason = date(2024, 4, 1), f"{MARK}事業の終了"


def _end_before(life: Life, index: int) -> None:
    life.registered_on = date(2005, 4, 1)
    life.abolished_on = date(2021, 10, 1) if index % 3 == 0 else date(2012, 4, 1)
    life.abolition_reason = f"{MARK}事業の終了"
