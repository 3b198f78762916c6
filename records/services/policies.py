"""相手方の文書の添付: a partner's policies, kept once in the register of partners, on any paper that names them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from history.writing import Actor
from organization import rules
from printing.models import SheetLayout
from records.models import Attachment, Paper, Partner, Proposal
from records.models.papers import MAX_NAME
from records.papers.layouts import sections_of
from records.services.locks import lock_proposal
from records.services.papers import PaperEntry, edit_paper


@dataclass(frozen=True)
class Policy:
    """方針などの文書: the partner's, by the line with which a paper names it."""

    partner: Partner
    name: str
    # The newest attachment of this name that has a content; empty until somebody has attached one.
    known: Attachment | None


def offered_policies(proposal: Proposal, actor: Actor) -> list[Policy]:
    """The policies of the partners of a file's records, in their order; two queries beside the records'.

    What is known of them is what `actor` may see of other files.
    """
    ids = dict.fromkeys(getattr(record, "partner_id", None) for record in proposal.records())
    partners = Partner.objects.in_bulk([pk for pk in ids if pk is not None])
    named = [(partners[pk], _line(partners[pk], row)) for pk in ids if pk in partners for row in partners[pk].policies]
    # The line names the partner, so the same line is the same document, also where a clerk wrote it by hand.
    rows = Attachment.objects.filter(name__in=[name for _, name in named])
    rows = rules.permitted(rows, actor, "view_attachment")
    newest = {row.name: row for row in rows.order_by("pk") if row.text or row.file_id}
    return [Policy(partner, name, newest.get(name)) for partner, name in named]


@transaction.atomic
def attach_policies(paper: Paper, *, layout: SheetLayout, names: Iterable[str], lock: int, actor: Actor) -> Paper:
    """相手方の文書を添付する: a line each under 添付資料; the content as it was attached last, in whichever file.

    Raises StaleEdit, ValidationError.
    """
    lock_proposal(paper.proposal)
    rules.require(actor, "attach_policies", paper)
    wanted = set(names)
    chosen = [policy for policy in offered_policies(paper.proposal, actor) if policy.name in wanted]
    for policy in chosen:
        _keep(paper.proposal, policy, actor)
    section = next((one["key"] for one in sections_of(layout.wording, "attachments")), None)
    if section is None or not chosen:
        return paper
    texts = dict(paper.sections.values_list("key", "text"))
    lines = texts.get(section, "").split("\n")
    lines += [line for policy in chosen if (line := f"・{policy.name}") not in lines]
    entry = PaperEntry(
        title=paper.title,
        choices=paper.heading_choices,
        texts={section: "\n".join(lines).strip("\n")},
        marks_changes=paper.marks_changes,
        baseline_name=paper.baseline_name,
    )
    return edit_paper(paper, layout=layout, entry=entry, lock=lock, actor=actor)


def takes_policies(layout: SheetLayout) -> bool:
    """Whether papers of this layout have a place for attachments."""
    return bool(sections_of(layout.wording, "attachments"))


def _line(partner: Partner, row: dict[str, str]) -> str:
    """「株式会社NTTデータ　個人情報保護方針（平成13年4月1日制定、令和3年4月1日改定）」."""
    days = [f"{row[key]}{word}" for key, word in (("established_on", "制定"), ("revised_on", "改定")) if row.get(key)]
    behind = f"（{'、'.join(days)}）" if days else ""
    title = row["title"] if partner.name in row["title"] else f"{partner.name}　{row['title']}"
    return f"{title}{behind}"[:MAX_NAME]


def _keep(proposal: Proposal, policy: Policy, actor: Actor) -> None:
    """The file's own row, so that the line finds it; what it holds is kept once (files.storage)."""
    if Attachment.objects.filter(proposal=proposal, name=policy.name).exists():
        return
    attachment = Attachment(proposal=proposal, name=policy.name, partner=policy.partner, is_third_party=True)
    if policy.known is not None:
        attachment.text, attachment.file = policy.known.text, policy.known.file
    attachment.full_clean()
    attachment.save_as(actor, action="attach_policies")
