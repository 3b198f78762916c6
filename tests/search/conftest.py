"""A register made up for the tests: documents without tables behind them."""

from collections.abc import Iterator

import pytest

from registry.models import Activity, ActivityVersion
from search import documents, writing
from search.documents import Document, DocumentKind, Line
from search.places import Audience

PLACE = 31


class Samples:
    """Documents by identity; `put` writes them as the registers do."""

    def __init__(self) -> None:
        self.stored: dict[int, list[Document]] = {}
        self.kind = DocumentKind(
            code="sample",
            label="見本の台帳",
            place=PLACE,
            view="view_activity",
            identities=Activity.objects.none,
            build=lambda identities: [one for pk in identities for one in self.stored.get(pk, [])],
            touched={},
            drafts=lambda user: ActivityVersion.objects.none().values("pk"),
            present=lambda user, identities, versions, day: ({}, {}),
        )

    def put(self, *documents_: Document) -> None:
        """Write these, in place of what stood under their identities."""
        self.stored |= {document.identity: [] for document in documents_}
        for document in documents_:
            self.stored[document.identity].append(document)
        writing.renew(self.kind, {document.identity for document in documents_})


def document(
    identity: int, title: str, purpose: str = "", number: str = "", *lines: str, audience: str = Audience.STAFF
) -> Document:
    """A document with `lines` of one label."""
    return Document(
        audience=Audience(audience),
        identity=identity,
        title=title,
        purpose=purpose,
        number=number,
        lines=[Line("記録項目", line) for line in lines],
    )


@pytest.fixture
def samples() -> Iterator[Samples]:
    """The made-up register, known for one test."""
    made = Samples()
    documents.register(made.kind)
    yield made
    documents._KINDS.pop("sample")
