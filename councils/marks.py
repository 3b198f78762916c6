"""未確認の印: marks that somebody left in a text to ask later, such as 「（場所名？）」."""

import re

_UNRESOLVED = re.compile(r"[（(][^（）()]*[？?][）)]|＊{2,}|●{2,}|■{2,}|〇〇+")


def unresolved(text: str) -> list[str]:
    """Every such mark of `text`, in its order."""
    return _UNRESOLVED.findall(text)
