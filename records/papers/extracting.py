"""文からの読取り: the protective measures and the attachments that a paper's text names."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from printing.prose.reading import Block, Kind, figure_names, read, words
from records.models import MeasureKind
from records.papers.layouts import measure_side


@dataclass(frozen=True)
class FoundMeasure:
    """保護措置 as the text has it."""

    side: str
    number: str
    wording: str


@dataclass(frozen=True)
class FoundAttachment:
    """添付 as the text has it: its name, whether below 「…と同一のため省略する」, whether as a figure in the text."""

    name: str
    is_omitted: bool
    in_text: bool = False


# A sentence that only leads to the measures.
_LEAD = re.compile(r"(?:つぎ|次)の.{0,12}(?:措置を講|とおり).{0,8}$|別紙.*のとおり。?$")
_ONLY_A_MARK = re.compile(r"[（(][0-9０-９]+[)）]|[⑴-⒇①-⑳・]")
_OMITTED = re.compile(r"同一のため.{0,6}省略")
_KINDS = [
    (MeasureKind.LOG, "ログ(?!イン|オン|オフ|アウト)|記録を|履歴"),
    (MeasureKind.RETENTION, "削除|消去|廃棄|返還|保存期間|日間"),
    (MeasureKind.RECOVERY, "復旧|バックアップ"),
    (MeasureKind.MEDIA, "媒体|USB|ＵＳＢ|メモリ|持出|保管庫"),
    (MeasureKind.PREMISES, "入退室|警備|監視カメラ|庁舎|データセンターは"),
    (MeasureKind.VIRUS, "ウイルス|ウィルス|ファイアウォール|ファイヤーウォール|不正アクセス"),
    (MeasureKind.ROUTE, "回線|接続|通信|LGWAN|ＬＧＷＡＮ|暗号"),
    (MeasureKind.ACCESS, "ID|ＩＤ|パスワード|認証|ログイン|ログオン|特定の"),
    (MeasureKind.CONTRACT, "契約|特記事項|誓約"),
]


def measures(section: Mapping[str, Any], text: str) -> list[FoundMeasure]:
    """The measures of one section: its numbered items, or the sentences under a heading that has none."""
    found: list[FoundMeasure] = []
    group = ""
    for block in read(text):
        line = words(text, block.span)
        if block.kind is Kind.GROUP:
            group = line
        elif block.kind not in (Kind.GAP, Kind.FIGURE) and not _LEAD.search(line):
            number, wording = _numbered(block, line)
            if wording:
                found.append(FoundMeasure(measure_side(section, group), number, wording))
    return found


def guessed_kind(wording: str) -> MeasureKind:
    """What a measure is about, by its words; a person may correct it."""
    return next((kind for kind, pattern in _KINDS if re.search(pattern, wording)), MeasureKind.OTHER)


def attachments(text: str) -> list[FoundAttachment]:
    """The attachments of a section: a line each, with or without 「・」; remarks (※) are none."""
    found: dict[str, FoundAttachment] = {}
    omitted = False
    for block in read(text):
        line = words(text, block.span)
        omitted = omitted or bool(_OMITTED.search(line))
        name = line[block.marker :].strip() if block.kind is Kind.ITEM else line.strip()
        if name and block.kind is not Kind.FIGURE and not line.startswith("※"):
            found.setdefault(name[:200], FoundAttachment(name[:200], omitted))
    return list(found.values())


def figures(texts: Iterable[str]) -> list[FoundAttachment]:
    """The pictures that stand in the sections' texts."""
    return [FoundAttachment(name, False, in_text=True) for name in figure_names("\n".join(texts))]


def _numbered(block: Block, line: str) -> tuple[str, str]:
    if block.kind is not Kind.ITEM:
        return "", "" if _ONLY_A_MARK.fullmatch(line) else line
    return line[: block.marker].strip()[:12], line[block.marker :].strip()
