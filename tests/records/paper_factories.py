"""資料 for tests, written by the services."""

from datetime import date

from history.writing import SYSTEM
from printing.models import SheetLayout
from records.services import papers
from records.services.papers import PaperEntry
from tests.records.factories import draft, token

TEXTS = {
    "outline": "預金照会を電子ファイルの送受信により行う。",
    "current": "調査票を郵送している。",
    "partner": "株式会社NTTデータ",
    "start": "令和4年6月",
    "department": "区民部　収納課",
    "items": "【区が送信する項目】\n氏名、住所",
    "protection": "【区が講じる保護措置】\nつぎの保護措置を講ずる。\n(1) 専用回線で接続する。\n"
    "【結合先が講じる保護措置】\n(1) 操作ログを取得する。",
    "attachments": "・システム構成図\n・電算結合記録票",
}


def layout(code="paper-linkage"):
    """The present layout of this kind of paper (fixture `layouts`)."""
    return SheetLayout.objects.as_of(date(2026, 4, 1)).get(code=code)


def paper_draft(proposal=None, *, code="paper-linkage", texts=TEXTS, **entry):
    """A paper in a draft, written whole."""
    proposal = proposal or draft()
    paper = papers.create_paper(proposal, layout=layout(code), token=token(), actor=SYSTEM)
    given = PaperEntry(title="預金照会に係る\n電子計算組織の結合について", texts=texts, **entry)
    return papers.edit_paper(paper, layout=layout(code), entry=given, lock=paper.lock, actor=SYSTEM)


def texts_of(paper):
    """The sections' texts by their keys, fresh from the database."""
    return dict(paper.sections.values_list("key", "text"))
