"""点検の実施: every rule asked of a file, with the answers that the department gave."""

from dataclasses import dataclass
from functools import cached_property

from records.checks import RULES, Finding, Level, Rule
from records.checks.loading import read_file
from records.checks.reading import Reading
from records.models import CheckAnswer, Proposal


@dataclass(frozen=True)
class Checked:
    """点検の結果: a rule, what it found (None: nothing), the answer that stands, and whether the text changed since.

    `lock` is that of the row which holds the answer, also of one taken back; 0 for none.
    """

    rule: Rule
    finding: Finding | None
    answer: CheckAnswer | None
    changed_after: bool
    lock: int = 0

    @property
    def words(self) -> str:
        """The message."""
        return self.rule.words(self.finding) if self.finding else ""

    @property
    def is_stop(self) -> bool:
        """Whether it keeps the file back."""
        return self.finding is not None and self.rule.level is Level.STOP

    @property
    def is_answered(self) -> bool:
        """Whether a warning found has its answer."""
        return self.finding is not None and self.answer is not None

    @property
    def is_open(self) -> bool:
        """Whether somebody has to do something: to mend it, or to answer."""
        return self.finding is not None and self.answer is None


@dataclass(frozen=True)
class Checks:
    """案件の点検: the results in the order of the rules, with what was read."""

    reading: Reading
    results: list[Checked]

    @cached_property
    def found(self) -> list[Checked]:
        """What was found: first what keeps the file back, then what is open, then what is answered."""
        found = [one for one in self.results if one.finding is not None]
        return sorted(found, key=lambda one: (not one.is_stop, one.is_answered))

    @cached_property
    def stops(self) -> list[Checked]:
        """What keeps the file back."""
        return [one for one in self.results if one.is_stop]

    @cached_property
    def open(self) -> list[Checked]:
        """The warnings without an answer."""
        return [one for one in self.results if one.is_open and not one.is_stop]

    @cached_property
    def answered(self) -> list[Checked]:
        """The warnings with one."""
        return [one for one in self.results if one.is_answered]

    @cached_property
    def settled(self) -> list[Checked]:
        """Answers to what is no longer found: the text says it now."""
        return [one for one in self.results if one.finding is None and one.answer is not None]

    @cached_property
    def clear(self) -> list[Checked]:
        """Rules that asked and found nothing."""
        return [one for one in self.results if one.finding is None and one.answer is None]


def check_file(proposal: Proposal) -> Checks:
    """Every rule that is about this file; an answer that was taken back counts as none."""
    reading = read_file(proposal)
    rows = CheckAnswer.objects.filter(proposal=proposal.pk).select_related("answered_by")
    answers = {answer.rule: answer for answer in rows}
    asking = [rule for rule in RULES.values() if rule.asks(reading) or rule.code in answers]
    return Checks(reading, [_checked(rule, reading, answers.get(rule.code)) for rule in asking])


def _checked(rule: Rule, reading: Reading, row: CheckAnswer | None) -> Checked:
    finding = rule.find(reading) if rule.asks(reading) else None
    answer = None if row is None or row.is_taken_back else row
    changed = answer is not None and answer.text_digest != digest_of(rule, reading, finding)
    return Checked(rule, finding, answer, changed, lock=row.lock if row else 0)


def digest_of(rule: Rule, reading: Reading, finding: Finding | None) -> str:
    """What an answer to `rule` was given on: the texts that it is about, and what it found in them."""
    also = [*finding.parts, *finding.lines] if finding else []
    return reading.digest(rule.about, also)
