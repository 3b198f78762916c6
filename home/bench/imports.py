"""取込みの速さ: a file of many rows into 業務登録, against the same rows put into their tables and nothing else."""

import csv
import io
import tracemalloc
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from statistics import median

from django.db import connection, models, transaction

from common.tables.writing import csv_bytes
from exchange import importing, registers
from history.signals import rows_written
from home.bench.rows import BenchWard
from home.bench.timing import MEGABYTES, Line, line, milliseconds
from registry.models import Activity, ActivityStatus, ActivityVersion
from search.writing import renew_after

HEADER = [
    "業務登録番号", "業務の名称", "所管課", "登録年月日", "業務の目的", "対象者（個人の範囲）", "記録項目",
    "個人情報保護管理責任者", "記録の媒体", "対象者の人数",
]  # fmt: skip
TEXT = "保健に関する業務を行うため、対象者の氏名、住所および生年月日を記録する。" * 4
TODAY = date(2024, 4, 1)
TIMES = 20  # rows of the file for each row that the bench adds to a register, as long as there are few
MOST = 10_000  # the file of performance.md §5
ROUNDS = 3
DOCUMENTS = "search"  # how search.apps is connected
# 1,000 and 600 rows a second where a bulk insert took 4,013 and 2,582 (performance.md §5, §6); the rest is chosen: the
# search documents may cost twice as much again, and the drafts that a person looks at four times the bare rows.
TO_INSERT = {"sqlite": 4.0, "postgresql": 4.3}
WITH_DOCUMENTS = 3
TO_MEMORY = 4.0


def import_lines(ward: BenchWard, row_count: int) -> list[Line]:
    """Time and peak memory of reading, checking and writing with history; everything is rolled back."""
    content = _file(ward, min(row_count * TIMES, MOST))
    ours, floor = _rolled_back(lambda: _import(ward, content)), _rolled_back(lambda: _insert(ward, content))
    rounds, target = min(ROUNDS, ward.most_rounds), TO_INSERT[connection.vendor]
    name = "取込み（確認と履歴）／表への一括登録"
    with _no_documents():
        alone = line(name, *_medians(ours, floor, rounds), target=target)
    whole = line(f"{name}：検索文書もふくむ", *_medians(ours, floor, rounds), target=target * WITH_DOCUMENTS)
    memory = line(f"{name}：メモリーの最大", _peak(ours), _peak(floor), target=TO_MEMORY, unit=MEGABYTES)
    return [alone, whole, memory]


def _medians(ours: Callable[[], None], floor: Callable[[], None], rounds: int) -> list[float]:
    pairs = [(milliseconds(ours), milliseconds(floor)) for _ in range(rounds)]
    return [median(side) for side in zip(*pairs, strict=True)]


@contextmanager
def _no_documents() -> Iterator[None]:
    """Rows and history alone, as the target was measured."""
    rows_written.disconnect(dispatch_uid=DOCUMENTS)
    try:
        yield
    finally:
        rows_written.connect(renew_after, dispatch_uid=DOCUMENTS)


def _file(ward: BenchWard, count: int) -> bytes:
    department = ward.linkage.proposal.department.full_name
    rows = [
        [f"{2000 + at // 100:04}-{at % 100:02}", f"業務{at}", department, "平成20年4月1日", TEXT, TEXT, TEXT, "課長",
         "文書", "約1,200人"]
        for at in range(count)
    ]  # fmt: skip
    return csv_bytes(HEADER, rows, "cp932").content


def _import(ward: BenchWard, content: bytes) -> None:
    table = importing.read("台帳.csv", content)
    resource, checked = importing.check(registers.get("registry"), table, today=TODAY, locking=True)
    resource.write(checked.written, actor=ward.office, reason="台帳.csv")


def _insert(ward: BenchWard, content: bytes) -> None:
    """The baseline: no checks, no history, no search documents; only in a database that is thrown away."""
    rows = list(csv.DictReader(io.StringIO(content.decode("cp932"))))
    activities = [Activity(number=row["業務登録番号"], token=uuid.uuid4()) for row in rows]
    models.QuerySet(Activity).bulk_create(activities, batch_size=500)
    versions = [
        ActivityVersion(
            activity=activity, department=ward.linkage.proposal.department, status=ActivityStatus.REGISTERED,
            name=row["業務の名称"], purpose=row["業務の目的"], subjects=row["対象者（個人の範囲）"],
            items=row["記録項目"], persons=row["対象者の人数"], media=row["記録の媒体"], valid_from=TODAY,
        )
        for activity, row in zip(activities, rows, strict=True)
    ]  # fmt: skip
    models.QuerySet(ActivityVersion).bulk_create(versions, batch_size=500)


def _rolled_back(work: Callable[[], None]) -> Callable[[], None]:
    def call() -> None:
        with transaction.atomic():
            work()
            transaction.set_rollback(True)

    return call


def _peak(call: Callable[[], None]) -> float:
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1] / 1_000_000
    finally:
        tracemalloc.stop()
