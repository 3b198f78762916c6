"""個人情報ファイル簿への掲載: whether a file must stand in the public register, from facts, with reasons."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import models

from common import regime


class Outcome(models.TextChoices):
    """掲載の要否."""

    REQUIRED = "required", "個人情報ファイル簿に掲載"
    ORDINANCE = "ordinance", "条例個人情報ファイル簿に掲載"
    NOT_REQUIRED = "not_required", "掲載は不要"
    UNDECIDED = "undecided", "判断できない"
    BEFORE_ACT = "before_act", "旧条例の登録"
    OUTSIDE = "outside", "法の対象外"


@dataclass(frozen=True)
class Facts:
    """判断のもと: what is known of one file on `day`.

    `lowest` and `highest` bound the number of persons, None where there is no bound; `exclusions` are codes of
    common.regime; `withheld`: the whole file is kept out under 法第75条第3項; `publishes_small`: the ward's choice for
    files below the law's number, None where no policy is registered; `body`: what the Act takes the 所管課 for.
    """

    day: date
    lowest: int | None
    highest: int | None
    exclusions: Collection[str] = ()
    withheld: bool = False
    publishes_small: bool | None = None
    body: regime.Body = regime.Body.ORDINARY


@dataclass(frozen=True)
class Reason:
    """理由: what holds, and where it is written."""

    words: str
    citation: str


@dataclass(frozen=True)
class Decision:
    """判断: the outcome and every reason for it; `withheld`: the ward itself keeps the whole file out."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
    withheld: bool = False

    @property
    def forbids(self) -> bool:
        """Whether no entry can be right: there is no such register, or the ward has decided against the entry."""
        return self.withheld or self.outcome in (Outcome.BEFORE_ACT, Outcome.OUTSIDE)

    @property
    def is_public(self) -> bool:
        """Whether the file belongs into one of the two public registers."""
        return self.outcome in (Outcome.REQUIRED, Outcome.ORDINANCE)


_OUTSIDE_WORDS = "議会のファイルです。議会は法第5章の行政機関等にふくまれず、法による作成と公表の義務がありません。"


def decide(facts: Facts) -> Decision:
    """掲載の要否 on the facts' day (法第74条第2項, 第75条; 令第20条第2項, 第21条).

    Of the assembly the law asks nothing; hospitals and clinics stay under 第75条 (法第125条第1項).

    A fact that keeps the file out comes before its size, so that no entry is demanded under an exclusion.
    """
    law = regime.files_on(facts.day)
    if law is None:
        words = "この日は、練馬区個人情報保護条例による登録の対象です。個人情報ファイル簿の制度はまだありません。"
        return Decision(Outcome.BEFORE_ACT, (Reason(words, "令和3年法律第37号第51条"),))
    rules = regime.on(facts.day, facts.body)
    if not rules.chapter5:
        return Decision(Outcome.OUTSIDE, (Reason(_OUTSIDE_WORDS, rules.outside_citation),))
    if reasons := _reasons_against(facts, law):
        return Decision(Outcome.NOT_REQUIRED, reasons, withheld=facts.withheld)
    return _by_size(facts, law)


def _reasons_against(facts: Facts, law: regime.FileRules) -> tuple[Reason, ...]:
    against = [Reason(item.words, item.citation) for item in law.exclusions if item.code in facts.exclusions]
    if facts.withheld:
        words = "掲載すると事務または事業の適正な遂行に著しい支障を及ぼすおそれがあるため、掲載しないこととしたファイル"
        against.append(Reason(words, law.withhold_citation))
    return tuple(against)


def _by_size(facts: Facts, law: regime.FileRules) -> Decision:
    least = law.minimum_persons
    if facts.lowest is not None and facts.lowest >= least:
        reason = Reason(f"本人の数が{least:,}人以上", f"{law.duty_citation}、{law.minimum_citation}")
        return Decision(Outcome.REQUIRED, (reason,))
    if facts.highest is not None and facts.highest < least:
        return _small(facts, law)
    if facts.lowest is None and facts.highest is None:
        words = "本人の数が分からないため、判断できません。人数を数えて記入してください。"
    else:
        words = f"本人の数が{least:,}人に満たないかどうか、この人数からは分かりません。正確な人数を記入してください。"
    return Decision(Outcome.UNDECIDED, (Reason(words, law.minimum_citation),))


def _small(facts: Facts, law: regime.FileRules) -> Decision:
    small = Reason(f"本人の数が{law.minimum_persons:,}人に満たない", law.minimum_citation)
    if facts.publishes_small:
        choice = Reason("区は、小さいファイルも条例個人情報ファイル簿に掲載している", law.ordinance_register_citation)
        return Decision(Outcome.ORDINANCE, (small, choice))
    if facts.publishes_small is None:
        words = "小さいファイルを掲載するかどうか、区の方針は登録されていない"
    else:
        words = "区は、小さいファイルを掲載していない"
    return Decision(Outcome.NOT_REQUIRED, (small, Reason(words, law.ordinance_register_citation)))
