"""諮問できること: what the law lets the council be asked on a day (法129条, domain §3.8).

Until 2023-03-31 the ordinance had the council asked about each linkage, outsourcing and use. Since then 諮問 by kind is
not allowed: the council is asked about systems, ordinances, the thinking behind safety measures and assessments, and
is told of the rest. An internal meeting (管理運営会議) is no 合議制の機関 of 法129条 and goes on as its ward has it.
"""

from datetime import date

from common import regime
from councils.models import AgendaItem, Body, BodyKind, Meeting, Subject
from history.errors import DomainError

CITATION = "個人情報の保護に関する法律第129条"
WORDS = (
    "令和5年4月1日からの会議では、電算結合・外部委託・目的外利用・外部提供を、種類によって諮問することはできません。"
    f"報告として載せてください（{CITATION}）。"
)


# What may still be asked, with the article; an item of that subject is asked on that ground (domain §3.8, §4).
GROUNDS = {
    Subject.FREE: f"個人情報保護の制度の在り方（{CITATION}）",
    Subject.AMENDMENT: f"条例の改正（{CITATION}）",
    Subject.AUDIT: f"安全管理の考え方（{CITATION}）",
    Subject.ASSESSMENT: "特定個人情報保護評価の第三者点検（特定個人情報保護評価に関する規則第7条第4項）",
}
# What a title says that names a single case of a kind.
_CASES = ("電子計算組織の結合", "電算結合", "外部委託", "目的外利用", "外部提供")


class OnlyReported(DomainError):
    """諮問できない案件: a file that the law lets the council only be told of."""

    def __init__(self, title: str) -> None:
        super().__init__(f"「{title}」は諮問できません。{WORDS}")


def consults_on_files(body: Body, day: date) -> bool:
    """Whether files (案件) may be put to `body` as 諮問 on `day`."""
    return body.kind != BodyKind.COUNCIL or regime.on(day).consults_by_kind


def require_lawful(meeting: Meeting, title: str, subject: str) -> None:
    """Raise OnlyReported for a file as 諮問 at a meeting that may only be told of it."""
    if subject == Subject.PROPOSAL and not consults_on_files(meeting.body, meeting.held_on):
        raise OnlyReported(title)


def ground_of(meeting: Meeting, subject: str) -> str:
    """諮問の根拠 that an item of `subject` is offered; empty where the ordinance had the council asked by kind."""
    if consults_on_files(meeting.body, meeting.held_on):
        return ""
    return GROUNDS.get(Subject(subject), GROUNDS[Subject.FREE])


def looks_like_a_case(item: AgendaItem) -> bool:
    """Whether a 諮問 that the law does not let be asked by kind reads as one: a person has to look."""
    return not consults_on_files(item.meeting.body, item.meeting.held_on) and any(
        words in item.title for words in _CASES
    )


def unlawful_items(meeting: Meeting) -> list[AgendaItem]:
    """諮問 of files on the agenda of `meeting` that stands after the change of the law; none where all is well."""
    if consults_on_files(meeting.body, meeting.held_on):
        return []
    items = meeting.items.filter(is_removed=False, subject=Subject.PROPOSAL, block__kind="consultation")
    return list(items)
