"""書き出し: the columns of the list of 業務登録 as a file shows them."""

from collections.abc import Iterable
from datetime import date

from common import exporting
from common.exporting import Column, Export
from common.templatetags.wording import wareki_dense
from registry.models import ActivityVersion
from registry.presenting import state_of


def activity_list(versions: Iterable[ActivityVersion], day: date) -> Export:
    """業務登録の一覧 on `day`; `versions` as `listing.listed` gives them."""
    columns = [
        Column("業務登録番号", lambda version: version.activity.number or version.number_as_printed),
        Column("業務の名称", lambda version: version.name),
        Column("所管課", lambda version: version.department.name),
        Column("記録の種別", lambda version: "・".join(version.item_kind_labels)),
        Column("登録年月日", lambda version: wareki_dense(version.first_registered_on)),
        Column("状態", lambda version: _state(version, day)),
    ]
    return exporting.of("業務登録", columns, versions, day)


def _state(version: ActivityVersion, day: date) -> str:
    state, words = state_of(version, day)
    changing = ["変更の手続中"] if state == "in_force" and version.is_changing else []
    return " ".join([words, *changing, *(["移行"] if version.is_migrated else [])])
