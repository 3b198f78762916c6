"""What background work refuses, with a message for people."""

from history.errors import DomainError


class NotRepeatable(DomainError):
    """やり直せない処理: it did not stop halfway, or doing it twice would not be the same as once."""

    def __init__(self) -> None:
        super().__init__("この処理は、ここからはやり直せません。はじめの画面からもう一度行ってください。")
