"""保存回数: the row that somebody opened is the row that is saved."""

from history.errors import StaleEdit


class CountedSaves:
    """For tables with a column `lock`, the number of saves that a form carries with it."""

    lock: int

    def check_lock(self, lock: int) -> None:
        """Raise StaleEdit unless `lock` is the number this row still carries; then count the coming save."""
        if lock != self.lock:
            raise StaleEdit(self)
        self.lock += 1
