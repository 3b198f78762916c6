"""取込みの限度: how large a table may be; the one place that says so. No table of a ward comes near."""

from common.tables.shapes import TableError

MEGABYTE = 1024 * 1024
MAX_BYTES = 20 * MEGABYTE
MAX_ROWS = 100_000
MAX_COLUMNS = 200
# Excel's own limit for the texts of one cell.
MAX_CELL = 32_767

# An xlsx is a zip: what it may unpack to. XML of a sheet shrinks to a tenth, seldom to a fiftieth.
MAX_UNPACKED = 200 * MEGABYTE
MAX_ENTRIES = 1_000
MAX_RATIO = 200
# Below this size a high ratio does no harm (an almost empty sheet).
RATIO_COUNTS_FROM = 10 * MEGABYTE


def check_size(size: int) -> None:
    """Refuse a file by its size alone, before it is read: TableError when it is empty or too large."""
    if size == 0:
        raise TableError("ファイルが空です。")
    if size > MAX_BYTES:
        limit, actual = MAX_BYTES // MEGABYTE, -(-size // MEGABYTE)
        raise TableError(f"ファイルが大きすぎます（約{actual:,}MB）。取り込めるのは{limit}MBまでです。")
