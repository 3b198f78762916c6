"""審議会への経路: which routes a record may take, the suggested one first, with reasons (domain §1.10–11, §3.8).

The office decides at the acceptance; nothing here writes.
"""

from datetime import date

from common import regime
from records.kinds import kind_of
from records.models import Ground, RecordVersion
from records.states import Route

_NOTIFY = "法のもとでは、種類による諮問は要りません（法第129条）。届出で足り、受理した日から手続が済みます。"
_TELL = "審議会に報告するときに選びます。効力は、期間の初日または適用日からです。"
_ASK = "専門的な意見を聴くことが特に必要なときに選びます（法第129条）。"
# No source says how an end was dealt with: the office decides.
_NOTIFY_END = "終了は、法のもとで届出で足ります（種類による諮問は要りません。法第129条）。"
_TELL_END = "終了を、審議会に報告するときに選びます。"
_ASK_END = "終了についても審議会の意見を聴くときに選びます。"
_ASK_BY_KIND = {
    "linkage": "旧条例第17条により、電算結合は審議会に諮問します。",
    "outsourcing": "旧条例第13条により、外部委託は審議会に諮問します。",
}


def offered_routes(record: RecordVersion, form_date: date) -> dict[Route, str]:
    """The routes open to a record filed on `form_date`, the suggested one first, each with its reason."""
    by_kind = regime.on(form_date).consults_by_kind
    if record.is_end:
        return {Route.REPORT: _TELL_END, Route.CONSULTATION: _ASK_END} if by_kind else _end_under_the_act()
    if not kind_of(record).has_grounds:
        return {Route.CONSULTATION: _ASK_BY_KIND[kind_of(record).code]} if by_kind else _under_the_act()
    if Ground.COUNCIL in record.grounds:
        return {Route.CONSULTATION: "根拠が「審議会事項」のため、審議会に諮問します。"}
    if Ground.PREAPPROVED in record.grounds:
        return {Route.REPORT: "事前一括承認基準にあたるため、諮問せずに報告します。効力は適用日からです。"}
    if by_kind:
        return {Route.REPORT: "審議会事項でないため、諮問せずに報告します。"}
    return _under_the_act()


def _end_under_the_act() -> dict[Route, str]:
    return {Route.NOTIFICATION: _NOTIFY_END, Route.REPORT: _TELL_END, Route.CONSULTATION: _ASK}


def _under_the_act() -> dict[Route, str]:
    return {Route.NOTIFICATION: _NOTIFY, Route.REPORT: _TELL, Route.CONSULTATION: _ASK}


def suggested_route(record: RecordVersion, form_date: date) -> Route:
    """The route that the rules suggest."""
    return next(iter(offered_routes(record, form_date)))
