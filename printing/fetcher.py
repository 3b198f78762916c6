"""What WeasyPrint may read while it prints: the project's own static files and the pictures handed to this one print.

Nothing else (printing.md §6). A picture has the address `attachment:<digest>`: no path, and nobody can type it in.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

PICTURE = "attachment:"


class StaticOnly(URLFetcher):
    """Allows `data:`, files under `root` and `pictures` by their digests; others are refused and noted in `refused`.

    A refused picture is left out and the print goes on; with `strict` the print stops instead.
    """

    def __init__(self, root: Path, *, strict: bool = False, pictures: Mapping[str, bytes] | None = None) -> None:
        super().__init__(allowed_protocols={"data", "file"}, allow_redirects=False)
        self.root = root.resolve()
        self.strict = strict
        self.pictures = pictures or {}
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The content of an allowed address; ValueError (strict: FatalURLFetchingError) for any other."""
        if url.startswith(PICTURE) and (content := self.pictures.get(url.removeprefix(PICTURE))):
            return URLFetcherResponse(url, content)
        if not self._allowed(url):
            self.refused.append(url)
            raise (FatalURLFetchingError if self.strict else ValueError)(f"refused: {url[:60]}")
        return super().fetch(url, headers)

    def _allowed(self, url: str) -> bool:
        parts = urlsplit(url)
        if parts.scheme == "data":
            return True
        # Resolved before the comparison, so that `..`, its percent-encoded form and links out of the folder all fail.
        path = Path(unquote(parts.path)).resolve()
        return parts.scheme == "file" and not parts.netloc and path.is_relative_to(self.root)
