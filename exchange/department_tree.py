"""組織の段階: where the departments of a file stand among themselves and those of the register."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from exchange.departments import DepartmentBook, key_of
from organization.models import Department, DepartmentKind

ABOVE = (DepartmentKind.ORGAN, DepartmentKind.DIVISION)  # what another department may stand under


@dataclass(frozen=True)
class Coming:
    """新しい組織: a department that a row of the file brings; its 段階 is empty where the cell cannot be read."""

    line: int
    name: str
    kind: str = ""
    above: str = ""  # the cell 上位の組織

    @property
    def words(self) -> str:
        """Its name with the one above it."""
        return " ".join(filter(None, (self.above, self.name)))


Unit = Department | Coming


class DepartmentTree:
    """組織の段階: the names that a file may mean, and who stands under whom."""

    def __init__(self, book: DepartmentBook, today: date) -> None:
        self.book, self.today = book, today
        self.kinds: dict[int, str] = {}  # of standing departments, as the file says
        self.parents: dict[Unit, Unit | None] = {}
        self._coming: dict[str, list[Coming]] = defaultdict(list)

    def bring(self, unit: Coming) -> Coming:
        """Make a new department known by its name, with and without the one above it."""
        for key in {key_of(unit.name), key_of(unit.words)}:
            self._coming[key].append(unit)
        return unit

    def find(self, text: str) -> Unit:
        """The department of the register or of the file. ValueError: none, several, or one that nothing stands under.

        Neither is preferred: a name that both bear must be written out.
        """
        key = key_of(text)
        coming = self._coming.get(key, [])
        standing = [row for row in self.book.by_key.get(key, []) if row.kind in ABOVE and row.exists_on(self.today)]
        if coming and len(coming) + len(standing) > 1:
            paths = [*map(self.book.path, standing), *(one.words for one in coming)]
            words = "、".join(f"「{path}」" for path in paths)
            raise ValueError(f"「{text}」は登録とファイルに{len(paths)}つあります。つぎのように書いてください：{words}")
        found: Unit = coming[0] if coming else self.book.find(text, self.today, ABOVE)
        return self.checked(found)

    def checked(self, unit: Unit) -> Unit:
        """`unit`, when another may stand under it once the file is in. ValueError for a 課."""
        kind = self._kind_of(unit)
        if kind and kind not in ABOVE:
            label = DepartmentKind(kind).label
            raise ValueError(f"「{unit.name}」は{label}です。上位の組織には、実施機関または部を書いてください。")
        return unit

    def is_circular(self, unit: Unit) -> bool:
        """Whether whoever goes up from `unit` comes to it again."""
        seen: set[Unit] = set()
        above = self._above(unit)
        while above is not None and above not in seen:
            if above == unit:
                return True
            seen.add(above)
            above = self._above(above)
        return False

    def _above(self, unit: Unit) -> Unit | None:
        if unit in self.parents or isinstance(unit, Coming):
            return self.parents.get(unit)
        return unit.parent

    def _kind_of(self, unit: Unit) -> str:
        if isinstance(unit, Coming):
            return unit.kind
        return self.kinds.get(unit.pk) or unit.kind
