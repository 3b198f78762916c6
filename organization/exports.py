"""書き出し: the columns of the lists of 組織 and 担当 as a file shows them."""

from collections.abc import Iterable
from datetime import date

from common import exporting
from common.exporting import Column, Export
from common.templatetags.wording import wareki_dense
from organization.models import Assignment, Department

DEPARTMENTS = [
    Column("組織", lambda department: department.name),
    Column("段階", lambda department: department.get_kind_display()),
    Column("上位の組織", lambda department: department.parent.full_name if department.parent else ""),
    Column("責任者の職名", lambda department: department.head_title),
    Column("設置日", lambda department: wareki_dense(department.valid_from)),
    Column("廃止日", lambda department: wareki_dense(department.valid_to)),
    Column("承継", lambda department: _ties(department)),
]
PEOPLE = [
    Column("氏名", lambda charge: charge.user.name),
    Column("利用者名", lambda charge: charge.user.username),
    Column("所属", lambda charge: charge.department.full_name),
    Column("役割", lambda charge: charge.title),
    Column("開始日", lambda charge: wareki_dense(charge.valid_from)),
    Column("終了日", lambda charge: wareki_dense(charge.valid_to)),
]


def department_list(departments: Iterable[Department], day: date) -> Export:
    """組織の一覧 on `day`, with their predecessors and successors."""
    return exporting.of("組織", DEPARTMENTS, departments, day)


def people_list(charges: Iterable[Assignment], day: date) -> Export:
    """担当の一覧 on `day`."""
    return exporting.of("担当と異動", PEOPLE, charges, day)


def _ties(department: Department) -> str:
    before = [f"{tie.before.name}から" for tie in department.predecessions.all()]
    return " ".join(before + [f"{tie.after.name}へ" for tie in department.successions.all()])
