"""日付の読み取り: from a text to its parts, without asking yet whether such a day exists."""

import re
import unicodedata
from dataclasses import dataclass

from common.text import fold_dashes
from common.wareki.eras import ERA_PATTERN, ERAS, Era, era_named
from common.wareki.errors import AmbiguousError, UnreadableError

_ERA = rf"(?P<era>{ERA_PATTERN})"
_YEAR_FORMS = (
    rf"{_ERA}(?P<year>元|[0-9]{{1,4}})年(?:\((?P<western>[0-9]{{4}})年\))?",  # 令和3年, 令和3年（2021年）
    rf"(?P<western>[0-9]{{4}})年(?:\({_ERA}(?P<year>元|[0-9]{{1,4}})年\))?",  # 2021年, 2021年（令和3年）
    r"(?P<year>元|[0-9]{1,2})年",  # 3年: the era is understood
)
# A figure may be missing before 月 or 日: that is a template filled in part (平成12年4月　日).
_MONTH_AND_DAY = r"(?:(?P<month>[0-9]{1,2})?月(?:(?P<day>[0-9]{1,2})?日|(?P<part>末日?|[初上中下]旬))?)?"
_SEPARATED = r"(?P<sep>[./-])(?P<month>[0-9]{1,2})(?:(?P=sep)(?P<day>[0-9]{1,2})|(?P<part>末日?|[初上中下]旬))?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        *(year + _MONTH_AND_DAY for year in _YEAR_FORMS),
        rf"(?:{_ERA}(?P<fiscal>元|[0-9]{{1,4}})|(?P<western>[0-9]{{4}})|(?P<fiscal2>元|[0-9]{{1,2}}))年度",
        r"(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})?日|(?P<part>末日?|[初上中下]旬))?",  # 8月: of a year understood
        r"(?P<day>[0-9]{1,2})日",  # 18日: year and month are understood
        rf"{_ERA}(?P<year>元|[0-9]{{1,4}}){_SEPARATED}",  # R4.6.1
        rf"(?P<western>[0-9]{{4}}){_SEPARATED}",  # 2022/6/1
        r"(?P<year>元|[0-9]{1,2})(?P<sep>[./-])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})",  # 4.6.1
        rf"{_ERA}(?P<year>[0-9]{{2}})(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})",  # R040601
        r"(?P<western>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",  # 20220601
        rf"{_ERA}(?P<year>元|[0-9]{{1,4}})|(?P<western>[0-9]{{4}})",  # R4, 2022
    )
)
_TAIL = re.compile(
    r"(?P<core>.+?)"
    r"(?:\((?P<weekday>[月火水木金土日])(?:曜日?)?(?:・?祝日?)?\))?"
    r"(?:(?P<open>以降(?:継続)?)|現在|時点|付け?|頃|ごろ|予定)?"
)
# What is printed before anybody writes: 令和　年　月　日, 年　月, 年　月　日から, 年　月　日以降継続, or nothing.
_TEMPLATE = re.compile(rf"(?:(?:{'|'.join(era.name for era in ERAS)})?年)?(?:月日?)?(?:から|まで|以降継続)?")
_BRACKETED = re.compile(r"[【〔\[(](?P<inside>.*)[】〕\])]")
_TWO_FIGURES = re.compile(r"(?P<first>[0-9]{1,2})[./-](?P<second>[0-9]{1,2})")


@dataclass(frozen=True)
class Parts:
    """日付の部品: the figures of a date text; what the text does not say is None (or False)."""

    era: Era | None = None
    year: int | None = None  # of the era; 元 = 1
    western: int | None = None
    month: int | None = None
    day: int | None = None
    part: str | None = None  # 末, 初旬 …
    weekday: str | None = None
    fiscal: bool = False
    is_open: bool = False


def squeeze(text: str) -> str:
    """The text as the patterns see it: NFKC (㋿, full width), capitals, one kind of dash, no blank, no outer bracket.

    Blanks go because papers space letters (平 成 25年, 2 5 日); format characters come with pasted cells.
    """
    folded = fold_dashes(unicodedata.normalize("NFKC", text)).upper()
    bare = "".join(c for c in folded if not c.isspace() and unicodedata.category(c) != "Cf")
    match = _BRACKETED.fullmatch(bare)
    return match["inside"] if match else bare


def is_template(squeezed: str) -> bool:
    """Whether nothing is filled in: an empty text, or a printed template without a figure."""
    return _TEMPLATE.fullmatch(squeezed) is not None


def read(text: str) -> Parts:
    """The parts of a date text (never a template); UnreadableError or AmbiguousError when no single form fits."""
    tail = _TAIL.fullmatch(squeeze(text))
    found = tail and _first_form(tail["core"])
    if not tail or not found:
        raise _refusal(text)
    era, fiscal = found.get("era"), found.get("fiscal") or found.get("fiscal2")
    return Parts(
        era=era_named(era) if era else None,
        year=_number(fiscal or found.get("year")),
        western=_number(found.get("western")),
        month=_number(found.get("month")),
        day=_number(found.get("day")),
        part=found.get("part"),
        weekday=tail["weekday"],
        fiscal="年度" in tail["core"],
        is_open=tail["open"] is not None,
    )


def _first_form(core: str) -> dict[str, str | None] | None:
    for form in _FORMS:
        if match := form.fullmatch(core):
            # A month left out before a written day is no date (令和4年　月5日).
            return None if match.groupdict().get("day") and "年月" in core else match.groupdict()
    return None


def _number(figure: str | None) -> int | None:
    return 1 if figure == "元" else int(figure) if figure else None


def _refusal(text: str) -> UnreadableError | AmbiguousError:
    squeezed = squeeze(text)
    if two := _TWO_FIGURES.fullmatch(squeezed):
        first, second = two["first"], two["second"]
        return AmbiguousError(
            f"「{squeezed}」は年と月か、月と日か、分かりません。「R{first}.{second}」または「{first}月{second}日」と書いてください。"
        )
    if "から" in squeezed or "まで" in squeezed:
        return UnreadableError("「から」「まで」は書かずに、日付を1つだけ書いてください。")
    shown = text.strip() if len(text.strip()) <= 30 else text.strip()[:30] + "…"
    return UnreadableError(f"「{shown}」は日付として読めません。R4.6.1、令和4年6月、2022/6/1 のように書いてください。")
