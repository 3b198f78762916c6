"""するべきこと: what the law still asks for a file on a day, from what is in force and what was published."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from common import regime
from file_register.kinds import FileStatus, PublicRegister
from file_register.models import (
    FileCount,
    FilePolicy,
    PersonalFile,
    PersonalFileVersion,
    PublicEntry,
    PublishedState,
)
from file_register.publication import Decision, Facts, Outcome, decide
from history.versions import in_force_on
from organization.models.departments import body_of


class DutyKind(models.TextChoices):
    """するべきことの種類, each with the address of the page where it is marked as done."""

    PUBLISH = "publish_file_entry", "公表"
    CORRECT = "correct_file_entry", "修正"
    REMOVE = "remove_file_entry", "消除"
    RENAME = "rename_file_section", "名称の変更"


@dataclass(frozen=True)
class Duty:
    """するべきこと: kind, what to do in words, and the article."""

    kind: DutyKind
    words: str
    citation: str

    @property
    def chip(self) -> str:
        """The duty in a column of a list: 「要対応：公表」."""
        return f"要対応：{self.kind.label}"


def duty_of(
    decision: Decision,
    *,
    day: date,
    register: str | None,
    published_version: int | None,
    version: int | None,
    section_is_gone: bool = False,
) -> Duty | None:
    """するべきこと on `day`, or None.

    `register` is that of the open entry (None: not published), `published_version` what it says; `version` is what is
    in force (None: the ward no longer holds the file); `section_is_gone`: its 所管課 is no more under that name.
    """
    law = regime.files_on(day)
    if decision.outcome is Outcome.OUTSIDE and register is not None:
        words = "議会のファイルは法の対象外で、個人情報ファイル簿に掲載するものではありません。記載を消除してください。"
        return Duty(DutyKind.REMOVE, words, decision.reasons[0].citation)
    if law is None or register is None:
        # Nothing that the public reads is wrong, but nothing may be published before the name is right.
        if section_is_gone and version is not None:
            return Duty(DutyKind.RENAME, "所管課が組織改正で変わったため、名称を改めてください。", "")
        return _duty_to_publish(decision, law) if law is not None and version is not None else None
    if version is None:
        return Duty(DutyKind.REMOVE, "保有をやめたため、遅滞なく記載を消除してください。", law.remove_citation)
    if removal := _duty_to_remove(decision, register, law):
        return removal
    if section_is_gone:
        words = "所管課の名称が組織改正で変わったため、名称を改め、直ちに記載を修正してください。"
        return Duty(DutyKind.RENAME, words, law.correct_citation)
    if published_version != version:
        words = "登録の内容が変わったため、直ちに記載を修正してください。"
        return Duty(DutyKind.CORRECT, words, law.correct_citation)
    return None


def _duty_to_publish(decision: Decision, law: regime.FileRules) -> Duty | None:
    if decision.outcome is Outcome.REQUIRED:
        words = "個人情報ファイル簿を直ちに作成し、遅滞なく公表してください。"
        return Duty(DutyKind.PUBLISH, words, f"{law.make_citation}・{law.publish_citation}")
    if decision.outcome is Outcome.ORDINANCE:
        words = "条例個人情報ファイル簿に掲載してください。"
        return Duty(DutyKind.PUBLISH, words, law.ordinance_register_citation)
    return None


def _duty_to_remove(decision: Decision, register: str, law: regime.FileRules) -> Duty | None:
    if decision.outcome is Outcome.UNDECIDED:
        return None
    wanted = {Outcome.REQUIRED: PublicRegister.ACT, Outcome.ORDINANCE: PublicRegister.ORDINANCE}.get(decision.outcome)
    if wanted == register:
        return None
    if wanted is not None:
        words = f"{PublicRegister(register).label}から遅滞なく消除し、{wanted.label}に掲載してください。"
        return Duty(DutyKind.REMOVE, words, law.remove_citation)
    if any(reason.citation == law.minimum_citation for reason in decision.reasons):
        words = f"本人の数が{law.minimum_persons:,}人に満たなくなったため、遅滞なく記載を消除してください。"
        return Duty(DutyKind.REMOVE, words, law.remove_citation)
    return Duty(
        DutyKind.REMOVE, "掲載しないファイルに当たるため、記載を消除してください。", decision.reasons[0].citation
    )


def with_facts(versions: QuerySet, day: date) -> QuerySet:
    """The versions, each with what its file's decision and duty need on `day`, in the same statement.

    Adds count_text, counted_on, lowest, highest (the newest count by `day`), entry_register, entry_version (the entry
    that can be read on `day`, and what it says on that day), publishes_small (the ward's choice), body (what the Act
    takes the 所管課 for), section_ends (the first day without it).
    """
    counts = FileCount.objects.as_of(day).filter(file=OuterRef("file"))
    entries = PublicEntry.objects.as_of(day).filter(file=OuterRef("file")).order_by("-published_on", "-pk")
    # The entry itself knows only what it says last, which may be from a later day on.
    said = PublishedState.objects.filter(
        Q(entry__removed_on__isnull=True) | Q(entry__removed_on__gt=day),
        entry__file=OuterRef("file"),
        entry__published_on__lte=day,
        since__lte=day,
    ).order_by("-entry__published_on", "-entry", "-since", "-pk")
    return versions.annotate(
        count_text=Subquery(counts.values("text")[:1]),
        counted_on=Subquery(counts.values("counted_on")[:1]),
        lowest=Subquery(counts.values("lowest")[:1]),
        highest=Subquery(counts.values("highest")[:1]),
        entry_register=Subquery(entries.values("register")[:1]),
        entry_version=Subquery(said.values("version")[:1]),
        publishes_small=Subquery(FilePolicy.objects.as_of(day).values("publishes_small")[:1]),
        body=body_of(),
        section_ends=F("department__valid_to"),
    )


def judged(version: PersonalFileVersion, *, day: date) -> tuple[Decision, Duty | None]:
    """Decision and duty of a row of `with_facts`."""
    facts = Facts(
        day=day,
        lowest=version.lowest,
        highest=version.highest,
        exclusions=version.exclusions,
        withheld=version.is_withheld,
        publishes_small=version.publishes_small,
        body=regime.Body(version.body),
    )
    decision = decide(facts)
    is_held = version.status == FileStatus.REGISTERED and version.in_force(day)
    duty = duty_of(
        decision,
        day=day,
        register=version.entry_register,
        published_version=version.entry_version,
        version=version.pk if is_held else None,
        section_is_gone=version.section_ends is not None and version.section_ends <= day,
    )
    return decision, duty


def decision_on(file: PersonalFile, day: date) -> Decision | None:
    """掲載の要否 of a file on `day`; None while no registration is in force."""
    registered = file.versions.as_of(day).filter(status=FileStatus.REGISTERED)
    version = with_facts(registered, day).order_by("-pk").first()
    return judged(version, day=day)[0] if version is not None else None


def open_duty(day: date) -> Q:
    """要対応: of rows of `with_facts` that are in force on `day`, those for which `judged` names a duty."""
    law, to_rename = regime.files_on(day), Q(section_ends__lte=day)
    if law is None:
        return to_rename
    excluded = ~Q(exclusions=[]) | Q(is_withheld=True)
    large = Q(lowest__isnull=False, lowest__gte=law.minimum_persons)
    is_small = Q(highest__isnull=False, highest__lt=law.minimum_persons) & ~large
    wanted_act, wanted_ordinance = ~excluded & large, ~excluded & is_small & Q(publishes_small=True)
    not_wanted = excluded | (is_small & (Q(publishes_small=False) | Q(publishes_small__isnull=True)))
    published, unpublished = Q(entry_register__isnull=False), Q(entry_register__isnull=True)
    to_publish = unpublished & (wanted_act | wanted_ordinance)
    wrong_register = (wanted_act & Q(entry_register=PublicRegister.ORDINANCE)) | (
        wanted_ordinance & Q(entry_register=PublicRegister.ACT)
    )
    to_remove = published & (not_wanted | wrong_register)
    to_correct = published & ~Q(entry_version=F("pk"))
    asked_of_all = (to_publish | to_remove | to_correct) & ~_outside(day)
    return to_rename | asked_of_all | (published & _outside(day))


def waiting(day: date) -> Q:
    """要対応: the rows of `with_facts` with a duty on `day`, in force or the last of a file that is held no longer."""
    in_force = Q(status=FileStatus.REGISTERED) & in_force_on(day)
    if regime.files_on(day) is None:
        return in_force & open_duty(day)
    held_no_more = Q(file__abolished_on__lte=day, valid_to=F("file__abolished_on"), entry_register__isnull=False)
    return (in_force & open_duty(day)) | held_no_more


def _outside(day: date) -> Q:
    """The rows of bodies of which the law asks nothing on `day`."""
    return Q(body__in=[body.value for body in regime.Body if not regime.on(day, body).chapter5])
