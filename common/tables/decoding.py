"""文字コード: which encoding a CSV is in, or why it is none that we read."""

import re
from dataclasses import dataclass

from common.tables.shapes import TableError

LABELS = {
    "cp932": "CP932（Windowsの日本語、Shift_JIS）",
    "utf-8": "UTF-8（BOMなし）",
    "utf-8-sig": "UTF-8（BOMつき）",
    "xlsx": "Excel（.xlsx）",
}
_SAVE_AGAIN = "Excelで「CSV UTF-8（コンマ区切り）」または「Excelブック（.xlsx）」として保存し直してください。"
_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
# What a file of another kind begins with, and what to call it.
_SIGNATURES = {
    b"MZ": "プログラム（.exe）",
    b"%PDF-": "PDF",
    b"\x89PNG": "画像",
    b"\xff\xd8\xff": "画像",
    b"GIF8": "画像",
    b"\x7fELF": "プログラム",
    b"\x1f\x8b": "圧縮ファイル",
    b"7z\xbc\xaf": "圧縮ファイル",
    b"Rar!": "圧縮ファイル",
}
# A text of UTF-8 with one broken byte is still UTF-8; so many characters of it never come about by chance in CP932.
_SURELY_UTF8 = 8
_HALF_KANA = re.compile("[\uff61-\uff9f]")
_JAPANESE = re.compile("[ぁ-ヿ一-鿿]")
# Single bytes that Python's table lets pass and no Windows text holds.
_IMPOSSIBLE = re.compile("[\x80-\x9f\uf8f0-\uf8f3]")


@dataclass(frozen=True)
class Decoded:
    """The text of a file and the encoding it was in."""

    text: str
    encoding: str


def decode(content: bytes) -> Decoded:
    """Bytes of a CSV as text: UTF-8 with or without BOM, or CP932. TableError names what it is instead, or the line."""
    _refuse_other_kinds(content)
    if content.startswith(_BOM):
        return Decoded(_as_utf8(content[len(_BOM) :], "UTF-8（BOMつき）"), "utf-8-sig")
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if len(content[: error.start].decode("utf-8")) <= error.start - 2 * _SURELY_UTF8:
            raise _undecodable(content, error.start, "UTF-8") from error
    return Decoded(_as_cp932(content), "cp932")


def _refuse_other_kinds(content: bytes) -> None:
    if content.startswith(_UTF16_BOMS):
        raise TableError(f"文字コードがUTF-16です。{_SAVE_AGAIN}")
    signature = next((start for start in _SIGNATURES if content.startswith(start)), b"")
    has_nul = b"\0" in content
    # "MZ" and "Rar!" may begin a heading; a text holds no NUL.
    if signature and (has_nul or not signature.isascii() or signature == b"%PDF-"):
        raise TableError(f"これは表のファイルではありません。中身は{_SIGNATURES[signature]}です。")
    if has_nul and content[:2000].count(b"\0") > len(content[:2000]) // 4:
        raise TableError(f"文字コードがUTF-16であるか、表のファイルではありません。{_SAVE_AGAIN}")
    if has_nul:
        line = _line(content, content.index(b"\0"))
        raise TableError(f"{line}行目にNUL文字（0x00）があります。表のファイルではないか、壊れています。")
    if content.isascii() and b"\x1b$" in content:
        raise TableError(f"文字コードがJIS（ISO-2022-JP）です。{_SAVE_AGAIN}")


def _as_utf8(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _undecodable(content, error.start, name) from error


def _as_cp932(content: bytes) -> str:
    try:
        text = content.decode("cp932")
    except UnicodeDecodeError as error:
        if _is_euc(content):
            raise TableError(f"文字コードがEUC-JPです。{_SAVE_AGAIN}") from error
        raise _undecodable(content, error.start, "") from error
    if wrong := _IMPOSSIBLE.search(text):
        raise _undecodable(content, len(text[: wrong.start()].encode("cp932")), "")
    # EUC-JP passes as CP932 in half-width kana.
    if _count(_HALF_KANA, text) > _count(_JAPANESE, text) and _is_euc(content):
        raise TableError(f"文字コードがEUC-JPです。{_SAVE_AGAIN}")
    return text


def _count(pattern: re.Pattern[str], text: str) -> int:
    """How many; a list of them would be eighty times the text."""
    return pattern.subn("", text)[1]


def _is_euc(content: bytes) -> bool:
    try:
        return bool(_JAPANESE.search(content.decode("euc_jp")))
    except UnicodeDecodeError:
        return False


def _line(content: bytes, position: int) -> int:
    """The line of a byte, as an editor counts."""
    before = content[:position].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1


def _undecodable(content: bytes, position: int, name: str) -> TableError:
    place = f"{_line(content, position)}行目に読み取れない文字（0x{content[position]:02X}）があります。"
    if name:
        return TableError(f"文字コードは{name}のようですが、{place}{_SAVE_AGAIN}")
    return TableError(f"文字コードがUTF-8でもCP932（Shift_JIS）でもありません。{place}{_SAVE_AGAIN}")
