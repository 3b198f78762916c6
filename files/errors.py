"""What is refused when a file comes in or goes out, with a message for people."""

from collections.abc import Iterable

from files.kinds import MEGABYTE, FileType
from history.errors import DomainError


class FileRefused(DomainError):
    """保管できないファイル: base of all refusals of what was uploaded."""


class EmptyFile(FileRefused):
    """空のファイル."""

    def __init__(self, name: str) -> None:
        super().__init__(f"「{name}」は空のファイルです。")


class TooLarge(FileRefused):
    """大きすぎるファイル."""

    def __init__(self, name: str, size: int, limit: int) -> None:
        super().__init__(
            f"「{name}」は大きすぎます（{size / MEGABYTE:,.1f}MB）。{limit // MEGABYTE:,}MBまで受け付けます。"
        )


class WrongType(FileRefused):
    """種類のちがうファイル: told by what is in it, whatever it is called."""

    def __init__(self, name: str, allowed: Iterable[FileType]) -> None:
        kinds = "、".join(kind.label for kind in FileType if kind in set(allowed))
        super().__init__(f"「{name}」の中身は、受け付けられる種類ではありません。受け付けるのは、{kinds}です。")


class NamedOtherwise(FileRefused):
    """名前と中身のちがうファイル: a PDF that is called a picture; whoever opens it later would be misled."""

    def __init__(self, name: str, found: FileType) -> None:
        super().__init__(
            f"「{name}」は、中身が{found.label}で、名前の終わりと合いません。正しい名前にするか、別のファイルを選んでください。"
        )


class BrokenFile(FileRefused):
    """壊れたファイル: it begins as its kind does, but cannot be read to the end."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"「{name}」は、壊れているか途中で切れているため読み取れません。もとのファイルを確かめてください。"
        )


class LockedFile(FileRefused):
    """暗号化されたPDF・Officeのファイル: it could not be read, printed or joined for as long as it has to be kept."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"「{name}」には、パスワードまたは印刷・複写の制限が付いています。制限を外して保存し直してください。"
        )


class TooManyPages(FileRefused):
    """ページの多すぎるPDF."""

    def __init__(self, name: str, pages: int, limit: int) -> None:
        super().__init__(f"「{name}」は{pages:,}ページあります。{limit:,}ページまで受け付けます。分けてください。")


class ContentChanged(DomainError):
    """保管した内容との不一致: what lies in the store is not what was put there, or is gone."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"「{name}」は、保管したときの内容と一致しないか失われています。情報システムの担当に知らせてください。"
        )


class Discarded(DomainError):
    """保存期間の終わったファイル."""

    def __init__(self, name: str) -> None:
        super().__init__(f"「{name}」は、保存期間が終わったため廃棄されています。")
